<?php
/** Sends the same bytes to everyone who connects: raw.php FILE MILLISECONDS. Prints its port. */

[, $file, $delay] = $argv;
$answer = file_get_contents($file);
$server = stream_socket_server('tcp://127.0.0.1:0');
echo substr(strrchr(stream_socket_get_name($server, false), ':'), 1), "\n";
$end = time() + 300;
while (time() < $end) {
    $socket = @stream_socket_accept($server, 5);
    if ($socket === false) {
        continue;
    }
    stream_set_timeout($socket, 2);
    // The request's head and body, as far as its length says.
    $head = '';
    while (($line = fgets($socket)) !== false && rtrim($line) !== '') {
        $head .= $line;
    }
    if (preg_match('/content-length: *(\d+)/i', $head, $found)) {
        $left = (int) $found[1];
        while ($left > 0 && ($part = fread($socket, $left)) !== false && $part !== '') {
            $left -= strlen($part);
        }
    }
    if ($head !== '') {
        usleep(1000 * (int) $delay);
        @fwrite($socket, $answer);
    }
    fclose($socket);
}
