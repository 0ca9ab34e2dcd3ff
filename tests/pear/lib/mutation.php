<?php
/**
 * Proves that the judge can fail: every single expectation is changed in turn, and must then be missed.
 */

namespace WsdlProxy\Tests\Pear;

final class Mutation
{
    /** @return array{0:int,1:string[]} how many changes were tried, and those that nobody noticed */
    public static function survivors(array $run, $way)
    {
        $demand = $run['ways'][$way];
        $survivors = [];
        $paths = self::leaves($demand);
        foreach ($paths as $path) {
            $changed = self::change($demand, $path);
            if ($run['judge']->differences($changed, $run['seen']) === []) {
                $survivors[] = 'a changed expectation was not noticed: ' . implode('/', $path);
            }
        }
        return [count($paths), $survivors];
    }

    private static function leaves($part, array $path = [])
    {
        if (!is_array($part)) {
            // A request of which the recording says nothing is no expectation.
            return $part === null && ($path[2] ?? '') === 'requests' ? [] : [$path];
        }
        $leaves = [];
        foreach ($part as $key => $value) {
            $leaves = array_merge($leaves, self::leaves($value, array_merge($path, [$key])));
            if (count($leaves) > 400) {
                return array_slice($leaves, 0, 400);
            }
        }
        return $leaves;
    }

    private static function change($part, array $path)
    {
        if ($path === []) {
            return self::other($part);
        }
        $key = array_shift($path);
        $part[$key] = self::change($part[$key], $path);
        return $part;
    }

    private static function other($value)
    {
        if (is_string($value)) {
            return $value . 'x';
        }
        if (is_bool($value)) {
            return !$value;
        }
        return is_int($value) ? $value + 1 : 'changed';
    }
}
