<?php
/**
 * From the arguments of SOAP_Client::call() to the body of a request: options, what the WSDL says, packing.
 *
 * A trait, so that its methods are private to SOAP_Client: port classes may use any name themselves.
 */

trait __Soapfast_Client_Request
{
    /** The options of one call; all but three stay for later ones. */
    private function __soapfastOptions($namespace, $soapAction)
    {
        $options = $this->_options ?? array();
        // Held once, the array is written to where it is.
        $this->_options = null;
        $options['input'] = 'parse';
        $options['result'] = 'parse';
        $options['parameters'] = false;
        if (!is_array($namespace)) {
            $options['soapaction'] = $soapAction;
            $options['namespace'] = $namespace;
        } else {
            foreach ($namespace as $name => $value) {
                $options[strtolower((string) $name)] = $value;
            }
        }
        $this->_options = $options;
        return $options['namespace'] ?? false;
    }

    /** Takes from the WSDL what it says about an operation; a fault if it says nothing. */
    private function __soapfastOperation($method, &$params, &$namespace)
    {
        $this->_setSchemaVersion($this->_wsdl->xsd);
        if (!$this->_portName) {
            $this->_portName = $this->_wsdl->getPortName($method);
        }
        if ($this->_portName instanceof PEAR_Error) {
            return $this->_portName;
        }
        $this->_endpoint = $this->_wsdl->getEndpoint($this->_portName);
        if ($this->_endpoint instanceof PEAR_Error) {
            return $this->_endpoint;
        }
        $operation = $this->_wsdl->getOperationData($this->_portName, $method);
        if ($operation instanceof PEAR_Error) {
            return $operation;
        }
        $namespace = $operation['namespace'] ?? null;
        $this->_options['style'] = $operation['style'];
        $this->_options['use'] = $operation['input']['use'];
        $this->_options['soapaction'] = $operation['soapAction'];
        if ($this->_options['input'] != 'parse') {
            return null;
        }
        $this->_options['parameters'] = $operation['parameters'];
        $sorted = SOAP_WSDL_Parameters::sort($this->_wsdl, $operation['input']['parts'] ?? array(), (array) $params);
        if (is_string($sorted)) {
            return $this->_raiseSoapFault($sorted);
        }
        if ($sorted) {
            $params = $sorted;
        }
        return null;
    }

    /** A message that is one element is written at once, unless a subclass wants to see it on its way. */
    private function __soapfastEnvelope($method, $params, $namespace)
    {
        $isCall = !isset($this->_options['style']) || $this->_options['style'] == 'rpc';
        if ($isCall) {
            $this->_options['style'] = 'rpc';
            $this->docparams = true;
            $isOurs = self::$__soapfastKept[static::class]['writing'] ?? self::__soapfastKeeps(static::class, 'writing');
            if ($isOurs && $this->_options['input'] == 'parse') {
                return wsdlproxy_pear_call($this, $method, $namespace, $params, $this->headersOut ? $this->headersOut : array(), $this->_encoding);
            }
        }
        $body = $isCall ? $this->__soapfastElement($method, $params, $namespace) : $this->__soapfastBody($method, $params, $namespace);
        return $this->makeEnvelope($body, $this->headersOut, $this->_encoding, $this->_options);
    }

    private function __soapfastBody($method, $params, $namespace)
    {
        if (!$params) {
            return $this->__soapfastElement($method, null, $namespace);
        }
        if ($this->_options['input'] != 'parse') {
            return $params;
        }
        if (is_array($params)) {
            foreach ($params as $name => $value) {
                $params[$name] = is_object($value) ? $value : new SOAP_Value((string) $name, false, $value);
            }
            $params = array_values($params);
        }
        return $this->_options['parameters'] ? $this->__soapfastElement($method, $params, $namespace) : $params;
    }

    private function __soapfastElement($method, $content, $namespace)
    {
        $name = new QName($method, $namespace);
        return new SOAP_Value($name->fqn(), 'Struct', $content);
    }

    /** The envelope, with its attachments if there are any. */
    private function __soapfastPack($message)
    {
        if (is_string($message)) {
            foreach ($this->_attachments as $attachment) {
                if ($attachment instanceof PEAR_Error) {
                    $this->_attachments = array();
                    return $this->_raiseSoapFault($attachment->getMessage());
                }
            }
            if (($this->_options['attachments'] ?? '') == 'Mime' || isset($this->_options['Mime'])) {
                $message = $this->_makeMimeMessage($message, $this->_encoding);
            } else {
                $message = $this->_makeDIMEMessage($message);
                $this->_options['headers']['Content-Type'] = 'application/dime';
            }
            // They belong to this call; kept, they would be sent again with each later one.
            $this->_attachments = array();
        }
        if ($message instanceof PEAR_Error) {
            return $this->_raiseSoapFault($message);
        }
        if (!is_array($message)) {
            return $message;
        }
        $this->_options['headers'] = array_merge($this->_options['headers'] ?? array(), $message['headers']);
        return $message['body'];
    }
}
