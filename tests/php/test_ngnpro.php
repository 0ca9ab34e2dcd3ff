<?php
/** The main job: provisioning the embedded NGNPro server. */

declare(strict_types=1);

namespace WsdlProxy\Tests;

use WsdlProxy\{EncodeError, Fault, PortError, Proxy, UnknownOperation};

function domain(): string
{
    $domain = 'd' . bin2hex(random_bytes(6)) . '.example.com';
    Servers::port()->addDomain(['domain' => $domain]);
    return $domain;
}

return [
    'an account comes back as it was sent' => static function (): void {
        $sip = Servers::port();
        $domain = domain();
        $given = [
            'id' => ['username' => 'alice', 'domain' => $domain],
            'firstName' => 'Élodie',
            'lastName' => "O'Neill & <Sons>",
            'password' => 's3cret',
            'groups' => ['free-pstn', 'prepaid'],
            'prepaid' => true,
            'quota' => 50,
            'acl' => [['ip' => '192.0.2.0', 'mask' => 24, 'tag' => 'office']],
            'properties' => [],
        ];
        $made = $sip->addAccount(account: $given);
        holds($made instanceof \stdClass, 'a record is a stdClass');
        $read = $sip->getAccount(['username' => 'alice', 'domain' => $domain]);
        same($domain, $read->id->domain);
        same('Élodie', $read->firstName);
        same("O'Neill & <Sons>", $read->lastName);
        same(['free-pstn', 'prepaid'], $read->groups);
        same(true, $read->prepaid);
        same(50, $read->quota);
        same('office', $read->acl[0]->tag);
        same([], $read->properties);
    },
    'records as arrays' => static function (): void {
        $sip = Servers::port(options: ['structs' => 'array']);
        $domain = domain();
        $made = $sip->addAccount(['id' => ['username' => 'bob', 'domain' => $domain], 'password' => 'x']);
        same(['username' => 'bob', 'domain' => $domain], $made['id']);
        same([], $made['acl']);
    },
    'arguments by position, by name, spread and as objects' => static function (): void {
        $sip = Servers::port();
        $domain = domain();
        foreach (['one', 'two', 'three', 'four', 'five'] as $name) {
            $sip->addAccount(['id' => ['username' => $name, 'domain' => $domain], 'password' => 'x']);
        }
        $id = static fn (string $name): array => ['username' => $name, 'domain' => $domain];
        same('one', $sip->getAccount($id('one'))->id->username);
        same('two', $sip->getAccount(sipId: $id('two'))->id->username);
        same('three', $sip->getAccount(...['sipId' => $id('three')])->id->username);
        same('four', $sip->getAccount((object) $id('four'))->id->username);
        same('five', $sip->call('getAccount', sipId: (object) $id('five'))->id->username);
        same(null, $sip->addToGroup($id('one'), group: 'anonymous'));
        same(['anonymous'], $sip->getGroups($id('one')));
        same(['anonymous'], $sip->call('getGroups', $id('one')));
    },
    'names without regard to case' => static function (): void {
        same(true, is_int(Servers::port()->GETDOMAINS([])->total));
    },
    'an unknown operation has a hint' => static function (): void {
        raises(UnknownOperation::class, static fn () => Servers::port()->getAcount(), 'getAccount');
        raises(UnknownOperation::class, static fn () => Servers::port()->call('nonsense'), 'SipPort');
        holds(is_subclass_of(UnknownOperation::class, \WsdlProxy\UsageError::class), 'the tree of exceptions');
    },
    'a fault' => static function (): void {
        $sip = Servers::port();
        $fault = raises(Fault::class, static fn () => $sip->getAccount(['username' => 'nobody', 'domain' => 'example.org']));
        holds($fault instanceof \WsdlProxy\Error && $fault instanceof \Exception, 'the tree of exceptions');
        contains('Server', $fault->faultcode);
        same($fault->faultstring, $fault->getMessage());
        holds(is_int($fault->detail->exception->errorcode), 'a decoded detail');
        holds(is_string($fault->detail->exception->errorstring), 'a decoded detail');
        same(null, $fault->faultactor);
    },
    'a wrong login does not show the password' => static function (): void {
        $sip = Servers::port(options: ['auth' => ['username' => 'admin', 'password' => 'wr0ng-pass'], 'trace' => true]);
        $fault = raises(Fault::class, static fn () => $sip->getDomains([]));
        foreach ([(string) $fault, print_r($sip, true), (string) $sip->lastRequest(), var_export($sip, true)] as $text) {
            lacks('wr0ng-pass', $text);
        }
        contains('<password', (string) $sip->lastRequest() . '<password');
        ob_start();
        var_dump($sip);
        lacks('wr0ng-pass', (string) ob_get_clean());
    },
    'a bad value names its place' => static function (): void {
        $sip = Servers::port();
        $error = raises(EncodeError::class, static fn () => $sip->addAccount([
            'id' => ['username' => 'x', 'domain' => 'y'],
            'acl' => [['ip' => '192.0.2.1', 'mask' => 1], ['ip' => '192.0.2.1', 'mask' => 'wide']],
        ]));
        same('account.acl[1].mask', $error->getPath());
        contains('got string "wide"', $error->getMessage());
        $error = raises(EncodeError::class, static fn () => $sip->addAccount(['password' => ['hidden'], 'id' => []]));
        lacks('hidden', $error->getMessage());
    },
    'ports' => static function (): void {
        $error = raises(PortError::class, static fn () => new Proxy(Servers::ngnpro() . 'wsdl'));
        contains('SipPort', $error->getMessage());
        raises(PortError::class, static fn () => Servers::port('SipPrt'), 'SipPort');
        holds(Servers::port('sipport') instanceof Proxy, 'a port without regard to case');
    },
    'signatures' => static function (): void {
        $sip = Servers::port();
        holds(in_array('SipAccount addAccount(SipAccount $account)', $sip->getFunctions(), true)
            || (bool) preg_grep('/^\S+ addAccount\(\S+ \$account\)$/', $sip->getFunctions()), 'addAccount');
        $types = implode("\n", $sip->getTypes());
        contains("struct SipId {\n  xsd:string username;\n  xsd:string domain;\n}", $types);
    },
    'a sibling with other options' => static function (): void {
        $sip = Servers::port();
        $arrays = $sip->withOptions(['structs' => 'array']);
        holds($arrays !== $sip && $arrays instanceof Proxy, 'another proxy');
        holds(is_array($arrays->getDomains([])), 'arrays');
        holds(is_object($sip->getDomains([])), 'objects as before');
        contains('<impersonate xsi:type="xsd:int">7</impersonate>', $sip->withOptions(['impersonate' => 7])->createMessage('getDomains', []));
        lacks('impersonate', $sip->createMessage('getDomains', []));
        $customer = $sip->withOptions(['port' => 'CustomerPort']);
        holds((bool) preg_grep('/getCustomers/', $customer->getFunctions()), 'the other port');
    },
    'locations by port' => static function (): void {
        $sip = new Proxy(Servers::ngnpro() . 'wsdl', [
            'port' => 'SipPort',
            'auth' => Servers::ADMIN,
            'location' => ['SipPort' => Servers::ngnpro(), 'CustomerPort' => 'http://127.0.0.1:1/'],
        ]);
        holds(is_int($sip->getDomains([])->total), 'the port has its own location');
        raises(\WsdlProxy\ConnectionError::class, static fn () => $sip->withOptions(['port' => 'CustomerPort'])->getCustomers([]));
    },
    'a trace' => static function (): void {
        $sip = Servers::port(options: ['trace' => true]);
        same(null, $sip->lastRequest());
        $sip->getDomains([]);
        contains('getDomains', $sip->lastRequest());
        contains('getDomainsResponse', $sip->lastResponse());
        lacks('secret', $sip->lastRequest());
        $full = $sip->withOptions(['trace' => 'full']);
        $full->getDomains([]);
        contains('secret', $full->lastRequest());
        $headers = $sip->lastHeaders();
        same(200, $headers['status']);
        contains('text/xml', $headers['response']['content-type']);
        contains('text/xml', $headers['request']['Content-Type']);
        $own = $sip->withOptions(['headers' => ['X-Trace' => 'abc', 'X-Api-Key' => 'hushhush', 'content-type' => 'x/y']]);
        $own->getDomains([]);
        $sent = $own->lastHeaders()['request'];
        same(['abc', '***'], [$sent['X-Trace'], $sent['X-Api-Key']]);
        holds(!isset($sent['content-type']), 'what is replaced is not sent');
        $plain = Servers::port();
        $plain->getDomains([]);
        same(null, $plain->lastRequest());
    },
    'messages without a network' => static function (): void {
        $sip = Servers::port();
        $message = $sip->createMessage('getAccount', ['username' => 'alice', 'domain' => 'example.com']);
        contains('<username xsi:type="xsd:string">alice</username>', $message);
        same($message, $sip->createMessage('getAccount', sipId: ['username' => 'alice', 'domain' => 'example.com']));
        $trace = Servers::port(options: ['trace' => true]);
        $expected = $trace->getDomains([]);
        same($expected, $sip->parseResponse('getDomains', $trace->lastResponse(), 'text/xml; charset=utf-8'));
        raises(\WsdlProxy\DecodeError::class, static fn () => $sip->parseResponse('getDomains', '<a'));
    },
    'a subclass' => static function (): void {
        $class = new class (Servers::ngnpro() . 'wsdl', ['port' => 'SipPort', 'auth' => Servers::ADMIN, 'location' => Servers::ngnpro()]) extends Proxy {
            public int $calls = 0;

            public function __call(string $name, array $arguments): mixed
            {
                $this->calls++;
                return parent::__call($name, $arguments);
            }
        };
        holds(is_int($class->getDomains([])->total), 'a call through the subclass');
        same(1, $class->calls);
        same($class::class, $class->withOptions([])::class);
    },
    'the example' => static function (): void {
        $example = dirname(__DIR__, 2) . '/examples/php/provision.php';
        $argument = var_export(Servers::ngnpro(), true);
        $domain = 'x' . bin2hex(random_bytes(4)) . '.example.com';
        [$output, $status] = script("\$argv = ['provision.php', $argument, '$domain']; require " . var_export($example, true) . ';');
        same(0, $status, $output);
        contains("added account alice@$domain", $output);
        contains('fault ', $output);
    },
];
