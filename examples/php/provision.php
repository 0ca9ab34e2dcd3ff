<?php
/**
 * Provisions a SIP domain, accounts, aliases and groups on an NGNPro platform.
 *
 *     php provision.php http://127.0.0.1:9200/ngnpro/
 *
 * Copy it, put in your server's address and credentials, and change the arrays.
 */

use WsdlProxy\{Fault, Proxy};

$url = $argv[1] ?? 'http://127.0.0.1:9200/ngnpro/';
$domain = $argv[2] ?? 'php.example.com';
$auth = ['username' => 'admin', 'password' => 'secret'];
$people = [['alice', 'Alice', 'Liddell'], ['bob', 'Bob', 'Builder'], ['carol', 'Carol', 'Danvers']];

// The WSDL says which operations there are; each is a method of the proxy.
$sip = new Proxy(rtrim($url, '/') . '/wsdl', ['port' => 'SipPort', 'location' => $url, 'auth' => $auth]);
$functions = preg_grep('/ (add|get|update|delete)/', $sip->getFunctions());
echo count($functions), " operations, such as\n  ", implode("\n  ", array_slice($functions, 0, 3)), "\n";

$sip->addDomain(['domain' => $domain]);
echo "added domain $domain\n";

foreach ($people as [$username, $first, $last]) {
    $account = $sip->addAccount(account: [
        'id' => ['username' => $username, 'domain' => $domain],
        'password' => "$username-wonders",
        'firstName' => $first,
        'lastName' => $last,
        'email' => "$username@$domain",
        'groups' => ['free-pstn'],
        'quota' => 25,
    ]);
    // The answer is what the server stored.
    echo "added account {$account->id->username}@{$account->id->domain}\n";
}

$sip->addAlias(alias: [
    'id' => ['username' => 'info', 'domain' => $domain],
    'target' => ['username' => 'alice', 'domain' => $domain],
]);
$bob = ['username' => 'bob', 'domain' => $domain];
$sip->addToGroup(sipId: $bob, group: 'anonymous');
echo 'bob is in ', implode(', ', $sip->getGroups(sipId: $bob)), "; info@$domain leads to alice@$domain\n";

// A page of accounts: a filter, an order and a range, and the total of all that match.
$page = $sip->getAccounts(query: [
    'filter' => ['domain' => $domain],
    'orderBy' => ['attribute' => 'username', 'direction' => 'ASC'],
    'range' => ['start' => 0, 'count' => 2],
]);
echo 'accounts 1 to ', count($page->accounts), " of {$page->total}:\n";
foreach ($page->accounts as $account) {
    $name = "{$account->firstName} {$account->lastName}";
    printf("  %-10s %-20s %-28s %4d\n", $account->id->username, $name, $account->email, $account->quota);
}

// What the server refuses comes as a Fault.
try {
    $sip->addAccount(account: ['id' => ['username' => 'alice', 'domain' => $domain], 'password' => 'again']);
} catch (Fault $fault) {
    $exception = $fault->detail->exception;
    echo "fault {$exception->errorcode}: {$exception->errorstring}\n";
}
