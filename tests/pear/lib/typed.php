<?php
/**
 * The typed notation of the recordings, in both directions.
 *
 * `build` turns an argument of a step into a PHP value; `describe` turns what PHP gave back into the
 * same notation, so that comparing is comparing two plain arrays.
 */

namespace WsdlProxy\Tests\Pear;

final class Typed
{
    const LONG_TEXT = 65536;

    /** @var array<string,string> placeholder => text */
    private $places;

    public function __construct(array $places)
    {
        $this->places = $places;
    }

    public function fill($text)
    {
        return is_string($text) ? strtr($text, $this->places) : $text;
    }

    /** Builds the PHP value that a typed argument stands for. */
    public function build(array $typed)
    {
        switch ($typed['t']) {
            case 'null':
                return null;
            case 'bool':
            case 'int':
                return $typed['v'];
            case 'float':
                return $this->number($typed['v']);
            case 'string':
                return $this->text($typed);
            case 'array':
                return $this->pairs($typed['v']);
            case 'const':
                return constant($typed['v']);
            case 'new':
                return $this->make($typed);
            case 'object':
                $object = new $typed['class']();
                foreach ($typed['v'] as list($name, $value)) {
                    $object->$name = $this->build($value);
                }
                return $object;
        }
        throw new \RuntimeException("cannot build a value of kind {$typed['t']}");
    }

    private function make(array $typed)
    {
        $arguments = array_map([$this, 'build'], $typed['args'] ?? []);
        $object = new $typed['class'](...$arguments);
        foreach ($typed['set'] ?? [] as list($name, $value)) {
            $object->$name = $this->build($value);
        }
        return $object;
    }

    private function pairs(array $pairs)
    {
        $array = [];
        foreach ($pairs as list($key, $value)) {
            $array[$this->fill($key)] = $this->build($value);
        }
        return $array;
    }

    private function number($text)
    {
        $special = ['INF' => INF, '-INF' => -INF, 'NAN' => NAN, '-0.0' => -0.0];
        return $special[$text] ?? (float) $text;
    }

    private function text(array $typed)
    {
        if (isset($typed['b64'])) {
            return base64_decode($typed['b64']);
        }
        if (isset($typed['repeat'])) {
            return str_repeat($typed['repeat'][0], $typed['repeat'][1]);
        }
        return $this->fill($typed['v']);
    }

    /** Writes a PHP value in typed notation. */
    public function describe($value, $depth = 0)
    {
        if ($depth > 2000) {
            return ['t' => 'too deep'];
        }
        if ($value instanceof \PEAR_Error) {
            return $this->describeFault($value, $depth);
        }
        if (is_object($value)) {
            return ['t' => 'object', 'class' => get_class($value), 'v' => $this->members(get_object_vars($value), $depth, true)];
        }
        if (is_array($value)) {
            return ['t' => 'array', 'v' => $this->members($value, $depth, false)];
        }
        return $this->describeScalar($value);
    }

    private function describeScalar($value)
    {
        if ($value === null) {
            return ['t' => 'null'];
        }
        if (is_float($value)) {
            return ['t' => 'float', 'v' => is_nan($value) || is_infinite($value) ? (string) $value : var_export($value, true)];
        }
        if (!is_string($value)) {
            return ['t' => gettype($value) === 'boolean' ? 'bool' : 'int', 'v' => $value];
        }
        return self::describeText($value);
    }

    public static function describeText($value)
    {
        if (strlen($value) > self::LONG_TEXT) {
            return ['t' => 'string', 'len' => strlen($value), 'sha256' => hash('sha256', $value)];
        }
        if (!preg_match('//u', $value)) {
            return ['t' => 'string', 'b64' => base64_encode($value)];
        }
        return ['t' => 'string', 'v' => $value];
    }

    private function members(array $members, $depth, $names)
    {
        $list = [];
        foreach ($members as $key => $value) {
            $list[] = [$names ? (string) $key : $key, $this->describe($value, $depth + 1)];
        }
        return $list;
    }

    private function describeFault($fault, $depth)
    {
        return [
            't' => 'fault', 'class' => get_class($fault), 'code' => $this->describe($fault->code),
            'message' => $this->describe($fault->message), 'actor' => $this->describe($fault->error_message_prefix),
            'detail' => $this->describe($fault->userinfo, $depth + 1), 'getMessage' => $this->describe($fault->getMessage()),
            'mode' => $fault->mode, 'level' => $fault->level,
        ];
    }

    public static function describeThrown(\Throwable $thrown)
    {
        return ['t' => 'throws', 'class' => get_class($thrown), 'message' => $thrown->getMessage()];
    }
}
