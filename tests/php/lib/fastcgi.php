<?php
/** As much of FastCGI 1.0 as it takes to ask php-fpm. */

declare(strict_types=1);

namespace WsdlProxy\Tests;

final class FastCgi
{
    private const BEGIN = 1;
    private const END = 3;
    private const PARAMS = 4;
    private const STDIN = 5;
    private const STDOUT = 6;
    private const STDERR = 7;

    public function __construct(private string $socket)
    {
    }

    /** The body that a script prints. */
    public function get(string $script, string $query = ''): string
    {
        $stream = stream_socket_client("unix://{$this->socket}", $code, $text, 60);
        if ($stream === false) {
            throw new Failed("no php-fpm: $text");
        }
        stream_set_timeout($stream, 180);
        $params = '';
        foreach ([
            'SCRIPT_FILENAME' => $script,
            'REQUEST_METHOD' => 'GET',
            'QUERY_STRING' => $query,
            'SERVER_PROTOCOL' => 'HTTP/1.1',
            'GATEWAY_INTERFACE' => 'CGI/1.1',
        ] as $name => $value) {
            $params .= chr(strlen($name)) . pack('N', strlen($value) | 0x80000000) . $name . $value;
        }
        fwrite($stream, self::record(self::BEGIN, pack('nCx5', 1, 0)) . self::record(self::PARAMS, $params)
            . self::record(self::PARAMS, '') . self::record(self::STDIN, ''));
        $out = '';
        while (true) {
            $head = self::read($stream, 8);
            ['type' => $type, 'length' => $length, 'padding' => $padding] = unpack('Cversion/Ctype/nid/nlength/Cpadding/x', $head);
            $content = self::read($stream, $length);
            self::read($stream, $padding);
            if ($type === self::STDOUT || $type === self::STDERR) {
                $out .= $content;
            } elseif ($type === self::END) {
                break;
            }
        }
        fclose($stream);
        $parts = explode("\r\n\r\n", $out, 2);
        return $parts[1] ?? $out;
    }

    private static function record(int $type, string $content): string
    {
        return pack('CCnnCx', 1, $type, 1, strlen($content), 0) . $content;
    }

    /** @param resource $stream */
    private static function read($stream, int $length): string
    {
        $data = '';
        while (strlen($data) < $length) {
            $part = fread($stream, $length - strlen($data));
            if ($part === false || $part === '') {
                throw new Failed('php-fpm closed the connection');
            }
            $data .= $part;
        }
        return $data;
    }
}
