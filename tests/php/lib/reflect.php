<?php
/** What reflection knows of the classes in WsdlProxy; as a script, of those that a file declares, as JSON. */

declare(strict_types=1);

namespace WsdlProxy\Tests;

final class Reflected
{
    public static function classes(): array
    {
        $classes = [];
        foreach (get_declared_classes() as $name) {
            if (preg_match('/^WsdlProxy\\\\\w+$/', $name)) {
                $classes[$name] = self::one(new \ReflectionClass($name));
            }
        }
        ksort($classes);
        return $classes;
    }

    private static function one(\ReflectionClass $class): array
    {
        $own = static fn ($member) => $member->getDeclaringClass()->getName() === $class->getName();
        $methods = $properties = [];
        foreach (array_filter($class->getMethods(), $own) as $method) {
            $methods[$method->getName()] = [
                'modifiers' => $method->getModifiers(),
                'returns' => self::text($method->getReturnType() ?? $method->getTentativeReturnType()),
                'parameters' => array_map(self::parameter(...), $method->getParameters()),
            ];
        }
        foreach (array_filter($class->getProperties(), $own) as $property) {
            $properties[$property->getName()] = [
                'modifiers' => $property->getModifiers(),
                'type' => self::text($property->getType()),
                'default' => $property->getDefaultValue(),
            ];
        }
        ksort($methods);
        ksort($properties);
        $interfaces = $class->getInterfaceNames();
        sort($interfaces);
        return [
            'final' => $class->isFinal(),
            'parent' => $class->getParentClass() ? $class->getParentClass()->getName() : null,
            'interfaces' => $interfaces,
            'methods' => $methods,
            'properties' => $properties,
        ];
    }

    private static function parameter(\ReflectionParameter $parameter): array
    {
        return [
            'name' => $parameter->getName(),
            'type' => self::text($parameter->getType()),
            'variadic' => $parameter->isVariadic(),
            'reference' => $parameter->isPassedByReference(),
            'default' => $parameter->isDefaultValueAvailable() ? [$parameter->getDefaultValue()] : null,
        ];
    }

    private static function text(?\ReflectionType $type): ?string
    {
        return $type === null ? null : (string) $type;
    }
}

if (isset($argv[1]) && realpath($argv[0]) === __FILE__) {
    require $argv[1];
    echo json_encode(Reflected::classes(), JSON_THROW_ON_ERROR);
}
