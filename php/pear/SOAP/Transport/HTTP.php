<?php
/**
 * SOAP_Transport_HTTP: http and https, with cookies, proxies, credentials and curl options by number.
 *
 * Sockets and TLS are native and kept open between calls. What an option of curl asks for and the native
 * side does not know is left to ext/curl, if it is loaded.
 */

require_once 'SOAP/Transport.php';
require_once 'SOAP/Transport/Curl.php';

class SOAP_Transport_HTTP extends SOAP_Transport
{
    const FAILURES = array(
        400 => 'Bad Request', 401 => 'Authentication Failed', 403 => 'Forbidden', 404 => 'Not Found',
        407 => 'Proxy Authentication Required', 408 => 'Request Timeout', 410 => 'Gone',
    );

    var $headers = array();
    var $cookies;
    var $timeout = 4;
    var $result_content_type;
    var $result_headers = array();
    var $result_cookies = array();
    var $response;
    var $errno;
    var $errmsg;

    public function __construct($url, $encoding = SOAP_DEFAULT_ENCODING)
    {
        parent::__construct('HTTP');
        $this->urlparts = @parse_url((string) $url);
        $this->url = $url;
        $this->encoding = $encoding;
    }

    public function SOAP_Transport_HTTP($url, $encoding = SOAP_DEFAULT_ENCODING)
    {
        self::__construct($url, $encoding);
    }

    public function send($msg, $options = array())
    {
        $this->fault = null;
        if (!$this->_validateUrl()) {
            return $this->fault;
        }
        if (isset($options['timeout'])) {
            $this->timeout = (int) $options['timeout'];
        }
        $scheme = $this->urlparts['scheme'] ?? '';
        switch ($scheme === 'http' ? $scheme : strtolower((string) $scheme)) {
            case 'http':
                return $this->_sendHTTP($msg, $options);
            case 'https':
                return $this->_sendHTTPS($msg, $options);
        }
        return $this->_raiseSoapFault("Invalid url scheme $this->url");
    }

    public function setCredentials($username, $password)
    {
        $this->headers['Authorization'] = 'Basic ' . base64_encode(self::__soapfastText($username) . ':' . self::__soapfastText($password));
    }

    /** An option that the constructor's parameters and setOpt() both gave has become a list, and is that word. */
    private static function __soapfastText($value)
    {
        return is_array($value) ? 'Array' : (string) $value;
    }

    public function addCookie($name, $value)
    {
        $this->cookies[$name] = $value;
    }

    public function _generateCookieHeader($options)
    {
        $this->cookies = array();
        if (!$this->result_cookies && empty($options['cookies'])) {
            return '';
        }
        $jar = empty($options['nocookies']) ? (array) $this->result_cookies : array();
        foreach (array_merge($jar, array_values($options['cookies'] ?? array())) as $cookie) {
            if ($cookie['domain'] == $this->urlparts['host']) {
                $this->cookies[$cookie['name']] = $cookie['value'];
            }
        }
        $pairs = array();
        foreach ($this->cookies as $name => $value) {
            $pairs[] = urlencode((string) $name) . '=' . urlencode((string) $value);
        }
        return implode('; ', $pairs);
    }

    public function _validateUrl()
    {
        if (!is_array($this->urlparts)) {
            $this->_raiseSoapFault("Unable to parse URL $this->url");
            return false;
        }
        if (!isset($this->urlparts['host'])) {
            $this->_raiseSoapFault("No host in URL $this->url");
            return false;
        }
        if (!isset($this->urlparts['port'])) {
            $this->urlparts['port'] = strcasecmp($this->urlparts['scheme'] ?? '', 'https') === 0 ? 443 : 80;
        }
        if (empty($this->urlparts['path'])) {
            $this->urlparts['path'] = '/';
        }
        return true;
    }

    public function _parseEncoding($headers)
    {
        list(, , , , $type, $charset) = wsdlproxy_pear_fields((string) $headers);
        $this->__soapfastType($type, $charset);
    }

    private function __soapfastType($type, $charset)
    {
        if ($charset !== null && in_array($charset, $this->_encodings, true)) {
            $this->result_encoding = $charset;
        }
        $this->result_content_type = $type === '' ? 'text/xml' : $type;
    }

    public function _parseHeaders($headers)
    {
        list($this->result_headers, $cookies) = wsdlproxy_pear_fields((string) $headers);
        $this->__soapfastCookies($cookies);
    }

    private function __soapfastCookies(array $cookies)
    {
        foreach ($cookies as $cookie) {
            $this->result_cookies[] = $this->__soapfastCookie($cookie);
        }
    }

    private function __soapfastCookie($text)
    {
        $cookie = array('expires' => null, 'domain' => $this->urlparts['host'], 'path' => null, 'secure' => false);
        foreach (explode(';', $text) as $at => $element) {
            list($name, $value) = array_map('trim', explode('=', $element)) + array(1 => '');
            if ($at === 0) {
                $cookie['name'] = urldecode($name);
                $cookie['value'] = urldecode($value);
            } elseif ($name !== 'name' && $name !== 'value') {
                $decode = $name === 'path' || $name === 'domain';
                $cookie[$name] = $name === 'secure' ? true : ($decode ? urldecode($value) : str_replace('"', '', $value));
            }
        }
        return $cookie;
    }

    public function _parseResponse()
    {
        $code = static::class === self::class ? $this->__soapfastReceive() : $this->__soapfastSteps($word);
        if ($code === null) {
            $this->_raiseSoapFault('Invalid HTTP Response');
            return false;
        }
        if ($code === 100) {
            $this->incoming_payload = $this->response;
            return $this->_parseResponse();
        }
        if ($code >= 400 && $code < 500) {
            $word = $word ?? wsdlproxy_pear_head($this->incoming_payload)[3];
            $this->_raiseSoapFault("HTTP Response $code " . (self::FAILURES[$code] ?? "Not Found, Server message: $word"));
            return false;
        }
        return $this->result_content_type === 'text/xml' ? $this->response !== '' : $this->__soapfastContent();
    }

    /** Reads the whole head at once; its status, null without a head. */
    private function __soapfastReceive()
    {
        $code = wsdlproxy_pear_receive($this);
        if (isset($this->result_headers['set-cookie'])) {
            $this->__soapfastCookies(wsdlproxy_pear_head($this->incoming_payload)[1]);
        }
        return $code;
    }

    /** The same for classes that may have steps of their own. */
    private function __soapfastSteps(&$word)
    {
        $read = wsdlproxy_pear_head((string) $this->incoming_payload);
        if ($read === null) {
            return null;
        }
        $head = substr($this->incoming_payload, 0, $read[6]);
        $this->response = substr($this->incoming_payload, $read[7]);
        $this->_parseHeaders($head);
        list(, $code, $word) = preg_split('/\s+/', (string) ($this->result_headers[0] ?? '')) + array('', '', '');
        unset($this->result_headers[0]);
        $code = (int) $code;
        if ($code !== 100 && ($code < 400 || $code > 499)) {
            $this->_parseEncoding($head);
        }
        return $code;
    }

    /** Unpacks attachments, and refuses what is not XML. */
    private function __soapfastContent()
    {
        $failed = null;
        if ($this->result_content_type === 'application/dime') {
            $failed = $this->_decodeDIMEMessage($this->response, $this->headers, $this->attachments);
            $this->result_content_type = $this->headers['content-type'] ?? '';
        } elseif (stripos($this->result_content_type, 'multipart/related') !== false) {
            $this->response = $this->incoming_payload;
            $failed = $this->_decodeMimeMessage($this->response, $this->headers, $this->attachments);
        } elseif ($this->result_content_type !== 'text/xml') {
            $failed = $this->_raiseSoapFault($this->response);
        }
        return !$failed && $this->response !== '';
    }

    public function _getRequest($msg, $options)
    {
        $this->headers = array();
        $parts = $this->urlparts;
        $target = $parts['path'];
        if (isset($parts['query'])) {
            $target .= "?$parts[query]";
        }
        if (isset($parts['fragment'])) {
            $target .= "#$parts[fragment]";
        }
        if (isset($options['proxy_host'])) {
            $target = "http://$parts[host]:$parts[port]$target";
        }
        if (isset($options['proxy_user'])) {
            $user = self::__soapfastText($options['proxy_user']) . ':' . self::__soapfastText($options['proxy_pass'] ?? '');
            $this->headers['Proxy-Authorization'] = 'Basic ' . base64_encode($user);
        }
        if (isset($options['user'])) {
            $this->setCredentials($options['user'], $options['pass'] ?? '');
        }
        $action = $options['soapaction'] ?? '';
        $own = array(
            'User-Agent' => $this->_userAgent, 'Host' => $parts['host'], 'Content-Type' => "text/xml; charset=$this->encoding",
            'Content-Length' => (string) strlen($msg), 'SOAPAction' => is_array($action) ? '"Array"' : "\"$action\"",
        );
        $isUsual = !$this->headers && empty($options['headers']) && is_string($this->_userAgent);
        $this->headers = $isUsual ? $own : array_merge($this->headers, $own, $options['headers'] ?? array());
        $cookies = $this->_generateCookieHeader($options);
        if ($cookies !== '') {
            $this->headers['Cookie'] = $cookies;
        }
        if (!$isUsual) {
            $this->headers = array_map(array(self::class, '__soapfastText'), $this->headers);
        }
        return $this->outgoing_payload = wsdlproxy_pear_message("POST $target HTTP/1.1", $this->headers, (string) $msg);
    }

    public function _sendHTTP($msg, $options)
    {
        $this->incoming_payload = '';
        $this->_getRequest($msg, $options);
        $host = $options['proxy_host'] ?? $this->urlparts['host'];
        $port = isset($options['proxy_host']) ? $options['proxy_port'] ?? 8080 : $this->urlparts['port'];
        // Over http, credentials inside a URL have never been sent.
        $url = (string) $this->url;
        if (strpos($url, '@') !== false) {
            $url = preg_replace('~^([^/?#]*//)[^/?#]*@~', '$1', $url);
        }
        $proxy = isset($options['proxy_host']) ? "http://$host:$port" : '';
        $answer = wsdlproxy_pear_post($url, $msg, $this->headers, (float) $this->timeout, $proxy, self::__soapfastIsOld());
        if (isset($answer['error'])) {
            $this->errno = $answer['curl'];
            $this->errmsg = $answer['error'];
            return $this->_raiseSoapFault($this->__soapfastFailure($answer, $host, $port));
        }
        $this->incoming_payload = $answer['payload'];
        return $this->_parseResponse() || !$this->fault ? $this->response : $this->fault;
    }

    private function __soapfastFailure(array $answer, $host, $port)
    {
        switch ($answer['kind']) {
            case 'connect':
                return "Connect Error to $host:$port";
            case 'timeout':
                return "Timed out read from $host";
            case 'answer':
                return 'Invalid HTTP Response';
            case 'send':
                return "Error POSTing Data to $host";
        }
        return $answer['error'];
    }

    public function _sendHTTPS($msg, $options)
    {
        $headers = array(
            'Content-Type' => ($options['headers']['Content-Type'] ?? 'text/xml') . ";charset=$this->encoding",
            'SOAPAction' => '"' . self::__soapfastText($options['soapaction'] ?? '') . '"',
            'User-Agent' => $this->_userAgent,
        );
        if (isset($options['user'])) {
            $headers['Authorization'] = 'Basic ' . base64_encode(self::__soapfastText($options['user']) . ':' . self::__soapfastText($options['pass'] ?? ''));
        }
        $cookies = $this->_generateCookieHeader($options);
        if ($cookies !== '') {
            $headers['Cookie'] = $cookies;
        }
        $request = array('url' => (string) $this->url, 'body' => $msg, 'headers' => $headers, 'total' => (float) $this->timeout,
            'redirects' => true, 'proxy' => $this->__soapfastProxy($options), 'http10' => self::__soapfastIsOld());
        $this->outgoing_payload = $msg;
        $this->incoming_payload = '';
        $left = SOAP_Transport_Curl::apply($request, $options['curl'] ?? array());
        $answer = $left ? SOAP_Transport_Curl::exchange($request, $left) : wsdlproxy_pear_exchange($request);
        if (isset($answer['error'])) {
            $this->errno = $answer['curl'];
            $this->errmsg = $answer['error'];
            return $this->_raiseSoapFault("curl_exec error $answer[curl] $answer[error]");
        }
        $this->incoming_payload = $answer['payload'];
        return $this->_parseResponse() || !$this->fault ? $this->response : $this->fault;
    }

    /** The ini setting wsdlproxy.http10, for servers that know nothing later. */
    private static function __soapfastIsOld()
    {
        $set = ini_get('wsdlproxy.http10');
        // As it is nearly always.
        return $set !== '0' && filter_var($set === false ? get_cfg_var('wsdlproxy.http10') : $set, FILTER_VALIDATE_BOOLEAN);
    }

    private function __soapfastProxy($options)
    {
        if (!isset($options['proxy_host'])) {
            return '';
        }
        $user = isset($options['proxy_user'])
            ? rawurlencode($options['proxy_user']) . ':' . rawurlencode($options['proxy_pass'] ?? '') . '@' : '';
        return "http://$user$options[proxy_host]:" . ($options['proxy_port'] ?? 8080);
    }
}
