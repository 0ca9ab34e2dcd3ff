<?php
/**
 * SIP accounts: adds, numbers, lists, changes and removes them.
 *
 *     php sip_accounts.php http://127.0.0.1:9200/ngnpro/
 *
 * The platform is `ngnpro-server --seed demo`; put in the address, credentials and names of yours.
 */

use WsdlProxy\{Fault, Proxy};

$url = $argv[1] ?? 'http://127.0.0.1:9200/ngnpro/';
$auth = ['username' => 'admin', 'password' => 'secret'];
$sip = new Proxy($url . 'wsdl', ['port' => 'SipPort', 'auth' => $auth]);

$domain = 'accounts.example.com';
$sip->addDomain(['domain' => $domain]);

// Set what you need; everything left out gets the platform's default.
$alice = $sip->addAccount([
    'id' => ['username' => 'alice', 'domain' => $domain],
    'password' => 'wonderland',
    'firstName' => 'Alice',
    'lastName' => 'Liddell',
    'groups' => ['free-pstn', 'voicemail'],
    'acl' => [['ip' => '192.0.2.0', 'mask' => 24, 'tag' => 'office']],
    'properties' => [['name' => 'language', 'value' => 'en']],
    'quota' => 25,
]);
echo "added {$alice->id->username}@{$alice->id->domain}, $alice->email\n";

// The platform can number accounts itself; the answer has the name that it chose.
for ($turn = 0; $turn < 2; $turn++) {
    $numbered = $sip->addAccount(['id' => ['username' => '<autoincrement>', 'domain' => $domain], 'password' => 'secret']);
    echo "added {$numbered->id->username}@{$numbered->id->domain}\n";
}

$page = $sip->getAccounts([
    'filter' => ['domain' => $domain],
    'orderBy' => ['attribute' => 'username', 'direction' => 'ASC'],
    'range' => ['start' => 0, 'count' => 10],
]);
$names = array_map(fn($account) => $account->id->username, $page->accounts);
echo "$page->total accounts: ", implode(', ', $names), "\n";

// Read, change, write back. Leave out the password unless you change it: it may be stored as a hash.
$account = $sip->getAccount($alice->id);
$account->quota = 50;
$account->rpid = '0031208005100';
unset($account->password);
$sip->updateAccount($account);
$account = $sip->getAccount($alice->id);
echo "quota $account->quota, caller id $account->rpid, groups ", implode(', ', $account->groups), "\n";
echo "may register from {$account->acl[0]->ip}/{$account->acl[0]->mask}\n";

$sip->deleteAccount($alice->id);
try {
    $sip->getAccount($alice->id);
} catch (Fault $fault) {
    echo "fault {$fault->detail->exception->errorcode}: $fault->faultstring\n";
}

// The accounts of a domain go with it.
$sip->deleteDomain($domain);
