<?php
/**
 * Group membership: what an account may do, and how its calls are treated.
 *
 *     php groups.php http://127.0.0.1:9200/ngnpro/
 *
 * The platform is `ngnpro-server --seed demo`; put in the address, credentials and names of yours.
 */

use WsdlProxy\{Fault, Proxy};

$url = $argv[1] ?? 'http://127.0.0.1:9200/ngnpro/';
$auth = ['username' => 'admin', 'password' => 'secret'];
$sip = new Proxy($url . 'wsdl', ['port' => 'SipPort', 'auth' => $auth]);
$account = ['username' => '31208000001', 'domain' => 'office.harbour.example.com'];

echo 'member of ', implode(', ', $sip->getGroups($account)), "\n";
$sip->addToGroup($account, 'sms');
echo 'member of ', implode(', ', $sip->getGroups($account)), "\n";

// To be there already is a fault of its own; most programs are content with it.
try {
    $sip->addToGroup($account, 'sms');
} catch (Fault $fault) {
    if ($fault->detail->exception->errorcode !== 1030) {
        throw $fault;
    }
    echo "was a member of sms already\n";
}

// Who is in a group: a filter of getAccounts, with one name.
$page = $sip->getAccounts(['filter' => ['groups' => ['sms']], 'range' => ['start' => 0, 'count' => 10]]);
echo "$page->total account in sms: {$page->accounts[0]->id->username}\n";

$sip->removeFromGroup($account, 'sms');
try {
    $sip->removeFromGroup($account, 'sms');
} catch (Fault $fault) {
    if ($fault->detail->exception->errorcode !== 1031) {
        throw $fault;
    }
    echo "was no member of sms any more\n";
}
echo 'member of ', implode(', ', $sip->getGroups($account)), "\n";
