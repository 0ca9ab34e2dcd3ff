<?php
/** What tests say about values. */

declare(strict_types=1);

namespace WsdlProxy\Tests;

/** A check that did not hold. */
final class Failed extends \Exception
{
}

/** A test that this machine cannot run. */
final class Skipped extends \Exception
{
}

function shown(mixed $value): string
{
    $text = var_export($value, true);
    return strlen($text) > 600 ? substr($text, 0, 600) . '...' : $text;
}

/** The values are the same, objects by their members. */
function same(mixed $expected, mixed $got, string $what = ''): void
{
    if (!isSame($expected, $got)) {
        throw new Failed(trim("$what expected " . shown($expected) . ', got ' . shown($got)));
    }
}

function isSame(mixed $expected, mixed $got): bool
{
    if (is_object($expected) && is_object($got)) {
        return get_class($expected) === get_class($got) && isSame((array) $expected, (array) $got);
    }
    if (is_array($expected) && is_array($got)) {
        if (array_keys($expected) !== array_keys($got)) {
            return false;
        }
        foreach ($expected as $key => $value) {
            if (!isSame($value, $got[$key])) {
                return false;
            }
        }
        return true;
    }
    if (is_float($expected) && is_float($got) && is_nan($expected)) {
        return is_nan($got);
    }
    return $expected === $got;
}

function holds(bool $truth, string $what): void
{
    if (!$truth) {
        throw new Failed($what);
    }
}

function contains(string $part, string $text): void
{
    if (!str_contains($text, $part)) {
        throw new Failed("expected $part in $text");
    }
}

function lacks(string $part, string $text): void
{
    if (str_contains($text, $part)) {
        throw new Failed("expected no $part in $text");
    }
}

/**
 * The exception of that class that the call raises.
 *
 * @template T of \Throwable
 * @param class-string<T> $class
 * @return T
 */
function raises(string $class, callable $call, string $part = ''): \Throwable
{
    try {
        $call();
    } catch (\Throwable $error) {
        if (get_class($error) !== $class) {
            throw new Failed("expected $class, got " . get_class($error) . ': ' . $error->getMessage());
        }
        contains($part, $error->getMessage());
        return $error;
    }
    throw new Failed("expected $class, got none");
}

/** What PHP can show of an object; of an exception without the frames that are not the extension's. */
function views(object $object): array
{
    $views = [];
    if ($object instanceof \Throwable) {
        foreach ($object->getTrace() as $frame) {
            if (str_starts_with($frame['class'] ?? '', 'WsdlProxy\\') && !str_contains($frame['class'], 'Tests')) {
                $views[] = print_r($frame['args'] ?? [], true);
            }
        }
        return [...$views, $object->getMessage(), (string) $object, print_r(get_object_vars($object), true)];
    }
    ob_start();
    var_dump($object);
    debug_zval_dump($object);
    return [(string) ob_get_clean(), print_r($object, true), var_export($object, true), (string) json_encode($object), print_r((array) $object, true)];
}
