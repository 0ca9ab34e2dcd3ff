<?php
/**
 * Where WSDL documents come from: files, URLs, the cache, or the description of a PHP object.
 */

require_once 'SOAP/Base.php';
require_once 'SOAP/WSDL/ObjectParser.php';

class SOAP_WSDL_Cache extends SOAP_Base
{
    var $_cacheUse;
    var $_cacheDir;
    var $_cacheMaxAge;

    public function __construct($cacheUse = false, $cacheMaxAge = 43200, $cacheDir = null)
    {
        parent::__construct('WSDLCACHE');
        $this->_cacheUse = $cacheUse;
        $this->_cacheDir = $cacheDir;
        $this->_cacheMaxAge = $cacheMaxAge;
    }

    public function SOAP_WSDL_Cache($cacheUse = false, $cacheMaxAge = 43200, $cacheDir = null)
    {
        self::__construct($cacheUse, $cacheMaxAge, $cacheDir);
    }

    public function _cacheDir()
    {
        $dir = $this->_cacheDir ? $this->_cacheDir : (getenv('WSDLCACHE') ?: './wsdlcache');
        if (!is_dir($dir)) {
            @mkdir($dir, 0700);
        }
        return $dir;
    }

    public function get($wsdl_fname, $proxy_params = array(), $cache = 0)
    {
        $kept = $this->_cacheUse ? $this->_cacheDir() . '/' . md5($wsdl_fname) . ' .wsdl' : '';
        $fresh = $kept !== '' && is_file($kept) && ($cache || filemtime($kept) + $this->_cacheMaxAge >= time());
        $text = $fresh ? file_get_contents($kept) : $this->__soapfastFetch($wsdl_fname, $proxy_params);
        if (!is_string($text)) {
            return $text;
        }
        if ($cache && $kept !== '' && $cache != md5($text)) {
            return $this->_raiseSoapFault('WSDL Checksum error!', $wsdl_fname);
        }
        if ($kept !== '' && !$fresh) {
            $new = tempnam(dirname($kept), 'wsdl');
            if ($new !== false && file_put_contents($new, $text) === strlen($text)) {
                rename($new, $kept);
            }
        }
        return $text;
    }

    private function __soapfastFetch($name, $proxy_params)
    {
        if (preg_match('~^https?://~i', $name)) {
            $proxy = isset($proxy_params['proxy_host'])
                ? "http://$proxy_params[proxy_host]:" . ($proxy_params['proxy_port'] ?? 8080) : '';
            $answer = wsdlproxy_pear_exchange(array('url' => $name, 'method' => 'GET', 'headers' => array(), 'body' => '',
                'total' => 60.0, 'redirects' => true, 'proxy' => $proxy, 'verify' => empty($proxy_params['insecure'])));
            if (isset($answer['error']) || !in_array($answer['status'], range(200, 299), true)) {
                $why = isset($answer['error']) ? $answer['error'] : $answer['status'];
                return $this->_raiseSoapFault("Unable to retrieve WSDL $name,$why", $name);
            }
            $body = substr($answer['payload'], strpos($answer['payload'], "\r\n\r\n") + 4);
            return $body !== '' ? $body : $this->_raiseSoapFault("Unable to retrieve WSDL $name, no http body", $name);
        }
        $path = preg_replace('~^file://~', '', $name);
        if (!is_file($path) || !is_readable($path)) {
            return $this->_raiseSoapFault("Unable to read local WSDL $name", $name);
        }
        return file_get_contents($path);
    }
}

class SOAP_WSDL_Parser extends SOAP_Base
{
    var $cache;
    var $tns = null;
    var $uri = '';
    var $wsdl = null;
    var $docs = false;

    public function __construct($uri, &$wsdl, $docs = false)
    {
        parent::__construct('WSDLPARSER');
        $this->cache = new SOAP_WSDL_Cache($wsdl->cacheUse, $wsdl->cacheMaxAge, $wsdl->cacheDir);
        $this->uri = $uri;
        $this->wsdl = $wsdl;
        $this->docs = $docs;
        $this->parse($uri);
    }

    public function SOAP_WSDL_Parser($uri, &$wsdl, $docs = false)
    {
        self::__construct($uri, $wsdl, $docs);
    }

    public function parse($uri)
    {
        $text = $this->cache->get($uri, (array) $this->wsdl->proxy);
        if ($text instanceof PEAR_Error) {
            return $this->_raiseSoapFault($text);
        }
        $tables = array('namespaces', 'ns', 'complexTypes', 'elements', 'messages', 'portTypes', 'bindings', 'services');
        $before = array_intersect_key(get_object_vars($this->wsdl), array_flip($tables));
        $read = wsdlproxy_pear_wsdl($text, $before, (bool) $this->docs);
        if (isset($read['error'])) {
            return $this->_raiseSoapFault("Unable to parse WSDL file $uri\nXML error on line $read[line]: $read[error]");
        }
        foreach ($tables as $table) {
            $this->wsdl->$table = $read[$table];
        }
        if (isset($read['definition'])) {
            $this->wsdl->definition = $read['definition'];
            $this->wsdl->xsd = $read['xsd'] ?? $this->wsdl->xsd;
        }
        foreach ($read['imports'] as $import) {
            $this->__soapfastImport($import);
        }
        return true;
    }

    private function __soapfastImport(array $import)
    {
        $namespace = $import['namespace'] ?? '';
        $location = $import['location'] ?? $import['schemaLocation'] ?? '';
        if ($location === '' || isset($this->wsdl->imports[$namespace])) {
            return;
        }
        $this->wsdl->imports[$namespace] = $import;
        $class = get_class($this);
        $parser = new $class(wsdlproxy_pear_join($this->uri, $location), $this->wsdl, $this->docs);
        if ($parser->fault) {
            unset($this->wsdl->imports[$namespace]);
            $this->_raiseSoapFault($parser->fault);
        }
    }
}
