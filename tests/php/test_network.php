<?php
/** What only some servers need: HTTP/1.0, and options of curl that ext/curl has to carry out. */

declare(strict_types=1);

namespace WsdlProxy\Tests;

use WsdlProxy\Proxy;

/** The answer to a call in the style of PEAR, from a PHP process of its own: the value, or the fault's text. */
function pearCall(string $url, string $before = '', array $settings = [], array $flags = []): string
{
    $shim = dirname(__DIR__, 2) . '/php/pear';
    $code = "<?php set_include_path('$shim:/usr/share/php'); require_once 'SOAP/Client.php';"
        . "\$client = new SOAP_Client('$url'); \$client->setOpt('timeout', 10); $before"
        . '$p = ["value" => "x"]; $result = $client->call("echoAny", $p, ["namespace" => "urn:types"]);'
        . 'echo $result instanceof PEAR_Error ? $result->getMessage() : $result;';
    $file = (string) tempnam(sys_get_temp_dir(), 'wsdlproxy');
    file_put_contents($file, $code);
    foreach ($settings as $name => $value) {
        array_push($flags, '-d', "$name=$value");
    }
    [$process, $out] = Servers::start([PHP_BINARY, ...$flags, '-d', 'extension=' . extensionFile(), '-d', 'display_errors=1', $file]);
    $text = (string) stream_get_contents($out);
    proc_close($process);
    unlink($file);
    return $text;
}

/** Writes a certificate authority, a server and a client with an encrypted key; returns their folder. */
function certificates(): string
{
    $folder = sys_get_temp_dir() . '/wsdlproxy-tls-' . getmypid();
    mkdir($folder, 0700, true);
    $config = "$folder/openssl.cnf";
    file_put_contents($config, "[req]\ndistinguished_name=dn\n[dn]\n[authority]\nbasicConstraints=critical,CA:TRUE\n"
        . "subjectKeyIdentifier=hash\n[peer]\nsubjectAltName=IP:127.0.0.1\nbasicConstraints=CA:FALSE\n");
    $options = ['config' => $config, 'private_key_bits' => 2048, 'digest_alg' => 'sha256'];
    $authority = $authorityKey = null;
    foreach (['ca' => 'authority', 'server' => 'peer', 'client' => 'peer'] as $name => $section) {
        $key = openssl_pkey_new($options);
        $request = openssl_csr_new(['CN' => "test $name"], $key, $options);
        $signed = openssl_csr_sign($request, $authority, $authorityKey ?? $key, 2, $options + ['x509_extensions' => $section], random_int(1, PHP_INT_MAX));
        openssl_x509_export($signed, $certificate);
        openssl_pkey_export($key, $private, $name === 'client' ? 'opensesame' : null, $options);
        file_put_contents("$folder/$name.pem", $name === 'ca' ? $certificate : $certificate . $private);
        [$authority, $authorityKey] = [$authority ?? $signed, $authorityKey ?? $key];
    }
    return $folder;
}

return [
    'the error of a certificate names options of curl, PEAR' => static function (): void {
        $folder = certificates();
        try {
            $url = Servers::mirror($folder);
            $text = pearCall($url);
            contains('curl_exec error 60', $text);
            contains('name the issuer\'s certificate with CURLOPT_CAINFO, or turn CURLOPT_SSL_VERIFYPEER off', $text);
            // The server wants a certificate too, which is the next thing to fail.
            lacks('curl_exec error 60', pearCall($url, "\$client->setOpt('curl', 10065, '$folder/ca.pem');"));
        } finally {
            array_map('unlink', glob("$folder/*"));
            rmdir($folder);
        }
    },
    'HTTP/1.0 for servers that know nothing newer, native' => static function (): void {
        $url = Servers::mirror();
        $call = static fn (): mixed => (new Proxy(__DIR__ . '/servers/types.wsdl', ['location' => $url]))->echoAny('x');
        same('POST / HTTP/1.1', $call());
        $old = (string) ini_set('wsdlproxy.http10', '1');
        try {
            same('POST / HTTP/1.0', $call());
        } finally {
            ini_set('wsdlproxy.http10', $old);
        }
        same('POST / HTTP/1.1', $call());
    },
    'HTTP/1.0 for servers that know nothing newer, PEAR' => static function (): void {
        $url = Servers::mirror();
        same('POST / HTTP/1.1', pearCall($url));
        same('POST / HTTP/1.0', pearCall($url, '', ['wsdlproxy.http10' => '1']));
        same('POST / HTTP/1.0', pearCall($url, "ini_set('wsdlproxy.http10', 'on');"));
    },
    'a client key with a password goes through ext/curl' => static function (): void {
        if (!extension_loaded('curl')) {
            throw new Skipped('ext/curl is not loaded');
        }
        $folder = certificates();
        try {
            $url = Servers::mirror($folder);
            $option = static fn (string $name, mixed $value): string => "\$client->setOpt('curl', $name, " . var_export($value, true) . ');';
            $identity = $option('10065', "$folder/ca.pem") . $option('10025', "$folder/client.pem");
            same('POST / HTTP/1.1 test client', pearCall($url, $identity . $option('10026', 'opensesame')));
            $wrong = pearCall($url, $identity . $option('10026', 'hushhush'));
            contains('curl_exec error 58', $wrong);
            lacks('hushhush', $wrong);
            $without = pearCall($url, $identity . $option('10026', 'opensesame'), [], ['-n']);
            contains('10026', $without);
            contains('need the PHP extension curl', $without);
            lacks('opensesame', $without);
        } finally {
            array_map('unlink', glob("$folder/*"));
            rmdir($folder);
        }
    },
];
