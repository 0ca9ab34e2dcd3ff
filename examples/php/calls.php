<?php
/**
 * Call information: calls placed, received and missed, with their cost.
 *
 *     php calls.php http://127.0.0.1:9200/ngnpro/
 *
 * The platform is `ngnpro-server --seed demo`; put in the address, credentials and names of yours.
 */

use WsdlProxy\Proxy;

$url = $argv[1] ?? 'http://127.0.0.1:9200/ngnpro/';
$auth = ['username' => 'admin', 'password' => 'secret'];
$sip = new Proxy($url . 'wsdl', ['port' => 'SipPort', 'auth' => $auth]);
$account = ['username' => '31208000004', 'domain' => 'office.harbour.example.com'];

/** Prints calls, the newest first: when, with whom, seconds and SIP status. */
function show(string $title, array $calls, string $who): void
{
    echo "$title: ", count($calls), "\n";
    foreach ($calls as $call) {
        $when = gmdate('Y-m-d H:i:s', $call->startTime);
        // The texts of calls are quoted-printable.
        $text = quoted_printable_decode($call->$who);
        echo "  $when $text $call->duration s, $call->status\n";
    }
}

// The last two weeks, in seconds since 1970.
$now = time();
$period = ['fromDate' => $now - 14 * 86400, 'toDate' => $now, 'limit' => 50];
$calls = $sip->getCalls($account, ['placed' => $period, 'received' => $period]);
show('placed', $calls->placed, 'toURI');
show('received', $calls->received, 'fromHeader');

// A missed call was received, has ended and was never talked in.
show('missed', array_filter($calls->received, fn($call) => $call->stopTime && !$call->duration), 'fromURI');

$statistics = $sip->getCallStatistics($account, ['placed' => ['limit' => 1]]);
printf("%d calls cost %.4f\n", $statistics->placed->calls, $statistics->placed->price);
