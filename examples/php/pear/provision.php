<?php
/**
 * The classic recipe, second half: a script against the library that generate.php printed.
 *
 *     php -d extension=wsdlproxy -d include_path=php/pear:/usr/share/php provision.php URL library.php
 *
 * Nothing in it knows of wsdlproxy: it is what such scripts have always looked like.
 */

$url = $argv[1] ?? 'http://127.0.0.1:9200/ngnpro/';
require_once $argv[2] ?? __DIR__ . '/library.php';

$domain = 'pear.example.com';
$credentials = ['username' => 'admin', 'password' => 'secret'];

/** The port of a generated class, with the login for the next call. A header lasts for one call only. */
function login($port)
{
    $port->addHeader(['auth', $GLOBALS['credentials'], 'urn:AGProjects:NGNPro', 0, '']);
    return $port;
}

/** The result, or the end of the script with what the server said. */
function checked($result)
{
    if ((new PEAR())->isError($result)) {
        fwrite(STDERR, $result->getMessage() . "\n");
        exit(1);
    }
    return $result;
}

$sip = new WebService_NGNPro_SipPort($url);

checked(login($sip)->addDomain(['domain' => $domain]));
echo "added domain $domain\n";

foreach (['alice', 'bob'] as $username) {
    $account = checked(login($sip)->addAccount([
        'id' => ['username' => $username, 'domain' => $domain],
        'password' => "$username-wonders",
        'email' => "$username@$domain",
        'quota' => 25,
    ]));
    echo "added account {$account->id->username}@{$account->id->domain}\n";
}

$id = ['username' => 'bob', 'domain' => $domain];
checked(login($sip)->addToGroup($id, 'free-pstn'));
echo 'bob is in ', implode(', ', checked(login($sip)->getGroups($id))), "\n";

// What was read is changed and sent back.
$account = checked(login($sip)->getAccount($id));
$account->quota = 50;
checked(login($sip)->updateAccount($account));
echo 'quota of bob: ', checked(login($sip)->getAccount($id))->quota, "\n";

// What the server refuses is a PEAR error with the detail of the fault.
$result = login($sip)->addDomain(['domain' => $domain]);
if (!(new PEAR())->isError($result)) {
    fwrite(STDERR, "the domain was added twice\n");
    exit(1);
}
$exception = $result->getFault()->detail->exception;
echo "fault {$exception->errorcode}: {$exception->errorstring}\n";
