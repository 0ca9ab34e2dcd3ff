<?php
/**
 * Writes the PHP class of a port: one method for each operation, parameters by position.
 *
 * The text is what the classic generator writes, so that a library generated anew shows no differences to an old
 * one, with two exceptions: constructors are those of PHP 8, and names and texts from the WSDL are quoted.
 */

final class SOAP_WSDL_Generator
{
    const RESERVED = array(
        'abstract', 'and', 'array', 'as', 'break', 'case', 'catch', 'cfunction', 'class', 'clone', 'const', 'continue',
        'declare', 'default', 'die', 'do', 'echo', 'else', 'elseif', 'empty', 'enddeclare', 'endfor', 'endforeach',
        'endif', 'endswitch', 'endwhile', 'eval', 'exception', 'exit', 'extends', 'final', 'for', 'foreach',
        'function', 'global', 'if', 'implements', 'include', 'include_once', 'interface', 'isset', 'list', 'new',
        'old_function', 'or', 'php_user_filter', 'print', 'private', 'protected', 'public', 'require', 'require_once',
        'return', 'static', 'switch', 'this', 'throw', 'try', 'unset', 'use', 'var', 'while', 'xor',
    );

    /** Words that came later: no names for functions and classes, but good ones for variables. */
    const LATER = array(
        'callable', 'finally', 'fn', 'goto', 'instanceof', 'insteadof', 'match', 'namespace', 'readonly', 'trait',
        'yield',
    );

    private $wsdl;
    /** Of the method being written: names of its arguments, entries of its parameter list, statements before the call. */
    private $arguments;
    private $entries;
    private $lines;

    public function __construct(SOAP_WSDL $wsdl)
    {
        $this->wsdl = $wsdl;
    }

    public static function identifier($name)
    {
        $name = self::variable($name);
        return in_array(strtolower($name), array_merge(self::RESERVED, self::LATER), true) ? "_$name" : $name;
    }

    /** The name of an argument. */
    private static function variable($name)
    {
        $name = self::plain($name);
        return in_array(strtolower($name), self::RESERVED, true) ? "_$name" : $name;
    }

    /** A name for a variable that may be one of PHP's own words: elements give theirs as it is. */
    private static function plain($name)
    {
        $name = preg_replace(array('/^[^a-zA-Z_\x7f-\xff]/', '/[^a-zA-Z0-9_\x7f-\xff]/'), '_', (string) $name);
        return $name === 'this' ? '_this' : $name;
    }

    public static function className(SOAP_WSDL $wsdl, $port)
    {
        return self::identifier('WebService_' . $wsdl->service . (isset($port['name']) ? '_' . $port['name'] : ''));
    }

    /** @return string|null the source; null for a port that is not SOAP */
    public function generate($port, $class)
    {
        if (!is_array($port) || ($port['type'] ?? '') !== 'soap') {
            return null;
        }
        $class = $class ? $class : self::className($this->wsdl, $port);
        if (!preg_match('/^[\w\x7f-\xff]+$/', $class)) {
            return null;
        }
        $location = var_export($port['address']['location'] ?? '', true);
        $proxy = is_array($this->wsdl->proxy) && $this->wsdl->proxy
            ? ", 0,\n                           " . self::pairs($this->wsdl->proxy) : '';
        $code = "class $class extends SOAP_Client\n{\n    function __construct(\$path = $location)\n    {\n"
            . "        parent::__construct(\$path, 0$proxy);\n    }\n";
        $binding = $this->wsdl->bindings[$port['binding']] ?? array();
        foreach ($this->wsdl->portTypes[$binding['type'] ?? ''] ?? array() as $name => $operation) {
            $code .= $this->method((string) $name, $operation, $binding);
        }
        return $code . "}\n";
    }

    private function method($name, array $operation, array $binding)
    {
        $bound = $binding['operations'][$name] ?? array();
        $options = array(
            'namespace' => '', 'soapaction' => $bound['soapAction'] ?? '',
            'style' => $bound['style'] ?? $binding['style'] ?? 'document', 'use' => $bound['input']['use'] ?? 'literal',
        );
        $options['namespace'] = $options['use'] === 'encoded' ? ($bound['input']['namespace'] ?? '')
            : ($this->wsdl->namespaces[$operation['input']['namespace'] ?? ''] ?? '');
        if ($this->wsdl->trace) {
            $options['trace'] = true;
        }
        $this->arguments = $this->entries = $this->lines = array();
        foreach ($this->wsdl->messages[$operation['input']['message'] ?? ''] ?? array() as $part) {
            $this->part($part, $options);
        }
        $call = 'array(' . implode(', ', $this->entries) . ')';
        return '    function &' . self::identifier($name) . '(' . implode(', ', $this->arguments) . ")\n    {\n"
            . implode('', $this->lines)
            . '        $result = $this->call(' . var_export($name, true) . ",\n"
            . '                              $v = ' . ($this->entries ? $call : 'null') . ",\n"
            . '                              ' . self::listing($options) . ");\n        return \$result;\n    }\n";
    }

    private static function listing(array $values)
    {
        $entries = array();
        foreach ($values as $name => $value) {
            $entries[] = var_export($name, true) . ' => ' . var_export($value, true);
        }
        return 'array(' . implode(",\n                                    ", $entries) . ')';
    }

    private static function pairs(array $values)
    {
        $entries = array();
        foreach ($values as $name => $value) {
            $entries[] = var_export((string) $name, true) . ' => ' . (is_array($value) ? self::pairs($value) : var_export((string) $value, true));
        }
        return 'array(' . implode(', ', $entries) . ')';
    }

    private function part(array $part, array &$options)
    {
        $element = $this->wsdl->elements[$part['namespace'] ?? ''][$part['type'] ?? ''] ?? null;
        if ($options['style'] === 'document' && $options['use'] === 'literal' && $part['name'] === 'parameters') {
            $this->wrapper($part, (array) $element, $options);
        } elseif (isset($part['element']) && $element) {
            $this->element($part, $element);
        } else {
            $this->typed($part);
        }
    }

    /** Members of a wrapper element become arguments of their own. */
    private function wrapper(array $part, array $element, array &$options)
    {
        $uri = $this->wsdl->namespaces[$part['namespace']] ?? '';
        foreach ($element['elements'] ?? array() as $member => $unused) {
            $this->argument((string) $member);
        }
        if (empty($element['complex'])) {
            return;
        }
        $options['namespace'] = $uri;
        if ($this->entries) {
            $variable = self::plain($element['name']);
            $this->lines[] = "        \$$variable = new SOAP_Value(" . var_export('{' . $uri . '}' . $element['name'], true)
                . ', false, $v = array(' . implode(', ', $this->entries) . "));\n";
            $this->entries = array(var_export($element['name'], true) . " => \$$variable");
        }
    }

    private function element(array $part, array $element)
    {
        $uri = $this->wsdl->namespaces[$part['namespace']] ?? '';
        $name = $part['type'];
        $variable = self::plain($name);
        $type = $this->wsdl->complexTypes[$this->wsdl->ns[$element['namespace'] ?? ''] ?? $part['namespace']][$element['type'] ?? ''] ?? null;
        if (empty($element['complex']) && !isset($type)) {
            $this->lines[] = "        \$$variable = new SOAP_Value(" . var_export('{' . $uri . '}' . $name, true) . ', '
                . var_export((string) ($element['type'] ?? ''), true) . ", \$$variable);\n";
            $this->argument($name, $variable);
            return;
        }
        $needsAttributes = isset($element['type'], $type['attribute']);
        $this->lines[] = "        // $variable is a ComplexType, refer to the WSDL for more info.\n"
            . ($needsAttributes ? "        // $variable may require attributes, refer to the WSDL for more info.\n" : '')
            . "        \${$variable}_attr['xmlns'] = " . var_export($uri, true) . ";\n        \$$variable = new SOAP_Value("
            . var_export($name, true) . ", false, \$$variable, \${$variable}_attr);\n";
        $this->argument($name, $variable);
        if ($needsAttributes) {
            $this->arguments[] = "\${$variable}_attr";
        }
    }

    private function typed(array $part)
    {
        $variable = self::variable($part['name']);
        $declared = $this->wsdl->complexTypes[$part['namespace'] ?? ''][$part['type'] ?? ''] ?? null;
        if (isset($declared)) {
            $type = '{' . ($this->wsdl->namespaces[$part['namespace']] ?? '') . '}' . $part['type'];
            $this->lines[] = "        // $variable is a ComplexType " . self::identifier($part['type'])
                . ",\n        // refer to wsdl for more info\n"
                . (isset($declared['attribute']) ? "        // $variable may require attributes, refer to wsdl for more info\n" : '')
                . "        \$$variable = new SOAP_Value(" . var_export($part['name'], true) . ', ' . var_export($type, true)
                . ", \$$variable);\n";
        }
        $this->argument($part['name']);
    }

    private function argument($name, $variable = null)
    {
        $variable = $variable ?? self::variable($name);
        $this->arguments[] = "\$$variable";
        $this->entries[] = var_export($name, true) . " => \$$variable";
    }
}
