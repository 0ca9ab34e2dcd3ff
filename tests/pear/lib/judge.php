<?php
/**
 * Compares what was demanded with what was seen; the answer is a list of differences, empty if there are none.
 */

namespace WsdlProxy\Tests\Pear;

final class Judge
{
    private $expectation;

    public function __construct(Expectation $expectation)
    {
        $this->expectation = $expectation;
    }

    /** @return string[] differences */
    public function differences(array $demand, array $seen)
    {
        $found = [];
        if (isset($seen['died'])) {
            return ["the process died: {$seen['died']}"];
        }
        foreach ($demand['steps'] as $number => $step) {
            foreach ($this->step($step, $seen['steps'][$number] ?? [], $seen['requests'][$number] ?? []) as $difference) {
                $found[] = "step $number: $difference";
            }
        }
        $total = count($demand['steps']);
        foreach (array_slice($seen['requests'], $total) as $request) {
            $found[] = 'unexpected request ' . self::show($request);
        }
        foreach ($demand['diagnostics'] === $seen['diagnostics'] ? [] : $seen['diagnostics'] as $diagnostic) {
            $found[] = "diagnostic: $diagnostic";
        }
        return $found;
    }

    private function step(array $demand, array $seen, array $requests)
    {
        $found = [];
        foreach (['return', 'client_fault', 'headersIn', 'added_namespaces'] as $aspect) {
            if (!array_key_exists($aspect, $demand)) {
                continue;
            }
            // Where there is no client, it has no fault, no headers and no namespaces.
            $got = $this->seen($seen[$aspect] ?? ($aspect === 'added_namespaces' ? [] : ['t' => 'null']));
            if (!$this->same($demand[$aspect], $got)) {
                $found[] = "$aspect: expected " . self::show($demand[$aspect]) . ', got ' . self::show($got);
            }
        }
        return array_merge($found, $this->requests($demand['requests'], $requests));
    }

    private function same($demand, $got)
    {
        if (($demand['t'] ?? '') === 'bounded-value') {
            return ($got['t'] ?? '') === 'object' && count($got, COUNT_RECURSIVE) < 1000;
        }
        if (($demand['t'] ?? '') === 'fault' && !isset($demand['class'])) {
            return ($got['t'] ?? '') === 'fault' && $got['class'] === 'SOAP_Fault' && $got['code']['v'] === 'Parser' && $got['message']['v'] !== '';
        }
        if (($demand['t'] ?? '') === 'fault' && ($got['t'] ?? '') === 'fault') {
            $got = array_intersect_key($got, $demand);
        }
        return self::equal($demand, $got);
    }

    /** Equal in value, kind and order of list entries; the order of the notation's own members is of no account. */
    private static function equal($a, $b)
    {
        if (!is_array($a) || !is_array($b)) {
            return $a === $b;
        }
        if (count($a) !== count($b)) {
            return false;
        }
        foreach ($a as $key => $value) {
            if (!array_key_exists($key, $b) || !self::equal($value, $b[$key])) {
                return false;
            }
        }
        return true;
    }

    private function seen(array $typed)
    {
        switch ($typed['t'] ?? '') {
            case 'string':
                return Expectation::text($typed);
            case 'fault':
                $typed['detail'] = $this->seen($typed['detail']);
                return $this->expectation->cut($typed);
        }
        return $typed;
    }

    private function requests(array $demanded, array $seen)
    {
        $found = [];
        foreach ($demanded as $number => $demand) {
            if ($demand === null) {
                continue;
            }
            if (!isset($seen[$number])) {
                $found[] = "request $number was not made";
                continue;
            }
            foreach ($demand as $aspect => $value) {
                if ($value !== $seen[$number][$aspect]) {
                    $found[] = "request $number, $aspect: expected " . self::show($value) . ', got ' . self::show($seen[$number][$aspect]);
                }
            }
        }
        foreach (array_slice($seen, count($demanded)) as $extra) {
            $found[] = 'unexpected request ' . self::show($extra);
        }
        return $found;
    }

    private static function show($value)
    {
        $text = json_encode($value, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE, 100000);
        return strlen($text) > 900 ? substr($text, 0, 900) . '...' : $text;
    }
}
