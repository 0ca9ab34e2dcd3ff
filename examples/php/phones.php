<?php
/**
 * Registered phones: where accounts can be reached, and with what.
 *
 *     php phones.php http://127.0.0.1:9200/ngnpro/
 *
 * The platform is `ngnpro-server --seed demo`; put in the address, credentials and names of yours.
 */

use WsdlProxy\Proxy;

$url = $argv[1] ?? 'http://127.0.0.1:9200/ngnpro/';
$auth = ['username' => 'admin', 'password' => 'secret'];
$sip = new Proxy($url . 'wsdl', ['port' => 'SipPort', 'auth' => $auth]);

$page = $sip->getAccounts([
    'filter' => ['domain' => 'office.harbour.example.com'],
    'orderBy' => ['attribute' => 'username', 'direction' => 'ASC'],
    'range' => ['start' => 0, 'count' => 8],
]);
$accounts = array_map(fn($account) => $account->id, $page->accounts);

// One call for a whole page of accounts; the answer runs parallel to the question.
foreach ($sip->getSipDeviceLocations($accounts) as $index => $found) {
    echo "{$accounts[$index]->username}: ", count($found->locations), " phones\n";
    foreach ($found->locations as $phone) {
        // Behind a router the phone has a public address too.
        $seen = $phone->publicAddress ? " behind $phone->publicAddress:$phone->publicPort" : '';
        echo "  $phone->userAgent at $phone->transport:$phone->address:$phone->port$seen\n";
    }
}
