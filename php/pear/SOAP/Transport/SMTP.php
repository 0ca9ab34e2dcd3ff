<?php
/**
 * SOAP_Transport_SMTP: a message by mail; there is no answer. Needs PEAR's package Mail.
 */

require_once 'SOAP/Transport.php';

class SOAP_Transport_SMTP extends SOAP_Transport
{
    var $credentials = '';
    var $timeout = 4;
    var $host = '127.0.0.1';
    var $port = 25;
    var $auth = null;

    public function __construct($url, $encoding = 'US-ASCII')
    {
        parent::__construct('SMTP');
        $this->encoding = $encoding;
        $this->urlparts = @parse_url((string) $url);
        $this->url = $url;
    }

    public function SOAP_Transport_SMTP($url, $encoding = 'US-ASCII')
    {
        self::__construct($url, $encoding);
    }

    public function send($msg, $options = array())
    {
        $this->fault = null;
        if (stream_resolve_include_path('Mail.php') === false) {
            return $this->_raiseSoapFault('SMTP needs the PEAR package Mail, which is not installed');
        }
        require_once 'Mail.php';
        $this->outgoing_payload = $msg;
        $headers = array(
            'From' => $options['from'] ?? '', 'To' => $this->urlparts['path'] ?? '', 'Subject' => $options['subject'] ?? 'SOAP Message',
            'X-Mailer' => $this->_userAgent, 'MIME-Version' => '1.0', 'Content-Type' => "text/xml; charset=\"$this->encoding\"",
            'Content-Transfer-Encoding' => $options['transfer-encoding'] ?? 'base64', 'SOAPAction' => '"' . ($options['soapaction'] ?? '') . '"',
        );
        if ($headers['Content-Transfer-Encoding'] === 'base64') {
            $msg = chunk_split(base64_encode($msg));
        }
        $mailer = Mail::factory('smtp', array('host' => $this->host, 'port' => $this->port, 'auth' => (bool) $this->auth, 'timeout' => $this->timeout));
        $sent = $mailer->send($headers['To'], $headers, $msg);
        return $sent instanceof PEAR_Error ? $this->_raiseSoapFault($sent->getMessage()) : 'OK';
    }
}
