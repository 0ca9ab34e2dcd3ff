<?php
/** The shared cases of tests/cases through the PHP face; their README says what a case is. */

declare(strict_types=1);

namespace WsdlProxy\Tests;

use WsdlProxy\{DecodeError, EncodeError, Fault, Proxy};

const QNAME_ATTRIBUTES = [
    '{http://www.w3.org/2001/XMLSchema-instance}type',
    '{http://schemas.xmlsoap.org/soap/encoding/}arrayType',
];

/** One folder of the shared suite. */
final class SharedCase
{
    private Proxy $proxy;
    private array $input;
    private ?array $error;

    public function __construct(private string $folder)
    {
        $wsdl = is_file("$folder/service.wsdl") ? "$folder/service.wsdl" : dirname($folder) . '/service.wsdl';
        $this->proxy = new Proxy($wsdl, ['structs' => 'array']);
        $this->input = native(read("$folder/input.json"));
        $this->error = is_file("$folder/error.json") ? read("$folder/error.json") : null;
    }

    /** Runs the directions that the case has. */
    public function check(): void
    {
        $checked = 0;
        if (is_file("$this->folder/request.xml") || $this->isRefused('encode')) {
            $this->checkRequest();
            $checked++;
        }
        if (is_file("$this->folder/response.xml")) {
            $this->checkAnswer();
            $checked++;
        }
        holds($checked > 0, 'the case has nothing to check');
    }

    private function isRefused(string $kind): bool
    {
        return ($this->error['kind'] ?? null) === $kind;
    }

    private function checkRequest(): void
    {
        $options = isset($this->input['headers']) ? ['soap_headers' => $this->input['headers']] : [];
        $proxy = $this->proxy->withOptions($options);
        $arguments = [...($this->input['positional'] ?? []), ...($this->input['named'] ?? [])];
        $write = fn () => $proxy->createMessage($this->input['operation'], ...$arguments);
        if ($this->isRefused('encode')) {
            $this->refused(EncodeError::class, $write);
        } else {
            same(infoset(file_get_contents("$this->folder/request.xml")), infoset($write()));
        }
    }

    private function checkAnswer(): void
    {
        $content = file_get_contents("$this->folder/response.xml");
        $decode = fn () => $this->proxy->parseResponse($this->input['operation'], $content);
        if ($this->isRefused('decode')) {
            $this->refused(DecodeError::class, $decode);
            return;
        }
        $expected = native(read("$this->folder/output.json"));
        try {
            $got = $decode();
        } catch (Fault $fault) {
            $got = ['fault' => ['code' => $fault->faultcode, 'string' => $fault->faultstring, 'detail' => $fault->detail]];
        }
        if (is_array($expected) && array_keys($expected) === ['fault']) {
            $got['fault'] = array_intersect_key($got['fault'] ?? [], $expected['fault']);
        }
        same(sorted($expected), sorted($got));
    }

    private function refused(string $class, callable $call): void
    {
        try {
            $call();
        } catch (EncodeError | DecodeError $error) {
            same($class, get_class($error));
            same($this->error['path'] ?? $error->getPath(), $error->getPath());
            return;
        }
        throw new Failed('the case was not refused');
    }
}

function read(string $path): mixed
{
    return json_decode(file_get_contents($path), true, flags: JSON_THROW_ON_ERROR);
}

/** What a leaf that JSON has not is in PHP, as docs/types.md says: numbers that a double holds and bytes, else texts. */
function native(mixed $value): mixed
{
    if (!is_array($value)) {
        return $value;
    }
    $name = (string) array_key_first($value);
    if (count($value) !== 1 || !str_starts_with($name, '$')) {
        return array_map(native(...), $value);
    }
    $text = $value[$name];
    return match ($name) {
        '$bytes' => base64_decode($text, true),
        '$double' => ['INF' => INF, '-INF' => -INF, 'NaN' => NAN][$text],
        default => $text,
    };
}

/** Members by name, as their order does not count. */
function sorted(mixed $value): mixed
{
    if (!is_array($value)) {
        return $value;
    }
    $value = array_map(sorted(...), $value);
    if (!array_is_list($value)) {
        ksort($value);
    }
    return $value;
}

/** Names, attributes, texts and children; QNames in attributes by their meaning. */
function infoset(string $xml): array
{
    $document = new \DOMDocument();
    holds($document->loadXML($xml), 'the message is no XML');
    return element($document->documentElement);
}

function element(\DOMElement $element): array
{
    $attributes = $children = [];
    foreach ($element->attributes as $attribute) {
        $name = "{{$attribute->namespaceURI}}{$attribute->localName}";
        $attributes[$name] = in_array($name, QNAME_ATTRIBUTES, true) ? meaning($element, $attribute->value) : $attribute->value;
    }
    ksort($attributes);
    $text = '';
    foreach ($element->childNodes as $node) {
        if ($node instanceof \DOMElement) {
            $children[] = element($node);
        } elseif ($node instanceof \DOMText) {
            $text .= $node->data;
        }
    }
    $text = $children === [] ? $text : trim($text);
    return ["{{$element->namespaceURI}}{$element->localName}", $attributes, $text, $children];
}

function meaning(\DOMElement $element, string $qname): string
{
    [$prefix, $local] = str_contains($qname, ':') ? explode(':', $qname, 2) : [null, $qname];
    return '{' . $element->lookupNamespaceURI($prefix) . '}' . $local;
}

$tests = [];
foreach (glob(dirname(__DIR__) . '/cases/*/*/input.json') as $input) {
    $folder = dirname($input);
    $name = basename(dirname($folder)) . '/' . basename($folder);
    $tests[$name] = static fn () => (new SharedCase($folder))->check();
}
$tests['there are cases'] = static fn () => holds(count($tests) >= 30, 'there are few cases');
return $tests;
