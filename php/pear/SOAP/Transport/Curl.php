<?php
/**
 * Options of ext/curl by number: what they mean to the native transport, and ext/curl itself for the rest.
 */

final class SOAP_Transport_Curl
{
    /** Numbers of curl's own interface, so that they work without ext/curl; that spells them as constants. */
    const PROXY = 10004, URL = 10002, USERPWD = 10005, PROXYUSERPWD = 10006, TIMEOUT = 13, TIMEOUT_MS = 155,
        REFERER = 10016, USERAGENT = 10018, COOKIE = 10022, HTTPHEADER = 10023, SSLCERT = 10025, SSLKEY = 10087,
        SSLCERTPASSWD = 10026, SSL_VERIFYPEER = 64, CAINFO = 10065, CONNECTTIMEOUT = 78, CONNECTTIMEOUT_MS = 156,
        SSL_VERIFYHOST = 81, FOLLOWLOCATION = 52, HTTP_VERSION = 84, VERBOSE = 41, HEADER = 42, RETURNTRANSFER = 19913,
        ENCODING = 10102, NOSIGNAL = 99;

    /**
     * Takes over what the native transport knows.
     *
     * @return array the options that it does not know; not empty means that ext/curl must send
     */
    public static function apply(array &$request, array $options)
    {
        $left = array();
        foreach ($options as $number => $value) {
            if (!self::one($request, $number, $value)) {
                $left[$number] = $value;
            }
        }
        if (self::onlyNameUnchecked($options)) {
            // Checking the certificate but not the name in it is something only curl does.
            $left[self::SSL_VERIFYHOST] = 0;
        }
        return $left ? $options : array();
    }

    private static function onlyNameUnchecked(array $options)
    {
        return !($options[self::SSL_VERIFYHOST] ?? 2) && ($options[self::SSL_VERIFYPEER] ?? 1);
    }

    private static function one(array &$request, $number, $value)
    {
        $headers = array(self::REFERER => 'Referer', self::USERAGENT => 'User-Agent', self::COOKIE => 'Cookie');
        $members = array(self::URL => 'url', self::CAINFO => 'ca', self::SSLCERT => 'cert', self::SSLKEY => 'key', self::PROXY => 'proxy');
        $seconds = array(self::TIMEOUT => array('total', 1), self::TIMEOUT_MS => array('total', 1000),
            self::CONNECTTIMEOUT => array('connect', 1), self::CONNECTTIMEOUT_MS => array('connect', 1000));
        if (isset($headers[$number])) {
            $request['headers'][$headers[$number]] = (string) $value;
        } elseif (isset($members[$number])) {
            $request[$members[$number]] = (string) $value;
        } elseif (isset($seconds[$number])) {
            $request[$seconds[$number][0]] = $value / $seconds[$number][1];
        } elseif ($number === self::USERPWD) {
            $request['headers']['Authorization'] = 'Basic ' . base64_encode($value);
        } elseif ($number === self::SSL_VERIFYPEER) {
            $request['verify'] = (bool) $value;
        } elseif ($number === self::FOLLOWLOCATION) {
            $request['redirects'] = (bool) $value;
        } elseif ($number === self::HTTPHEADER && is_array($value)) {
            self::headers($request, $value);
        } else {
            return in_array($number, array(self::SSL_VERIFYHOST, self::HTTP_VERSION, self::VERBOSE, self::HEADER,
                self::RETURNTRANSFER, self::NOSIGNAL, self::ENCODING), true);
        }
        return true;
    }

    /** The list replaces the headers that curl itself would have sent from one. `Name:` takes one away, `Name;` is empty. */
    private static function headers(array &$request, array $lines)
    {
        unset($request['headers']['SOAPAction']);
        // What curl says of a body that nobody describes.
        $request['headers']['Content-Type'] = 'application/x-www-form-urlencoded';
        foreach ($lines as $line) {
            list($name, $value) = explode(':', $line, 2) + array(1 => null);
            foreach (array_keys($request['headers']) as $known) {
                if (strcasecmp($known, $name) === 0) {
                    unset($request['headers'][$known]);
                }
            }
            if ($value === null) {
                $request['headers'][rtrim($name, ';')] = '';
            } elseif (trim($value) !== '') {
                $request['headers'][$name] = trim($value);
            }
        }
    }

    /** Sends with ext/curl; the answer has the shape of the native one. */
    public static function exchange(array $request, array $options)
    {
        if (!extension_loaded('curl')) {
            return array('kind' => 'option', 'curl' => 48, 'error' => 'the options of curl numbered '
                . implode(', ', array_keys($options)) . ' need the PHP extension curl, which is not loaded');
        }
        $handle = curl_init($request['url']);
        // These have options of their own, so that a list of headers among the options leaves them alone.
        $own = array('User-Agent' => CURLOPT_USERAGENT, 'Cookie' => CURLOPT_COOKIE, 'Referer' => CURLOPT_REFERER);
        $lines = array();
        foreach ($request['headers'] as $name => $value) {
            if (isset($own[$name])) {
                curl_setopt($handle, $own[$name], $value);
            } elseif ($name === 'Authorization' && strncmp($value, 'Basic ', 6) === 0) {
                curl_setopt($handle, CURLOPT_USERPWD, base64_decode(substr($value, 6)));
            } else {
                $lines[] = $value === '' ? "$name;" : "$name: $value";
            }
        }
        curl_setopt_array($handle, array(
            CURLOPT_HTTPHEADER => $lines, CURLOPT_POST => true, CURLOPT_POSTFIELDS => $request['body'],
            CURLOPT_TIMEOUT => (int) ceil($request['total']), CURLOPT_FOLLOWLOCATION => $request['redirects'],
            CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_1_1,
        ));
        if ($request['proxy'] !== '') {
            curl_setopt($handle, CURLOPT_PROXY, $request['proxy']);
        }
        foreach ($options as $number => $value) {
            curl_setopt($handle, $number, $value);
        }
        curl_setopt_array($handle, array(CURLOPT_RETURNTRANSFER => true, CURLOPT_HEADER => true));
        $payload = curl_exec($handle);
        if ($payload === false || $payload === '') {
            return array('kind' => 'curl', 'curl' => curl_errno($handle), 'error' => curl_error($handle));
        }
        $skip = curl_getinfo($handle, CURLINFO_HEADER_SIZE);
        $heads = preg_split('/\r?\n\r?\n/', rtrim(substr($payload, 0, $skip)));
        return array('payload' => end($heads) . "\r\n\r\n" . substr($payload, $skip));
    }
}
