<?php
/**
 * Answers `add` after a while, many at once, and misbehaves on request: adder.php MILLISECONDS. It prints its port.
 *
 * `y` says how: -1 a fault, -2 no answer and the connection closed, -3 silence, -4 status 503 the first time. `token`
 * returns how many requests of `add` came and how many of them waited at once, `nothing` ends the server.
 */

declare(strict_types=1);

final class Adder
{
    private array $clients = [];
    private array $buffers = [];
    /** @var array<int, array{float, string}> when to answer, and what */
    private array $due = [];
    private int $requests = 0;
    private int $most = 0;
    private array $refused = [];

    public function __construct(private float $delay)
    {
    }

    public function run(): void
    {
        $server = stream_socket_server('tcp://127.0.0.1:0');
        echo substr(strrchr(stream_socket_get_name($server, false), ':'), 1), "\n";
        $end = microtime(true) + 300;
        while (microtime(true) < $end) {
            $read = [-1 => $server] + $this->clients;
            $none = null;
            if (stream_select($read, $none, $none, 0, 2000) > 0) {
                foreach ($read as $id => $socket) {
                    $id === -1 ? $this->accept($server) : $this->take($id);
                }
            }
            foreach ($this->due as $id => [$at, $answer]) {
                if ($at <= microtime(true)) {
                    unset($this->due[$id]);
                    fwrite($this->clients[$id], $answer);
                }
            }
        }
    }

    private function accept($server): void
    {
        $client = stream_socket_accept($server, 0);
        $this->clients[(int) $client] = $client;
        $this->buffers[(int) $client] = '';
    }

    private function drop(int $id): void
    {
        fclose($this->clients[$id]);
        unset($this->clients[$id], $this->buffers[$id], $this->due[$id]);
    }

    private function take(int $id): void
    {
        $data = fread($this->clients[$id], 65536);
        if ($data === '' || $data === false) {
            $this->drop($id);
            return;
        }
        $this->buffers[$id] .= $data;
        [$head, $body] = explode("\r\n\r\n", $this->buffers[$id], 2) + [1 => null];
        if ($body === null || !preg_match('/content-length: (\d+)/i', $head, $length) || strlen($body) < (int) $length[1]) {
            return;
        }
        $this->buffers[$id] = '';
        $this->answer($id, $body);
    }

    private function answer(int $id, string $body): void
    {
        $at = microtime(true) + $this->delay;
        if (str_contains($body, ':nothing')) {
            exit(0);
        }
        if (str_contains($body, ':token')) {
            $this->due[$id] = [0.0, $this->page('200 OK', "<r><return>$this->requests $this->most</return></r>")];
            return;
        }
        preg_match('~<x[^>]*>(-?\d+)</x>.*<y[^>]*>(-?\d+)</y>~s', $body, $given);
        [, $x, $y] = array_map(intval(...), $given);
        $this->requests++;
        $fault = '<e:Fault><faultcode>e:Server</faultcode><faultstring>no</faultstring></e:Fault>';
        $first = !isset($this->refused[$x]);
        $answer = match (true) {
            $y === -1 => $this->page('500 Internal Server Error', $fault),
            $y === -4 && $first => "HTTP/1.1 503 Busy\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nbusy",
            default => $this->page('200 OK', '<r><return>' . ($x + max($y, 0)) . '</return></r>'),
        };
        $this->refused[$x] = true;
        match ($y) {
            -2 => $this->drop($id),
            -3 => null,
            default => $this->due[$id] = [$at, $answer],
        };
        $this->most = max($this->most, count($this->due));
    }

    private function page(string $status, string $content): string
    {
        $body = '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>' . $content . '</e:Body></e:Envelope>';
        return "HTTP/1.1 $status\r\nContent-Type: text/xml\r\nContent-Length: " . strlen($body) . "\r\n\r\n$body";
    }
}

(new Adder((int) $argv[1] / 1000))->run();
