<?php
/**
 * A client that serializes by itself, the way portals in use do: every element goes through its override.
 *
 * It differs from the base class on purpose: null and empty lists carry no nil mark, a scalar is no list,
 * attributes that are no array are passed over, and attachments are kept in a property of its own.
 */

require_once 'SOAP/Client.php';

class SOAP_Client_Custom extends SOAP_Client
{
    public $__attachments = array();

    public function __construct($path = 'https://127.0.0.1/ngnpro/')
    {
        parent::__construct($path, false);
    }

    public function addHeader($soap_value)
    {
        $name = $soap_value instanceof SOAP_Header ? $soap_value->name : (is_array($soap_value) ? $soap_value[0] : null);
        foreach ((array) $this->headersOut as $queued) {
            if ($queued->name === $name) {
                return true;
            }
        }
        parent::addHeader($soap_value);
    }

    function _serializeValue(&$value, $name = '', $type = false, $elNamespace = null, $typeNamespace = null, $options = array(), $attributes = array(), $artype = '')
    {
        $name = !$name || is_numeric($name) ? 'item' : $name;
        $schema = $this->_wsdl ? $this->_wsdl->getSchemaType($type, $name, $typeNamespace) : array('', null, '', null);
        $shape = $schema[0] ? $schema[0] : $this->_getType($value);
        $type = $type ? $type : $shape;
        $list = '';
        if (strcasecmp($shape, 'Struct') === 0 || strcasecmp($type, 'Struct') === 0) {
            $content = $this->members(is_object($value) ? get_object_vars($value) : $value, $elNamespace);
        } elseif (strcasecmp($shape, 'Array') === 0 || strcasecmp($type, 'Array') === 0) {
            list($typeNamespace, $type) = array(SOAP_SCHEMA_ENCODING, 'Array');
            list($content, $list) = $this->items($value, $schema[1] ? $schema[1] : $artype, $schema[2], $elNamespace, $options);
        } elseif ($this->_isSoapValue($value)) {
            $content = $value->serialize($this);
        } else {
            $content = $type === 'string' ? htmlspecialchars((string) $value) : ($type === 'boolean' ? ($value ? 'true' : 'false') : $value);
        }
        if (isset($options['attachment'])) {
            $this->__attachments[] = $options['attachment'];
        }
        $tag = $elNamespace ? $this->_getNamespacePrefix($elNamespace) . ":$name" : $name;
        $start = $tag . ($this->_section5 ? $this->typed($type, $typeNamespace) . $list : '') . $this->attributes($attributes);
        return $content === null ? "\r\n<" . str_replace(' SOAP-ENC:offset="[0]"', '', $start) . '/>' : "\r\n<$start>$content</$tag>";
    }

    private function members($members, $elNamespace)
    {
        $content = null;
        foreach (is_array($members) ? $members : array() as $key => $member) {
            $key = (string) $key;
            if ($key[0] !== '_') {
                $content .= $this->one($member, $key, false, $elNamespace);
            }
        }
        return $content;
    }

    private function one($value, $name, $type, $elNamespace)
    {
        if ($this->_isSoapValue($value)) {
            return $value->serialize($this);
        }
        $plain = is_object($value) ? get_object_vars($value) : $value;
        return $this->_serializeValue($plain, $name, $type, $this->_section5 ? null : $elNamespace);
    }

    private function items($value, $itemType, $namespace, $elNamespace, $options)
    {
        $content = null;
        if (isset($options['flatten']) || strpos((string) $itemType, ',') !== false || strpos((string) $itemType, '][') !== false) {
            $this->_multiArrayType($value, $itemType, $size, $content);
            return array($content, $this->listed($itemType, $namespace, $size, ''));
        }
        $size = count($value);
        $types = array();
        foreach ($value as $item) {
            $own = $this->_isSoapValue($item);
            $types[] = $type = $own ? $item->type : $this->_getType($item);
            $namespace = $own ? $item->type_namespace : $namespace;
            $content .= $own ? $item->serialize($this) : $this->_serializeValue($item, 'item', $type, $this->_section5 ? null : $elNamespace);
        }
        $itemType = (new QName($itemType))->name;
        if (!$itemType) {
            $itemType = count(array_unique($types)) === 1 ? ($types[0] === 'Array' ? 'anyType' : $types[0]) : '';
        }
        return array($content, $this->listed($itemType, $namespace, $size, ' SOAP-ENC:offset="[0]"'));
    }

    private function listed($itemType, $namespace, $size, $offset)
    {
        $prefix = $namespace ? $this->_getNamespacePrefix($namespace)
            : (isset($this->_typemap[$this->_XMLSchemaVersion][$itemType]) ? $this->_namespaces[$this->_XMLSchemaVersion] : '');
        $full = $itemType ? ($prefix ? "$prefix:$itemType" : $itemType) : 'xsd:anyType';
        return " SOAP-ENC:arrayType=\"{$full}[$size]\"$offset";
    }

    private function typed($type, $typeNamespace)
    {
        if ($typeNamespace) {
            return ' xsi:type="' . $this->_getNamespacePrefix($typeNamespace) . ":$type\"";
        }
        $known = $type && isset($this->_typemap[$this->_XMLSchemaVersion][$type]);
        return $known ? ' xsi:type="' . $this->_namespaces[$this->_XMLSchemaVersion] . ":$type\"" : '';
    }

    private function attributes($attributes)
    {
        $text = '';
        foreach (is_array($attributes) ? $attributes : array() as $name => $value) {
            $text .= ' ' . (new QName($name))->fqn() . '="' . (new QName($value))->fqn() . '"';
        }
        return $text;
    }
}
