<?php
/** Looking into a WSDL, and stubs for editors. */

declare(strict_types=1);

namespace WsdlProxy\Tests;

use WsdlProxy\{Definition, PortError, Proxy, UsageError};

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
    'a subclass of Definition' => static function (): void {
        $class = new class (__DIR__ . '/servers/types.wsdl') extends Definition {
        };
        same($class::class, $class::load(__DIR__ . '/servers/types.wsdl')::class);
    },
    'the stub file describes every class' => static function (): void {
        $file = dirname(__DIR__, 2) . '/php/stubs/wsdlproxy.php';
        $source = file_get_contents($file);
        $classes = array_filter(
            array_merge(get_declared_classes()),
            static fn ($name) => (new \ReflectionClass($name))->getExtensionName() === 'wsdlproxy',
        );
        holds(count($classes) >= 15, 'the classes of the extension');
        foreach ($classes as $class) {
            $reflection = new \ReflectionClass($class);
            holds((bool) preg_match('/^class ' . $reflection->getShortName() . '\b/m', $source), "$class is missing");
            foreach ($reflection->getMethods() as $method) {
                if ($method->getDeclaringClass()->getName() === $class) {
                    holds(str_contains($source, "function {$method->getName()}("), "{$method->getName()} is missing");
                    foreach ($method->getParameters() as $parameter) {
                        holds(str_contains($source, "\${$parameter->getName()}"), "{$parameter->getName()} is missing");
                    }
                }
            }
        }
    },
];
