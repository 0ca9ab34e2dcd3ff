<?php
/** Options: what is wrong is named, what is secret is not shown. */

declare(strict_types=1);

namespace WsdlProxy\Tests;

use WsdlProxy\{Definition, PortError, Proxy, TransportError, UnknownOption, UsageError, WSDLError};

function local(array $options = []): Proxy
{
    return new Proxy(__DIR__ . '/servers/types.wsdl', $options + ['location' => 'http://127.0.0.1:1/']);
}

/** Options that are refused, each with a part of the message. */
const MALFORMED = [
    [['prot' => 'x'], '"prot"; did you mean "port"?'],
    [['timeout' => 'soon'], 'timeout: expected a number of seconds, got string'],
    [['timeout' => -1], 'timeout'],
    [['timeout' => 0], 'timeout'],
    [['connect_timeout' => []], 'connect_timeout'],
    [['verify' => 'maybe'], 'verify: expected true or false'],
    [['verify' => 5], 'verify: expected true or false'],
    [['auth' => 'admin'], 'auth: expected an array'],
    [['auth' => ['username' => 'a']], 'auth: password is missing'],
    [['auth' => ['username' => 'a', 'passwd' => 'hushhush']], 'auth: no member "passwd"; did you mean "password"?'],
    [['auth' => ['username' => 'a', 'password' => ['hushhush']]], 'auth.password: expected a string'],
    [['auth' => ['username' => 'a', 'password' => 'hushhush', 'impersonate' => 'x']], 'auth.impersonate'],
    [['impersonate' => 5], 'impersonate: there is no auth'],
    [['basic_auth' => 'user:hushhush'], 'basic_auth'],
    [['basic_auth' => ['hushhush']], 'basic_auth'],
    [['headers' => ['X-A' => ['a']]], 'headers.X-A'],
    [['headers' => 'X-A: 1'], 'headers'],
    [['headers' => ["X\nY" => 'a']], 'header name'],
    [['headers' => ['X-A' => "hushhush\r\nX-B: 1"]], 'X-A'],
    [['location' => 5], 'location: expected a URL'],
    [['location' => ['TypesPort' => 5]], 'location.TypesPort'],
    [['structs' => 'arrays'], 'structs: expected object or array'],
    [['dates' => true], 'dates: expected a string'],
    [['unknown' => 'raise'], 'unknown: expected skip or keep'],
    [['strict' => 'no'], 'strict'],
    [['trace' => 2], 'trace'],
    [['content' => 5], 'content: expected a string'],
    [['limits' => ['bytes' => 0]], 'limits.bytes: expected more than 0'],
    [['limits' => ['dept' => 5]], 'limits: no member "dept"; did you mean "depth"?'],
    [['limits' => 5], 'limits: expected an array'],
    [['location' => ['Types' => 'http://127.0.0.1:1/']], 'location: no port "Types"'],
    [['redirects' => -1], 'redirects'],
    [['port' => 5], 'port: expected a string'],
    [['service' => "\xff"], 'service: not valid UTF-8'],
    [['client_cert' => ['a', 'b', 'c']], 'client_cert'],
    [['cache' => 5], 'cache'],
    [[0 => 'port'], 'no option "0"'],
];

return [
    'a malformed option is named' => static function (): void {
        foreach (MALFORMED as [$options, $part]) {
            $class = preg_match('/^"|^no option/', $part) === 1 ? UnknownOption::class : UsageError::class;
            $error = raises($class, static fn () => local($options), $part);
            lacks('hushhush', (string) $error);
        }
    },
    'certificates that are none' => static function (): void {
        foreach (['ca_file' => '/nonexistent.pem', 'client_cert' => '/nonexistent.pem', 'proxy' => '::'] as $name => $value) {
            raises(UsageError::class, static fn () => local([$name => $value]), $name);
        }
    },
    'every option is accepted' => static function (): void {
        $proxy = local([
            'port' => 'TypesPort',
            'service' => 'TypesService',
            'timeout' => 1.5,
            'connect_timeout' => null,
            'verify' => false,
            'proxy' => false,
            'basic_auth' => ['user', 'hushhush'],
            'headers' => ['X-A' => 'hushhush'],
            'cookies' => ['a' => 'hushhush'],
            'user_agent' => 'me/1',
            'gzip' => false,
            'strict' => false,
            'unknown' => 'keep',
            'trace' => true,
            'soap_headers' => null,
            'structs' => 'array',
            'dates' => 'object',
            'cache' => false,
            'max_age' => 60,
            'refresh' => false,
            'limits' => ['bytes' => 1_000_000, 'depth' => 30, 'nodes' => 10_000, 'attributes' => 20, 'documents' => 3],
            'keep_cookies' => true,
            'redirects' => 0,
            'auth' => null,
            'ca_file' => null,
            'client_cert' => null,
            'content' => null,
        ]);
        foreach ([print_r($proxy, true), var_export($proxy, true), json_encode($proxy)] as $text) {
            lacks('hushhush', $text);
        }
    },
    'arguments of the wrong type' => static function (): void {
        raises(\TypeError::class, static fn () => new Proxy([]), '#1 ($wsdl)');
        raises(\TypeError::class, static fn () => new Proxy('x', 'y'), '#2 ($options)');
        raises(\ArgumentCountError::class, static fn () => new Proxy());
        raises(\ArgumentCountError::class, static fn () => local()->call());
    },
    'auth where no header takes it' => static function (): void {
        raises(PortError::class, static fn () => local(['auth' => ['username' => 'a', 'password' => 'b']]), 'auth');
    },
    'credentials are changed one by one' => static function (): void {
        $sip = Servers::port('SipPort', ['auth' => ['username' => 'u', 'password' => 'v', 'impersonate' => 5]]);
        $sent = static fn (array $options): string => $sip->withOptions($options)->createMessage('getDomains', []);
        contains('<impersonate xsi:type="xsd:int">5<', $sent(['auth' => ['username' => 'w', 'password' => 'x']]));
        contains('>w</username>', $sent(['auth' => ['username' => 'w']]));
        contains('<impersonate xsi:type="xsd:int">6<', $sent(['auth' => ['impersonate' => 6]]));
        lacks('impersonate', $sent(['auth' => ['impersonate' => null]]));
        lacks('impersonate', $sent(['impersonate' => null]));
        $acting = $sip->withOptions(['impersonate' => 7]);
        $sent = static fn (array $options): string => $acting->withOptions($options)->createMessage('getDomains', []);
        contains('<impersonate xsi:type="xsd:int">7<', $sent(['auth' => ['username' => 'w', 'password' => 'x']]));
        contains('<impersonate xsi:type="xsd:int">8<', $sent(['auth' => ['impersonate' => 8]]));
        contains('<impersonate xsi:type="xsd:int">9<', $sent(['auth' => ['impersonate' => 8], 'impersonate' => 9]));
        lacks('impersonate', $sent(['auth' => null]));
    },
    'headers are merged' => static function (): void {
        $proxy = local(['headers' => ['X-A' => '1', 'X-B' => '2'], 'location' => Servers::php('headers.php')]);
        same('A=1 B=2', $proxy->echoAny(''));
        $sibling = $proxy->withOptions(['headers' => ['x-b' => '3', 'X-C' => '4']]);
        same('A=1 B=3 C=4', $sibling->echoAny(''));
        same('B=3', $sibling->withOptions(['headers' => ['X-A' => null, 'X-C' => null]])->echoAny(''));
        same('', $sibling->withOptions(['headers' => null])->echoAny(''));
        raises(UsageError::class, static fn () => local(['headers' => ['X-A' => null]]), 'headers.X-A');
    },
    'the WSDL as bytes' => static function (): void {
        $content = file_get_contents(__DIR__ . '/servers/types.wsdl');
        $proxy = new Proxy('http://example.invalid/x.wsdl', ['content' => $content]);
        contains('add(xsd:int $x, xsd:int $y)', implode("\n", $proxy->getFunctions()));
        same($proxy->getFunctions(), (new Proxy($content))->getFunctions());
        $error = raises(WSDLError::class, static fn () => new Proxy('x.wsdl', ['content' => '<definitions']));
        holds($error->getDocument() !== null || $error->getPosition() !== null, 'a place');
    },
    'a WSDL that is not there' => static function (): void {
        raises(WSDLError::class, static fn () => new Proxy('/nonexistent/x.wsdl'), '/nonexistent/x.wsdl');
        raises(\WsdlProxy\ConnectionError::class, static fn () => new Proxy('http://user:hushhush@127.0.0.1:1/x.wsdl'));
    },
    'without strict what cannot be right is sent' => static function (): void {
        raises(\WsdlProxy\EncodeError::class, static fn () => local()->createMessage('echoPerson', ['name' => 'x', 'nam' => 1]), 'nam');
        contains('>x<', local(['strict' => false])->createMessage('echoPerson', ['name' => 'x', 'nam' => 1]));
    },
    'settings of php.ini' => static function (): void {
        [$output] = script(
            'foreach (["cache_dir", "default_timeout", "max_body", "max_depth", "http10"] as $n) echo ini_get("wsdlproxy.$n"), "|"; phpinfo(INFO_MODULES);',
            ['wsdlproxy.default_timeout' => '7'],
        );
        contains('|7|536870912|256|0|', $output);
        contains('wsdlproxy.cache_dir', $output);
        contains('SOAP client => enabled', $output);
        $old = ini_set('wsdlproxy.default_timeout', '0.2');
        $slow = Servers::raw("HTTP/1.1 200 OK\r\n\r\n", 3000);
        raises(\WsdlProxy\Timeout::class, static fn () => local(['location' => $slow])->nothing());
        ini_set('wsdlproxy.default_timeout', (string) $old);
    },
    'settings in every notation, and what makes no sense' => static function (): void {
        $small = local(['location' => Servers::php('types.php')]);
        $refused = static function (string $name, string $value) use ($small): bool {
            $old = ini_set("wsdlproxy.$name", $value);
            try {
                return !is_string($small->withOptions([])->describe(str_repeat('x', 2000), 1));
            } catch (\WsdlProxy\DecodeError) {
                return true;
            } finally {
                ini_set("wsdlproxy.$name", (string) $old);
            }
        };
        foreach (['1K' => true, '1k' => true, '1M' => false, '1G' => false, '1024' => true, 'nonsense' => false, '-1' => false, '0' => false, '' => false] as $value => $expected) {
            same($expected, $refused('max_body', (string) $value), "max_body $value");
        }
        foreach (['1' => true, '2' => true, '100' => false, 'deep' => false] as $value => $expected) {
            same($expected, $refused('max_depth', (string) $value), "max_depth $value");
        }
        $mirror = Servers::mirror();
        foreach (['on' => '1.0', 'Yes' => '1.0', 'true' => '1.0', '1' => '1.0', 'off' => '1.1', '' => '1.1', '0' => '1.1'] as $value => $version) {
            $old = ini_set('wsdlproxy.http10', (string) $value);
            same("POST / HTTP/$version", local(['location' => $mirror])->echoAny('x'), "http10 $value");
            ini_set('wsdlproxy.http10', (string) $old);
        }
        same(false, @ini_set('wsdlproxy.cache_dir', '/tmp'), 'not for scripts');
    },
    'habits of SoapClient' => static function (): void {
        raises(UnknownOption::class, static fn () => local(['login' => 'a', 'password' => 'hushhush']), "SoapClient's login is basic_auth");
        raises(UnknownOption::class, static fn () => local(['cache_wsdl' => 0]), 'is cache');
        raises(UnknownOption::class, static fn () => local(['exceptions' => true]), 'always on');
        foreach (['__getFunctions' => 'getFunctions()', '__soapCall' => 'call(', '__getLastRequest' => 'lastRequest()', '__setLocation' => 'withOptions('] as $method => $here) {
            raises(\WsdlProxy\UnknownOperation::class, static fn () => local()->$method('add', [1, 2]), $here);
        }
    },
    'options as in Python' => static function (): void {
        $pem = getenv('SSL_CERT_FILE') ?: '/etc/ssl/certs/ca-certificates.crt';
        foreach ([
            ['verify' => $pem], ['ca_file' => [$pem, $pem]], ['headers' => null], ['cookies' => null], ['limits' => null],
            ['cache' => null], ['max_age' => 0], ['max_age' => null], ['timeout' => INF], ['timeout' => 1e300], ['connect_timeout' => 0.5],
        ] as $options) {
            holds(is_array(local($options)->getFunctions()), json_encode($options, JSON_PARTIAL_OUTPUT_ON_ERROR));
        }
        raises(UsageError::class, static fn () => local(['ca_file' => [$pem, 5]]), 'ca_file.1: expected a string');
        raises(UsageError::class, static fn () => new Proxy(''), 'empty');
        holds(local(['trace' => 1])->lastRequest() === null, 'as SoapClient has it');
        raises(UsageError::class, static fn () => local(['max_age' => -1]), 'max_age');
        raises(UsageError::class, static fn () => local(['timeout' => NAN]), 'timeout');
    },
    'a page where the WSDL should be' => static function (): void {
        $url = Servers::raw("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 4\r\nConnection: close\r\n\r\ngone");
        foreach ([[], ['cache' => false]] as $options) {
            $error = raises(\WsdlProxy\DocumentError::class, static fn () => new Proxy("{$url}x.wsdl", $options), '404');
            holds($error instanceof \WsdlProxy\HTTPError && $error->status === 404 && $error->getCode() === 404, 'the status');
        }
    },
    'plans on disk' => static function (): void {
        $folder = sys_get_temp_dir() . '/wsdlproxy-cache-' . getmypid();
        $url = Servers::php('types.php');
        $code = '$p = new WsdlProxy\Proxy(' . var_export("$url?wsdl", true) . '); echo $p->add(1, 2);';
        same(['3', 0], script($code, ['wsdlproxy.cache_dir' => $folder]));
        same(1, count(glob("$folder/*.plan")));
        same(['3', 0], script($code, ['wsdlproxy.cache_dir' => $folder]));
        array_map('unlink', glob("$folder/*"));
        rmdir($folder);
    },
    'no copies, no serialized proxies' => static function (): void {
        $definition = Definition::load(__DIR__ . '/servers/types.wsdl');
        foreach ([local(), $definition] as $object) {
            raises(\Error::class, static fn () => clone $object, 'uncloneable');
            raises(\Exception::class, static fn () => serialize($object), 'not allowed');
            raises(\Exception::class, static fn () => unserialize('O:' . strlen($object::class) . ':"' . $object::class . '":0:{}'));
        }
        raises(UsageError::class, static fn () => local()->__construct('x'), 'constructed already');
        $lazy = new class () extends Proxy {
            public function __construct()
            {
            }
        };
        raises(UsageError::class, static fn () => $lazy->add(1, 2), 'constructor');
        raises(UsageError::class, static fn () => $lazy->getFunctions(), 'constructor');
    },
    'options do not show in backtraces' => static function (): void {
        $old = ini_set('zend.exception_ignore_args', '0');
        $error = raises(UnknownOption::class, static fn () => new Proxy('x', ['auth' => ['username' => 'a', 'password' => 'hushhush'], 'x' => 1]));
        ini_set('zend.exception_ignore_args', (string) $old);
        $shown = print_r($error->getTrace()[0], true);
        lacks('hushhush', $shown);
        contains('SensitiveParameterValue', $shown);
    },
];
