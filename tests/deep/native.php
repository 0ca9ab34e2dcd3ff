<?php
/**
 * The native proxy under valgrind: calls that succeed, are refused, are overridden, and fail in PHP code.
 *
 *     php -d extension=wsdlproxy tests/deep/native.php URL [ROUNDS]
 */

declare(strict_types=1);

use WsdlProxy\{Definition, Error, Proxy};

const HEAD = '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>';
const TAIL = '</e:Body></e:Envelope>';

/** A proxy with overrides. */
class Logged extends Proxy
{
    public array $seen = [];

    public function __call(string $name, array $arguments): mixed
    {
        $this->seen = [$name];
        return parent::__call($name, $arguments);
    }
}

/** A text that cannot be had. */
class Refusing
{
    public function __toString(): string
    {
        throw new DomainException('no text');
    }
}

/** A member list made by PHP code. */
class Magic
{
    public function __isset(string $name): bool
    {
        return true;
    }

    public function __get(string $name): mixed
    {
        return $name === 'name' ? 'made' : throw new DomainException("no $name");
    }
}

function refused(callable $call): void
{
    try {
        $call();
    } catch (Error | DomainException | TypeError | ArgumentCountError) {
        return;
    }
    throw new LogicException('nothing was raised');
}

function offline(Proxy $types): void
{
    $person = ['name' => 'x', 'age' => 1, 'tags' => ['a', 'b'], 'parent' => (object) ['name' => 'y']];
    $types->createMessage('echoPerson', $person);
    $types->createMessage('echoPeople', [$person, (object) $person]);
    $types->createMessage('echoPeople', (static fn () => yield $person)());
    $types->createMessage('echoAny', ['a' => [1, null, 2.5, ['x' => true]]]);
    $answer = HEAD . '<r><return><name>a&amp;b</name><tags><i>q</i><i>q</i></tags></return></r>' . TAIL;
    if ($types->parseResponse('echoPerson', $answer)->name !== 'a&b') {
        throw new LogicException('the name is lost');
    }
    $types->withOptions(['structs' => 'array', 'dates' => 'object'])->parseResponse('echoPerson', $answer);
    $cycle = HEAD . '<r><return href="#1"/></r><m id="1"><name>a</name><parent href="#1"/></m>' . TAIL;
    $types->parseResponse('echoPerson', $cycle);
    $fault = HEAD . '<e:Fault><faultcode>a</faultcode><faultstring>b</faultstring><detail><x>1</x></detail></e:Fault>' . TAIL;
    $ring = new stdClass();
    $ring->parent = $ring;
    $bad = [
        static fn () => $types->createMessage('add', 'x', 1),
        static fn () => $types->createMessage('echoPerson', ['nmae' => 'x']),
        static fn () => $types->createMessage('echoPerson', $ring),
        static fn () => $types->createMessage('fail', new Refusing()),
        static fn () => $types->createMessage('echoPerson', new Magic()),
        static fn () => $types->parseResponse('add', $fault),
        static fn () => $types->parseResponse('add', substr($answer, 0, -20)),
        static fn () => $types->parseResponse('add', '<!DOCTYPE x>' . $answer),
        static fn () => $types->parseResponse('add', HEAD . str_repeat('<a>', 5000)),
        static fn () => $types->nope(),
        static fn () => new Proxy(__FILE__),
        static fn () => new Proxy(dirname(__DIR__) . '/php/servers/types.wsdl', ['nope' => 1]),
    ];
    array_map(refused(...), $bad);
}

/** Objects of XML: sent, and refused. */
function documents(Proxy $types): void
{
    $page = new DOMDocument();
    $page->loadXML('<p:a xmlns:p="urn:p"><b>' . str_repeat('text', 20) . '</b></p:a>');
    $inner = $page->documentElement->firstChild;
    foreach ([$page, $inner, simplexml_import_dom($inner), new SoapVar('<a/>', XSD_ANYXML)] as $xml) {
        $types->withOptions(['soap_headers' => [$xml]])->createMessage('echoAny', ['a' => $xml]);
    }
    $ours = new class ('<a/>') extends SimpleXMLElement {
    };
    $types->createMessage('echoAny', $ours);
    foreach ([new DOMDocument(), $page->createTextNode('x'), new DOMElement('a'), $ours->nothing, new SoapVar(1, XSD_INT), new SoapVar('<a', XSD_ANYXML)] as $bad) {
        refused(static fn () => $types->createMessage('echoAny', ['a' => $bad]));
    }
    $types->createMessage('echoList', [3 => 'a', 1 => 'b']);
}

function online(Proxy $sip, Proxy $wrong, int $round): void
{
    $domain = 'd' . getmypid() . "-$round.example.com";
    $sip->addDomain(['domain' => $domain]);
    $id = ['username' => 'alice', 'domain' => $domain];
    $sip->addAccount(account: ['id' => $id, 'password' => 'x', 'acl' => [['ip' => '192.0.2.0', 'mask' => 24]]]);
    if ($sip->getAccount($id)->id->username !== 'alice') {
        throw new LogicException('the account is lost');
    }
    refused(static fn () => $sip->addDomain(['domain' => $domain]));
    $ids = static function () use ($id): Generator {
        yield 'alice' => $id;
        yield 'nobody' => ['username' => 'nobody'] + $id;
        yield 'wrong' => ['user' => 'x'];
        throw new DomainException('no more');
    };
    refused(static fn () => iterator_to_array($sip->bulk('getAccount', $ids(), concurrency: 2)));
    $lost = $wrong->bulk('getAccount', [$id, $id], ordered: false, retry: $round % 50 === 0 ? 1 : 0);
    count(iterator_to_array($lost)) === 2 || throw new LogicException('two results');
    $given = $sip->bulk('getAccount', array_fill(0, 5, $id));
    $given->current();
    refused(static fn () => $wrong->getDomains([]));
    $sip->deleteAccount($id);
}

$url = $argv[1];
$rounds = (int) ($argv[2] ?? 200);
$file = dirname(__DIR__) . '/php/servers/types.wsdl';
$types = [new Proxy($file, ['trace' => true]), new Logged($file)];
$options = ['port' => 'SipPort', 'location' => $url, 'auth' => ['username' => 'admin', 'password' => 'secret']];
$sip = [new Proxy("{$url}wsdl", $options), new Logged("{$url}wsdl", $options)];
$wrong = $sip[0]->withOptions(['location' => 'http://127.0.0.1:1/', 'timeout' => 5]);
for ($round = 0; $round < $rounds; $round++) {
    offline($types[$round % 2]);
    if ($round % 10 === 0) {
        documents($types[$round % 2]);
    }
    online($sip[$round % 2], $wrong, $round);
}
$definition = new Definition($file);
$definition->stubs();
gc_collect_cycles();
echo "done\n";
