<?php
/**
 * Call diversions: where calls go when they are not answered.
 *
 *     php call_diversions.php http://127.0.0.1:9200/ngnpro/
 *
 * The platform is `ngnpro-server --seed demo`; put in the address, credentials and names of yours.
 */

use WsdlProxy\Proxy;

$url = $argv[1] ?? 'http://127.0.0.1:9200/ngnpro/';
$auth = ['username' => 'admin', 'password' => 'secret'];
$sip = new Proxy($url . 'wsdl', ['port' => 'SipPort', 'auth' => $auth]);
$account = ['username' => '31208000001', 'domain' => 'office.harbour.example.com'];
$conditions = [
    'FUNC' => 'always',
    'FNOL' => 'when not online',
    'FBUS' => 'when busy',
    'FNOA' => 'when not answered',
    'FUNV' => 'when unavailable',
];

/** Prints the diversions that are set; a condition without one is null. */
$show = function () use ($sip, $account, $conditions): void {
    $diversions = $sip->getCallDiversions($account);
    foreach ($conditions as $condition => $when) {
        if ($diversions->$condition) {
            echo "  $when: {$diversions->$condition}\n";
        }
    }
};

// All conditions are written at once: what is left out is cleared.
$sip->setCallDiversions($account, ['FBUS' => '<voice-mailbox>', 'FNOA' => 'sip:31208000002@office.harbour.example.com']);
echo "diverted\n";
$show();

// To change one, read all and write all.
$diversions = $sip->getCallDiversions($account);
$diversions->FNOL = 'sip:+31208005100@harbour.example.com';
$sip->setCallDiversions($account, $diversions);
echo "diverted when not online too\n";
$show();

$sip->setCallDiversions($account, []);
echo "not diverted\n";
$show();
