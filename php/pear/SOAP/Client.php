<?php
/**
 * SOAP_Client: calls operations, with or without a WSDL.
 */

require_once 'SOAP/Value.php';
require_once 'SOAP/Transport.php';
require_once 'SOAP/Transport/HTTP.php';
require_once 'SOAP/WSDL.php';
require_once 'SOAP/Fault.php';
require_once 'SOAP/Parser.php';
require_once 'SOAP/Client/Request.php';

/** Turns calls of unknown methods into calls of operations. */
class SOAP_Client_Overload extends SOAP_Base
{
    public function __call($method, $args)
    {
        $result = null;
        $this->_call($method, $args, $result);
        return $result;
    }
}

class SOAP_Client extends SOAP_Client_Overload
{
    use __Soapfast_Client_Request;

    var $_endpoint = '';
    var $_portName = '';
    var $_endpointType = '';
    var $xml;
    var $wire;
    var $_last_request = null;
    var $_last_response = null;
    var $_options = array('trace' => false);
    var $_encoding = SOAP_DEFAULT_ENCODING;
    var $headersOut = null;
    var $headersIn = null;
    var $_proxy_params = array();
    var $_soap_transport = null;
    var $docparams;
    var $__result_encoding;

    private $__soapfastConstructing = false;

    /** @var array<string,string> the constructor named like its class, by class; empty if there is none */
    private static $__soapfastNamed = array();

    /** What a class may leave to native code, and the methods that it must have as they are here for that. */
    private static $__soapfastGroups = array(
        'writing' => array('makeEnvelope', '_serializeValue'),
        'reading' => array('_decode', '_decodeResponse', '_isSoapValue'),
    );

    /** @var array<string,array<string,bool>> by class and group */
    private static $__soapfastKept = array();

    /** Libraries generated in the days of PHP 4 have constructors named like their class, called from here. */
    public function __construct($endpoint = null, $wsdl = false, $portName = false, $proxy_params = array(), $cache = false)
    {
        $named = $this->__soapfastConstructing ? '' : self::__soapfastNamedConstructor(get_class($this));
        $this->__soapfastConstructing = true;
        if ($named !== '') {
            $this->$named(...func_get_args());
        } elseif (func_num_args() === 0) {
            throw new ArgumentCountError('Too few arguments to function SOAP_Client::__construct(): the endpoint is missing');
        } else {
            $this->SOAP_Client($endpoint, $wsdl, $portName, $proxy_params, $cache);
        }
    }

    public function SOAP_Client($endpoint, $wsdl = false, $portName = false, $proxy_params = array(), $cache = false)
    {
        $this->__soapfastConstructing = true;
        parent::__construct('Client');
        $this->_endpoint = $endpoint;
        $this->_portName = $portName;
        $this->_proxy_params = $proxy_params;
        if ($wsdl || strtolower(substr((string) $endpoint, -4)) === 'wsdl') {
            $this->_endpointType = 'wsdl';
            $this->_wsdl = new SOAP_WSDL($endpoint, $proxy_params, $cache);
            if ($this->_wsdl->fault) {
                $this->_raiseSoapFault($this->_wsdl->fault);
            }
        }
    }

    private static function __soapfastNamedConstructor($class)
    {
        if (!isset(self::$__soapfastNamed[$class])) {
            $found = '';
            $inherits = (new ReflectionMethod($class, '__construct'))->class === 'SOAP_Client';
            for ($at = new ReflectionClass($class); $inherits && $found === '' && $at->name !== 'SOAP_Client'; $at = $at->getParentClass()) {
                $found = $at->hasMethod($at->name) ? $at->name : '';
            }
            self::$__soapfastNamed[$class] = $found;
        }
        return self::$__soapfastNamed[$class];
    }

    public function _reset()
    {
        $this->xml = null;
        $this->wire = null;
        $this->_last_request = null;
        $this->_last_response = null;
        $this->headersIn = null;
        $this->headersOut = null;
    }

    public function setEncoding($encoding)
    {
        if (!in_array($encoding, $this->_encodings, true)) {
            return $this->_raiseSoapFault('Invalid Encoding');
        }
        $this->_encoding = $encoding;
    }

    public function addHeader($soap_value)
    {
        if ($soap_value instanceof SOAP_Header) {
            $this->headersOut[] = $soap_value;
        } elseif (is_array($soap_value)) {
            $soap_value += array(null, null, 0, array());
            $this->headersOut[] = new SOAP_Header($soap_value[0], null, $soap_value[1], $soap_value[2], $soap_value[3]);
        } else {
            $this->_raiseSoapFault('Invalid parameter provided to addHeader().  Must be an array or a SOAP_Header.');
        }
    }

    public function &call($method, $params, $namespace = false, $soapAction = false)
    {
        $this->headersIn = null;
        $this->_last_request = null;
        $this->_last_response = null;
        $this->wire = null;
        $this->xml = null;
        $request = $this->_generate($method, $params, $namespace, $soapAction);
        if ($request instanceof PEAR_Error) {
            return $this->_raiseSoapFault($request);
        }
        $transport = $this->_soap_transport;
        if (!$transport || $this->_endpoint != $transport->url) {
            $transport = $this->__soapfastConnect();
            if ($transport instanceof PEAR_Error) {
                return $this->_raiseSoapFault($transport);
            }
        }
        $transport->encoding = $this->_encoding;
        $this->xml = $transport->send($request, array_merge_recursive((array) $this->_proxy_params, $this->_options));
        if (!empty($this->_options['trace'])) {
            $this->_last_request = $transport->outgoing_payload;
            $this->_last_response = $transport->incoming_payload;
            $this->wire = $this->getWire();
        }
        if ($transport->fault) {
            return $this->_raiseSoapFault($this->xml);
        }
        if (isset($this->_options['result']) && $this->_options['result'] != 'parse') {
            $raw = $this->xml;
            return $raw;
        }
        $this->__result_encoding = $transport->result_encoding;
        $result = $this->parseResponse($this->xml, $this->__result_encoding, $transport->attachments);
        return $result;
    }

    /** One transport is kept as long as the endpoint stays the same, and with it cookies and connections. */
    private function __soapfastConnect()
    {
        $transport = SOAP_Transport::getTransport($this->_endpoint);
        $this->_soap_transport = $transport instanceof PEAR_Error ? null : $transport;
        return $transport;
    }

    public function setOpt($category, $option, $value = null)
    {
        if ($value === null) {
            $this->_options[$category] = $option;
        } else {
            if (isset($this->_options[$category]) && $this->_options[$category] === false) {
                $this->_options[$category] = array();
            }
            $this->_options[$category][$option] = $value;
        }
    }

    public function _call($method, $params, &$return_value)
    {
        if ($this->_wsdl) {
            $this->_wsdl->matchMethod($method);
        }
        $return_value = $this->call($method, $params);
        return true;
    }

    public function &__getlastrequest()
    {
        $request = $this->getLastRequest();
        return $request;
    }

    public function getLastRequest()
    {
        return $this->_last_request;
    }

    public function &__getlastresponse()
    {
        $response = $this->getLastResponse();
        return $response;
    }

    public function getLastResponse()
    {
        return $this->_last_response;
    }

    public function __use($use)
    {
        $this->setUse($use);
    }

    public function setUse($use)
    {
        $this->_options['use'] = $use;
    }

    public function __style($style)
    {
        $this->setStyle($style);
    }

    public function setStyle($style)
    {
        $this->_options['style'] = $style;
    }

    public function __trace($level)
    {
        $this->setTrace($level);
    }

    public function setTrace($trace)
    {
        $this->_options['trace'] = $trace;
    }

    public function _generate($method, &$params, $namespace = false, $soapAction = false)
    {
        $this->fault = null;
        if ($params && !is_array($params)) {
            $params = array($params);
        }
        $namespace = $this->__soapfastOptions($namespace, $soapAction);
        if ($this->_endpointType == 'wsdl') {
            $fault = $this->__soapfastOperation($method, $params, $namespace);
            if ($fault) {
                return $this->_raiseSoapFault($fault);
            }
        } else {
            $this->_setSchemaVersion(SOAP_XML_SCHEMA_VERSION);
        }
        $this->_section5 = ($this->_options['use'] ?? '') !== 'literal';
        $message = $this->__soapfastEnvelope($method, $params, $namespace);
        $this->headersOut = null;
        return is_string($message) && !$this->_attachments ? $message : $this->__soapfastPack($message);
    }

    public function &__parse(&$response, $encoding, &$attachments)
    {
        $result = $this->parseResponse($response, $encoding, $attachments);
        return $result;
    }

    public function &parseResponse($response, $encoding, &$attachments)
    {
        if (!(self::$__soapfastKept[static::class]['reading'] ?? self::__soapfastKeeps(static::class, 'reading'))) {
            $parser = new SOAP_Parser($response, $encoding, $attachments);
            if ($parser->fault) {
                return $this->_raiseSoapFault($parser->fault);
            }
            $body = $parser->getResponse();
            $headers = $parser->getHeaders();
            $this->headersIn = $headers ? $this->_decodeResponse($headers, false) : $this->headersIn;
            $result = $this->_decodeResponse($body);
            return $result;
        }
        $answer = wsdlproxy_pear_answer($this, (string) $response, is_array($attachments) ? $attachments : array(), (string) $encoding);
        if (array_key_exists('header', $answer)) {
            $this->headersIn = $this->__soapfastFinish($answer['header'], false);
        }
        if (isset($answer['error'])) {
            $detail = $answer['malformed'] ? htmlspecialchars((string) $response) : '';
            return $this->_raiseSoapFault($answer['error'], $detail, '', 'Parser');
        }
        if (array_key_exists('result', $answer)) {
            return $answer['result'];
        }
        $result = $this->__soapfastFinish($answer['body'], true);
        return $result;
    }

    /** Whether a class has the methods of a group as they are here; found out once for each class. */
    private static function __soapfastKeeps($class, $group)
    {
        $own = array_filter(self::$__soapfastGroups[$group], function ($method) use ($class) {
            return !in_array((new ReflectionMethod($class, $method))->class, array('SOAP_Client', 'SOAP_Base'), true);
        });
        return self::$__soapfastKept[$class][$group] = $own === array();
    }

    public function &_decodeResponse($response, $shift = true)
    {
        if (!$response) {
            $decoded = null;
            return $decoded;
        }
        if ($response instanceof PEAR_Error) {
            return $this->_raiseSoapFault($response);
        }
        if (!$response instanceof SOAP_Value) {
            return $this->_raiseSoapFault("Didn't get SOAP_Value object back from client");
        }
        $decoded = $this->__soapfastFinish($this->_decode($response), $shift);
        return $decoded;
    }

    /** Recognises faults and takes a single result out of its wrapper. */
    private function __soapfastFinish($decoded, $shift)
    {
        if ($decoded instanceof PEAR_Error) {
            return $this->_raiseSoapFault($decoded);
        }
        if ($decoded instanceof stdClass && get_class($decoded) === 'stdClass') {
            $decoded = get_object_vars($decoded);
        }
        if (!is_array($decoded)) {
            return $decoded;
        }
        if (isset($decoded['faultcode']) || isset($decoded['SOAP-ENV:faultcode'])) {
            $parts = array('faultcode' => '', 'faultstring' => '', 'detail' => '', 'faultactor' => '');
            foreach ($decoded as $name => $value) {
                foreach ($parts as $part => $unused) {
                    if (stripos((string) $name, $part) !== false) {
                        $parts[$part] = $value;
                    }
                }
            }
            return $this->_raiseSoapFault($parts['faultstring'], $parts['detail'], $parts['faultactor'], $parts['faultcode']);
        }
        return $shift && count($decoded) === 1 ? reset($decoded) : $decoded;
    }

    public function __get_wire()
    {
        return $this->getWire();
    }

    public function getWire()
    {
        if (empty($this->_options['trace']) || (!$this->_last_request && !$this->_last_response)) {
            return null;
        }
        return "OUTGOING:\n\n" . $this->_last_request . "\n\nINCOMING\n\n" . str_replace('><', ">\r\n<", (string) $this->_last_response);
    }
}
