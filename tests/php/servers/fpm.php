<?php
/** One request to php-fpm: a proxy, a message, an answer, and now and then a call. Prints what the test looks at. */

$p = new WsdlProxy\Proxy(__DIR__ . '/types.wsdl');
$message = $p->createMessage('echoPerson', ['name' => 'x', 'tags' => ['a', 'b']]);
$body = '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><r><return><name>Ann</name></return></r>'
    . '</e:Body></e:Envelope>';
$name = $p->parseResponse('echoPerson', $body)->name;
$total = null;
if (isset($_GET['url'])) {
    $options = ['port' => 'SipPort', 'location' => $_GET['url'], 'auth' => ['username' => 'admin', 'password' => 'secret']];
    $sip = new WsdlProxy\Proxy($_GET['url'] . 'wsdl', $options + ['timeout' => 120]);
    $total = is_int($sip->getDomains([])->total);
}
preg_match('/VmRSS:\s+(\d+)/', file_get_contents('/proc/self/status'), $found);
echo json_encode([
    'pid' => getmypid(),
    'rss' => (int) $found[1],
    'usage' => memory_get_usage(),
    'ok' => str_contains($message, '<name') && $name === 'Ann' && $total !== false,
]);
