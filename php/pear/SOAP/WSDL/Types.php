<?php
/**
 * What the schema says of a type: whether it is a struct or an array, of what, and how deep.
 */

trait __Soapfast_WSDL_Types
{
    public function &_getComplexTypeForElement($name, $namespace)
    {
        $element = $this->elements[$this->ns[$namespace] ?? ''][$name] ?? null;
        $type = $this->complexTypes[$element['namespace'] ?? ''][$element['type'] ?? ''] ?? null;
        return $type;
    }

    public function getComplexTypeNameForElement($name, $namespace)
    {
        return $this->_getComplexTypeForElement($name, $namespace)['name'] ?? null;
    }

    public function getComplexTypeChildType($ns, $name, $child_ns, $child_name)
    {
        $type = $this->_getComplexTypeForElement($name, $ns);
        if ($type) {
            return $type['elements'][$child_name]['type'] ?? null;
        }
        $element = $this->elements[$this->ns[$ns] ?? ''][$name] ?? array();
        return empty($element['complex']) ? null : $element['elements'][$child_name]['type'] ?? null;
    }

    /** @return array kind (Struct, Array, a base type or null), item type, its namespace, depth of arrays in it */
    public function getSchemaType($type, $name, $type_namespace)
    {
        if ($name && $type) {
            foreach ($this->complexTypes as $types) {
                if (isset($types[$type])) {
                    $found = $this->__soapfastKnownType($types[$type]);
                    if ($found) {
                        return $found;
                    }
                    break;
                }
            }
        }
        $declared = $this->complexTypes[$this->ns[$type_namespace ?? ''] ?? ''][$type] ?? null;
        if (!$type || !$type_namespace || !$declared) {
            return array(null, null, null, null);
        }
        if (isset($declared['arrayType'])) {
            return array('Array', $declared['arrayType'], $type_namespace, null);
        }
        if (($declared['order'] ?? '') === 'sequence' && count($declared['elements'] ?? array()) === 1) {
            return array('Array', reset($declared['elements'])['type'] ?? null, $type_namespace, null);
        }
        return array('Struct', null, $type_namespace, null);
    }

    private function __soapfastKnownType(array $declared)
    {
        if (isset($declared['arrayType'])) {
            list($namespace, $item, $depth) = $this->__soapfastItemType($declared['namespace'], $declared['arrayType'], array());
            return array($declared['type'] ?? 'Array', $item, $namespace, $depth);
        }
        if (isset($declared['type'])) {
            return array($declared['type'], null, $this->namespaces[$declared['namespace']] ?? null, 0);
        }
        return null;
    }

    /** Follows arrays of arrays to what they hold in the end; a type that leads back to itself ends the search. */
    private function __soapfastItemType($prefix, $type, array $seen)
    {
        $type = preg_replace('/\[\]$/', '', $type);
        $next = $this->complexTypes[$prefix][$type] ?? array();
        if (!isset($next['arrayType'])) {
            return array($this->namespaces[$prefix] ?? null, $type, count($seen));
        }
        if (isset($seen["$prefix:$type"])) {
            return array(null, null, 0);
        }
        return $this->__soapfastItemType($next['namespace'], $next['arrayType'], $seen + array("$prefix:$type" => true));
    }
}
