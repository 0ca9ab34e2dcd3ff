<?php
/**
 * SOAP_Transport_TCP: a message over a plain TCP connection, its answer read to the end of the connection.
 */

require_once 'SOAP/Transport.php';

class SOAP_Transport_TCP extends SOAP_Transport
{
    var $headers = array();
    var $timeout = 60;

    public function __construct($url, $encoding = SOAP_DEFAULT_ENCODING)
    {
        parent::__construct('TCP');
        $this->urlparts = @parse_url((string) $url);
        $this->url = $url;
        $this->encoding = $encoding;
    }

    public function SOAP_Transport_TCP($url, $encoding = SOAP_DEFAULT_ENCODING)
    {
        self::__construct($url, $encoding);
    }

    public function send($msg, $options = array())
    {
        $this->fault = null;
        $this->incoming_payload = '';
        $this->outgoing_payload = $msg;
        if (!isset($this->urlparts['host'], $this->urlparts['port'])) {
            return $this->_raiseSoapFault("No host or port in URL $this->url");
        }
        $timeout = (float) ($options['timeout'] ?? $this->timeout);
        $address = 'tcp://' . $this->urlparts['host'] . ':' . $this->urlparts['port'];
        $socket = @stream_socket_client($address, $code, $text, $timeout > 0 ? $timeout : null);
        if (!$socket) {
            return $this->_raiseSoapFault("Error connecting to $this->url: $text");
        }
        stream_set_timeout($socket, (int) ceil($timeout));
        if (fwrite($socket, $msg) !== strlen($msg)) {
            return $this->_raiseSoapFault("Error POSTing Data to $this->url");
        }
        stream_socket_shutdown($socket, STREAM_SHUT_WR);
        $this->incoming_payload = (string) stream_get_contents($socket);
        if (stream_get_meta_data($socket)['timed_out']) {
            return $this->_raiseSoapFault("Timed out read from $this->url");
        }
        fclose($socket);
        return $this->incoming_payload;
    }
}
