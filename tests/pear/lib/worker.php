<?php
/**
 * Runs the steps of one recording, in a process of its own, and reports what could be observed.
 *
 * It judges nothing: its report is plain data, compared by `Judge`.
 */

namespace WsdlProxy\Tests\Pear;

final class Worker
{
    private $vector;
    private $typed;
    private $ours;
    private $objects = [];
    private $last;
    private $diagnostics = [];

    public function __construct(array $vector, Typed $typed, $ours)
    {
        $this->vector = $vector;
        $this->typed = $typed;
        $this->ours = $ours;
    }

    /** @return array list of observations by step, and the diagnostics that our own files raised */
    public function run(string $subclass)
    {
        error_reporting(E_ALL);
        set_error_handler(function ($level, $text, $file, $line) {
            if (strncmp($file, $this->ours, strlen($this->ours)) === 0) {
                $this->diagnostics[] = "$text at $file:$line (level $level)";
            }
            return true;
        });
        foreach ($this->vector['requires'] ?? ['SOAP/Client.php'] as $file) {
            require_once strpos($file, 'SOAP_Client_Custom') === 0 ? $subclass : $file;
        }
        foreach ($this->vector['classes'] ?? [] as $code) {
            eval($code);
        }
        $steps = [];
        foreach ($this->vector['steps'] as $step) {
            $steps[] = $this->step($step);
        }
        return ['steps' => $steps, 'diagnostics' => array_values(array_unique($this->diagnostics))];
    }

    private function step(array $step)
    {
        $seen = [];
        try {
            $result = $this->perform($step);
            $this->last = $result;
            $seen['return'] = $this->describeResult($step, $result);
        } catch (\Throwable $thrown) {
            $seen['return'] = Typed::describeThrown($thrown);
        }
        $client = $this->objects['client'] ?? null;
        if ($step['op'] === 'method' && $client instanceof \SOAP_Client) {
            $seen['client_fault'] = $this->typed->describe($client->fault);
            $seen['headersIn'] = $this->typed->describe($client->headersIn);
            $seen['added_namespaces'] = $this->addedNamespaces($client);
        }
        return $seen;
    }

    private function addedNamespaces($client)
    {
        $added = [];
        foreach (array_slice($client->_namespaces ?? [], 4, null, true) as $uri => $prefix) {
            $added[] = [$uri, $prefix];
        }
        return $added;
    }

    private function describeResult(array $step, $result)
    {
        if (isset($step['as']) && is_object($result)) {
            return ['t' => 'stored', 'class' => get_class($result)];
        }
        return $step['op'] === 'reflect' ? $result : $this->typed->describe($result);
    }

    private function perform(array $step)
    {
        $arguments = array_map([$this->typed, 'build'], $step['args'] ?? []);
        $on = $step['on'] ?? 'client';
        $target = $on === 'last' ? $this->last : ($this->objects[$on] ?? null);
        switch ($step['op']) {
            case 'new':
                return $this->objects[$step['as'] ?? 'client'] = new $step['class'](...$arguments);
            case 'method':
                $result = $target->{$step['name']}(...$arguments);
                break;
            case 'static':
                $result = $step['class']::{$step['name']}(...$arguments);
                break;
            case 'set':
                return $this->set($target, $step['path'], $this->typed->build($step['value']));
            case 'get':
                $path = $step['path'];
                return isset($path[1]) ? $target->{$path[0]}[$path[1]] : $target->{$path[0]};
            case 'reflect':
                return Reflected::describe($target, $this->typed);
        }
        if (isset($step['as'])) {
            $this->objects[$step['as']] = $result;
        }
        return $result;
    }

    private function set($target, array $path, $value)
    {
        if (isset($path[1])) {
            $target->{$path[0]}[$path[1]] = $value;
        } else {
            $target->{$path[0]} = $value;
        }
        return null;
    }
}

/** What a generated class looks like from outside. */
final class Reflected
{
    public static function describe($object, Typed $typed)
    {
        $class = new \ReflectionClass($object);
        $methods = [];
        foreach ($class->getMethods() as $method) {
            if ($method->getDeclaringClass()->getName() === $class->getName()) {
                $methods[] = self::method($method, $typed);
            }
        }
        return ['t' => 'class', 'name' => $class->getName(), 'parent' => $class->getParentClass()->getName(), 'methods' => $methods];
    }

    private static function method(\ReflectionMethod $method, Typed $typed)
    {
        $parameters = [];
        foreach ($method->getParameters() as $parameter) {
            $parameters[] = [
                'name' => $parameter->getName(), 'by_ref' => $parameter->isPassedByReference(),
                'optional' => $parameter->isOptional(),
                'default' => $parameter->isOptional() ? $typed->describe($parameter->getDefaultValue()) : null,
            ];
        }
        return ['name' => $method->getName(), 'returns_ref' => $method->returnsReference(), 'params' => $parameters];
    }
}
