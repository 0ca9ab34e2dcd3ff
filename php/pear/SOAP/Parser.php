<?php
/**
 * SOAP_Parser: an answer as a tree of SOAP_Value objects.
 *
 * Clients need it only where a subclass decodes by itself; otherwise answers become PHP values at once.
 */

require_once 'SOAP/Base.php';
require_once 'SOAP/Value.php';

class SOAP_Parser extends SOAP_Base
{
    var $status = '';
    var $position = 0;
    var $depth = 0;
    var $default_namespace = '';
    var $message = array();
    var $root_struct = array();
    var $header_struct = array();
    var $references = array();
    var $attachments = null;

    public function __construct($xml, $encoding = SOAP_DEFAULT_ENCODING, $attachments = null)
    {
        parent::__construct('Parser');
        $this->attachments = $attachments;
        $tree = wsdlproxy_pear_tree((string) $xml, is_array($attachments) ? $attachments : array(), (string) $encoding);
        if (isset($tree['error'])) {
            $this->_raiseSoapFault($tree['error'], $tree['malformed'] ? htmlspecialchars((string) $xml) : '');
            return;
        }
        $this->root_struct = isset($tree['body']) ? array($tree['body']) : array();
        $this->header_struct = isset($tree['header']) ? array($tree['header']) : array();
    }

    public function SOAP_Parser($xml, $encoding = SOAP_DEFAULT_ENCODING, $attachments = null)
    {
        self::__construct($xml, $encoding, $attachments);
    }

    public function getResponse()
    {
        return $this->root_struct ? $this->__soapfastValue($this->root_struct[0]) : $this->_raiseSoapFault('Cannot build response');
    }

    public function getHeaders()
    {
        return $this->header_struct ? $this->__soapfastValue($this->header_struct[0]) : null;
    }

    private function __soapfastValue(array $node)
    {
        $value = $node['value'];
        if (is_array($value)) {
            foreach ($value as $at => $child) {
                $value[$at] = $this->__soapfastValue($child);
            }
        }
        $built = new SOAP_Value($node['name'], $node['type'], $value, $node['attributes']);
        foreach (array('arrayType', 'actor', 'mustunderstand') as $member) {
            if (isset($node[$member])) {
                $built->$member = $node[$member];
            }
        }
        return $built;
    }
}
