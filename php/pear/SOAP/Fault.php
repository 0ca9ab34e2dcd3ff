<?php
/**
 * SOAP_Fault: a fault of the server, or of this library, as a PEAR_Error.
 */

require_once 'PEAR.php';

#[AllowDynamicProperties]
class SOAP_Fault extends PEAR_Error
{
    public function __construct($faultstring = 'unknown error', $faultcode = 'Client', $faultactor = null, $detail = null, $mode = null, $options = null)
    {
        parent::__construct($faultstring, $faultcode, $mode, $options, $detail);
        if ($faultactor) {
            $this->error_message_prefix = $faultactor;
        }
    }

    /** The fault as an envelope. The detail is what was given as such, never the backtrace. */
    public function message($encoding = 'UTF-8')
    {
        require_once 'SOAP/Value.php';
        $fault = new SOAP_Value('{' . SOAP_ENVELOP . '}Fault', 'Struct', array(
            new SOAP_Value('faultcode', 'QName', 'SOAP-ENV:' . $this->code),
            new SOAP_Value('faultstring', 'string', $this->message),
            new SOAP_Value('faultactor', 'anyURI', $this->error_message_prefix),
            new SOAP_Value('detail', 'string', $this->userinfo),
        ));
        $headers = null;
        return (new SOAP_Base())->makeEnvelope($fault, $headers, $encoding);
    }

    public function getFault()
    {
        $fault = new stdClass();
        $fault->faultcode = $this->code;
        $fault->faultstring = $this->message;
        $fault->faultactor = $this->error_message_prefix;
        $fault->detail = $this->userinfo;
        return $fault;
    }

    public function getActor()
    {
        return $this->error_message_prefix;
    }

    public function getDetail()
    {
        return $this->userinfo;
    }
}
