<?php
/** Every kind of PHP value as an argument: sent as what it means, or refused by name; never a crash. */

declare(strict_types=1);

namespace WsdlProxy\Tests;

use WsdlProxy\{EncodeError, Proxy};

enum Suit: string
{
    case Hearts = 'H';
}

enum Level: int
{
    case High = 7;
}

enum Pure
{
    case One;
}

final class ReadOnlyPerson
{
    public function __construct(public readonly string $name, public readonly ?int $age = null, private string $secret = 'hidden')
    {
    }
}

final class HalfMade
{
    public string $name = 'x';
    public int $age;
}

final class AsJson implements \JsonSerializable
{
    public string $name = 'json';

    public function jsonSerialize(): mixed
    {
        return ['name' => 'not this'];
    }
}

final class AsText implements \Stringable
{
    public function __construct(private string $text)
    {
    }

    public function __toString(): string
    {
        return $this->text;
    }
}

function types(array $options = []): Proxy
{
    return new Proxy(__DIR__ . '/servers/types.wsdl', $options);
}

/** What a value becomes as `x` of `add`, as text, or null if it is refused. */
function asInt(mixed $value): ?string
{
    try {
        preg_match('~<x[^>]*>(.*?)</x>~', types()->createMessage('add', $value, 1), $found);
        return $found[1] ?? 'nil';
    } catch (EncodeError $error) {
        same('x', $error->getPath());
        return null;
    }
}

/** What a value becomes as a text. */
function asText(mixed $value): ?string
{
    try {
        $message = types()->createMessage('fail', $value);
        preg_match('~<why[^>]*>(.*)</why>~s', $message, $found);
        return $found[1] ?? '';
    } catch (EncodeError) {
        return null;
    }
}

return [
    'whole numbers' => static function (): void {
        foreach ([
            [5, '5'], [-5, '-5'], ['5', '5'], [' 5 ', '5'], ['+5', '+5'], [5.0, '5'], ['5.0', null], [5.5, null], [INF, null], [NAN, null],
            [PHP_INT_MAX, null], ['99999999999999999999', null], [1e18, null], [true, null], [null, 'nil'], ['', null], ['five', null], ["5\0", null],
            ["\xff", null], [[], null], [[5], null], [new \stdClass(), null], [Level::High, '7'], [Suit::Hearts, null], [Pure::One, null],
            [new AsText('6'), '6'], [new AsText('six'), null], [static fn () => 5, null], [new \DateTimeImmutable(), null], [STDIN, null],
        ] as [$value, $expected]) {
            $got = asInt($value);
            // A boolean may count as a number.
            holds($got === $expected || is_bool($value), shown(is_object($value) ? $value::class : $value) . ': ' . shown($got));
        }
    },
    'texts' => static function (): void {
        $closed = fopen('php://memory', 'r');
        fclose($closed);
        foreach ([
            ['a', 'a'], ['', ''], ['<&>', '&lt;&amp;&gt;'], ["é\u{1F600}", "é\u{1F600}"], ["\xff", null], ["a\0b", null], ["a\x01b", null], [5, '5'], [1.5, '1.5'],
            [Suit::Hearts, 'H'], [Pure::One, null], [new AsText('t'), 't'], [new AsText("\xff"), null], [[], null], [['a' => 1], null], [STDIN, null], [$closed, null],
            [static fn () => 'x', null], [new \stdClass(), null], [new \SplObjectStorage(), null], [new \ArrayObject(['a']), null],
        ] as [$value, $expected]) {
            same($expected, asText($value), shown(is_object($value) ? $value::class : (is_resource($value) ? 'resource' : $value)));
        }
    },
    'records' => static function (): void {
        $p = types();
        $expected = $p->createMessage('echoPerson', ['name' => 'x', 'age' => 5]);
        $reference = 5;
        $person = ['name' => 'x', 'age' => &$reference];
        foreach ([
            $person,
            (object) ['name' => 'x', 'age' => 5],
            new ReadOnlyPerson('x', 5),
            new \ArrayObject(['name' => 'x', 'age' => 5]),
            new \ArrayIterator(['age' => 5, 'name' => 'x']),
            new class () {
                public string $name = 'x';
                public int $age = 5;
            },
        ] as $value) {
            same($expected, $p->createMessage('echoPerson', $value), is_object($value) ? $value::class : 'array');
        }
        same($expected, $p->createMessage('echoPerson', person: $person));
        same($expected, $p->createMessage('echoPerson', ...['person' => $person]));
        same($p->createMessage('echoPerson', ['name' => 'x']), $p->createMessage('echoPerson', new HalfMade()));
        contains('>json<', $p->createMessage('echoPerson', new AsJson()));
        foreach ([[1, 2], 'x', 5, [[]], static fn () => 1, STDIN, Pure::One, new ReadOnlyPerson('x', PHP_INT_MAX), [5 => 'x', 'name' => 'y'], ["na\xffme" => 'x', 'name' => 'y']] as $bad) {
            raises(EncodeError::class, static fn () => $p->createMessage('echoPerson', $bad));
        }
    },
    'lists' => static function (): void {
        $p = types();
        $expected = $p->createMessage('echoList', ['a', 'b']);
        $fixed = new \SplFixedArray(2);
        [$fixed[0], $fixed[1]] = ['a', 'b'];
        $sparse = ['a', 'gone', 'b'];
        unset($sparse[1]);
        $generator = (static function (): \Generator {
            yield 'a';
            yield 'b';
        })();
        foreach ([new \ArrayObject(['a', 'b']), new \ArrayIterator(['a', 'b']), $fixed, $generator] as $value) {
            same($expected, $p->createMessage('echoList', $value), $value::class);
        }
        same($expected, $p->createMessage('echoList', $sparse));
    },
    'leaves of every type' => static function (): void {
        $p = types(['dates' => 'object']);
        $when = new \DateTime('2024-02-29 12:34:56.789', new \DateTimeZone('+02:00'));
        $value = ['when' => $when, 'day' => $when, 'span' => new \DateInterval('P1Y2M3DT4H5M6S'), 'ratio' => -0.0, 'price' => '0.10', 'huge' => '-123456789012345678901234567890', 'data' => "\0\xff"];
        $message = $p->createMessage('echoTypes', $value);
        foreach (['>2024-02-29T12:34:56.789+02:00<', '>2024-02-29+02:00<', '>P1Y2M3DT4H5M6S<', '>0.10<', '>-123456789012345678901234567890<', '>AP8=<'] as $part) {
            contains($part, $message);
        }
        foreach ([[INF, 'INF'], [-INF, '-INF'], [NAN, 'NaN'], [1e300, '1e+300'], ['1e5', null], [0.1, '0.1'], [PHP_INT_MAX, null]] as [$ratio, $text]) {
            $message = $p->createMessage('echoTypes', ['ratio' => $ratio]);
            if ($text !== null) {
                holds(stripos($message, ">$text<") !== false, "$text: $message");
            }
        }
        raises(EncodeError::class, static fn () => $p->createMessage('echoTypes', ['price' => INF]), 'decimal');
        raises(EncodeError::class, static fn () => $p->createMessage('echoTypes', ['flag' => 'maybe']), 'boolean');
        $answer = '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><r><return><when>2024-02-29T12:34:56Z</when></return></r></e:Body></e:Envelope>';
        same('2024-02-29T12:34:56+00:00', $p->parseResponse('echoTypes', $answer)->when->format('c'));
        same('2024-02-29T12:34:56Z', types()->parseResponse('echoTypes', $answer)->when);
        same(['when' => '2024-02-29T12:34:56Z'], types(['structs' => 'array'])->parseResponse('echoTypes', $answer));
    },
    'anything' => static function (): void {
        $p = types();
        foreach ([new \SplStack(), new \SplObjectStorage(), new \WeakMap(), new \Exception('x'), new \ReflectionClass('stdClass'), new \DatePeriod(new \DateTime('2024-01-01'), new \DateInterval('P1D'), 3), $p] as $odd) {
            try {
                contains('Envelope', $p->createMessage('echoAny', $odd));
            } catch (EncodeError $error) {
                holds(strlen($error->getMessage()) < 1000, 'a short message');
            }
        }
        $globals = $GLOBALS;
        try {
            $p->createMessage('echoAny', ['deep' => array_slice($globals, 0, 3)]);
        } catch (EncodeError) {
        }
        $deep = 'x';
        for ($i = 0; $i < 10_000; $i++) {
            $deep = [$deep];
        }
        raises(EncodeError::class, static fn () => $p->createMessage('echoAny', $deep));
    },
];
