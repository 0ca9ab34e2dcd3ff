<?php
/**
 * SOAP_WSDL: the tables of a WSDL document, the questions a client asks of them, and generated classes.
 *
 * The tables are public and have PEAR's shapes; reading a document into them is native.
 */

require_once 'SOAP/Base.php';
require_once 'SOAP/Fault.php';
require_once 'SOAP/WSDL/Parser.php';
require_once 'SOAP/WSDL/Types.php';
require_once 'SOAP/WSDL/Parameters.php';
require_once 'SOAP/WSDL/Generator.php';

if (!defined('WSDL_CACHE_MAX_AGE')) {
    define('WSDL_CACHE_MAX_AGE', 43200);
}

class SOAP_WSDL extends SOAP_Base
{
    use __Soapfast_WSDL_Types;

    var $tns = null;
    var $definition = array();
    var $namespaces = array();
    var $ns = array();
    var $xsd = SOAP_XML_SCHEMA_VERSION;
    var $complexTypes = array();
    var $elements = array();
    var $messages = array();
    var $portTypes = array();
    var $bindings = array();
    var $imports = array();
    var $services = array();
    var $service = '';
    var $uri;
    var $docs;
    var $proxy;
    var $trace = false;
    var $cacheUse;
    var $cacheDir;
    var $cacheMaxAge;
    var $wsdlParserClass = 'SOAP_WSDL_Parser';

    public function __construct($wsdl_uri = false, $proxy = array(), $cacheUse = false, $cacheMaxAge = 43200, $docs = false)
    {
        parent::__construct('WSDL');
        $this->uri = $wsdl_uri;
        $this->proxy = $proxy;
        $this->cacheUse = !empty($cacheUse);
        $this->cacheMaxAge = $cacheMaxAge;
        $this->docs = $docs;
        if (is_string($cacheUse)) {
            $this->cacheDir = $cacheUse;
        }
        if ($wsdl_uri) {
            $this->parseURL($wsdl_uri);
            $this->service = key($this->services);
        }
    }

    public function SOAP_WSDL($wsdl_uri = false, $proxy = array(), $cacheUse = false, $cacheMaxAge = 43200, $docs = false)
    {
        self::__construct($wsdl_uri, $proxy, $cacheUse, $cacheMaxAge, $docs);
    }

    public function set_service($service)
    {
        $this->setService($service);
    }

    public function setService($service)
    {
        if (array_key_exists($service, $this->services)) {
            $this->service = $service;
        }
    }

    public function parseURL($wsdl_uri)
    {
        $parser = new $this->wsdlParserClass($wsdl_uri, $this, $this->docs);
        if ($parser->fault) {
            return $this->_raiseSoapFault($parser->fault);
        }
    }

    public function parseObject(&$wsdl_obj, $targetNamespace, $service_name, $service_desc = '')
    {
        $parser = new SOAP_WSDL_ObjectParser($wsdl_obj, $this, $targetNamespace, $service_name, $service_desc);
        if ($parser->fault) {
            return $this->_raiseSoapFault($parser->fault);
        }
    }

    public function getEndpoint($portName)
    {
        if ($this->fault) {
            return $this->fault;
        }
        return $this->services[(string) $this->service]['ports'][$portName]['address']['location']
            ?? $this->_raiseSoapFault("No endpoint for port for $portName", $this->uri);
    }

    public function getPortName($operation, $service = null)
    {
        if ($this->fault) {
            return $this->fault;
        }
        $first = $service ? $service : $this->service;
        foreach (array_merge(array($first), array_keys($this->services)) as $at => $name) {
            foreach ($this->services[$name]['ports'] ?? array() as $port => $data) {
                if (($data['type'] ?? '') === 'soap' && isset($this->bindings[$data['binding']]['operations'][$operation])) {
                    $this->service = $at ? $name : $this->service;
                    return $port;
                }
            }
        }
        return $this->_raiseSoapFault("No operation $operation in WSDL.", $this->uri);
    }

    public function getOperationData($portName, $operation)
    {
        if ($this->fault) {
            return $this->fault;
        }
        $binding = $this->services[(string) $this->service]['ports'][$portName]['binding'] ?? '';
        if (!$binding) {
            return $this->_raiseSoapFault("No binding for port $portName in WSDL.", $this->uri);
        }
        $portType = $this->bindings[$binding]['type'] ?? '';
        if (!$portType) {
            return $this->_raiseSoapFault("No port type for binding $binding in WSDL.", $this->uri);
        }
        $bound = $this->bindings[$binding]['operations'][$operation] ?? null;
        $data = $bound;
        $abstract = $this->portTypes[$portType][$operation] ?? array();
        if (!$data || !$abstract) {
            return $this->_raiseSoapFault("No operation $operation for port $portName in WSDL.", $this->uri);
        }
        foreach (array('input', 'output') as $way) {
            $data[$way] = array_merge($data[$way] ?? array(), $abstract[$way] ?? array());
        }
        if (isset($abstract['parameterOrder'])) {
            $data['parameterOrder'] = $abstract['parameterOrder'];
        }
        $data['parameters'] = false;
        if (isset($bound['input']['namespace'])) {
            $data['namespace'] = $bound['input']['namespace'];
        }
        $this->__soapfastParts($data, 'input');
        $this->__soapfastParts($data, 'output');
        return $data;
    }

    /** Adds the parts of a message; a wrapper element is replaced by its members. */
    private function __soapfastParts(array &$data, $way)
    {
        $use = $data[$way]['use'] ?? '';
        foreach ($this->messages[$data[$way]['message'] ?? ''] ?? array() as $name => $part) {
            if (($data['style'] ?? '') !== 'document' || $use !== 'literal' || $name !== 'parameters') {
                $data[$way]['parts'][$name] = $part;
                continue;
            }
            if ($way === 'input') {
                $data['parameters'] = true;
                $data['namespace'] = $this->namespaces[$part['namespace']] ?? null;
            }
            foreach ($this->elements[$part['namespace']][$part['type']]['elements'] ?? array() as $member => $element) {
                $data[$way]['parts'][$member] = $element;
            }
        }
    }

    public function matchMethod(&$operation)
    {
        if ($this->fault) {
            return $this->fault;
        }
        foreach ($this->services[(string) $this->service]['ports'] ?? array() as $port) {
            foreach ($this->bindings[$port['binding']]['operations'] ?? array() as $name => $unused) {
                if (strcasecmp((string) $name, (string) $operation) === 0) {
                    $operation = $name;
                }
            }
        }
    }

    /** The operation that takes a given element. */
    public function getDataHandler($datatype, $namespace)
    {
        $prefix = $this->ns[$this->namespaces[$namespace] ?? $namespace] ?? null;
        if ($prefix === null || !isset($this->elements[$prefix][$datatype])) {
            return null;
        }
        $messages = array_filter($this->messages, function ($message) use ($datatype) {
            return in_array($datatype, array_column($message, 'type'), true);
        });
        foreach ($this->portTypes as $operations) {
            foreach ($operations as $name => $operation) {
                if (isset($operation['input']['message'], $messages[$operation['input']['message']])) {
                    return $name;
                }
            }
        }
        return null;
    }

    public function getSoapAction($portName, $operation)
    {
        return $this->fault ? $this->fault : $this->__soapfastBound($portName, $operation, 'soapAction');
    }

    public function getNamespace($portName, $operation)
    {
        return $this->fault ? $this->fault : $this->__soapfastBound($portName, $operation, 'input', 'namespace');
    }

    private function __soapfastBound($portName, $operation, ...$path)
    {
        $at = $this->bindings[$this->services[(string) $this->service]['ports'][$portName]['binding'] ?? '']['operations'][$operation] ?? null;
        foreach ($path as $key) {
            $at = $at[$key] ?? null;
        }
        return empty($at) ? false : $at;
    }

    public function getNamespaceAttributeName($namespace)
    {
        if (empty($this->ns[$namespace])) {
            $this->ns = array_flip($this->namespaces);
        }
        return empty($this->ns[$namespace]) ? $this->addNamespace($namespace) : $this->ns[$namespace];
    }

    public function addNamespace($namespace)
    {
        if (empty($this->ns[$namespace])) {
            $prefix = 'ns' . count($this->ns);
            $this->namespaces[$prefix] = $namespace;
            $this->ns[$namespace] = $prefix;
        }
        return $this->ns[$namespace];
    }

    public function generateProxyCode($port = '', $classname = '')
    {
        if ($this->fault) {
            return $this->fault;
        }
        return (new SOAP_WSDL_Generator($this))->generate($port ? $port : $this->__soapfastFirstPort(), $classname);
    }

    public function generateAllProxies()
    {
        if ($this->fault) {
            return $this->fault;
        }
        $code = '';
        foreach ($this->services[(string) $this->service]['ports'] ?? array() as $port) {
            $code .= $this->generateProxyCode($port);
        }
        return $code;
    }

    public function &getProxy($port = '', $name = '')
    {
        if ($this->fault) {
            return $this->fault;
        }
        $port = $port ? $port : $this->__soapfastFirstPort();
        $class = $this->_sanitize(($name ? $name . '_' : '') . SOAP_WSDL_Generator::className($this, $port));
        if (!class_exists($class)) {
            require_once 'SOAP/Client.php';
            eval((string) $this->generateProxyCode($port, $class));
        }
        $proxy = new $class();
        return $proxy;
    }

    private function __soapfastFirstPort()
    {
        $ports = $this->services[(string) $this->service]['ports'] ?? array();
        return reset($ports);
    }

    /** A PHP identifier. */
    public function _sanitize($name)
    {
        return SOAP_WSDL_Generator::identifier($name);
    }
}
