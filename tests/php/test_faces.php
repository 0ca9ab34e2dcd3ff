<?php
/** The same calls and answers through the Python face: requests byte by byte, results value by value. */

declare(strict_types=1);

namespace WsdlProxy\Tests;

use WsdlProxy\{DecodeError, Definition, EncodeError, Error, Proxy};

const XSI = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:s="http://www.w3.org/2001/XMLSchema"'
    . ' xmlns:t="urn:types" xmlns:c="http://schemas.xmlsoap.org/soap/encoding/"';

function body(string $content): string
{
    return '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body ' . XSI . "><r>$content</r></e:Body></e:Envelope>";
}

/** @return array<string, array{string, array}> operations and arguments */
function requests(): array
{
    return [
        'positional' => ['add', [1, 2]],
        'named' => ['add', ['x' => 1, 'y' => -2]],
        'text for a number' => ['add', ['7', 8.0]],
        'too large' => ['add', [1, 1 << 40]],
        'a fraction' => ['add', [1, 1.5]],
        'unknown name' => ['add', ['x' => 1, 'z' => 2]],
        'too many' => ['add', [1, 2, 3]],
        'a struct' => ['echoPerson', [['name' => 'Ann', 'age' => 5, 'tags' => ['a', 'b'], 'parent' => ['name' => 'Eve', 'age' => null]]]],
        'out of order' => ['echoPerson', [['tags' => [], 'name' => "<&>\"' é"]]],
        'an unknown member' => ['echoPerson', [['name' => 'x', 'nme' => 'y']]],
        'a missing member' => ['echoPerson', [['age' => 1]]],
        'a wrong member' => ['echoPeople', [[['name' => 'a'], ['name' => 'b', 'age' => 'old']]]],
        'lists' => ['echoList', [['a', '', 'ü']]],
        'an empty list' => ['echoList', [[]]],
        'a single item' => ['echoList', ['alone']],
        'anything' => ['describe', ['text', ['a' => 1, 'b' => [true, null, 1.5, 'x', 1 << 40]]]],
        'nothing' => ['nothing', []],
        'leaves' => ['echoTypes', [['flag' => true, 'small' => -1, 'big' => 1 << 40, 'huge' => '123456789012345678901234567890', 'price' => '1.50', 'ratio' => 1e300, 'when' => '2024-02-29T00:00:00Z', 'day' => '2024-02-29', 'text' => " a\n b "]]],
        'a bad decimal' => ['echoTypes', [['price' => '1,5']]],
        'a bad date' => ['echoTypes', [['day' => '2023-02-29']]],
    ];
}

/** @return array<string, array{string, string}> operations and answers */
function answers(): array
{
    return [
        'a number' => ['add', body('<return i:type="s:int">5</return>')],
        'another name' => ['add', body('<x>5</x>')],
        'nil' => ['add', body('<return i:nil="true"/>')],
        'no number' => ['add', body('<return>five</return>')],
        'a struct' => ['echoPerson', body('<return i:type="t:Person"><name>Ann</name><age>5</age><tags><i>a</i><i>b</i></tags><parent i:nil="1"/></return>')],
        'out of order' => ['echoPerson', body('<return><age> 5 </age><name/></return>')],
        'an unknown member' => ['echoPerson', body('<return><name>a</name><extra>1</extra></return>')],
        'references' => ['echoPeople', body('<return c:arrayType="t:Person[2]"><i href="#1"/><i href="#1"/></return>')],
        'references that are there' => ['echoPeople', str_replace('</r>', '</r><m id="1" i:type="t:Person"><name>a</name></m>', body('<return c:arrayType="t:Person[2]"><i href="#1"/><i href="#1"/></return>'))],
        'positions' => ['echoList', body('<return c:arrayType="s:string[4]" c:offset="[1]"><i>b</i><i c:position="[3]">d</i></return>')],
        'an empty list' => ['echoList', body('<return c:arrayType="s:string[0]"/>')],
        'anything typed' => ['echoAny', body('<return i:type="c:Array" c:arrayType="s:int[2]"><i>1</i><i>2</i></return>')],
        'anything untyped' => ['echoAny', body('<return><a>1</a><b><c>x</c></b><a>2</a></return>')],
        'leaves' => ['echoTypes', body('<return><flag>1</flag><small>-1</small><big>9007199254740993</big><price>1.50</price><ratio>1E3</ratio>'
            . '<when>2024-02-29T12:34:56+02:00</when><day>2024-02-29</day><data>YWJj</data><hex>616263</hex><text> a </text></return>')],
        'void' => ['nothing', body('')],
        'cut off' => ['add', '<e:Envelope'],
    ];
}

/** @param list<array> $cases */
function throughPython(array $cases): array
{
    $pipes = [];
    $command = ['timeout', '120', python(), __DIR__ . '/servers/face.py'];
    $process = proc_open($command, [['pipe', 'r'], ['pipe', 'w'], ['pipe', 'w']], $pipes);
    fwrite($pipes[0], json_encode($cases, JSON_THROW_ON_ERROR | JSON_PRESERVE_ZERO_FRACTION));
    fclose($pipes[0]);
    $output = stream_get_contents($pipes[1]);
    $errors = stream_get_contents($pipes[2]);
    proc_close($process);
    return json_decode($output, true) ?? throw new Failed("no results from Python: $errors");
}

/** What the PHP face makes of a case, as the Python face prints it. */
function throughPhp(array $case): mixed
{
    if (isset($case['describe'])) {
        return described($case['describe']);
    }
    $proxy = new Proxy($case['wsdl'], ['port' => $case['port'], 'service' => $case['service'] ?? null]);
    try {
        $value = isset($case['content'])
            ? $proxy->parseResponse($case['operation'], $case['content'], 'text/xml')
            : $proxy->createMessage($case['operation'], ...$case['arguments']);
        return json_decode(json_encode($value, JSON_THROW_ON_ERROR | JSON_PRESERVE_ZERO_FRACTION), true);
    } catch (Error $error) {
        $path = $error instanceof EncodeError || $error instanceof DecodeError ? $error->getPath() : null;
        return ['error' => (new \ReflectionClass($error))->getShortName(), 'path' => $path];
    }
}

/** What both faces can tell of a WSDL. */
function described(string $wsdl): array
{
    try {
        $definition = Definition::load($wsdl);
    } catch (Error $error) {
        return ['error' => (new \ReflectionClass($error))->getShortName()];
    }
    $ports = [];
    foreach ($definition->ports() as $name => $port) {
        $proxy = Definition::load($wsdl, ['service' => $port['service']]);
        $parts = explode('.', $name);
        $operations = array_map(static fn (array $row): array => [
            'style' => $row['style'],
            'use' => $row['use'],
            'action' => $row['action'],
            'documentation' => $row['documentation'],
            'parameters' => array_map(static fn ($one) => array_intersect_key($one, ['type' => 1, 'required' => 1, 'repeated' => 1]), $row['parameters']),
        ], $proxy->operations(end($parts)));
        $ports[$name] = array_replace($port, ['operations' => $operations]);
    }
    return ['services' => $definition->services(), 'ports' => $ports, 'types' => count($definition->types()), 'warnings' => $definition->warnings()];
}

/** Values that fit some operations and are refused by others, in the same way by both faces. */
const PROBES = ['x', 1, true, null, [], ['a', 'b'], ['_' => 'x'], ['name' => 'x', 'id' => 2, 'value' => 'y'], [['name' => 'x']]];

/** For every operation of a WSDL each probe as each of its arguments. */
function probes(string $wsdl): array
{
    $cases = ['describe ' . basename($wsdl) => ['describe' => $wsdl]];
    foreach ((described($wsdl)['ports'] ?? []) as $name => $port) {
        $parts = explode('.', $name);
        $where = ['wsdl' => $wsdl, 'port' => end($parts), 'service' => $port['service']];
        foreach ($port['operations'] as $operation => $row) {
            foreach (PROBES as $number => $probe) {
                $arguments = array_fill_keys(array_keys($row['parameters']), $probe);
                $cases[basename($wsdl) . " $name $operation $number"] = $where + ['operation' => (string) $operation, 'arguments' => $arguments];
            }
        }
    }
    return $cases;
}

/** The cases whose results differ, with both. */
function differences(array $cases): array
{
    $python = array_combine(array_keys($cases), throughPython(array_values($cases)));
    $different = [];
    foreach ($cases as $name => $case) {
        $php = throughPhp($case);
        if (!isSame($python[$name], $php)) {
            $different[] = "$name: Python " . json_encode($python[$name]) . ', PHP ' . json_encode($php);
        }
    }
    return $different;
}

return [
    'both faces see and say the same of every construct' => static function (): void {
        $cases = [];
        foreach (glob(dirname(__DIR__) . '/wsdl/*.wsdl') as $wsdl) {
            $cases += probes($wsdl);
        }
        holds(count($cases) > 500, 'few cases: ' . count($cases));
        same([], differences($cases));
    },
    'both faces agree' => static function (): void {
        $cases = [];
        $wsdl = ['wsdl' => __DIR__ . '/servers/types.wsdl', 'port' => 'TypesPort'];
        foreach (requests() as $name => [$operation, $arguments]) {
            $cases["request: $name"] = $wsdl + ['operation' => $operation, 'arguments' => $arguments];
        }
        foreach (answers() as $name => [$operation, $content]) {
            $cases["answer: $name"] = $wsdl + ['operation' => $operation, 'content' => $content];
        }
        same([], differences($cases));
    },
];
