<?php
/** Objects as records: what they may have besides, what is a typing error, and what is no record at all. */

declare(strict_types=1);

namespace WsdlProxy\Tests;

use WsdlProxy\{EncodeError, Proxy};

/** What an application has anyway: the members and much else. */
final class Row
{
    public string $name = 'x';
    public int $created = 5;
    public ?string $parnt = null;
    protected int $agge = 7;
    private string $tgas = 'hidden';
}

final class Misspelt
{
    public string $name = 'x';
    public int $agee = 5;
}

final class Foreign
{
    public string $colour = 'red';
}

final class AllOptional
{
    public ?bool $flag;
    public ?string $text;
}

final class OwnException extends \Exception
{
}

function person(array $options = []): Proxy
{
    return new Proxy(__DIR__ . '/servers/types.wsdl', $options);
}

return [
    'a misspelt property is an error' => static function (): void {
        $p = person();
        raises(EncodeError::class, static fn () => $p->createMessage('echoPerson', new Misspelt()), 'person.agee: unknown member; did you mean "age"?');
        lacks('agee', person(['strict' => false])->createMessage('echoPerson', new Misspelt()));
        $nested = ['name' => 'a', 'parent' => new Misspelt()];
        raises(EncodeError::class, static fn () => $p->createMessage('echoPerson', $nested), 'person.parent.agee: unknown member');
    },
    'an object may have more than the type' => static function (): void {
        $p = person();
        same($p->createMessage('echoPerson', ['name' => 'x']), $p->createMessage('echoPerson', new Row()));
    },
    'what is no record' => static function (): void {
        $p = person();
        $odd = [new Foreign(), new \Exception('x'), new OwnException('x'), new \SoapVar('x', XSD_STRING), static fn () => 1, $p];
        foreach ($odd as $value) {
            raises(EncodeError::class, static fn () => $p->createMessage('echoPerson', $value), 'person: expected Person, got ' . $value::class);
            raises(EncodeError::class, static fn () => $p->createMessage('echoTypes', $value), 'expected Types, got ' . $value::class);
            // What has a text of its own is that text; what to give instead of a SoapVar is told elsewhere.
            if (!$value instanceof Foreign && !$value instanceof \Stringable && !$value instanceof \SoapVar) {
                raises(EncodeError::class, static fn () => $p->createMessage('echoAny', $value), 'value: expected a value, got ' . $value::class);
                raises(EncodeError::class, static fn () => $p->createMessage('echoAny', ['a' => $value]), 'value.a: expected a value, got ' . $value::class);
            }
        }
    },
    'what is an empty record' => static function (): void {
        $p = person();
        $expected = $p->createMessage('echoTypes', []);
        foreach ([new \stdClass(), new AllOptional()] as $value) {
            same($expected, $p->createMessage('echoTypes', $value), $value::class);
        }
    },
    'a value that contains itself' => static function (): void {
        $person = new \stdClass();
        $person->name = 'x';
        $person->parent = $person;
        $error = raises(EncodeError::class, static fn () => person()->createMessage('echoPerson', $person), 'the value contains itself');
        holds(strlen($error->getMessage()) < 200, 'a short path');
    },
];
