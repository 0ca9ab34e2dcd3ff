<?php
/**
 * CPU of the PEAR drop-in against another copy of PEAR SOAP, in one run.
 *
 *     php -d extension=wsdlproxy benches/pear.php REFERENCE-FOLDER
 *
 * The folder holds the other SOAP/. Each library works in processes of its own, against one server.
 */

const ENVELOPE = '<?xml version="1.0" encoding="UTF-8"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"'
    . ' xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    . ' xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:n="urn:n"><SOAP-ENV:Body>%s</SOAP-ENV:Body></SOAP-ENV:Envelope>';

function accounts($count)
{
    $items = '';
    for ($at = 0; $at < $count; $at++) {
        $items .= '<item xsi:type="n:Account"><id xsi:type="n:Id"><username xsi:type="xsd:string">user' . $at . '</username>'
            . '<domain xsi:type="xsd:string">example.com</domain></id>';
        foreach (['owner', 'quota', 'customer', 'reseller', 'callLimit', 'answerTimeout'] as $name) {
            $items .= "<$name xsi:type=\"xsd:int\">" . ($at * 7 % 1000) . "</$name>";
        }
        foreach (['firstName', 'lastName', 'email', 'rpid', 'timezone', 'password', 'region', 'createDate'] as $name) {
            $items .= "<$name xsi:type=\"xsd:string\">some $name of $at &amp; more</$name>";
        }
        $items .= '<balance xsi:type="xsd:float">12.5</balance><prepaid xsi:type="xsd:boolean">false</prepaid><groups xsi:type="SOAP-ENC:Array"'
            . ' SOAP-ENC:arrayType="xsd:string[3]"><item>free-pstn</item><item>voicemail</item><item>anonymous</item></groups></item>';
    }
    return sprintf(ENVELOPE, "<n:r><accounts xsi:type=\"SOAP-ENC:Array\" SOAP-ENC:arrayType=\"n:Account[$count]\">$items</accounts></n:r>");
}

function serve($listener, array $answers)
{
    $open = [];
    while (true) {
        $read = array_merge([$listener], $open);
        $write = $except = null;
        stream_select($read, $write, $except, null);
        foreach ($read as $stream) {
            if ($stream === $listener) {
                $connection = stream_socket_accept($listener);
                $open[(int) $connection] = $connection;
            } elseif (!answer($stream, $answers)) {
                unset($open[(int) $stream]);
                fclose($stream);
            }
        }
    }
}

/** Answers one request; whether the connection stays open. */
function answer($stream, array $answers)
{
    $first = (string) fgets($stream);
    if ($first === '') {
        return false;
    }
    for ($length = 0; ($line = rtrim((string) fgets($stream))) !== '';) {
        $length = stripos($line, 'content-length:') === 0 ? (int) substr($line, 15) : $length;
    }
    stream_get_contents($stream, $length);
    $answer = $answers[preg_match('~^POST /(\w+)~', $first, $match) ? $match[1] : ''] ?? '';
    fwrite($stream, "HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: " . strlen($answer) . "\r\n\r\n$answer");
    return strpos($first, 'HTTP/1.0') === false;
}

/** CPU milliseconds for one call; null if the call failed. */
function work($library, $port, $path, $times)
{
    ini_set('memory_limit', '-1');
    error_reporting(0);
    set_include_path($library . PATH_SEPARATOR . '/usr/share/php' . PATH_SEPARATOR . get_include_path());
    require_once 'SOAP/Client.php';
    $client = new SOAP_Client("http://127.0.0.1:$port/$path");
    $client->_options['timeout'] = 300;
    $options = ['namespace' => 'urn:n', 'soapaction' => '', 'style' => 'rpc', 'use' => 'encoded'];
    $value = new SOAP_Value('id', '{urn:n}Id', ['username' => 'alice', 'domain' => 'example.com']);
    $client->call('get', ['id' => $value, 'count' => 5, 'deep' => true], $options);
    $start = getrusage();
    for ($at = 0; $at < $times; $at++) {
        $result = $client->call('get', ['id' => $value, 'count' => 5, 'deep' => true], $options);
    }
    $end = getrusage();
    $cpu = 0;
    foreach (['ru_utime', 'ru_stime'] as $kind) {
        $cpu += ($end["$kind.tv_sec"] - $start["$kind.tv_sec"]) * 1e3 + ($end["$kind.tv_usec"] - $start["$kind.tv_usec"]) / 1e3;
    }
    return $result instanceof PEAR_Error ? null : $cpu / $times;
}

function measure($library, $port, $path, $times)
{
    list($ours, $theirs) = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    $child = pcntl_fork();
    if ($child === 0) {
        fwrite($theirs, json_encode(work($library, $port, $path, $times)));
        exit(0);
    }
    fclose($theirs);
    $answer = stream_get_contents($ours);
    pcntl_waitpid($child, $status);
    return json_decode($answer);
}

function shown($milliseconds)
{
    return $milliseconds === null ? 'failed' : sprintf('%.3f ms', $milliseconds);
}

/** Prints one line; whether the bound holds. */
function compare($name, $port, array $case, $reference)
{
    list($answer, $times, $limit) = $case;
    $mine = $theirs = [];
    for ($round = 0; $round < 5; $round++) {
        $mine[] = measure(dirname(__DIR__) . '/php/pear', $port, $name, $times);
        if ($limit !== null || $round === 0) {
            $theirs[] = measure($reference, $port, $name, $times);
        }
    }
    $best = in_array(null, $mine, true) ? null : min($mine);
    $other = in_array(null, $theirs, true) ? null : min($theirs);
    $ratio = $best && $other ? $best / $other : null;
    printf("%-14s %9d bytes  ours %s  reference %s  ratio %s%s\n", $name, strlen($answer), shown($best), shown($other),
        $ratio === null ? '-' : sprintf('%.3f', $ratio), $limit === null ? '' : " (at most $limit)");
    return $best !== null && ($limit === null || ($ratio !== null && $ratio <= $limit));
}

if (!is_file(($argv[1] ?? '') . '/SOAP/Client.php')) {
    fwrite(STDERR, "usage: php -d extension=wsdlproxy benches/pear.php FOLDER (that holds the other SOAP/)\n");
    exit(2);
}
$small = sprintf(ENVELOPE, '<n:r><return xsi:type="n:S"><a xsi:type="xsd:int">5</a><b xsi:type="xsd:string">x</b></return></n:r>');
$cases = ['small' => [$small, 300, 0.35], 'accounts100' => [accounts(100), 20, 0.12], 'accounts10000' => [accounts(10000), 1, null]];
$listener = stream_socket_server('tcp://127.0.0.1:0');
$port = (int) substr(strrchr(stream_socket_get_name($listener, false), ':'), 1);
$server = pcntl_fork();
if ($server === 0) {
    serve($listener, array_map('current', $cases));
}
$held = true;
foreach ($cases as $name => $case) {
    $held = compare($name, $port, $case, $argv[1]) && $held;
}
posix_kill($server, SIGTERM);
exit($held ? 0 : 1);
