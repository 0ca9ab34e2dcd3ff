<?php
/**
 * What a recording demands, as one plain structure, for one of the ways in which it may pass.
 *
 * The way `expect` is the recording itself. The other tokens of `recommend.accept` have one exact meaning each:
 *
 *   upstream        the returns recorded from upstream take the place of the returns of those steps
 *   no-client-fault as recorded, except that the client holds no fault and says so
 *   result-of-call  as recorded, except that the step with an exchange returns the decoded answer
 *   value           as recorded, except that the step with an exchange returns what accept.json says
 *   fault           as recorded, except that the step with an exchange returns a SOAP_Fault of code
 *                   Parser with some message, left in the property `fault` too
 *   bounded-value   as recorded, except that the return is an object with less than 1000 values in it
 */

namespace WsdlProxy\Tests\Pear;

final class Expectation
{
    private $vector;
    private $typed;
    private $values;
    private $folder;

    public function __construct(array $vector, Typed $typed, array $values)
    {
        $this->vector = $vector;
        $this->typed = $typed;
        $this->values = $values;
        $this->folder = $vector['folder'];
    }

    /** @return array<string,array> way => what it demands */
    public function ways()
    {
        $tokens = $this->vector['recommend']['accept'] ?? ['expect'];
        $ways = [];
        foreach ($tokens as $token) {
            if ($token !== 'expect' || !isset($this->vector['reference_crash'])) {
                $ways[$token] = $this->demand($token);
            }
        }
        return $ways;
    }

    private function demand($token)
    {
        $steps = [];
        foreach ($this->vector['steps'] as $number => $step) {
            $steps[] = $this->step($step, $number, $token);
        }
        return ['steps' => $steps, 'diagnostics' => []];
    }

    private function step(array $step, $number, $token)
    {
        $expect = $this->adjust($step['expect'] ?? [], $step, $number, $token);
        $demand = [];
        if (isset($expect['return'])) {
            $demand['return'] = $this->normal($expect['return']);
        }
        $demand += $this->afterwards($expect, $step, $token);
        $demand['requests'] = $this->requests($step);
        return $demand;
    }

    /** The state of the client after a method call; it is recorded for these steps only. */
    private function afterwards(array $expect, array $step, $token)
    {
        $demand = [];
        if ($step['op'] !== 'method' || !isset($step['expect'])) {
            return $demand;
        }
        $fault = $expect['client_fault'] ?? ['t' => 'null'];
        $demand['client_fault'] = $this->normal($fault === 'same as return' ? $expect['return'] : $fault);
        $demand['headersIn'] = $this->normal($expect['headersIn'] ?? ['t' => 'null']);
        if (isset($expect['added_namespaces'])) {
            $demand['added_namespaces'] = $expect['added_namespaces'];
        } elseif (in_array($this->vector['kind'], ['request', 'port'], true) && $this->sends($step)) {
            $demand['added_namespaces'] = [];
        }
        return $demand;
    }

    private function adjust(array $expect, array $step, $number, $token)
    {
        if ($token === 'upstream' && isset($this->vector['upstream']['returns'][$number])) {
            $expect['return'] = $this->vector['upstream']['returns'][$number];
        }
        if ($token === 'no-client-fault') {
            unset($expect['client_fault']);
            if (($step['path'][0] ?? '') === 'fault') {
                $expect['return'] = ['t' => 'null'];
            } elseif (($step['name'] ?? '') === '_isfault') {
                $expect['return'] = ['t' => 'bool', 'v' => false];
            }
        }
        if (!$this->sends($step)) {
            return $expect;
        }
        if ($token === 'value' || $token === 'result-of-call') {
            return ['return' => $this->values[$this->vector['id']]];
        }
        if ($token === 'fault' || $token === 'bounded-value') {
            return ['return' => ['t' => $token]] + ($token === 'fault' ? ['client_fault' => 'same as return'] : []);
        }
        return $expect;
    }

    private function sends(array $step)
    {
        return !empty($step['exchanges']);
    }

    /** One demand for each request; null where the recording does not say what was sent, if anything was. */
    private function requests(array $step)
    {
        $requests = [];
        foreach ($step['exchanges'] ?? [] as $exchange) {
            $request = $exchange['request'] ?? null;
            if (!isset($request['none'])) {
                $requests[] = $request === null ? null : $this->request($request);
            }
        }
        return $requests;
    }

    private function request(array $request)
    {
        $demand = ['head' => Http::request($request['head'], $this->ports())];
        if (isset($request['body_file'])) {
            $demand['body'] = file_get_contents("{$this->folder}/{$request['body_file']}");
        }
        return $demand + ['body_len' => $request['body_len'], 'body_sha256' => $request['body_sha256']];
    }

    private function ports()
    {
        return ['{PORT}' => $this->typed->fill('{PORT}'), '{TLSPORT}' => $this->typed->fill('{TLSPORT}')];
    }

    /** Fills placeholders in, unfolds chains, and drops what does not count. */
    public function normal($typed)
    {
        switch ($typed['t'] ?? '') {
            case 'chain':
                $value = $this->normal($typed['leaf']);
                for ($left = $typed['n']; $left > 0; $left--) {
                    $value = ['t' => 'object', 'class' => $typed['class'], 'v' => [[$typed['key'], $value]]];
                }
                return $value;
            case 'string':
                return isset($typed['v']) ? self::text(Typed::describeText($this->typed->fill($typed['v']))) : $typed;
            case 'array':
            case 'object':
                foreach ($typed['v'] as $at => list($key, $value)) {
                    $typed['v'][$at] = [$this->typed->fill($key), $this->normal($value)];
                }
                return $typed;
            case 'fault':
                return $this->fault($typed);
            case 'class':
            case 'stored':
                return json_decode(json_encode($typed), true) === $typed ? $this->fillAll($typed) : $typed;
        }
        return $typed;
    }

    public static function text(array $typed)
    {
        if (isset($typed['v'])) {
            $typed['v'] = Http::trace($typed['v']);
        }
        return $typed;
    }

    private function fillAll($part)
    {
        return is_array($part) ? array_map([$this, 'fillAll'], $part) : $this->typed->fill($part);
    }

    private function fault(array $fault)
    {
        foreach (array_intersect(['code', 'message', 'actor', 'detail', 'getMessage'], array_keys($fault)) as $member) {
            $fault[$member] = $this->normal($fault[$member]);
        }
        return $this->cut($fault);
    }

    /** Cuts the messages of a fault down to what the compare mode of the recording demands. */
    public function cut(array $fault)
    {
        foreach (['message', 'getMessage'] as $member) {
            if (isset($fault[$member]['v'])) {
                $fault[$member]['v'] = $this->message($fault[$member]['v']);
            }
        }
        return $fault;
    }

    private function message($text)
    {
        switch ($this->vector['compare']) {
            case 'xml-error':
                return preg_replace('/(XML error on line )\d+(?:( col )\d+( byte )\d+ |(: )).*/s', '$1N$2$3$4', $text);
            case 'curl-error':
                return preg_replace('/(curl_exec error \d+ ).*/s', '$1', $text);
        }
        return $text;
    }
}
