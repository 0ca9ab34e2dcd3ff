<?php
/** Servers that mean harm or are broken: an exception within limits, never a dead process. */

declare(strict_types=1);

namespace WsdlProxy\Tests;

use WsdlProxy\{ConnectionError, DecodeError, HTTPError, Proxy, Timeout, TLSError, TransportError};

const HEAD = '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>';
const TAIL = '</e:Body></e:Envelope>';

function answer(string $body, string $status = '200 OK', string $type = 'text/xml; charset=utf-8'): string
{
    return "HTTP/1.1 $status\r\nContent-Type: $type\r\nContent-Length: " . strlen($body) . "\r\nConnection: close\r\n\r\n$body";
}

function against(string $raw, array $options = [], int $delay = 0): Proxy
{
    return new Proxy(__DIR__ . '/servers/types.wsdl', $options + ['location' => Servers::raw($raw, $delay), 'timeout' => 120]);
}

/** Parses an answer without a network. */
function parse(string $body, array $options = []): mixed
{
    return (new Proxy(__DIR__ . '/servers/types.wsdl', $options))->parseResponse('echoAny', $body, 'text/xml');
}

/** Bodies that are refused. */
function refused(): array
{
    $bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' . implode('', array_map(
        static fn (int $n): string => "<!ENTITY a$n \"" . str_repeat('&a' . ($n - 1 ?: '') . ';', 10) . '">',
        range(1, 9),
    )) . ']>';
    return [
        'doctype' => '<!DOCTYPE x>' . HEAD . '<r><return/></r>' . TAIL,
        'entities' => $bomb . HEAD . '<r><return>&a9;</return></r>' . TAIL,
        'unknown entity' => HEAD . '<r><return>&nope;</return></r>' . TAIL,
        'cut off' => HEAD . '<r><return>abc',
        'two roots' => HEAD . '<r/>' . TAIL . '<x/>',
        'deep' => HEAD . str_repeat('<a>', 100_000) . str_repeat('</a>', 100_000) . TAIL,
        'deep and open' => HEAD . str_repeat('<a>', 500_000),
        'attributes' => HEAD . '<r ' . implode(' ', array_map(static fn ($n) => "a$n=''", range(1, 5000))) . '/>' . TAIL,
        'bytes' => "\x00\x01\x02\xff\xfe",
        'json' => '{"a": 1}',
        'a missing reference' => HEAD . '<r><return href="#1"/></r>' . TAIL,
        'undeclared prefix' => HEAD . '<q:r><return/></q:r>' . TAIL,
    ];
}

return [
    'malformed answers' => static function (): void {
        foreach (refused() as $name => $body) {
            try {
                $value = parse($body);
                throw new Failed("$name: got " . shown($value));
            } catch (DecodeError | HTTPError $error) {
                holds(strlen($error->getMessage()) < 2000, "$name: a short message");
            }
        }
    },
    'the place of what is wrong' => static function (): void {
        $proxy = new Proxy(__DIR__ . '/servers/types.wsdl');
        $body = HEAD . "<r>\n<return><name>a</name><parent><name>b</name><age>many</age></parent></return></r>" . TAIL;
        $error = raises(DecodeError::class, static fn () => $proxy->parseResponse('echoPerson', $body), 'xsd:int');
        same('parent.age', $error->getPath());
        same(2, $error->getPosition()['line']);
    },
    'a cycle of references' => static function (): void {
        $enc = 'xmlns:x="http://www.w3.org/2001/XMLSchema-instance" xmlns:t="urn:types"';
        $body = HEAD . '<r><return href="#1"/></r>'
            . "<m id=\"1\" $enc x:type=\"t:Person\"><name>loop</name><parent href=\"#1\"/></m>" . TAIL;
        $proxy = new Proxy(__DIR__ . '/servers/types.wsdl');
        $person = $proxy->parseResponse('echoPerson', $body);
        holds($person->parent === $person, 'the same object');
        $person->parent = null;
        raises(DecodeError::class, static fn () => $proxy->withOptions(['structs' => 'array'])->parseResponse('echoPerson', $body));
    },
    'shared values are the same object' => static function (): void {
        $body = HEAD . '<r><return><a href="#1"/><b href="#1"/></return></r><m id="1"><v>1</v></m>' . TAIL;
        $value = parse($body);
        holds($value->a === $value->b, 'the same object');
    },
    'pages instead of SOAP' => static function (): void {
        $page = '<html><body>Bad gateway</body></html>';
        $error = raises(HTTPError::class, static fn () => against(answer($page, '502 Bad Gateway', 'text/html'))->nothing(), '502');
        same(502, $error->status);
        same(502, $error->getCode());
        same('text/html', $error->contentType);
        contains('Bad gateway', $error->body);
        holds($error instanceof TransportError, 'the tree of exceptions');
        $url = str_replace('://', '://me:hushhush@', Servers::raw(answer($page, '404 Not Found', 'text/html')));
        $proxy = new Proxy(__DIR__ . '/servers/types.wsdl', ['location' => $url]);
        $shown = preg_quote(preg_replace('~//.*@~', '//', $url), '~');
        $found = [raises(HTTPError::class, static fn () => $proxy->nothing()), ...iterator_to_array($proxy->bulk('nothing', [[]]))];
        foreach ($found as $error) {
            $text = preg_replace('~//[^/@]*@~', '//', $error->getMessage());
            holds(preg_match("~^$shown: HTTP 404: the server answered with an HTML page$~", $text) === 1, $text);
            lacks('hushhush', $error->getMessage());
        }
        raises(HTTPError::class, static fn () => against(answer('', '200 OK'))->add(1, 2));
    },
    'silence, lies and hang-ups' => static function (): void {
        raises(Timeout::class, static fn () => against(answer('late'), ['timeout' => 0.3], 5000)->nothing());
        raises(ConnectionError::class, static fn () => against('')->nothing());
        raises(ConnectionError::class, static fn () => against("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort")->nothing());
        raises(ConnectionError::class, static fn () => (new Proxy(__DIR__ . '/servers/types.wsdl', ['location' => 'http://127.0.0.1:1/']))->nothing());
        raises(TransportError::class, static fn () => against("what is this\r\n\r\n")->nothing());
        $url = str_replace('http:', 'https:', Servers::raw(answer('no TLS here')));
        raises(TLSError::class, static fn () => (new Proxy(__DIR__ . '/servers/types.wsdl', ['location' => $url]))->nothing());
    },
    'an answer that is too large' => static function (): void {
        $body = HEAD . '<r><return>' . str_repeat('x', 100_000) . '</return></r>' . TAIL;
        raises(DecodeError::class, static fn () => against(answer($body), ['limits' => ['bytes' => 50_000]])->token());
        same(100_000, strlen(against(answer($body))->token()));
        $bomb = gzencode(str_repeat(' ', 5_000_000) . $body, 9);
        $head = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Encoding: gzip\r\nContent-Length: " . strlen($bomb) . "\r\n\r\n";
        raises(DecodeError::class, static fn () => against($head . $bomb, ['limits' => ['bytes' => 1_000_000]])->token());
    },
    'depth by option' => static function (): void {
        $body = HEAD . '<r><return>' . str_repeat('<a>', 50) . str_repeat('</a>', 50) . '</return></r>' . TAIL;
        holds(is_object(parse($body)), 'within the limit');
        raises(DecodeError::class, static fn () => parse($body, ['limits' => ['depth' => 20]]));
    },
    'credentials in an answer are not shown' => static function (): void {
        $body = HEAD . '<r><return><password>hushhush</password><p:ha1 xmlns:p="u" a="&gt;">hushhush</p:ha1><x>seen</x>'
            . '<!-- </password> --><password><![CDATA[<a>hushhush]]><password>hushhush</password>hushhush</password></return></r>' . TAIL;
        $proxy = against(answer($body), ['trace' => true]);
        same('seen', $proxy->echoAny(1)->x);
        lacks('hushhush', $proxy->lastResponse());
        contains('<x>seen</x>', $proxy->lastResponse());
        $error = raises(DecodeError::class, static fn () => parse(str_replace('</x>', '</y>', $body)));
        lacks('hushhush', $error->getMessage());
    },
    'values that contain themselves' => static function (): void {
        $proxy = new Proxy(__DIR__ . '/servers/types.wsdl');
        $person = (object) ['name' => 'loop'];
        $person->parent = $person;
        raises(\WsdlProxy\EncodeError::class, static fn () => $proxy->createMessage('echoPerson', $person), 'contains itself');
        $array = ['name' => 'loop'];
        $array['parent'] = &$array;
        raises(\WsdlProxy\EncodeError::class, static fn () => $proxy->createMessage('echoPerson', $array), 'contains itself');
        $person->parent = null;
    },
];
