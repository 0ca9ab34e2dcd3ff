<?php
/**
 * What counts of an HTTP head, and what does not.
 *
 * Method, path, Content-Type, Content-Length, SOAPAction, User-Agent, credentials, cookies and the caller's
 * own headers count, names without case. HTTP version, the spelling of Host, Connection, Accept,
 * Accept-Encoding, the order of headers and the fragment of a URL do not.
 */

namespace WsdlProxy\Tests\Pear;

final class Http
{
    const IGNORED = ['host', 'connection', 'accept', 'accept-encoding'];

    /** @return array the request line and headers in the form that is compared */
    public static function request(array $lines, $portText)
    {
        $first = explode(' ', array_shift($lines));
        $target = preg_replace('/#.*$/', '', $first[1] ?? '');
        return ['method' => $first[0], 'target' => strtr($target, $portText), 'headers' => self::headers($lines)];
    }

    private static function headers(array $lines)
    {
        $headers = [];
        foreach ($lines as $line) {
            list($name, $value) = explode(':', $line, 2) + [1 => ''];
            if (!in_array(strtolower($name), self::IGNORED, true)) {
                $headers[] = strtolower($name) . ': ' . trim($value);
            }
        }
        sort($headers);
        return $headers;
    }

    /** Brings the HTTP heads inside a trace text to one spelling; the rest stays as it is. */
    public static function trace($text)
    {
        $start = '~(?:^|(?<=OUTGOING:\n\n)|(?<=INCOMING\n\n))((?:POST |GET |HTTP/)[^\r\n]*\r\n(?:[^\r\n]+\r\n)*)\r\n~';
        return preg_replace_callback($start, function ($match) {
            $lines = explode("\r\n", rtrim($match[1]));
            $first = trim(preg_replace('~ ?HTTP/[0-9.]+ ?~', ' HTTP ', array_shift($lines)));
            $headers = self::headers($lines);
            if (strncmp($first, 'HTTP', 4) === 0) {
                // The recordings' server sent none; ours does where it keeps the connection open.
                $headers = preg_grep('/^content-length:/', $headers, PREG_GREP_INVERT);
            }
            return "$first\r\n" . implode("\r\n", $headers) . "\r\n\r\n";
        }, $text);
    }
}
