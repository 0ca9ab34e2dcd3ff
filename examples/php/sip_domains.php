<?php
/**
 * SIP domains: adds one for a customer, finds it, changes it, removes it.
 *
 *     php sip_domains.php http://127.0.0.1:9200/ngnpro/
 *
 * The platform is `ngnpro-server --seed demo`; put in the address, credentials and names of yours.
 */

use WsdlProxy\{Fault, Proxy};

$url = $argv[1] ?? 'http://127.0.0.1:9200/ngnpro/';
$auth = ['username' => 'admin', 'password' => 'secret'];
$sip = new Proxy($url . 'wsdl', ['port' => 'SipPort', 'auth' => $auth]);
$customers = new Proxy($url . 'wsdl', ['port' => 'CustomerPort', 'auth' => $auth]);

// A domain belongs to a customer, and what is made in it belongs to the same customer.
$harbour = $customers->getCustomers(['filter' => ['username' => 'harbour']])->accounts[0];
$made = $sip->addDomain([
    'domain' => 'fax.harbour.example.com', 'customer' => $harbour->id, 'reseller' => $harbour->reseller,
]);
echo "added $made->domain for $harbour->organization\n";

// Texts of a filter match with the wildcards % and _. `total` counts all matches, also those beyond the range.
$page = $sip->getDomains([
    'filter' => ['domain' => '%.harbour.example.com', 'customer' => $harbour->id],
    'orderBy' => ['attribute' => 'domain', 'direction' => 'ASC'],
    'range' => ['start' => 0, 'count' => 3],
]);
echo count($page->domains), " of $page->total domains:\n";
foreach ($page->domains as $domain) {
    echo "  $domain->domain\n";
}

// A change is the whole object with what is new; the server takes from it what may be changed.
$made->match_ip_address = '192.0.2.0/24';
$sip->updateDomain($made);
$read = $sip->getDomains(['filter' => ['domain' => $made->domain]])->domains[0];
echo "calls from $read->match_ip_address belong to $read->domain\n";

// What the server refuses is an exception, with a number to act on.
try {
    $sip->addDomain(['domain' => $made->domain]);
} catch (Fault $fault) {
    echo "fault {$fault->detail->exception->errorcode}: $fault->faultstring\n";
}

$sip->deleteDomain($made->domain);
echo $sip->getDomains(['filter' => ['domain' => $made->domain]])->total, " domains of that name are left\n";
