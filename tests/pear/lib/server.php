<?php
/**
 * The server end of the recordings: real sockets on 127.0.0.1, plain and TLS, driven from one select loop.
 *
 * It answers the n-th request with the n-th recorded answer, whatever was asked, and keeps what it received.
 * `$keepAlive` adds an exact Content-Length to answers that have none and leaves the connection open.
 */

namespace WsdlProxy\Tests\Pear;

final class Server
{
    private $plain;
    private $tls;
    private $keepAlive;
    private $answers = [];
    private $requests = [];
    private $connections = 0;
    /** @var array<int,array{0:resource,1:?float}> open connections, with the time at which a stalled one is closed */
    private $open = [];

    public function __construct(array $certificate, $keepAlive = false)
    {
        $this->keepAlive = $keepAlive;
        $this->plain = stream_socket_server('tcp://127.0.0.1:0');
        $context = stream_context_create(['ssl' => $certificate]);
        $this->tls = stream_socket_server('tcp://127.0.0.1:0', $code, $text, STREAM_SERVER_BIND | STREAM_SERVER_LISTEN, $context);
    }

    public static function port($socket)
    {
        return (int) substr(strrchr(stream_socket_get_name($socket, false), ':'), 1);
    }

    public function ports()
    {
        return [self::port($this->plain), self::port($this->tls)];
    }

    public function expect(array $answers)
    {
        $this->answers = $answers;
        $this->requests = [];
        $this->connections = 0;
    }

    /** @return array{0:array,1:int} the requests received and the number of connections they came over */
    public function received()
    {
        foreach ($this->open as list($connection)) {
            fclose($connection);
        }
        $this->open = [];
        return [$this->requests, $this->connections];
    }

    /** Serves until the stream `$until` ends or `$seconds` have passed; returns what that stream said, or null. */
    public function serve($until, $seconds)
    {
        $said = '';
        $end = microtime(true) + $seconds;
        while (microtime(true) < $end) {
            $read = array_merge([$until, $this->plain, $this->tls], $this->readable());
            $write = $except = null;
            if (!stream_select($read, $write, $except, 0, 50000)) {
                $this->closeStalled();
                continue;
            }
            foreach ($read as $stream) {
                if ($stream === $until) {
                    $said .= $text = (string) fread($stream, 1 << 20);
                    if ($text === '' && feof($stream)) {
                        return $said;
                    }
                } elseif ($stream === $this->plain || $stream === $this->tls) {
                    $this->accept($stream);
                } else {
                    $this->handle($stream);
                }
            }
        }
        return null;
    }

    private function readable()
    {
        $streams = [];
        foreach ($this->open as list($connection, $stalledUntil)) {
            if ($stalledUntil === null) {
                $streams[] = $connection;
            }
        }
        return $streams;
    }

    private function closeStalled()
    {
        foreach ($this->open as $id => list($connection, $stalledUntil)) {
            if ($stalledUntil !== null && $stalledUntil < microtime(true)) {
                $this->close($connection);
            }
        }
    }

    private function close($connection)
    {
        unset($this->open[(int) $connection]);
        // Over TLS this says goodbye first; shutting the socket down by force would look like a cut.
        fclose($connection);
    }

    private function accept($listener)
    {
        $connection = stream_socket_accept($listener, 0);
        if (!$connection) {
            return;
        }
        stream_set_timeout($connection, 5);
        if ($listener === $this->tls && @stream_socket_enable_crypto($connection, true, STREAM_CRYPTO_METHOD_TLS_SERVER) !== true) {
            fclose($connection);
            return;
        }
        $this->connections++;
        $this->open[(int) $connection] = [$connection, null];
        if ($listener === $this->tls) {
            $this->handle($connection);
        }
    }

    private function handle($connection)
    {
        $request = $this->readRequest($connection);
        if ($request === null) {
            $this->close($connection);
            return;
        }
        $answer = $this->answers[count($this->requests)] ?? ['head' => "HTTP/1.1 599 Unexpected\r\n\r\n", 'body' => ''];
        $this->requests[] = $request;
        $this->answer($connection, $answer);
    }

    private function readRequest($connection)
    {
        $lines = [];
        while (($line = fgets($connection)) !== false && rtrim($line) !== '') {
            $lines[] = rtrim($line, "\r\n");
        }
        if ($lines === [] || $line === false) {
            return null;
        }
        $length = preg_match('/^content-length:\s*(\d+)/mi', implode("\n", $lines), $match) ? (int) $match[1] : 0;
        $body = $length ? (string) stream_get_contents($connection, $length) : '';
        return ['head' => Http::request($lines, []), 'body' => $body, 'body_len' => strlen($body), 'body_sha256' => hash('sha256', $body)];
    }

    private function answer($connection, array $answer)
    {
        $mode = $answer['mode'] ?? '';
        $keep = $this->keepAlive && $mode === '' && preg_match('~^HTTP/1\.1 (?!100)\d+ .*\r\n\r\n$~s', $answer['head'])
            && !preg_match('/^(content-length|transfer-encoding):/mi', $answer['head']);
        $head = $keep ? substr($answer['head'], 0, -2) . 'Content-Length: ' . strlen($answer['body']) . "\r\n\r\n" : $answer['head'];
        $text = $mode === 'close' ? '' : $head . $answer['body'];
        for ($sent = 0; $sent < strlen($text); $sent += $written) {
            $written = @fwrite($connection, substr($text, $sent, 1 << 16));
            if (!$written) {
                break;
            }
        }
        if ($mode === 'stall' || $mode === 'partial-stall') {
            $this->open[(int) $connection] = [$connection, microtime(true) + $answer['seconds']];
        } elseif (!$keep) {
            $this->close($connection);
        }
    }
}
