<?php
/** XML objects where any XML may stand: as headers, in wildcards, for anyType. What cannot be sent is named. */

declare(strict_types=1);

namespace WsdlProxy\Tests;

use WsdlProxy\{EncodeError, Proxy};

function shop(array $options = []): Proxy
{
    return new Proxy(__DIR__ . '/servers/shop.wsdl', $options);
}

/** What stands in the body of a request that puts these members. */
function put(array $members): string
{
    preg_match('~<(\w+):order>(.*)</\1:order>~s', shop()->createMessage('Put', ['order' => $members]), $found);
    return $found[2] ?? '';
}

/** What stands in the header of a request, or null if it has none. */
function headed(mixed $headers): ?string
{
    $message = shop(['soap_headers' => $headers])->createMessage('Put', ['order' => []]);
    return preg_match('~<SOAP-ENV:Header>(.*)</SOAP-ENV:Header>~s', $message, $found) ? $found[1] : null;
}

/** The element `inner` of a document that declares its namespaces above it. */
function inner(): \DOMElement
{
    $document = new \DOMDocument();
    $document->loadXML('<r xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:q"><p:inner kind="q:k" text="&quot;/&gt;"><deep>é&amp;</deep></p:inner></r>');
    return $document->documentElement->firstChild;
}

/** The same elements by their names, attributes and namespaces, and the same prefixes in scope. */
function sameXml(string $expected, string $got): void
{
    $canonical = static function (string $xml): string {
        $document = new \DOMDocument();
        holds($document->loadXML($xml), "XML: $xml");
        return $document->C14N();
    };
    same($canonical($expected), $canonical($got));
}

const INNER = '<p:inner xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:q" kind="q:k" text="&quot;/&gt;"><deep>é&amp;</deep></p:inner>';

return [
    'an element keeps the namespaces in scope' => static function (): void {
        foreach ([inner(), simplexml_import_dom(inner())] as $element) {
            sameXml(INNER, (string) headed($element));
            sameXml(INNER, (string) headed([$element]));
            sameXml(INNER, put(['_any' => $element]));
            sameXml(INNER, put(['_any' => [$element]]));
            preg_match('~<\w+:extra>(.*)</\w+:extra>~s', put(['extra' => $element]), $found);
            sameXml(INNER, $found[1] ?? '');
        }
    },
    'documents' => static function (): void {
        $document = new \DOMDocument('1.0', 'ISO-8859-1');
        $document->appendChild($document->createElementNS('urn:q', 'q:a', 'é'));
        $xml = '<q:a xmlns:q="urn:q">é</q:a>';
        foreach ([$document, $document->documentElement, new \SimpleXMLElement($xml)] as $given) {
            same($xml, headed($given));
            same($xml . $xml, headed([$given, $xml]));
            same($xml, put(['_any' => [$given]]));
        }
        same('<a/><b xmlns=""/>', headed([new \SimpleXMLElement('<a/>'), '<b xmlns=""/>']));
        $class = new class ('<a/>') extends \SimpleXMLElement {
        };
        same('<a/>', headed($class));
    },
    'large elements take no time' => static function (): void {
        $document = new \DOMDocument();
        $document->loadXML('<r xmlns:p="urn:p">' . str_repeat('<a b="1"><c/></a>', 20_000) . '</r>');
        // Processor time, which other work on the machine does not count in.
        $used = static function (): float {
            $usage = getrusage();
            return $usage['ru_utime.tv_sec'] + $usage['ru_utime.tv_usec'] / 1e6;
        };
        $start = $used();
        put(['_any' => [$document]]);
        holds($used() - $start < 2, 'quick');
    },
    'nodes that are no element' => static function (): void {
        $document = new \DOMDocument();
        $empty = new \SimpleXMLElement('<a/>');
        foreach ([$document, $document->createTextNode('x'), $document->createComment('x'), $empty->nothing, new \DOMElement('a')] as $node) {
            $error = raises(EncodeError::class, static fn () => headed([$node]), 'expected ');
            same('soap_headers[0]', $error->getPath());
        }
        $error = raises(EncodeError::class, static fn () => put(['word' => inner()]), 'DOMElement');
        same('order.word[0]', $error->getPath());
        $error = raises(EncodeError::class, static fn () => put(['party' => inner()]), 'expected Party, got DOMElement');
        same('order.party', $error->getPath());
        same('1', strip_tags(put(['word' => new \SimpleXMLElement('<a>1</a>')])));
    },
    'null and bare text are no headers' => static function (): void {
        foreach ([[[null], 'soap_headers[0]'], [['<a/>', null], 'soap_headers[1]'], ['hello', 'soap_headers'], [['<a/>x'], 'soap_headers[0]'], ['', 'soap_headers']] as [$headers, $path]) {
            $error = raises(EncodeError::class, static fn () => headed($headers), 'expected XML');
            same($path, $error->getPath());
        }
        same(null, headed(null));
        same(null, headed([]));
        same('<a/>', headed([3 => '<a/>']));
        foreach ([[null], ['<a/>', null], 'text', ['<a/>', 'text']] as $content) {
            $error = raises(EncodeError::class, static fn () => put(['_any' => $content]), 'expected XML');
            contains('_any', $error->getPath());
        }
    },
    'SoapVar with XML' => static function (): void {
        if (!class_exists(\SoapVar::class)) {
            throw new Skipped('soap is not loaded');
        }
        $xml = new \SoapVar('<a xmlns="urn:a"/>', XSD_ANYXML);
        same('<a xmlns="urn:a"/>', headed($xml));
        same('<a xmlns="urn:a"/>', headed([$xml]));
        same('<a xmlns="urn:a"/>', put(['_any' => [$xml]]));
        contains('extra><a xmlns="urn:a"/></', put(['extra' => $xml]));
        raises(EncodeError::class, static fn () => headed(new \SoapVar('<a', XSD_ANYXML)));
        raises(EncodeError::class, static fn () => put(['word' => $xml]), 'got SoapVar');
        $other = new \SoapVar(['name' => 'x'], SOAP_ENC_OBJECT);
        foreach (['word' => 'order.word[0]', 'party' => 'order.party', 'extra' => 'order.extra', '_any' => 'order._any[0]'] as $member => $path) {
            $error = raises(EncodeError::class, static fn () => put([$member => $other]), 'not read here: give the value itself');
            same($path, $error->getPath());
        }
    },
    'SoapHeader and SoapParam are refused by name' => static function (): void {
        if (!class_exists(\SoapVar::class)) {
            throw new Skipped('soap is not loaded');
        }
        $header = new \SoapHeader('urn:shop', 'Session', ['id' => 5]);
        foreach ([$header, [$header]] as $headers) {
            raises(EncodeError::class, static fn () => headed($headers), "SoapHeader is not read here: give ['name' => value]");
        }
        raises(EncodeError::class, static fn () => shop()->createMessage('Put', ['order' => new \SoapParam(1, 'word')]), 'SoapParam');
        contains('>5<', (string) headed(['session' => ['id' => 5]]));
    },
    'a list is an array whose keys are all integers' => static function (): void {
        $words = static fn (mixed $words) => preg_replace('~<\w+:word>(.*?)</\w+:word>~', '$1,', put(['word' => $words]));
        same('a,b,', $words(array_filter(['', 'a', 'b'])));
        $rest = ['a', 'b', 'c', 'd'];
        unset($rest[0], $rest[2]);
        same('b,d,', $words($rest));
        same('x,y,', $words([9 => 'x', 2 => 'y']));
        same('x,y,', $words([-1 => 'x', 0 => 'y']));
        same('', $words([]));
        raises(EncodeError::class, static fn () => $words(['a' => 'x']));
        raises(EncodeError::class, static fn () => $words([0 => 'x', 'a' => 'y']));
        $update = Servers::port()->createMessage('updateAccount', ['id' => ['username' => 'a', 'domain' => 'b.example'], 'groups' => array_filter(['', 'free-pstn', 'sms'])]);
        contains('>free-pstn<', $update);
        contains('>sms<', $update);
        $map = new Proxy(dirname(__DIR__, 2) . '/tests/wsdl/apache-map.wsdl');
        $message = $map->createMessage('echo', ['map' => [5 => 'a', 9 => 'b'], 'vector' => [2 => 'x', 7 => 'y']]);
        holds(preg_match('~>5</key><value[^>]*>a</value>.*>9</key><value[^>]*>b</value>~', $message) === 1, $message);
        holds(preg_match('~>x</\w+><\w+[^>]*>y</~', $message) === 1, $message);
    },
    'dates say their offset, strings what they say' => static function (): void {
        $zone = date_default_timezone_get();
        date_default_timezone_set('Europe/Amsterdam');
        try {
            $body = '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><r><return><when>2026-07-01T12:00:00</when>'
                . '<day>2026-07-01</day></return></r></e:Body></e:Envelope>';
            $types = new Proxy(__DIR__ . '/servers/types.wsdl', ['dates' => 'object']);
            $read = $types->parseResponse('echoTypes', $body);
            same('2026-07-01', $read->day);
            $text = static fn (array $members): string => trim(preg_replace('~<[^>]*>~', ' ', put($members)));
            same('2026-07-01T12:00:00+02:00', $text(['when' => $read->when]));
            same('2026-07-01+02:00', $text(['day' => $read->when]));
            same('2026-07-01', $text(['day' => $read->when->format('Y-m-d')]));
            same('2026-07-01T12:00:00', $text(['when' => '2026-07-01T12:00:00']));
        } finally {
            date_default_timezone_set($zone);
        }
    },
    'where a proxy leads' => static function (): void {
        same('ShopPort', shop()->port());
        same('ShopService', shop()->service());
        lacks('hushhush', shop()->location());
        contains('127.0.0.1:1/shop', shop()->location());
        same('http://127.0.0.1:2/', shop(['location' => 'http://127.0.0.1:2/'])->location());
    },
];
