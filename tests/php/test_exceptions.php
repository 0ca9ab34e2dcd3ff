<?php
/** Exceptions: the same tree as in Python, whole after a journey, and without a secret. */

declare(strict_types=1);

namespace WsdlProxy\Tests;

use WsdlProxy\{DecodeError, Definition, EncodeError, Error, Fault, HTTPError, Proxy, UnknownOption};

function offlineProxy(array $options = []): Proxy
{
    return new Proxy(__DIR__ . '/servers/types.wsdl', $options + ['location' => 'http://127.0.0.1:1/']);
}

/** One exception of each kind that needs no network. */
function samples(): array
{
    $p = offlineProxy();
    $envelope = static fn (string $body): string => '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>' . $body . '</e:Body></e:Envelope>';
    $fault = '<e:Fault><faultcode>e:Server</faultcode><faultstring>no</faultstring><detail><x><code>7</code></x></detail></e:Fault>';
    return [
        raises(UnknownOption::class, static fn () => offlineProxy(['nope' => 1])),
        raises(EncodeError::class, static fn () => $p->createMessage('echoPerson', ['name' => 'x', 'age' => 'old'])),
        raises(DecodeError::class, static fn () => $p->parseResponse('add', $envelope('<r><return>five</return></r>'))),
        raises(Fault::class, static fn () => $p->parseResponse('add', $envelope($fault))),
        raises(HTTPError::class, static fn () => $p->parseResponse('add', 'gone', 'text/html', 404)),
    ];
}

return [
    'the tree is that of Python' => static function (): void {
        $code = 'import json, wsdlproxy.errors as e; print(json.dumps({n: [b.__name__ for b in c.__bases__ if b.__module__ == e.__name__]'
            . ' for n, c in vars(e).items() if isinstance(c, type) and issubclass(c, e.Error)}))';
        exec(escapeshellarg(python()) . ' -c ' . escapeshellarg($code), $output);
        $python = json_decode(implode('', $output), true);
        $ours = array_filter(get_declared_classes(), static fn ($name) => is_a($name, Error::class, true) && str_starts_with($name, 'WsdlProxy\\') && substr_count($name, '\\') === 1);
        $names = array_map(static fn ($name) => substr($name, 10), $ours);
        same(sorted(array_keys($python)), sorted(array_values($names)));
        foreach ($python as $name => $bases) {
            $parent = get_parent_class("WsdlProxy\\$name");
            // PHP has one parent where Python may have two.
            holds($bases === [] ? $parent === 'Exception' : in_array(substr((string) $parent, 10), $bases, true), "$name extends $parent");
        }
    },
    'members' => static function (): void {
        [$usage, $encode, $decode, $fault, $http] = samples();
        same([0, null], [$usage->getCode(), $usage->getPrevious()]);
        same('person.age', $encode->getPath());
        holds($decode->getPosition()['line'] === 1 && $decode->getPosition()['byte'] > 0, 'the position');
        same(['e:Server', 'no', null], [$fault->faultcode, $fault->faultstring, $fault->faultactor]);
        same('no', $fault->getMessage());
        same('7', $fault->detail->x->code);
        same([404, 404, 'text/html', 'gone', true], [$http->status, $http->getCode(), $http->contentType, $http->body, $http->sent]);
        holds((new \LogicException('outer', 0, $fault))->getPrevious() === $fault, 'the previous one');
        holds((new Fault('mine', 5, $http))->getPrevious() === $http, 'one made by hand');
    },
    'a journey through serialize' => static function (): void {
        $old = ini_set('zend.exception_ignore_args', '1');
        try {
            foreach (samples() as $error) {
                $back = unserialize(serialize($error));
                same($error::class, $back::class);
                same([$error->getMessage(), $error->getCode(), $error->getLine()], [$back->getMessage(), $back->getCode(), $back->getLine()]);
                foreach (['getPath', 'getPosition'] as $getter) {
                    if (method_exists($error, $getter)) {
                        same($error->$getter(), $back->$getter());
                    }
                }
                same(get_object_vars($error), get_object_vars($back));
            }
        } finally {
            ini_set('zend.exception_ignore_args', (string) $old);
        }
    },
    'no secret in any view' => static function (): void {
        $old = ini_set('zend.exception_ignore_args', '0');
        $sip = Servers::port('SipPort', ['auth' => ['username' => 'admin', 'password' => 'hushhush'], 'basic_auth' => ['u', 'hushhush'], 'headers' => ['X-Key' => 'hushhush'], 'trace' => true]);
        $id = ['username' => 'a', 'domain' => 'b'];
        $definition = Definition::load(Servers::ngnpro() . 'wsdl', ['auth' => ['username' => 'admin', 'password' => 'hushhush']]);
        try {
            foreach ([
                static fn () => new Proxy('http://u:hushhush@127.0.0.1:1/x', ['auth' => ['username' => 'a', 'password' => 'hushhush']]),
                static fn () => Definition::load('http://u:hushhush@127.0.0.1:1/x', ['auth' => ['username' => 'a', 'password' => 'hushhush']]),
                static fn () => $sip->withOptions(['nope' => 'hushhush']),
                static fn () => $definition->proxy('SipPort', ['timeout' => 'hushhush']),
                static fn () => $sip->addAccount(account: ['id' => $id, 'password' => ['hushhush']]),
                static fn () => $sip->addAccount(['id' => $id, 'password' => 'hushhush']),
                static fn () => $sip->createMessage('addAccount', ['id' => $id, 'password' => 'hushhush', 'nope' => 1]),
                static fn () => $sip->call('addAccount', ['id' => $id, 'password' => 'hushhush', 'quota' => 'x']),
                static fn () => $sip->parseResponse('addAccount', '<a><password>hushhush</password>'),
                static fn () => throw iterator_to_array($sip->bulk('addAccount', [['id' => $id, 'password' => 'hushhush', 'quota' => 'x']]))[0],
                static fn () => $sip->bulk('nope', [['password' => 'hushhush']]),
            ] as $number => $call) {
                try {
                    $call();
                    throw new Failed("$number was not refused");
                } catch (Error $error) {
                    foreach (views($error) as $view => $text) {
                        lacks('hushhush', "$number $view $text");
                    }
                }
            }
            foreach ([$sip, $definition] as $object) {
                foreach (views($object) as $view => $text) {
                    lacks('hushhush', "$view $text");
                }
            }
            lacks('hushhush', (string) $sip->lastRequest() . $sip->lastResponse() . print_r($sip->lastHeaders(), true));
        } finally {
            ini_set('zend.exception_ignore_args', (string) $old);
        }
    },
];
