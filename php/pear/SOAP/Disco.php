<?php
/**
 * SOAP_DISCO_Server: not part of this drop-in, which is a client.
 */

require_once 'SOAP/Server.php';

class SOAP_DISCO_Server extends SOAP_Base
{
    public function __construct($soap_server = null, $service_name = '', $service_desc = '')
    {
        throw new LogicException('SOAP_DISCO_Server is not provided: this library replaces the client side of PEAR SOAP only');
    }
}
