<?php
/**
 * SIP aliases: further addresses of an account.
 *
 *     php aliases.php http://127.0.0.1:9200/ngnpro/
 *
 * The platform is `ngnpro-server --seed demo`; put in the address, credentials and names of yours.
 */

use WsdlProxy\{Fault, Proxy};

$url = $argv[1] ?? 'http://127.0.0.1:9200/ngnpro/';
$auth = ['username' => 'admin', 'password' => 'secret'];
$sip = new Proxy($url . 'wsdl', ['port' => 'SipPort', 'auth' => $auth]);
$account = ['username' => '31208000001', 'domain' => 'office.harbour.example.com'];

/** Prints the aliases that lead to the account. */
$show = function () use ($sip, $account): void {
    $found = $sip->getAliases([
        'filter' => ['targetUsername' => $account['username'], 'targetDomain' => $account['domain']],
        'orderBy' => ['attribute' => 'aliasUsername', 'direction' => 'ASC'],
    ]);
    $names = array_map(fn($alias) => "{$alias->id->username}@{$alias->id->domain}", $found->aliases);
    echo "$found->total aliases: ", implode(', ', $names), "\n";
};

foreach (['info', 'desk'] as $username) {
    $sip->addAlias(['id' => ['username' => $username, 'domain' => $account['domain']], 'target' => $account]);
}
$show();

$alias = $sip->getAlias(['username' => 'info', 'domain' => $account['domain']]);
echo "{$alias->id->username} leads to {$alias->target->username}\n";

// An alias moves to another account when its target changes.
$alias->target->username = '31208000002';
$sip->updateAlias($alias);
$show();

try {
    $sip->addAlias(['id' => $alias->id, 'target' => $account]);
} catch (Fault $fault) {
    echo "fault {$fault->detail->exception->errorcode}: $fault->faultstring\n";
}

foreach (['info', 'desk'] as $username) {
    $sip->deleteAlias(['username' => $username, 'domain' => $account['domain']]);
}
$show();
