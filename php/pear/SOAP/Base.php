<?php
/**
 * Constants, the two base classes and QName of PEAR SOAP, on top of the extension wsdlproxy.
 *
 * These classes keep PEAR's names, signatures, by-reference marks and public properties, because old
 * programs extend them. They hold state and find the overrides of subclasses; the work is native.
 */

if (!extension_loaded('wsdlproxy')) {
    trigger_error('SOAP: the PHP extension wsdlproxy is not loaded', E_USER_ERROR);
}

require_once 'PEAR.php';
require_once 'SOAP/Fault.php';

foreach ([
    'SOAP_LIBRARY_VERSION' => '0.11.0',
    'SOAP_LIBRARY_NAME' => 'PEAR-SOAP 0.11.0-beta',
    'SOAP_XML_SCHEMA_VERSION' => 'http://www.w3.org/2001/XMLSchema',
    'SOAP_XML_SCHEMA_INSTANCE' => 'http://www.w3.org/2001/XMLSchema-instance',
    'SOAP_XML_SCHEMA_1999' => 'http://www.w3.org/1999/XMLSchema',
    'SOAP_SCHEMA' => 'http://schemas.xmlsoap.org/wsdl/soap/',
    'SOAP_SCHEMA_ENCODING' => 'http://schemas.xmlsoap.org/soap/encoding/',
    'SOAP_ENVELOP' => 'http://schemas.xmlsoap.org/soap/envelope/',
    'SCHEMA_DISCO' => 'http://schemas.xmlsoap.org/disco/',
    'SCHEMA_DISCO_SCL' => 'http://schemas.xmlsoap.org/disco/scl/',
    'SCHEMA_SOAP' => 'http://schemas.xmlsoap.org/wsdl/soap/',
    'SCHEMA_SOAP12' => 'http://schemas.xmlsoap.org/wsdl/soap12/',
    'SCHEMA_SOAP_HTTP' => 'http://schemas.xmlsoap.org/soap/http',
    'SCHEMA_WSDL_HTTP' => 'http://schemas.xmlsoap.org/wsdl/http/',
    'SCHEMA_MIME' => 'http://schemas.xmlsoap.org/wsdl/mime/',
    'SCHEMA_WSDL' => 'http://schemas.xmlsoap.org/wsdl/',
    'SCHEMA_DIME' => 'http://schemas.xmlsoap.org/ws/2002/04/dime/wsdl/',
    'SCHEMA_CONTENT' => 'http://schemas.xmlsoap.org/ws/2002/04/content-type/',
    'SCHEMA_REF' => 'http://schemas.xmlsoap.org/ws/2002/04/reference/',
    'SOAP_DEFAULT_ENCODING' => 'UTF-8',
    'MAIL_MIMEPART_CRLF' => "\r\n",
] as $__soapfast_name => $__soapfast_value) {
    if (!defined($__soapfast_name)) {
        define($__soapfast_name, $__soapfast_value);
    }
}
unset($__soapfast_name, $__soapfast_value);

/** Holds the last fault. */
#[AllowDynamicProperties]
class SOAP_Base_Object extends PEAR
{
    var $_encodings = array('ISO-8859-1', 'US-ASCII', 'UTF-8');
    var $_myfaultcode = '';
    var $fault = null;

    public function __construct($faultcode = 'Client')
    {
        $this->_myfaultcode = $faultcode;
        parent::__construct('SOAP_Fault');
    }

    public function SOAP_Base_Object($faultcode = 'Client')
    {
        self::__construct($faultcode);
    }

    public function &_raiseSoapFault($str, $detail = '', $actorURI = '', $code = null, $mode = null, $options = null, $skipmsg = false)
    {
        $fault = is_object($str) ? $str
            : new SOAP_Fault($str, $code ? $code : $this->_myfaultcode, $actorURI, $detail, $mode, $options);
        $this->fault = $fault;
        return $fault;
    }

    public function _isfault()
    {
        return $this->fault != null;
    }

    public function &_getfault()
    {
        return $this->fault;
    }
}

/** Namespaces, serialization and decoding, shared by clients, parsers and transports. */
class SOAP_Base extends SOAP_Base_Object
{
    var $_XMLSchema = array('http://www.w3.org/2001/XMLSchema', 'http://www.w3.org/1999/XMLSchema');
    var $_XMLSchemaVersion = 'http://www.w3.org/2001/XMLSchema';
    var $_typemap = array(
        'http://www.w3.org/2001/XMLSchema' => array(
            'string' => 'string', 'boolean' => 'boolean', 'float' => 'float', 'double' => 'float', 'decimal' => 'float',
            'duration' => 'integer', 'dateTime' => 'string', 'time' => 'string', 'date' => 'string',
            'gYearMonth' => 'integer', 'gYear' => 'integer', 'gMonthDay' => 'integer', 'gDay' => 'integer',
            'gMonth' => 'integer', 'hexBinary' => 'string', 'base64Binary' => 'string', 'normalizedString' => 'string',
            'token' => 'string', 'language' => 'string', 'NMTOKEN' => 'string', 'NMTOKENS' => 'string',
            'Name' => 'string', 'NCName' => 'string', 'ID' => 'string', 'IDREF' => 'string', 'IDREFS' => 'string',
            'ENTITY' => 'string', 'ENTITIES' => 'string', 'integer' => 'integer', 'nonPositiveInteger' => 'integer',
            'negativeInteger' => 'integer', 'long' => 'string', 'int' => 'integer', 'short' => 'integer',
            'byte' => 'string', 'nonNegativeInteger' => 'integer', 'unsignedLong' => 'integer',
            'unsignedInt' => 'integer', 'unsignedShort' => 'integer', 'unsignedByte' => 'integer',
            'positiveInteger' => 'integer', 'anyType' => 'string', 'anyURI' => 'string', 'QName' => 'string',
        ),
        'http://www.w3.org/1999/XMLSchema' => array(
            'i4' => 'integer', 'int' => 'integer', 'boolean' => 'boolean', 'string' => 'string', 'double' => 'float',
            'float' => 'float', 'dateTime' => 'string', 'timeInstant' => 'string', 'base64Binary' => 'string',
            'base64' => 'string', 'ur-type' => 'string',
        ),
        'http://schemas.xmlsoap.org/soap/encoding/' => array(
            'base64' => 'string', 'array' => 'array', 'Array' => 'array', 'Struct' => 'array',
        ),
    );
    var $_defaultObjectClassname = 'stdClass';
    var $_namespaces;
    var $_namespace;
    var $_xmlEntities = array('&' => '&amp;', '<' => '&lt;', '>' => '&gt;', "'" => '&apos;', '"' => '&quot;');
    var $_doconversion = false;
    var $_attachments = array();
    var $_wsdl = null;
    var $_section5 = true;
    var $_auto_translation = false;
    var $_type_translation = array();

    public function __construct($faultcode = 'Client')
    {
        parent::__construct($faultcode);
        $this->_resetNamespaces();
    }

    public function SOAP_Base($faultcode = 'Client')
    {
        self::__construct($faultcode);
    }

    public function setDefaultNamespace($namespace)
    {
        $this->_namespace = $namespace;
    }

    public function _resetNamespaces()
    {
        $this->_namespaces = array(
            'http://schemas.xmlsoap.org/soap/envelope/' => 'SOAP-ENV',
            'http://www.w3.org/2001/XMLSchema' => 'xsd',
            'http://www.w3.org/2001/XMLSchema-instance' => 'xsi',
            'http://schemas.xmlsoap.org/soap/encoding/' => 'SOAP-ENC',
        );
    }

    public function _setSchemaVersion($schemaVersion)
    {
        if (!in_array($schemaVersion, $this->_XMLSchema)) {
            return $this->_raiseSoapFault("unsuported XMLSchema $schemaVersion");
        }
        $this->_XMLSchemaVersion = $schemaVersion;
        if (($this->_namespaces[$schemaVersion] ?? '') !== 'xsd') {
            $byPrefix = is_array($this->_namespaces) ? array_flip($this->_namespaces) : array();
            $byPrefix['xsd'] = $schemaVersion;
            $byPrefix['xsi'] = $schemaVersion . '-instance';
            $this->_namespaces = array_flip($byPrefix);
        }
    }

    public function _getNamespacePrefix($ns)
    {
        if ($this->_namespace && $ns == $this->_namespace) {
            return '';
        }
        if (!isset($this->_namespaces[$ns])) {
            $this->_namespaces[$ns] = 'ns' . count($this->_namespaces);
        }
        return $this->_namespaces[$ns];
    }

    public function _getNamespaceForPrefix($prefix)
    {
        $namespace = array_search((string) $prefix, $this->_namespaces, true);
        return $namespace === false ? null : $namespace;
    }

    public function _isSoapValue(&$value)
    {
        return $value instanceof SOAP_Value;
    }

    public function _serializeValue(&$value, $name = '', $type = false, $elNamespace = null, $typeNamespace = null, $options = array(), $attributes = array(), $artype = '')
    {
        return wsdlproxy_pear_value($this, $value, array($name, $type, $elNamespace, $typeNamespace, $options, $attributes, $artype));
    }

    public function _getType(&$value)
    {
        return wsdlproxy_pear_type($this, $value);
    }

    public function _multiArrayType($value, &$type, &$size, &$xml)
    {
        list($type, $size, $more) = wsdlproxy_pear_flatten($this, $value, $type, $size);
        if ($more !== '') {
            // Null stays null where there are no items: callers tell by it.
            $xml .= $more;
        }
        return 1;
    }

    public function _isBase64Type($type)
    {
        return $type == 'base64' || $type == 'base64Binary';
    }

    public function _isHash(&$a)
    {
        $seen = 0;
        foreach ($a as $key => $unused) {
            if (!is_int($key)) {
                return true;
            }
            if ($seen++ > 10) {
                $this->_raiseSoapFault('Large associative array passed where a SOAP_Value was expected');
                return false;
            }
        }
        return false;
    }

    public function _un_htmlentities($string)
    {
        return strtr($string, array_flip(get_html_translation_table(HTML_ENTITIES)));
    }

    public function &_decode(&$soapval)
    {
        $decoded = $soapval instanceof SOAP_Value ? wsdlproxy_pear_decode($this, $soapval) : $soapval;
        return $decoded;
    }

    public function makeEnvelope(&$method, &$headers, $encoding = SOAP_DEFAULT_ENCODING, $options = array())
    {
        $parse = !isset($options['input']) || $options['input'] == 'parse';
        $body = $parse ? $method : (is_array($method) ? 'Array' : (string) $method);
        return wsdlproxy_pear_envelope($this, $body, $headers ? $headers : array(), (string) $encoding);
    }

    public function _makeMimeMessage($xml, $encoding = SOAP_DEFAULT_ENCODING)
    {
        return wsdlproxy_pear_mime($xml, $encoding, array_values($this->_attachments));
    }

    public function _makeDIMEMessage($xml)
    {
        return wsdlproxy_pear_dime($xml, array_values($this->_attachments));
    }

    public function _decodeMimeMessage(&$data, &$headers, &$attachments)
    {
        $parts = wsdlproxy_pear_read_mime($data);
        if ($parts === null) {
            return $this->_raiseSoapFault('Mime parsing error', '', '', 'Server');
        }
        list($data, $headers, $more) = $parts;
        $attachments = $more + (array) $attachments;
    }

    public function _decodeDIMEMessage(&$data, &$headers, &$attachments)
    {
        $records = wsdlproxy_pear_read_dime($data);
        if (!$records) {
            return $this->_raiseSoapFault('Failed to decode the DIME message!', '', '', 'Server');
        }
        if (strcasecmp($records[0]['type'], SOAP_ENVELOP) != 0) {
            return $this->_raiseSoapFault('DIME record 1 is not a SOAP envelop!', '', '', 'Server');
        }
        $data = $records[0]['data'];
        $headers['content-type'] = 'text/xml';
        foreach ($records as $record) {
            $id = strncmp($record['id'], 'cid:', 4) ? 'cid:' . $record['id'] : $record['id'];
            $attachments[$id] = $record['data'];
        }
    }

    public function __set_type_translation($type, $class = null)
    {
        $this->setTypeTranslation($type, $class);
    }

    public function setTypeTranslation($type, $class = null)
    {
        if (!$class) {
            $class = (new QName($type))->name;
        }
        $this->_type_translation[$type] = $class;
    }
}

/** A name with its namespace, or the prefix of one. */
#[AllowDynamicProperties]
class QName
{
    var $name = '';
    var $ns = '';
    var $namespace = '';

    public function __construct($name, $namespace = '')
    {
        if (!$name || (is_string($name) && strpbrk($name, '{:[') === false)) {
            $this->namespace = $namespace;
            $this->name = $name;
            return;
        }
        if (is_string($name) && $name[0] === '{') {
            $found = preg_match('/\{(.*?)\}(.*)/', $name, $parts);
            $this->namespace = $found ? $parts[1] : null;
            $this->name = $found ? $parts[2] : null;
        } else {
            $parts = explode(':', (string) $name);
            $this->namespace = $namespace;
            $this->name = count($parts) === 2 ? $parts[1] : $name;
            $this->ns = count($parts) === 2 ? $parts[0] : '';
        }
        $bracket = is_string($this->name) ? strpos($this->name, '[') : false;
        if ($bracket) {
            $this->arraySize = explode(',', substr($this->name, $bracket + 1, -$bracket - 2));
            $this->arrayInfo = substr($this->name, $bracket);
            $this->name = substr($this->name, 0, $bracket);
        }
    }

    public function fqn()
    {
        if ($this->namespace) {
            return '{' . $this->namespace . '}' . $this->name;
        }
        return $this->ns ? $this->ns . ':' . $this->name : $this->name;
    }
}
