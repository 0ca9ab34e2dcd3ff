<?php
/** The extension beside what else runs in PHP: opcache, JIT, preloading, fibers, signals, time limits, late ends. */

declare(strict_types=1);

namespace WsdlProxy\Tests;

use WsdlProxy\Proxy;

/** Settings that load opcache into a script of its own, if it is there. */
function opcache(array $settings = []): array
{
    if (!extension_loaded('Zend OPcache')) {
        throw new Skipped('opcache is not loaded');
    }
    return $settings + ['opcache.enable_cli' => '1'];
}

const ROUNDS = 'for ($i = 0; $i < 3000; $i++) { $m = $p->createMessage("echoPerson", ["name" => "n$i", "tags" => ["a", "b"]]);'
    . ' $v = $p->parseResponse("echoPerson", HEAD . "<r><return><name>x$i</name></return></r>" . TAIL); if ($v->name !== "x$i") exit(9); } echo "ok";';

return [
    'opcache and JIT' => static function (): void {
        foreach ([[], ['opcache.jit_buffer_size' => '32M', 'opcache.jit' => 'tracing'], ['opcache.jit_buffer_size' => '32M', 'opcache.jit' => 'function']] as $jit) {
            same(['ok', 0], script(offline() . ROUNDS, opcache($jit)));
        }
    },
    'a proxy in a preloaded file' => static function (): void {
        $wsdl = var_export(__DIR__ . '/servers/types.wsdl', true);
        $file = (string) tempnam(sys_get_temp_dir(), 'preload');
        file_put_contents($file, "<?php class Preloaded extends WsdlProxy\\Proxy { public function twice(int \$x) { return \$this->createMessage('add', \$x, \$x); } }"
            . "(new Preloaded($wsdl))->twice(1);");
        try {
            $settings = opcache(['opcache.preload' => $file] + (posix_getuid() === 0 ? ['opcache.preload_user' => 'root'] : []));
            $code = "\$p = new Preloaded($wsdl); echo str_contains(\$p->twice(7), '>7<') ? 'ok' : 'no';";
            same(['ok', 0], script($code, $settings));
        } finally {
            unlink($file);
        }
    },
    'calls within fibers' => static function (): void {
        $p = new Proxy(__DIR__ . '/servers/types.wsdl', ['location' => Servers::php('types.php')]);
        $text = new class () {
            public function __toString(): string
            {
                return \Fiber::suspend('asked');
            }
        };
        $fibers = [];
        foreach (range(1, 20) as $n) {
            $fibers[$n] = new \Fiber(static fn () => [$p->createMessage('fail', $text), $p->add($n, 1)]);
            same('asked', $fibers[$n]->start());
        }
        foreach ($fibers as $n => $fiber) {
            $fiber->resume("answer $n");
            contains(">answer $n<", $fiber->getReturn()[0]);
            same($n + 1, $fiber->getReturn()[1]);
        }
        $lost = new \Fiber(static fn () => $p->createMessage('fail', $text));
        $lost->start();
        unset($lost);
        gc_collect_cycles();
        same(3, $p->add(1, 2));
    },
    'error handlers that throw' => static function (): void {
        $p = new Proxy(__DIR__ . '/servers/types.wsdl');
        $noisy = new class () {
            public function __toString(): string
            {
                return 'a' . $this->nothing;
            }
        };
        set_error_handler(static fn () => throw new \DomainException('from the handler'));
        try {
            raises(\DomainException::class, static fn () => $p->createMessage('fail', $noisy), 'from the handler');
            raises(\DomainException::class, static fn () => $p->createMessage('echoList', (static function (): \Generator {
                yield 'a';
                yield $undefined;
            })()), 'from the handler');
        } finally {
            restore_error_handler();
        }
        contains('add', $p->createMessage('add', 1, 2));
    },
    'iterators as lists' => static function (): void {
        $p = new Proxy(__DIR__ . '/servers/types.wsdl');
        $expected = $p->createMessage('echoList', ['a', 'b']);
        $items = static function () use ($p): \Generator {
            yield 'a';
            // A call within the call, with an iterator of its own.
            $p->createMessage('echoList', new \ArrayIterator(['x']));
            $p->createMessage('echoList', (static fn () => yield 'y')());
            yield 'b';
        };
        same($expected, $p->createMessage('echoList', $items()));
        $aggregate = new class ($items) implements \IteratorAggregate {
            public function __construct(private \Closure $items)
            {
            }

            public function getIterator(): \Traversable
            {
                return ($this->items)();
            }
        };
        same($expected, $p->createMessage('echoList', $aggregate));
        $stack = new \SplDoublyLinkedList();
        $stack[] = 'a';
        $stack[] = 'b';
        same($expected, $p->createMessage('echoList', $stack));
        same($p->createMessage('echoPeople', [['name' => 'q']]), $p->createMessage('echoPeople', (static fn () => yield (object) ['name' => 'q'])()));
        $weak = \WeakReference::create($generator = $items());
        $p->createMessage('echoList', $generator);
        unset($generator);
        same(null, $weak->get());
        raises(\DomainException::class, static fn () => $p->createMessage('echoList', (static function (): \Generator {
            yield 'a';
            throw new \DomainException('broken');
        })()), 'broken');
    },
    'every way to end inside a callback' => static function (): void {
        $callbacks = [
            'getter' => 'class C { function __isset($n) { return true; } function __get($n) { END; } } $v = new C; $op = "echoPerson";',
            'text' => 'class C { function __toString(): string { END; return ""; } } $v = new C; $op = "fail";',
            'generator' => 'function g() { yield "a"; END; } $v = g(); $op = "echoList";',
            'current' => 'class C implements Iterator { function current(): mixed { END; } function key(): mixed { return 0; } function next(): void {} function rewind(): void {} function valid(): bool { return true; } } $v = new C; $op = "echoList";',
            'aggregate' => 'class C implements IteratorAggregate { function getIterator(): Iterator { END; } } $v = new C; $op = "echoList";',
        ];
        if (extension_loaded('dom')) {
            $callbacks['document'] = 'class C extends DOMDocument { function saveXML(?DOMNode $n = null, int $o = 0): string|false { END; } } $v = new C; $v->loadXML("<a/>"); $op = "echoAny";';
        }
        $ends = [
            'exit(5)' => [5, ''],
            'trigger_error("enough", E_USER_ERROR)' => [255, 'enough'],
            'nowhere()' => [255, 'undefined function'],
            'throw new DomainException("mine")' => [255, 'mine'],
            'str_repeat("x", PHP_INT_MAX >> 8)' => [255, 'Allowed memory size'],
            'while (true) {}' => [255, 'Maximum execution time'],
        ];
        foreach ($callbacks as $callback => $code) {
            foreach ($ends as $end => [$expected, $part]) {
                $script = offline() . str_replace('END', $end, $code) . 'register_shutdown_function(function () use ($p) { echo strlen($p->createMessage("add", 1, 2)) > 9 ? "alive" : ""; });'
                    . '$p->createMessage($op, $v); echo "went on";';
                [$output, $status] = script($script, ['max_execution_time' => '1', 'memory_limit' => '64M']);
                same($expected, $status, "$callback, $end: $output");
                contains($part, $output);
                contains('alive', $output);
                lacks('went on', $output);
            }
        }
    },
    'signals and time limits while a server thinks' => static function (): void {
        if (!function_exists('pcntl_signal')) {
            throw new Skipped('pcntl is not loaded');
        }
        // PHP itself loses a signal that comes while an exception is on its way, so the call succeeds.
        $url = var_export(Servers::adder(1500), true);
        $code = offline() . 'pcntl_async_signals(true); $got = 0; pcntl_signal(SIGALRM, function () use (&$got) { $got++; }); pcntl_alarm(1);'
            . 'set_time_limit(1); $q = $p->withOptions(["location" => ' . $url . ', "timeout" => 20]); echo $q->add(1, 2); usleep(1); echo " $got";';
        same(['3 1', 0], script($code));
    },
    'a signal handler runs while a call waits, and may end it' => static function (): void {
        if (!function_exists('pcntl_signal')) {
            throw new Skipped('pcntl is not loaded');
        }
        $url = var_export(Servers::adder(5000), true);
        $code = offline() . '$q = $p->withOptions(["location" => ' . $url . ', "timeout" => 20]); pcntl_async_signals(true); $t = microtime(true);';
        $during = 'pcntl_signal(SIGALRM, function () use ($t) { echo microtime(true) - $t < 4 ? "during," : "after,"; }); pcntl_alarm(1); echo $q->add(1, 2);';
        same(['during,3', 0], script($code . $during));
        $thrown = 'pcntl_signal(SIGALRM, function () { throw new LogicException("stop"); }); pcntl_alarm(1);'
            . 'try { $q->add(1, 2); } catch (LogicException $e) { echo $e->getMessage(), microtime(true) - $t < 4; } echo ",", $p->createMessage("add", 1, 2) !== "";';
        same(['stop1,1', 0], script($code . $thrown));
        $bulk = 'pcntl_signal(SIGALRM, function () { throw new LogicException("stop"); }); pcntl_alarm(1);'
            . 'try { foreach ($q->bulk("add", [[1, 2], [3, 4]]) as $r) echo $r; } catch (LogicException $e) { echo $e->getMessage(), microtime(true) - $t < 4; }';
        same(['stop1', 0], script($code . $bulk));
        $nested = 'pcntl_signal(SIGALRM, function () use ($q) { echo $q->add(3, 4), ","; }); pcntl_alarm(1); echo $q->add(1, 2);';
        same(['7,3', 0], script($code . $nested));
        $ended = 'pcntl_signal(SIGALRM, function () { echo "handler"; exit(7); }); pcntl_alarm(1); $q->add(1, 2); echo "went on";';
        same(['handler', 7], script($code . $ended));
    },
    'proxies of every life' => static function (): void {
        $code = offline() . 'class S { static $p; static function p() { static $q; return $q ??= self::$p; } function __destruct() { echo self::p()->createMessage("add", 1, 2) !== "" ? "d" : ""; } }'
            . 'S::$p = $p; S::p(); $s = new S; $map = new WeakMap; $map[$p] = $s; $f = fn () => $p; set_exception_handler(function () use ($p) { echo "h", count($p->getFunctions()) > 1; });'
            . 'register_shutdown_function(function () use ($p) { echo "s", strlen($p->createMessage("add", 1, 2)) > 9; }); unset($s); foreach ($p as $x) echo "never"; echo count((array) $p);'
            . '$p->dynamic = $p; echo isset($p->dynamic), isset($p->add) ? "y" : "n"; throw new Exception("x");';
        [$output] = script($code, ['error_reporting' => (string) (E_ALL & ~E_DEPRECATED)]);
        contains('h1', $output);
        contains('s1', $output);
        contains('d', $output);
        lacks('never', $output);
    },
    'memory_limit counts what is sent' => static function (): void {
        $code = offline() . 'function many() { while (true) yield str_repeat("x", 1000); } echo "started\n"; $p->createMessage("echoList", many()); echo "went on";';
        [$output, $status] = script($code, ['memory_limit' => '32M']);
        contains('Allowed memory size', $output);
        lacks('went on', $output);
        same(255, $status, $output);
        $code = offline() . '$list = array_fill(0, 300000, str_repeat("x", 200)); $m = $p->createMessage("echoList", $list); echo "went on";';
        [$output, $status] = script($code, ['memory_limit' => '48M']);
        contains('Allowed memory size', $output);
        same(255, $status, $output);
    },
];
