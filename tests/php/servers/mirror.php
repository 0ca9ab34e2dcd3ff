<?php
/**
 * Answers with the request's first line, and the name in the client's certificate: mirror.php [FOLDER].
 *
 * It prints its port. With a folder it speaks TLS with server.pem of it, and asks for a client certificate that ca.pem has signed. Each
 * connection serves one request.
 */

$folder = $argv[1] ?? null;
$context = stream_context_create($folder === null ? [] : ['ssl' => [
    'local_cert' => "$folder/server.pem", 'cafile' => "$folder/ca.pem", 'verify_peer' => true,
    'verify_peer_name' => false, 'capture_peer_cert' => true,
]]);
$server = stream_socket_server('tcp://127.0.0.1:0', $code, $text, STREAM_SERVER_BIND | STREAM_SERVER_LISTEN, $context);
echo substr(strrchr(stream_socket_get_name($server, false), ':'), 1), "\n";
$end = time() + 300;
while (time() < $end) {
    $socket = @stream_socket_accept($server, 5);
    if ($socket === false) {
        continue;
    }
    stream_set_timeout($socket, 5);
    $name = '';
    if ($folder !== null) {
        if (!@stream_socket_enable_crypto($socket, true, STREAM_CRYPTO_METHOD_TLS_SERVER)) {
            fclose($socket);
            continue;
        }
        $peer = stream_context_get_params($socket)['options']['ssl']['peer_certificate'];
        $name = openssl_x509_parse($peer)['subject']['CN'];
    }
    $first = rtrim((string) fgets($socket));
    $length = 0;
    while (($line = fgets($socket)) !== false && rtrim($line) !== '') {
        if (preg_match('/^content-length: *(\d+)/i', $line, $found)) {
            $length = (int) $found[1];
        }
    }
    for ($left = $length; $left > 0 && ($part = fread($socket, $left)) !== false && $part !== ''; $left -= strlen($part)) {
    }
    if ($first !== '') {
        $body = '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'
            . ' xmlns:x="http://www.w3.org/2001/XMLSchema"><e:Body><r><return i:type="x:string">' . trim("$first $name")
            . '</return></r></e:Body></e:Envelope>';
        // An old server: no length, the end of the connection is the end of the answer.
        fwrite($socket, "HTTP/1.0 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\n\r\n$body");
    }
    fclose($socket);
}
