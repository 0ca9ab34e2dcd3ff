<?php
/**
 * SOAP_Server: not part of this drop-in, which is a client.
 */

require_once 'SOAP/Base.php';

class SOAP_Server extends SOAP_Base
{
    public function __construct($options = null)
    {
        throw new LogicException('SOAP_Server is not provided: this library replaces the client side of PEAR SOAP only');
    }
}
