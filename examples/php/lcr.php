<?php
/**
 * Least cost routing: carriers, their gateways, rules for numbers, and routes by prefix.
 *
 *     php lcr.php http://127.0.0.1:9200/ngnpro/
 *
 * The platform is `ngnpro-server --seed demo`; put in the address, credentials and names of yours.
 */

use WsdlProxy\Proxy;

$url = $argv[1] ?? 'http://127.0.0.1:9200/ngnpro/';
$auth = ['username' => 'admin', 'password' => 'secret'];
$sip = new Proxy($url . 'wsdl', ['port' => 'SipPort', 'auth' => $auth]);

// A carrier has gateways, the machines that calls are sent to.
$carriers = [];
foreach (['Cheap', 'Reliable'] as $index => $name) {
    $carriers[$name] = $carrier = $sip->addCarrier(['name' => $name])->id;
    $ip = '192.0.2.' . ($index + 1);
    $gateway = $sip->addGateway(['name' => 'gw1', 'carrier_id' => $carrier, 'ip' => $ip, 'port' => 5060]);
    echo "$gateway->carrier: $gateway->name at $gateway->transport:$gateway->ip:$gateway->port\n";
    // Numbers arrive as 00 and E.164; this gateway wants them with a + instead.
    $sip->addGatewayRule(['gateway_id' => $gateway->id, 'prefix' => '00', 'strip' => 2, 'prepend' => '+']);
}

$rule = $sip->getGatewayRules(['filter' => ['carrier_id' => $carriers['Cheap']]])->gateway_rules[0];
echo "$rule->carrier $rule->gateway: strip $rule->strip, prepend $rule->prepend\n";

// Routes come in lists that hold together: all of them are added, or none.
$sip->addRoutes([
    ['prefix' => '0049', 'carrier_id' => $carriers['Cheap'], 'priority' => 1],
    ['prefix' => '0049', 'carrier_id' => $carriers['Reliable'], 'priority' => 2],
    ['prefix' => '', 'carrier_id' => $carriers['Reliable'], 'priority' => 9],
]);

/** Prints the routes of both carriers; the lowest priority is tried first, an empty prefix matches all. */
$show = function () use ($sip, $carriers): void {
    foreach ($carriers as $name => $carrier) {
        $order = ['attribute' => 'priority', 'direction' => 'ASC'];
        foreach ($sip->getRoutes(['filter' => ['carrier_id' => $carrier], 'orderBy' => $order])->routes as $route) {
            printf("  %-6s%s, priority %d\n", $route->prefix ?: 'any', $name, $route->priority);
        }
    }
};

echo "routes:\n";
$show();

$found = $sip->getRoutes(['filter' => ['prefix' => '0049', 'carrier_id' => $carriers['Cheap']]])->routes;
$found[0]->priority = 3;
$sip->updateRoutes($found);
$other = $sip->getRoutes(['filter' => ['carrier_id' => $carriers['Reliable']]])->routes;
$sip->deleteRoutes(array_map(fn($route) => ['id' => $route->id], $other));
echo "one changed, two removed:\n";
$show();

// The gateways, rules and routes of a carrier go with it.
foreach ($carriers as $carrier) {
    $sip->deleteCarrier($carrier);
}
