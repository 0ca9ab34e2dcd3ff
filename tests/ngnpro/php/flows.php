<?php
// PHP's own SoapClient on every port: writes, reads back, and collects the codes of the faults it provokes.

$url = $argv[1];

function port(string $name, array $auth = ['username' => 'admin', 'password' => 'secret']): SoapClient
{
    // SoapClient knows one operation per name, so that each port is loaded on its own.
    $client = new SoapClient($GLOBALS['url'] . "wsdl?port=$name", ['features' => SOAP_SINGLE_ELEMENT_ARRAYS]);
    if ($name !== 'Presence') {
        $client->__setSoapHeaders(new SoapHeader('urn:AGProjects:NGNPro', 'auth', (object) $auth));
    }
    return $client;
}

function code(callable $call): ?int
{
    try {
        $call();
    } catch (SoapFault $fault) {
        // An exception with a type of its own arrives wrapped.
        return $fault->detail->exception->enc_value->errorcode;
    }
    return null;
}

$faults = [];
$sip = port('Sip');
$domain = 'php.example.com';
$user = ['username' => 'php', 'domain' => $domain];
$sip->addDomain(['domain' => $domain]);
$faults['domain'] = code(fn() => $sip->addDomain(['domain' => $domain]));
$wanted = [
    'id' => $user, 'firstName' => 'Zoë <PHP>', 'password' => 'pw', 'prepaid' => 1, 'quota' => 10, 'acl' => [],
    'groups' => ['free-pstn', 'sms'], 'properties' => [['name' => 'language', 'value' => 'nl & en']],
];
$sip->addAccount($wanted);
$faults['account'] = code(fn() => $sip->addAccount($wanted));
$faults['group'] = code(fn() => $sip->addToGroup($user, 'sms'));
$account = $sip->getAccount($user);
// The whole decoded object goes back, as CDRTool sends it.
$sip->updateAccount($account);
$page = $sip->getAccounts(['filter' => ['domain' => $domain], 'range' => ['start' => 0, 'count' => 20]]);
$sip->setRejectMembers($user, ['sip:a@b.c']);
$reject = $sip->getRejectMembers($user);
$sip->setRejectMembers($user, []);
$sip->setCallDiversions($user, ['FBUS' => '<voice-mailbox>']);
$balance = $sip->addBalance($user, 7.5, 'from PHP');

$voicemail = port('Voicemail');
$faults['voicemail'] = code(fn() => $voicemail->getAccount($user));
$voicemail->addAccount(['sipId' => $user, 'name' => 'PHP', 'options' => ['delete' => 1]]);

$enum = port('Enum');
$number = ['number' => '49301234567', 'tld' => 'e164.arpa'];
$enum->addRange(['id' => ['prefix' => '4930', 'tld' => 'e164.arpa'], 'nameservers' => ['ns1.example.com']]);
$faults['number'] = code(fn() => $enum->getNumber($number));
$enum->addNumber(['id' => $number, 'mappings' => [['type' => 'sip', 'mapto' => 'sip:php@example.com']]]);
$mappings = array_map(fn($mapping) => $mapping->mapto, $enum->getNumber($number)->mappings);

$dns = port('Dns');
$zone = ['name' => 'php.example.net', 'nameservers' => ['ns1.example.com', 'ns2.example.com']];
$record = ['zone' => 'php.example.net', 'name' => 'www', 'type' => 'A', 'value' => '192.0.2.1'];
$dns->addZone($zone);
$faults['zone'] = code(fn() => $dns->addZone($zone));
$dns->addRecord($record);
$faults['record'] = code(fn() => $dns->addRecord($record));

$faults['rating'] = code(fn() => port('Rating')->getEntityProfiles("subscriber://php@$domain"));
$customers = port('Customer');
$customer = $customers->addAccount(['username' => 'php-customer', 'balance' => 0.0]);
$faults['customer'] = code(fn() => $customers->addAccount(['username' => 'php-customer']));
$faults['login'] = code(fn() => port('Sip', ['username' => 'admin', 'password' => 'no'])->getDomains([]));

$presence = port('Presence');
$presence->setPresenceInformation($user, 'pw', ['activity' => 'busy', 'note' => '']);
$faults['presence'] = code(fn() => $presence->getPresenceInformation($user, 'no'));

ksort($faults);
echo json_encode([
    'faults' => $faults, 'account' => $account, 'page' => $page, 'reject' => $reject,
    'rejectAfter' => $sip->getRejectMembers($user), 'diversions' => $sip->getCallDiversions($user),
    'mappings' => $mappings, 'balance' => $balance, 'customer' => $customer,
    'activity' => $presence->getPresenceInformation($user, 'pw')->activity, 'network' => port('Network')->getStatus(),
]);
