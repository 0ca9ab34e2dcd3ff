<?php
/**
 * SOAP_WSDL_ObjectParser: the tables of a WSDL from an object that describes itself in __typedef and
 * __dispatch_map.
 */

require_once 'SOAP/Base.php';

class SOAP_WSDL_ObjectParser extends SOAP_Base
{
    var $tnsPrefix = 'tns';
    var $wsdl = null;

    public function __construct(&$objects, &$wsdl, $targetNamespace, $service_name, $service_desc = '')
    {
        parent::__construct('WSDLOBJECTPARSER');
        $this->wsdl = $wsdl;
        $this->_initialise($service_name);
        foreach (is_array($objects) ? $objects : array($objects) as $object) {
            if (!is_object($object)) {
                $this->_raiseSoapFault('Invalid web service object passed to object parser');
            } elseif (!$this->_parse($object, $targetNamespace, $service_name)) {
                break;
            }
        }
        if (!$this->fault) {
            $this->_generateBindingsAndServices($targetNamespace, $service_name, $service_desc);
        }
    }

    public function SOAP_WSDL_ObjectParser(&$objects, &$wsdl, $targetNamespace, $service_name, $service_desc = '')
    {
        self::__construct($objects, $wsdl, $targetNamespace, $service_name, $service_desc);
    }

    public function _initialise($service_name)
    {
        $wsdl = $this->wsdl;
        $wsdl->namespaces['wsdl'] = SCHEMA_WSDL;
        $wsdl->namespaces['soap'] = SCHEMA_SOAP;
        $wsdl->namespaces[$this->tnsPrefix] = "urn:$service_name";
        $wsdl->namespaces['xsd'] = $this->_getNamespaceForPrefix('xsd');
        $wsdl->namespaces['SOAP-ENC'] = SOAP_SCHEMA_ENCODING;
        unset($wsdl->ns["urn:$service_name"]);
        $wsdl->ns += array_flip($wsdl->namespaces);
    }

    public function _parse(&$object, $schemaNamespace, $service_name)
    {
        $prefix = $this->_getTypeNs('{' . $schemaNamespace . '}')[0];
        foreach ($object->__typedef ?? array() as $name => $members) {
            list($owner, $local) = $this->_getTypeNs((string) $name);
            $type = $this->__soapfastType($local, $owner, $members);
            if ($type === null) {
                $this->_raiseSoapFault("The type definition for $owner:$local is invalid.", 'urn:' . get_class($object));
                return false;
            }
            $this->wsdl->complexTypes[$prefix][$local] = $type;
        }
        $this->wsdl->elements[$prefix] = array();
        foreach ($object->__dispatch_map ?? array() as $name => $messages) {
            $this->__soapfastOperation("{$service_name}Port", $name, $messages);
        }
        return true;
    }

    private function __soapfastType($name, $prefix, $members)
    {
        if (!is_array($members)) {
            return null;
        }
        $first = current($members);
        if (is_array($first)) {
            if (count($members) !== 1 || count($first) !== 1) {
                return null;
            }
            list($namespace, $item) = $this->_getTypeNs(current($first));
            return array('name' => $name, 'type' => 'Array', 'namespace' => $namespace, 'arrayType' => "{$item}[]");
        }
        return array('name' => $name, 'type' => 'Struct', 'order' => 'all', 'namespace' => $prefix, 'elements' => $this->__soapfastParts($members));
    }

    private function __soapfastParts(array $types)
    {
        $parts = array();
        foreach ($types as $name => $type) {
            list($namespace, $local) = $this->_getTypeNs($type);
            $parts[$name] = array('name' => $name, 'type' => $local, 'namespace' => $namespace);
        }
        return $parts;
    }

    private function __soapfastOperation($port, $name, array $messages)
    {
        $operation = array('name' => $name);
        foreach (array('in' => array('input', 'Request'), 'out' => array('output', 'Response')) as $way => list($member, $suffix)) {
            if (isset($messages[$way])) {
                $this->wsdl->messages[$name . $suffix] = $this->__soapfastParts($messages[$way]);
                $operation[$member] = array('message' => $name . $suffix, 'namespace' => $this->tnsPrefix);
            }
        }
        $this->wsdl->portTypes[$port][$name] = $operation;
    }

    public function _generateBindingsAndServices($schemaNamespace, $service_name, $service_desc = '')
    {
        $wsdl = $this->wsdl;
        $operations = array();
        foreach ($wsdl->portTypes["{$service_name}Port"] ?? array() as $name => $operation) {
            $body = array('use' => 'encoded', 'namespace' => $schemaNamespace, 'encodingStyle' => SOAP_SCHEMA_ENCODING);
            $operations[$name] = array('soapAction' => "$schemaNamespace#$name", 'style' => 'rpc')
                + array_fill_keys(array_keys(array_intersect_key($operation, array('input' => 1, 'output' => 1))), $body);
        }
        $wsdl->bindings["{$service_name}Binding"] = array('type' => "{$service_name}Port", 'namespace' => $this->tnsPrefix,
            'style' => 'rpc', 'transport' => SCHEMA_SOAP_HTTP, 'operations' => $operations);
        $ports = array();
        foreach ($wsdl->bindings as $name => $binding) {
            $ports[$binding['type']] = array('name' => $binding['type'], 'binding' => $name, 'namespace' => $this->tnsPrefix,
                'address' => array('location' => $this->__soapfastOwnUrl()), 'type' => 'soap');
        }
        $wsdl->services["{$service_name}Service"] = array('ports' => $ports);
        $wsdl->setService("{$service_name}Service");
        $wsdl->uri = $wsdl->namespaces[$this->tnsPrefix];
        $wsdl->definition = array('name' => $service_name, 'targetNamespace' => $wsdl->uri, 'xmlns' => SCHEMA_WSDL);
        foreach ($wsdl->namespaces as $prefix => $namespace) {
            $wsdl->definition["xmlns:$prefix"] = $namespace;
        }
    }

    private function __soapfastOwnUrl()
    {
        $query = isset($_SERVER['QUERY_STRING']) ? "?$_SERVER[QUERY_STRING]" : '';
        return (($_SERVER['HTTPS'] ?? '') === 'on' ? 'https://' : 'http://') . ($_SERVER['SERVER_NAME'] ?? 'localhost')
            . ($_SERVER['PHP_SELF'] ?? '') . $query;
    }

    public function _getTypeNs($type)
    {
        if (!preg_match('/^\{([^}]+)\}(.*)$/s', $type, $parts)) {
            return array('xsd', $type);
        }
        if (!isset($this->wsdl->ns[$parts[1]])) {
            $prefix = 'ns' . count($this->wsdl->namespaces);
            $this->wsdl->ns[$parts[1]] = $prefix;
            $this->wsdl->namespaces[$prefix] = $parts[1];
        }
        return array($this->wsdl->ns[$parts[1]], $parts[2]);
    }
}
