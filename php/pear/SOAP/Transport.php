<?php
/**
 * SOAP_Transport: what carries a message, chosen by the scheme of the URL.
 */

require_once 'SOAP/Base.php';

class SOAP_Transport extends SOAP_Base
{
    var $url = '';
    var $urlparts = null;
    var $incoming_payload = '';
    var $outgoing_payload = '';
    var $encoding = SOAP_DEFAULT_ENCODING;
    var $result_encoding = 'UTF-8';
    var $attachments;
    var $_userAgent = SOAP_LIBRARY_NAME;

    public function send($msg, $options = null)
    {
        return $this->_raiseSoapFault('SOAP_Transport::send() not implemented.');
    }

    public static function &getTransport($url, $encoding = SOAP_DEFAULT_ENCODING)
    {
        $parts = parse_url((string) $url);
        $scheme = strtolower($parts['scheme'] ?? '');
        switch ($scheme) {
            case '':
                return (new SOAP_Base_Object())->_raiseSoapFault("Invalid transport URI: $url");
            case 'http':
            case 'https':
                require_once 'SOAP/Transport/HTTP.php';
                $transport = new SOAP_Transport_HTTP($url, $encoding);
                return $transport;
            case 'mailto':
                require_once 'SOAP/Transport/SMTP.php';
                $transport = new SOAP_Transport_SMTP($url, $encoding);
                return $transport;
            case 'tcp':
                require_once 'SOAP/Transport/TCP.php';
                $transport = new SOAP_Transport_TCP($url, $encoding);
                return $transport;
        }
        $class = 'SOAP_Transport_' . strtoupper($scheme);
        if (!class_exists($class)) {
            return (new SOAP_Base_Object())->_raiseSoapFault("No Transport for $scheme");
        }
        $transport = new $class($url, $encoding);
        return $transport;
    }
}
