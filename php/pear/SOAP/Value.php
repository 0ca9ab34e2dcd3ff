<?php
/**
 * Values with a name and a type: parameters, headers, attachments.
 */

require_once 'SOAP/Base.php';

#[AllowDynamicProperties]
class SOAP_Value
{
    var $value = null;
    var $name = '';
    var $type = '';
    var $namespace = '';
    var $type_namespace = '';
    var $attributes = array();
    var $arrayType = '';
    var $options = array();
    var $nqn;
    var $tqn;

    public function __construct($name = '', $type = false, $value = null, $attributes = array())
    {
        $this->nqn = new QName($name);
        $this->name = $this->nqn->name;
        $this->namespace = $this->nqn->namespace;
        $this->tqn = new QName($type);
        $this->type = $this->tqn->name;
        $this->type_prefix = $this->tqn->ns;
        $this->type_namespace = $this->tqn->namespace;
        $this->value = $value;
        $this->attributes = $attributes;
    }

    public function SOAP_Value($name = '', $type = false, $value = null, $attributes = array())
    {
        self::__construct($name, $type, $value, $attributes);
    }

    public function serialize(&$serializer)
    {
        return $serializer->_serializeValue(
            $this->value, $this->name, $this->type, $this->namespace, $this->type_namespace,
            $this->options, $this->attributes, $this->arrayType
        );
    }
}

class SOAP_Header extends SOAP_Value
{
    public function __construct($name, $type, $value, $mustunderstand = 0, $attributes = array())
    {
        if (is_string($mustunderstand) && !is_numeric($mustunderstand)) {
            // Callers of the array form of addHeader put a namespace here. Their servers have always got
            // the header without these two attributes.
            parent::__construct($name, $type, $value);
            return;
        }
        $actor = is_array($attributes) ? null : $attributes;
        parent::__construct($name, $type, $value, $actor === null ? (array) $attributes : array());
        if ($actor !== null) {
            $this->attributes['SOAP-ENV:actor'] = $actor;
        } elseif (!isset($this->attributes['SOAP-ENV:actor'])) {
            $this->attributes['SOAP-ENV:actor'] = 'http://schemas.xmlsoap.org/soap/actor/next';
        }
        $this->attributes['SOAP-ENV:mustUnderstand'] = (int) $mustunderstand;
    }

    public function SOAP_Header($name, $type, $value, $mustunderstand = 0, $attributes = array())
    {
        self::__construct($name, $type, $value, $mustunderstand, $attributes);
    }
}

class SOAP_Attachment extends SOAP_Value
{
    public function __construct($name, $type, $filename, $file = null, $attributes = array())
    {
        parent::__construct($name, null, null, $attributes);
        if ($file === null && !is_readable($filename)) {
            $this->options['attachment'] = new PEAR_Error("File is not readable: $filename");
            return;
        }
        $cid = bin2hex(random_bytes(16));
        $this->attributes['href'] = "cid:$cid";
        $this->options['attachment'] = array(
            'body' => $file === null ? file_get_contents($filename) : $file, 'disposition' => basename($filename),
            'content_type' => $type, 'encoding' => 'base64', 'cid' => $cid,
        );
    }

    public function SOAP_Attachment($name, $type, $filename, $file = null, $attributes = array())
    {
        self::__construct($name, $type, $filename, $file, $attributes);
    }
}
