<?php
/** The extension inside PHP: memory, fatal errors, exit, fork, shutdown. */

declare(strict_types=1);

namespace WsdlProxy\Tests;

use WsdlProxy\Proxy;

/** Kilobytes of this process in memory. */
function resident(): int
{
    preg_match('/VmRSS:\s+(\d+)/', (string) file_get_contents('/proc/self/status'), $found);
    return (int) $found[1];
}

/** Fails if the memory grows each time; once it may, for the allocator and the system take pieces when they like. */
function flat(callable $work): void
{
    for ($attempt = 1;; $attempt++) {
        gc_collect_cycles();
        [$before, $rss] = [memory_get_usage(), resident()];
        $work();
        gc_collect_cycles();
        [$more, $kilobytes] = [memory_get_usage() - $before, resident() - $rss];
        if ($more < 4096 && $kilobytes < 4096) {
            return;
        }
        holds($attempt < 3, "PHP memory grew by $more, the process by $kilobytes kB, three times");
    }
}

return [
    'memory_limit ends the script as PHP ends it' => static function (): void {
        $code = offline() . '$item = str_repeat("<i><a>some text here</a><b>more text there</b></i>", 200000);'
            . '$body = HEAD . "<r><return>$item</return></r>" . TAIL; unset($item);'
            . 'register_shutdown_function(function () { echo "shutdown ran"; });'
            . 'echo "started\n"; $v = $p->parseResponse("echoAny", $body); echo "went on";';
        [$output, $status] = script($code, ['memory_limit' => '48M']);
        contains('started', $output);
        contains('Allowed memory size', $output);
        contains('shutdown ran', $output);
        lacks('went on', $output);
        same(255, $status, $output);
        [$output, $status] = script($code, ['memory_limit' => '1G']);
        contains('went on', $output);
        same(0, $status, $output);
    },
    'ten thousand calls leave nothing behind' => static function (): void {
        $p = new Proxy(__DIR__ . '/servers/types.wsdl');
        $person = ['name' => 'x', 'age' => 1, 'tags' => ['a'], 'parent' => (object) ['name' => 'y']];
        $body = '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><r><return><name>a</name><age>1</age>'
            . '<tags><i>q</i><i>r</i></tags></return></r></e:Body></e:Envelope>';
        $fault = '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><e:Fault><faultcode>a</faultcode>'
            . '<faultstring>b</faultstring><detail><x>1</x></detail></e:Fault></e:Body></e:Envelope>';
        $round = static function () use ($p, $person, $body, $fault): void {
            $p->createMessage('echoPerson', $person);
            $p->parseResponse('echoPerson', $body);
            foreach ([fn () => $p->createMessage('add', 'x', 1), fn () => $p->parseResponse('add', $fault), fn () => $p->parseResponse('add', '<a>'), fn () => $p->nope()] as $bad) {
                try {
                    $bad();
                } catch (\WsdlProxy\Error) {
                }
            }
            $p->withOptions(['structs' => 'array'])->parseResponse('echoPerson', $body);
        };
        for ($i = 0; $i < 200; $i++) {
            $round();
        }
        flat(static function () use ($round): void {
            for ($i = 0; $i < 10_000; $i++) {
                $round();
            }
        });
    },
    'a thousand calls over one connection leave nothing behind' => static function (): void {
        $sip = Servers::port();
        for ($i = 0; $i < 50; $i++) {
            $sip->getDomains([]);
        }
        flat(static function () use ($sip): void {
            for ($i = 0; $i < 1000; $i++) {
                $sip->getDomains([]);
            }
        });
    },
    'exceptions of getters and texts go through unchanged' => static function (): void {
        $p = new Proxy(__DIR__ . '/servers/types.wsdl');
        $magic = new class () {
            public function __isset(string $name): bool
            {
                return $name !== 'age';
            }

            public function __get(string $name): mixed
            {
                return $name === 'name' ? 'from __get' : throw new \DomainException("no $name");
            }
        };
        raises(\DomainException::class, static fn () => $p->createMessage('echoPerson', $magic), 'no ');
        $good = new class () {
            public function __isset(string $name): bool
            {
                return $name === 'name';
            }

            public function __get(string $name): mixed
            {
                return "from __get of $name";
            }
        };
        contains('>from __get of name<', $p->createMessage('echoPerson', $good));
        $text = new class () {
            public function __toString(): string
            {
                throw new \DomainException('no text');
            }
        };
        raises(\DomainException::class, static fn () => $p->createMessage('fail', $text), 'no text');
        contains('add', $p->createMessage('add', 1, 2));
    },
    'getters that change what is being read' => static function (): void {
        $p = new Proxy(__DIR__ . '/servers/types.wsdl');
        $list = [];
        $text = new class ($list) {
            public function __construct(public array &$list)
            {
            }
        };
        unset($text);
        $bag = new \stdClass();
        $bag->list = [1, 2, 3];
        $evil = new class ($bag) {
            private static int $calls = 0;

            public function __construct(private \stdClass $bag)
            {
            }

            public function __toString(): string
            {
                $this->bag->list = null;
                unset($this->bag->people);
                for ($i = 0; $i < 100; $i++) {
                    $this->bag->{"p$i"} = str_repeat('x', 100);
                }
                return 'evil' . self::$calls++;
            }
        };
        $bag->list = [$evil, $evil, $evil];
        $bag->people = [['name' => $evil], ['name' => $evil]];
        contains('evil2', $p->createMessage('echoList', $bag->list));
        $bag->people = [['name' => $evil], ['name' => $evil]];
        contains('evil', $p->createMessage('echoAny', $bag));
    },
    'exit within a call' => static function (): void {
        $class = 'class T { function __toString(): string { echo "bye"; exit(7); } }';
        $code = offline() . "$class try { \$p->createMessage('fail', new T()); } catch (Throwable) { echo 'caught'; } echo 'went on';";
        same(['bye', 7], script($code));
    },
    'a fatal error within a call' => static function (): void {
        $class = 'class T { function __toString(): string { trigger_error("enough", E_USER_ERROR); return ""; } }';
        $code = offline() . "$class register_shutdown_function(function () use (\$p) { echo strlen(\$p->createMessage('add', 1, 2)) > 100 ? 'alive' : ''; });"
            . "\$p->createMessage('fail', new T()); echo 'went on';";
        [$output, $status] = script($code);
        contains('enough', $output);
        contains('alive', $output);
        lacks('went on', $output);
        same(255, $status, $output);
    },
    'proxies that outlive the script' => static function (): void {
        $code = offline() . 'class K { public $p; function __destruct() { echo $this->p->parseResponse("token", HEAD . "<r><return>x</return></r>" . TAIL); } }'
            . '$k = new K(); $k->p = $p; $p->self = 1; $GLOBALS["cycle"] = $k; $k->cycle = $k;';
        [$output, $status] = script(str_replace('$p->self = 1;', '', str_replace('$k->cycle = $k;', '', $code)));
        same(['x', 0], [$output, $status]);
        $code = offline() . '$o = new stdClass(); $o->p = $p->withOptions(["soap_headers" => ["x" => $o]]); unset($o); echo gc_collect_cycles() > 0 ? "collected" : "kept";';
        same(['collected', 0], script($code));
    },
    'after a fork both go on' => static function (): void {
        if (!function_exists('pcntl_fork')) {
            throw new Skipped('pcntl is not loaded');
        }
        $url = var_export(Servers::ngnpro(), true);
        $auth = var_export(Servers::ADMIN, true);
        $code = '$p = new WsdlProxy\Proxy(' . $url . ' . "wsdl", ["port" => "SipPort", "location" => ' . $url . ', "auth" => ' . $auth . ', "timeout" => 60]);'
            . '$p->getDomains([]); $pids = [];'
            . 'for ($i = 0; $i < 4; $i++) { $pid = pcntl_fork();'
            . ' if ($pid === 0) { for ($j = 0; $j < 50; $j++) { $p->getDomains([]); } exit(5); } $pids[] = $pid;'
            . ' for ($j = 0; $j < 20; $j++) { $p->getDomains([]); } }'
            . 'foreach ($pids as $pid) { pcntl_waitpid($pid, $status); echo pcntl_wexitstatus($status); }';
        same(['5555', 0], script($code));
    },
];
