<?php
/**
 * The native Proxy against ext/soap on the same answers: times, ratios and memory.
 *
 *     php -d extension=wsdlproxy -d memory_limit=-1 benches/php.php [SERVER_URL]
 *
 * The answers are the embedded NGNPro server's own lists of accounts where a URL is given; else they are made here
 * in its form. Both sides decode the recorded bytes, without a network. Prints a line for each size, and a table of
 * ratios in JSON at the end.
 */

declare(strict_types=1);

$wsdl = dirname(__DIR__) . '/examples/ngnpro/ngnpro.wsdl';

/** A SoapClient that answers itself. */
final class Recorded extends SoapClient
{
    public string $answer = '';

    public function __doRequest(string $request, string $location, string $action, int $version, bool $oneWay = false): ?string
    {
        return $this->answer;
    }
}

/** One account of 21 members, as the server writes it. */
function account(int $n): string
{
    $text = static fn (string $name, string $value): string => "<$name xsi:type=\"xsd:string\">$value</$name>";
    $int = static fn (string $name, int $value): string => "<$name xsi:type=\"xsd:int\">$value</$name>";
    $bool = static fn (string $name, bool $value): string => "<$name xsi:type=\"xsd:boolean\">" . ($value ? 'true' : 'false') . "</$name>";
    return '<item xsi:type="ngnpro:SipAccount"><id xsi:type="ngnpro:SipId">' . $text('username', "user$n") . $text('domain', 'example.com') . '</id>'
        . $text('password', "secret$n") . $text('ha1', md5("$n")) . $text('firstName', 'First') . $text('lastName', "Last $n")
        . $text('email', "user$n@example.com") . $text('timezone', 'Europe/Amsterdam') . $text('rpid', "003120800$n")
        . '<groups xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="xsd:string[2]"><item xsi:type="xsd:string">free-pstn</item><item xsi:type="xsd:string">prepaid</item></groups>'
        . $bool('prepaid', $n % 2 === 0) . $int('quota', $n) . '<acl xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="ngnpro:SipACL[0]"></acl>'
        . '<properties xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="ngnpro:Property[1]"><item xsi:type="ngnpro:Property">'
        . $text('name', 'language') . $text('value', 'en') . '</item></properties>'
        . $int('callLimit', 3) . $int('timeout', 35) . $text('region', 'north') . $text('quickdialPrefix', '0031')
        . $int('owner', $n) . $int('customer', 7) . $int('reseller', 2) . '</item>';
}

function answer(int $count): string
{
    $items = implode('', array_map(account(...), range(1, $count)));
    return '<?xml version="1.0" encoding="UTF-8"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"'
        . ' xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
        . ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ngnpro="urn:AGProjects:NGNPro"><SOAP-ENV:Body>'
        . '<op:getAccountsResponse xmlns:op="urn:AGProjects:NGNPro:Sip"><result xsi:type="ngnpro:SipAccountList">'
        . "<accounts xsi:type=\"SOAP-ENC:Array\" SOAP-ENC:arrayType=\"ngnpro:SipAccount[$count]\">$items</accounts>"
        . "<total xsi:type=\"xsd:int\">$count</total></result></op:getAccountsResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>";
}

/** The server's own answer. */
function recorded(string $url, string $wsdl, int $count): string
{
    $options = ['port' => 'SipPort', 'location' => $url, 'auth' => ['username' => 'admin', 'password' => 'secret'], 'trace' => 'full'];
    $sip = new WsdlProxy\Proxy($wsdl, $options);
    $sip->getAccounts(['range' => ['start' => 0, 'count' => $count]]);
    return $sip->lastResponse();
}

/** CPU seconds of this process. */
function cpu(): float
{
    $usage = getrusage();
    return $usage['ru_utime.tv_sec'] + $usage['ru_stime.tv_sec'] + ($usage['ru_utime.tv_usec'] + $usage['ru_stime.tv_usec']) / 1e6;
}

/** The best of several runs in CPU milliseconds, and the memory that the value takes. */
function measure(callable $decode, int $rounds): array
{
    $best = INF;
    for ($round = 0; $round < $rounds; $round++) {
        $before = memory_get_usage();
        $start = cpu();
        $times = 0;
        do {
            $value = $decode();
            $times++;
        } while (cpu() - $start < 0.2 && $times < 2000);
        $best = min($best, (cpu() - $start) / $times * 1000);
        $memory = memory_get_usage() - $before;
        unset($value);
    }
    return [$best, $memory];
}

$soap = new Recorded($wsdl, ['cache_wsdl' => WSDL_CACHE_NONE, 'location' => 'http://127.0.0.1:1/', 'features' => SOAP_SINGLE_ELEMENT_ARRAYS]);
$bare = new Recorded(null, ['location' => 'http://127.0.0.1:1/', 'uri' => 'urn:AGProjects:NGNPro:Sip']);
$proxy = new WsdlProxy\Proxy($wsdl, ['port' => 'SipPort', 'location' => 'http://127.0.0.1:1/']);
$results = [];
foreach (['small' => 1, 'hundred' => 100, 'ten thousand' => 10_000] as $name => $count) {
    $xml = isset($argv[1]) ? recorded($argv[1], $wsdl, $count) : answer($count);
    $soap->answer = $bare->answer = $xml;
    $rounds = $count > 1000 ? 5 : 7;
    [$native, $memory] = measure(static fn () => $proxy->parseResponse('getAccounts', $xml, 'text/xml; charset=utf-8'), $rounds);
    [$typed, $soapMemory] = measure(static fn () => $soap->getAccounts((object) []), $rounds);
    [$untyped] = measure(static fn () => $bare->getAccounts((object) []), $rounds);
    printf(
        "%-13s %9d bytes: native %8.3f ms, ext/soap %8.3f ms with WSDL (%.2f), %8.3f ms without (%.2f); memory %.2f\n",
        $name,
        strlen($xml),
        $native,
        $typed,
        $native / $typed,
        $untyped,
        $native / $untyped,
        $memory / max(1, $soapMemory),
    );
    $results["php decode $name"] = ['native' => $native, 'soap' => $typed, 'ratio' => $native / $typed, 'memory' => $memory / max(1, $soapMemory)];
}
echo json_encode($results), "\n";
