<?php
// The PHP peers, with the arguments and the protocol of `peer.py`.

declare(strict_types=1);

[, $peer, $operation, $count, $url, $wsdl, $files] = $argv;
$argument = $operation === 'setAccounts' ? json_decode(file_get_contents("$files.json")) : (int) $count;

function wsdlproxy(string|false $cache = false): callable
{
    global $operation, $argument, $url, $wsdl;
    $options = ['cache' => $cache, 'max_age' => 3600];
    if ($operation === 'load') {
        $options['port'] = str_contains($wsdl, 'ngnpro') ? 'SipPort' : 'Bench';
        return static fn () => new WsdlProxy\Proxy($wsdl, $options);
    }
    $proxy = new WsdlProxy\Proxy($wsdl, $options + ['location' => $url]);
    return static fn () => $proxy->$operation($argument);
}

function wsdlproxy_cached(): callable
{
    return wsdlproxy($GLOBALS['files'] . '.plans');
}

function soap(): callable
{
    global $operation, $argument, $url, $wsdl;
    $options = ['features' => SOAP_SINGLE_ELEMENT_ARRAYS, 'keep_alive' => true];
    if ($operation === 'load') {
        return static fn () => new SoapClient($wsdl, $options + ['cache_wsdl' => WSDL_CACHE_NONE]);
    }
    $client = new SoapClient($wsdl, $options + ['location' => $url]);
    if (str_contains($wsdl, 'literal')) {
        $argument = $operation === 'setAccounts' ? ['accounts' => ['item' => $argument]] : ['count' => $argument];
    }
    return static fn () => $client->__soapCall($operation, [$argument]);
}

function json(): callable
{
    global $operation, $argument, $files;
    if ($operation === 'setAccounts') {
        return static fn () => json_encode($argument) === '' ? 1 : null;
    }
    $text = file_get_contents("$files.json");
    return static fn () => json_decode($text);
}

function libcurl(): callable
{
    global $url, $files;
    $curl = curl_init($url);
    curl_setopt_array($curl, [
        CURLOPT_POSTFIELDS => file_get_contents("$files.request"),
        CURLOPT_HTTPHEADER => ['Content-Type: text/xml; charset=utf-8', 'SOAPAction: ""', 'Expect:'],
        CURLOPT_RETURNTRANSFER => true,
    ]);
    return static fn () => curl_exec($curl) === '' ? 1 : null;
}

function size(mixed $result): int
{
    return match (true) {
        $result === null => 0,
        is_int($result) => $result,
        is_string($result) => strlen($result),
        is_array($result) => count($result),
        isset($result->result) => size($result->result),
        isset($result->item) => count($result->item),
        default => -1,
    };
}

function cpu(): float
{
    $usage = getrusage();
    $micros = $usage['ru_utime.tv_usec'] + $usage['ru_stime.tv_usec'];
    return $usage['ru_utime.tv_sec'] + $usage['ru_stime.tv_sec'] + $micros / 1e6;
}

$prepared = $peer();
if ($operation === 'load') {
    [$wall, $cpu] = [hrtime(true), cpu()];
    $kept = $prepared();
    echo (hrtime(true) - $wall) / 1e9, ' ', cpu() - $cpu, ' ', $kept !== null, "\n";
    exit;
}
if (str_ends_with($files, 'process')) {
    echo size($prepared()), "\n";
    exit;
}
echo "ready\n";
while (($line = fgets(STDIN)) !== false) {
    $result = null;
    for ($left = (int) $line; $left > 0; $left--) {
        $result = null;
        $result = $prepared();
    }
    echo size($result), "\n";
}
