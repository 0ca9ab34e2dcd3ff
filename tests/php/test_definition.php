<?php
/** Looking into a WSDL, and stubs for editors. */

declare(strict_types=1);

namespace WsdlProxy\Tests;

use WsdlProxy\{Definition, PortError, Proxy, UsageError};

/** The parameters of each `@method` of a class in stubs. */
function methodsOf(string $stubs, string $class): array
{
    $before = strstr($stubs, "\nclass $class extends", true);
    if ($before === false) {
        throw new Failed("no class $class");
    }
    $methods = [];
    preg_match_all('/^ \* @method \S+ ([^\s(]+)\((.*)$/m', substr($before, (int) strrpos($before, '/**')), $found, PREG_SET_ORDER);
    foreach ($found as [, $name, $parameters]) {
        preg_match_all('/\$(\w+)/u', $parameters, $names);
        $methods[$name] = $names[1];
    }
    return $methods;
}

function sortedKeys(array $array): array
{
    ksort($array);
    return $array;
}

return [
    'services, ports, operations and types' => static function (): void {
        $definition = Definition::load(Servers::ngnpro() . 'wsdl');
        $services = $definition->services();
        holds(in_array('SipPort', array_merge(...array_values($services)), true), 'SipPort');
        same('1.1', $definition->ports()['SipPort']['soap']);
        $operation = $definition->operations('SipPort')['getAccount'];
        same(['sipId'], array_keys($operation['parameters']));
        same('SipId', $operation['parameters']['sipId']['type']);
        same('SipAccount', $operation['returns']);
        same('rpc', $operation['style']);
        same('encoded', $operation['use']);
        contains('xsd:string username', $definition->types()['{urn:AGProjects:NGNPro}SipId']);
        holds(is_array($definition->warnings()), 'warnings');
        raises(PortError::class, static fn () => $definition->operations());
        contains('SipPort', print_r($definition, true));
    },
    'choices and facets' => static function (): void {
        $definition = Definition::load(__DIR__ . '/../wsdl/choice.wsdl');
        same(['required' => true, 'branches' => [['mail'], ['phone'], ['street', 'town']]], $definition->operations()['echo']['choices'][0]);
        contains("  ?xsd:int y;\n  // one of mail | phone | street, town\n  // at most one of x | y\n}", implode("\n", $definition->types()));
        $definition = Definition::load(__DIR__ . '/../wsdl/choice-repeated.wsdl');
        same('struct', $definition->operations()['echo']['parameters']['_choice']['type']);
        contains("  struct[] _choice {\n    ?xsd:int add;", implode("\n", $definition->types()));
        $types = Definition::load(__DIR__ . '/../wsdl/facets.wsdl')->types();
        same('xsd:string Short // minLength 1, maxLength 5', $types['{urn:test:facets}Short']);
        contains('// one of "AB1", "CD23", pattern [A-Z]{2}[0-9]+', $types['{urn:test:facets}Code']);
    },
    'proxies of one definition' => static function (): void {
        $definition = new Definition(Servers::ngnpro() . 'wsdl', ['auth' => Servers::ADMIN, 'location' => Servers::ngnpro()]);
        $sip = $definition->proxy('SipPort');
        holds($sip instanceof Proxy && is_int($sip->getDomains([])->total), 'a call');
        holds(is_array($definition->proxy('SipPort', ['structs' => 'array'])->getDomains([])), 'options of its own');
    },
    'stubs are PHP, load and work' => static function (): void {
        $stubs = Definition::load(Servers::ngnpro() . 'wsdl')->stubs('Acme\\Ngn');
        contains('class SipPort extends \WsdlProxy\Proxy', $stubs);
        contains('@method SipAccount getAccount(SipId|array $sipId)', $stubs);
        contains('class SipId', $stubs);
        $file = tempnam(sys_get_temp_dir(), 'stubs');
        file_put_contents($file, $stubs);
        exec(PHP_BINARY . ' -n -l ' . escapeshellarg($file), $output, $status);
        same(0, $status, implode("\n", $output));
        $code = 'require ' . var_export($file, true) . ';'
            . '$sip = new Acme\Ngn\SipPort(' . var_export(Servers::ngnpro() . 'wsdl', true) . ', ["port" => "SipPort"]);'
            . '$id = new Acme\Ngn\SipId(); $id->username = "u"; $id->domain = "d";'
            . 'echo $sip->createMessage("getAccount", $id);';
        [$output, $status] = script($code);
        unlink($file);
        same(0, $status, $output);
        contains('<username xsi:type="xsd:string">u</username>', $output);
        raises(UsageError::class, static fn () => Definition::load(__DIR__ . '/servers/types.wsdl')->stubs('a;b'), 'namespace');
    },
    'stubs of types that extend others' => static function (): void {
        $stubs = Definition::load(__DIR__ . '/servers/shop.wsdl')->stubs();
        contains('class Person extends Party', $stubs);
        contains('class Worker extends Person', $stubs);
        contains('Abstract: what is sent is of a type that extends it', $stubs);
        contains('$record->name ?? null', $stubs);
        same(1, substr_count($stubs, 'public $name;'));
        $file = tempnam(sys_get_temp_dir(), 'stubs');
        file_put_contents($file, $stubs);
        $code = 'require ' . var_export($file, true) . '; $w = new Worker(); $w->name = "n"; $w->job = "j";'
            . '$shop = new ShopPort(' . var_export(__DIR__ . '/servers/shop.wsdl', true) . '); echo $shop->createMessage("Put", ["order" => ["party" => $w]]);';
        [$output, $status] = script($code);
        unlink($file);
        same(0, $status, $output);
        holds(preg_match('~party xsi:type="(\w+):Worker"><\1:name>n</\1:name><\1:job>j</\1:job></~', $output) === 1, $output);
    },
    'a subclass of Definition' => static function (): void {
        $class = new class (__DIR__ . '/servers/types.wsdl') extends Definition {
        };
        same($class::class, $class::load(__DIR__ . '/servers/types.wsdl')::class);
    },
    'the stub file says what the classes are' => static function (): void {
        $script = __DIR__ . '/lib/reflect.php';
        $stubs = dirname(__DIR__, 2) . '/php/stubs/wsdlproxy.php';
        exec(PHP_BINARY . ' -n ' . escapeshellarg($script) . ' ' . escapeshellarg($stubs), $output, $status);
        same(0, $status, implode("\n", $output));
        $said = json_decode(implode('', $output), true);
        require_once $script;
        $real = json_decode(json_encode(Reflected::classes()), true);
        holds(count($real) >= 17, 'the classes of the extension');
        same(array_keys($real), array_keys($said));
        foreach ($real as $name => $class) {
            // An extension may leave out a type where the stub has one.
            foreach ($class['methods'] as $method => $shown) {
                $class['methods'][$method]['returns'] ??= $said[$name]['methods'][$method]['returns'] ?? null;
                foreach ($shown['parameters'] as $at => $parameter) {
                    if ($parameter['type'] === 'mixed') {
                        $class['methods'][$method]['parameters'][$at]['type'] = $said[$name]['methods'][$method]['parameters'][$at]['type'] ?? null;
                    }
                }
            }
            foreach ($class['properties'] as $property => $shown) {
                $class['properties'][$property]['type'] = $said[$name]['properties'][$property]['type'] ?? null;
            }
            foreach (['final', 'parent', 'interfaces', 'methods', 'properties'] as $part) {
                same($class[$part], $said[$name][$part], "$name, $part");
            }
        }
    },
    'stubs of every construct are PHP and have its calls' => static function (): void {
        $folder = sys_get_temp_dir() . '/wsdlproxy-stubs-' . getmypid();
        mkdir($folder);
        try {
            foreach (glob(dirname(__DIR__) . '/wsdl/*.wsdl') as $number => $wsdl) {
                $definition = Definition::load($wsdl);
                $stubs = $definition->stubs("Made\\N$number");
                file_put_contents("$folder/$number.php", $stubs);
                holds(str_contains($stubs, "class "), basename($wsdl));
                foreach ($definition->ports() as $port => $row) {
                    $methods = methodsOf($stubs, (string) $port);
                    $operations = $definition->proxy((string) $port, ['service' => $row['service']])->getFunctions();
                    same(count($operations), count($methods), basename($wsdl) . " $port");
                }
                foreach (array_keys($definition->ports()) as $port) {
                    $expected = array_map(static fn ($row) => preg_replace('/[^\w\x80-\xff]/', '_', array_keys($row['parameters'])), $definition->operations((string) $port));
                    same(sortedKeys($expected), sortedKeys(methodsOf($stubs, (string) $port)), basename($wsdl) . " $port");
                }
            }
            $check = 'foreach (glob($argv[1] . "/*.php") as $file) { require $file; } echo count(get_declared_classes());';
            $command = [PHP_BINARY, '-n', '-d', 'extension=' . extensionFile(), '-r', $check, $folder];
            exec(implode(' ', array_map(escapeshellarg(...), $command)) . ' 2>&1', $output, $status);
            same(0, $status, implode("\n", $output));
        } finally {
            array_map('unlink', glob("$folder/*"));
            rmdir($folder);
        }
    },
    'stubs show no credentials' => static function (): void {
        $url = str_replace('://', '://user:hushhush@', Servers::ngnpro()) . 'wsdl';
        $definition = Definition::load($url);
        lacks('hushhush', $definition->stubs());
        lacks('hushhush', print_r($definition, true));
    },
];
