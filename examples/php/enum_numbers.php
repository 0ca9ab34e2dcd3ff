<?php
/**
 * ENUM: ranges of telephone numbers, and what each number leads to.
 *
 *     php enum_numbers.php http://127.0.0.1:9200/ngnpro/
 *
 * The platform is `ngnpro-server --seed demo`; put in the address, credentials and names of yours.
 */

use WsdlProxy\{Fault, Proxy};

$url = $argv[1] ?? 'http://127.0.0.1:9200/ngnpro/';
$auth = ['username' => 'admin', 'password' => 'secret'];
$enum = new Proxy($url . 'wsdl', ['port' => 'EnumPort', 'auth' => $auth]);

// A range says which numbers there may be; numbers are digits without +.
$made = $enum->addRange([
    'id' => ['prefix' => '4930', 'tld' => 'e164.arpa'],
    'minDigits' => 11,
    'maxDigits' => 12,
    'size' => 100,
    'nameservers' => ['ns1.example.com', 'ns2.example.com'],
    'info' => 'Berlin',
]);
echo "added range {$made->id->prefix}, TTL $made->ttl, $made->used of $made->size used\n";

$number = ['number' => '49301234567', 'tld' => 'e164.arpa'];
try {
    $enum->getNumber($number);
} catch (Fault $fault) {
    echo "fault {$fault->detail->exception->errorcode}: $fault->faultstring\n";
}

$enum->addNumber(['id' => $number, 'mappings' => [['type' => 'sip', 'mapto' => 'sip:alice@example.com']]]);

// A mapping more: read, append, write back.
$entry = $enum->getNumber($number);
$entry->mappings[] = ['type' => 'mailto', 'mapto' => 'mailto:alice@example.com', 'priority' => 10, 'ttl' => 600];
$enum->updateNumber($entry);
foreach ($enum->getNumber($number)->mappings as $mapping) {
    echo "  $mapping->type: $mapping->mapto, priority $mapping->priority, TTL $mapping->ttl\n";
}

$page = $enum->getNumbers([
    'filter' => ['number' => '4930%', 'type' => 'sip', 'mapto' => 'alice@example.com'],
    'range' => ['start' => 0, 'count' => 10],
]);
echo "$page->total number leads to alice: {$page->numbers[0]->id->number}\n";
echo $enum->getRanges(['filter' => ['prefix' => '4930']])->ranges[0]->used, " of $made->size used\n";

// The numbers of a range go with it; one alone would be $enum->deleteNumber($number).
$enum->deleteRange($made->id);
echo $enum->getNumbers(['filter' => ['number' => '4930%']])->total, " numbers are left\n";
