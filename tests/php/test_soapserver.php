<?php
/** PHP's own SoapServer on the other side: what ext/soap sends and understands. */

declare(strict_types=1);

namespace WsdlProxy\Tests;

use WsdlProxy\{Fault, Proxy};

enum Colour: string
{
    case Red = 'red';
    case Blue = 'blue';
}

enum Bare
{
    case One;
}

final class Text
{
    public function __construct(private string $text)
    {
    }

    public function __toString(): string
    {
        return $this->text;
    }
}

final class Person
{
    public string $name = '';
    public ?int $age = null;
    protected string $hidden = 'protected';
    private string $secret = 'private';
}

function service(array $options = []): Proxy
{
    $url = Servers::php('types.php');
    return new Proxy($url . '?wsdl', $options + ['cache' => false]);
}

/** What the server saw of two values. */
function seen(mixed ...$values): array
{
    return json_decode(service()->describe(...$values), true, 512, JSON_THROW_ON_ERROR);
}

return [
    'structs, lists and nulls' => static function (): void {
        $service = service();
        $person = ['name' => 'Ann', 'age' => 7, 'tags' => ['a', 'b'], 'parent' => ['name' => 'Eve', 'age' => null]];
        $back = $service->echoPerson($person);
        same('Ann', $back->name);
        same(7, $back->age);
        same(['a', 'b'], $back->tags);
        same('Eve', $back->parent->name);
        same(null, $back->parent->age);
        same(['x', '', 'z'], $service->echoList(['x', '', 'z']));
        same([], $service->echoList([]));
        $people = $service->echoPeople([['name' => 'A'], ['name' => 'B', 'tags' => []]]);
        same(2, count($people));
        same('B', $people[1]->name);
    },
    'scalars by position and by name' => static function (): void {
        $service = service();
        same(5, $service->add(2, 3));
        same(5, $service->add(y: 3, x: 2));
        same(5, $service->add(2, y: 3));
        same(5, $service->call('add', ...['x' => 2, 'y' => 3]));
        same(5, $service->Add('2', 3.0));
        raises(\WsdlProxy\EncodeError::class, static fn () => $service->add(2, 3, 4), 'takes 2 arguments');
        raises(\WsdlProxy\EncodeError::class, static fn () => $service->add(2, z: 3), 'z');
        raises(\WsdlProxy\EncodeError::class, static fn () => $service->add(2, 2.5));
    },
    'a void answer is null' => static function (): void {
        same(null, service()->nothing());
    },
    'leaves of every kind' => static function (): void {
        $given = [
            'flag' => false,
            'small' => -12,
            'big' => PHP_INT_MAX,
            'price' => '12.50',
            'ratio' => 0.1,
            'data' => "\x00\xff bytes",
            'hex' => "\x01\xab",
            'text' => "tab\tline\n<&>\"' é €",
        ];
        $back = (array) service()->echoTypes($given);
        foreach ($given as $name => $value) {
            same($value, $back[$name], $name);
        }
    },
    'dates' => static function (): void {
        $when = new \DateTimeImmutable('2024-02-29T12:34:56.789+02:00');
        $message = service()->createMessage('echoTypes', ['when' => $when, 'day' => $when]);
        contains('2024-02-29T12:34:56.789+02:00', $message);
        contains('>2024-02-29', $message);
        $mutable = new \DateTime('1999-12-31T23:59:59Z');
        contains('1999-12-31T23:59:59', service()->createMessage('echoTypes', ['when' => $mutable]));
        $span = new \DateInterval('P1Y2M3DT4H5M6S');
        contains('P1Y2M3DT4H5M6S', service()->createMessage('echoTypes', ['span' => $span]));
        same('2024-02-29T12:34:56Z', service()->echoTypes(['when' => '2024-02-29T12:34:56Z'])->when);
        $back = service(['dates' => 'object'])->echoTypes(['when' => $when]);
        holds($back->when instanceof \DateTimeImmutable, 'a DateTimeImmutable by option');
        same($when->format('U.u'), $back->when->format('U.u'));
        same('+02:00', $back->when->format('P'));
    },
    'enumerations, texts and objects' => static function (): void {
        same(['red', 'told'], seen(Colour::Red, new Text('told')));
        same([1.5, true], seen(1.5, true));
        $person = new Person();
        $person->name = 'Zoe';
        same('Zoe', service()->echoPerson($person)->name);
        raises(\WsdlProxy\EncodeError::class, static fn () => service()->describe(Bare::One, 1), 'Bare');
        same([[1, 2], [3]], seen(new \ArrayObject([1, 2]), new \ArrayIterator([3])));
    },
    'references and slots of declared properties' => static function (): void {
        $name = 'by reference';
        $tags = ['t'];
        $person = ['name' => &$name, 'tags' => &$tags];
        $back = service()->echoPerson($person);
        same('by reference', $back->name);
        same(['t'], $back->tags);
        $object = new Person();
        $object->name = 'x';
        $alias = &$object->name;
        $alias = 'indirect';
        same('indirect', service()->echoPerson($object)->name);
        same('by reference', $name);
    },
    'lists of other keys' => static function (): void {
        $list = [0 => 'a', 1 => 'b', 2 => 'c'];
        unset($list[2]);
        same(['a', 'b'], service()->echoList($list));
        $holes = [5 => 'a', 7 => 'b'];
        same(['a', 'b'], service()->echoList($holes));
        raises(\WsdlProxy\EncodeError::class, static fn () => service()->echoList(['x' => 'a', 7 => 'b']));
    },
    'numbers as keys of a record' => static function (): void {
        $message = '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><r><return>%s</return></r></e:Body></e:Envelope>';
        $map = '<i xmlns:x="http://www.w3.org/2001/XMLSchema-instance" x:type="a:Map" xmlns:a="http://xml.apache.org/xml-soap">'
            . '<item><key>12</key><value>twelve</value></item><item><key>a</key><value>A</value></item></i>';
        $body = sprintf($message, str_replace(['<i ', '</i>'], ['', ''], ''));
        $body = str_replace('<return></return>', str_replace(['<i ', '</i>'], ['<return ', '</return>'], $map), $body);
        same([12 => 'twelve', 'a' => 'A'], service(['structs' => 'array'])->parseResponse('echoAny', $body));
        same((object) ['12' => 'twelve', 'a' => 'A'], service()->parseResponse('echoAny', $body));
    },
    'a fault with actor and detail' => static function (): void {
        $fault = raises(Fault::class, static fn () => service()->fail('why not'), 'failed: why not');
        contains('Server', $fault->faultcode);
        same('urn:actor', $fault->faultactor);
        holds($fault->detail !== null, 'a detail');
    },
    'a header that the WSDL declares' => static function (): void {
        same('abc', service(['soap_headers' => ['session' => ['token' => 'abc']]])->token());
        same('def', service()->withOptions(['soap_headers' => ['session' => ['token' => 'def']]])->token());
        same(null, service()->token());
        raises(\WsdlProxy\EncodeError::class, static fn () => service(['soap_headers' => ['sesion' => 1]])->token(), 'session');
    },
    'the same as ext/soap reads' => static function (): void {
        $url = Servers::php('types.php');
        $soap = new \SoapClient($url . '?wsdl', ['cache_wsdl' => WSDL_CACHE_NONE, 'features' => SOAP_SINGLE_ELEMENT_ARRAYS]);
        $service = service();
        foreach ([1, 'text', 1.5, true, false, ['a', 'b'], (object) ['x' => 1, 'y' => (object) ['z' => 'q']]] as $value) {
            same($soap->echoAny($value), $service->echoAny($value));
        }
        $person = (object) ['name' => 'Ann', 'age' => 3, 'tags' => ['q'], 'parent' => null];
        same($soap->echoPerson($person), $service->echoPerson($person));
    },
    'text that is no UTF-8' => static function (): void {
        raises(\WsdlProxy\EncodeError::class, static fn () => service()->echoPerson(['name' => "\xff"]), 'UTF-8');
    },
];
