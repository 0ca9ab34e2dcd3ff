<?php
/** Many calls of one operation at once. */

declare(strict_types=1);

namespace WsdlProxy\Tests;

use WsdlProxy\{Bulk, ConnectionError, DecodeError, EncodeError, Fault, HTTPError, Proxy, Timeout, UnknownOperation, UsageError};

/** A proxy of a server that adds after some milliseconds. */
function adder(int $milliseconds = 10, array $options = []): Proxy
{
    return new Proxy(__DIR__ . '/servers/types.wsdl', $options + ['location' => Servers::adder($milliseconds), 'timeout' => 120]);
}

/** Requests that came, and how many waited at once. */
function additions(Proxy $proxy): array
{
    return array_map(intval(...), explode(' ', $proxy->token()));
}

function counters(Bulk $bulk): array
{
    return [$bulk->sent(), $bulk->done(), $bulk->failed(), $bulk->retried(), $bulk->unknown()];
}

function pairs(int $count): \Generator
{
    for ($i = 0; $i < $count; $i++) {
        yield [$i, 1];
    }
}

return [
    'in order' => static function (): void {
        // Long enough for the others to be sent meanwhile on a busy machine.
        $proxy = adder(100);
        $bulk = $proxy->bulk('add', pairs(200), concurrency: 20);
        same([0, 0, 0, 0, 0], counters($bulk));
        same(range(1, 200), iterator_to_array($bulk));
        same([200, 200, 0, 0, 0], counters($bulk));
        same('add: 200 sent, 200 done, 0 failed, 0 retried, 0 unknown', (string) $bulk);
        [$requests, $most] = additions($proxy);
        same(200, $requests);
        holds($most > 10 && $most <= 20, "$most requests at once");
    },
    'as they come' => static function (): void {
        $sum = 0;
        foreach (adder()->bulk('add', pairs(100), ordered: false) as $key => $result) {
            same($key + 1, $result);
            $sum += $result;
        }
        same(5050, $sum);
    },
    'items of every kind' => static function (): void {
        $proxy = adder();
        $items = ['list' => [1, 2], 'named' => ['y' => 5, 'x' => 4], 'wrong name' => ['x' => 1, 'z' => 2], 'alone' => 7, 'none' => []];
        $aggregate = new class ($items) implements \IteratorAggregate {
            public function __construct(private array $items)
            {
            }

            public function getIterator(): \Iterator
            {
                return new \ArrayIterator($this->items);
            }
        };
        foreach ([$items, new \ArrayIterator($items), new \ArrayObject($items), $aggregate] as $source) {
            $results = $arguments = [];
            foreach ($bulk = $proxy->bulk('add', $source) as $key => $result) {
                $results[$key] = $result instanceof EncodeError ? 'refused' : $result;
                $arguments[$key] = $bulk->arguments();
            }
            same(['list' => 3, 'named' => 9, 'wrong name' => 'refused', 'alone' => 'refused', 'none' => 'refused'], $results);
            same($items, $arguments);
            same([2, 2, 3, 0, 0], counters($bulk));
        }
        $people = [['name' => 'a'], (object) ['name' => 'b'], ['person' => ['name' => 'c']]];
        $echo = new Proxy(__DIR__ . '/servers/types.wsdl', ['location' => Servers::php('types.php')]);
        same(['a', 'b', 'c'], array_map(static fn ($person) => $person->name, iterator_to_array($echo->bulk('echoPerson', $people, concurrency: 1))));
    },
    'nothing to do' => static function (): void {
        same([], iterator_to_array(adder()->bulk('add', [])));
        same([], iterator_to_array(adder()->bulk('add', new \EmptyIterator())));
    },
    'faults are results' => static function (): void {
        $bulk = adder()->bulk('add', [[1, 1], [2, -1], [3, 1]]);
        $results = iterator_to_array($bulk);
        same([2, 4], [$results[0], $results[2]]);
        holds($results[1] instanceof Fault && $results[1]->faultstring === 'no', 'the fault');
        same([3, 2, 1, 0, 0], counters($bulk));
    },
    'it stops on the first error' => static function (): void {
        $taken = 0;
        $items = (static function () use (&$taken): \Generator {
            while (true) {
                yield [++$taken, $taken === 10 ? -1 : 0];
            }
        })();
        $bulk = adder()->bulk('add', $items, concurrency: 5, stopOnError: true);
        $results = iterator_to_array($bulk, false);
        // Nine results were given out, and no more than four times as many as are on their way are in hand.
        holds($taken <= 9 + 4 * 5 + 1 && count($results) === $taken && $results[9] instanceof Fault, "$taken items");
        same([$taken, $taken - 1, 1, 0, 0], counters($bulk));
    },
    'memory is bounded and items are read as needed' => static function (): void {
        $read = 0;
        $items = (static function () use (&$read): \Generator {
            while (true) {
                yield [$read++, 1];
            }
        })();
        $bulk = adder(0)->bulk('add', $items, concurrency: 8);
        same(0, $read);
        $given = 0;
        foreach ($bulk as $result) {
            holds($read - $given <= 33, 'items in hand: ' . ($read - $given));
            if (++$given === 500) {
                $before = memory_get_usage();
            }
            if ($given === 3000) {
                break;
            }
        }
        // How many items are in hand differs, which makes some kilobytes.
        holds(memory_get_usage() - $before < 32768, 'memory grew by ' . (memory_get_usage() - $before));
        $bulk->close();
        same($bulk->sent(), $bulk->done() + $bulk->failed() + $bulk->unknown());
    },
    'an iterator that throws' => static function (): void {
        $items = (static function (): \Generator {
            yield from pairs(3);
            throw new \DomainException('no more');
        })();
        $results = [];
        raises(\DomainException::class, static function () use ($items, &$results): void {
            foreach (adder()->bulk('add', $items) as $result) {
                $results[] = $result;
            }
        }, 'no more');
        same([1, 2, 3], $results);
        $text = new class () {
            public function __toString(): string
            {
                throw new \DomainException('no text');
            }
        };
        $results = iterator_to_array(adder()->bulk('add', [[1, 1], [$text, 1], [2, 1]]));
        same([2, 3], [$results[0], $results[2]]);
        holds($results[1] instanceof \DomainException, 'the exception of the item');
    },
    'a write that may have been executed is not repeated' => static function (): void {
        $proxy = adder();
        $bulk = $proxy->bulk('add', [[1, -2], [2, -4]], retry: 3);
        $results = iterator_to_array($bulk);
        holds($results[0] instanceof ConnectionError && $results[0]->sent, 'the lost answer');
        holds($results[1] instanceof HTTPError && $results[1]->status === 503, 'the busy server');
        same([2, 0, 2, 0, 1], counters($bulk));
        same(2, additions($proxy)[0]);
    },
    'unless the caller says so' => static function (): void {
        $proxy = adder();
        $bulk = $proxy->bulk('add', [[1, -2], [2, -4]], retry: 2, idempotent: true);
        $results = iterator_to_array($bulk);
        holds($results[0] instanceof ConnectionError, 'the lost answer');
        same(2, $results[1]);
        same([2, 1, 1, 3, 1], counters($bulk));
        same(5, additions($proxy)[0]);
    },
    'what was not sent is repeated' => static function (): void {
        $proxy = new Proxy(__DIR__ . '/servers/types.wsdl', ['location' => 'http://127.0.0.1:1/']);
        $bulk = $proxy->bulk('add', [[1, 1]], retry: 1);
        $error = iterator_to_array($bulk)[0];
        holds($error instanceof ConnectionError && !$error->sent, 'certainly not sent');
        same([1, 0, 1, 1, 0], counters($bulk));
    },
    'silence' => static function (): void {
        $bulk = adder(10, ['timeout' => 2])->bulk('add', [[1, -3], [2, 1], [3, -3]]);
        $results = iterator_to_array($bulk);
        holds($results[0] instanceof Timeout && $results[2] instanceof Timeout, 'two timeouts');
        same([3, 1, 2, 0, 2], counters($bulk));
    },
    'one run, one iteration' => static function (): void {
        $bulk = adder()->bulk('add', pairs(3));
        $bulk->rewind();
        same([1, 0, true], [$bulk->current(), $bulk->key(), $bulk->valid()]);
        $bulk->rewind();
        $bulk->next();
        raises(UsageError::class, static fn () => iterator_to_array($bulk), 'only once');
        same(2, $bulk->current());
        $bulk->next();
        $bulk->next();
        same([null, null, null, false], [$bulk->current(), $bulk->key(), $bulk->arguments(), $bulk->valid()]);
        $bulk->next();
        $nested = null;
        $items = (static function () use (&$nested): \Generator {
            yield [1, $nested->sent()];
            $nested->next();
        })();
        $nested = adder()->bulk('add', $items, concurrency: 1);
        same(1, $nested->current());
        raises(UsageError::class, $nested->next(...), 'iterated already');
        raises(UsageError::class, static fn () => (new \ReflectionClass(Bulk::class))->newInstance()->sent(), 'Bulk');
    },
    'options that make no sense' => static function (): void {
        $proxy = adder();
        foreach ([0, -1, 1025, 'many'] as $number) {
            raises(UsageError::class, static fn () => $proxy->bulk('add', [], concurrency: $number), 'concurrency: expected');
        }
        raises(UsageError::class, static fn () => $proxy->bulk('add', [], retry: -1), 'retry: expected');
        raises(UsageError::class, static fn () => $proxy->bulk('add', [], ordered: 'yes'), 'ordered: expected true or false');
        raises(UsageError::class, static fn () => $proxy->bulk('add', 'hushhush'), 'expected an array or an iterator');
        raises(UsageError::class, static fn () => $proxy->bulk('add', new \stdClass()), 'stdClass');
        raises(UnknownOperation::class, static fn () => $proxy->bulk('ad', []), 'add');
        raises(\ArgumentCountError::class, static fn () => $proxy->bulk('add'));
        raises(\Error::class, static fn () => $proxy->bulk('add', [], concurency: 5), 'concurency');
    },
    'given up, forgotten and cyclic runs' => static function (): void {
        $proxy = adder(200);
        $bulk = $proxy->bulk('add', pairs(50), concurrency: 10);
        same(1, $bulk->current());
        unset($bulk);
        $holder = new \stdClass();
        $holder->bulk = $proxy->bulk('add', (static function () use ($holder): \Generator {
            yield [1, isset($holder->bulk) ? 1 : 2];
            yield [2, 2];
        })(), concurrency: 1);
        same(2, $holder->bulk->current());
        $weak = \WeakReference::create($holder);
        unset($holder);
        gc_collect_cycles();
        same(null, $weak->get());
        same(3, $proxy->add(1, 2));
    },
    'other calls meanwhile' => static function (): void {
        $proxy = adder();
        foreach ($proxy->bulk('add', pairs(30), concurrency: 4) as $result) {
            same($result + 1, $proxy->add($result, 1));
        }
        $fiber = new \Fiber(static function () use ($proxy): array {
            $items = (static function (): \Generator {
                yield [1, \Fiber::suspend('first')];
                yield [2, \Fiber::suspend('second')];
            })();
            return iterator_to_array($proxy->bulk('add', $items, concurrency: 1));
        });
        same(['first', 'second'], [$fiber->start(), $fiber->resume(10)]);
        $fiber->resume(20);
        same([11, 22], $fiber->getReturn());
    },
    'exit and fatal errors in the generator' => static function (): void {
        $url = Servers::adder(10);
        foreach (['exit(7)' => 7, 'trigger_error("enough", E_USER_ERROR)' => 255, 'nope()' => 255] as $end => $expected) {
            $code = offline() . '$p = $p->withOptions(["location" => ' . var_export($url, true) . ']);'
                . "function items() { for (\$i = 0; \$i < 8; \$i++) { yield [\$i, 1]; } $end; }"
                . 'try { foreach ($p->bulk("add", items(), concurrency: 4) as $r) echo $r; } finally { echo "|"; } echo "went on";';
            [$output, $status] = script($code);
            same($expected, $status, $output);
            contains('12', $output);
            lacks('went on', $output);
        }
    },
    'a fork leaves the run to the parent' => static function (): void {
        $code = offline() . '$p = $p->withOptions(["location" => ' . var_export(Servers::adder(50), true) . ']);'
            . '$b = $p->bulk("add", [[1, 1], [2, 1], [3, 1]], concurrency: 3); $b->current();'
            . '$pid = pcntl_fork(); if ($pid === 0) { try { foreach ($b as $r) {} } catch (WsdlProxy\UsageError) { echo "child,"; }'
            . ' echo $p->add(1, 1), ","; exit(0); } pcntl_waitpid($pid, $status); foreach ($b as $r) echo $r;';
        [$output, $status] = script($code);
        same(0, $status, $output);
        holds(str_ends_with($output, '234'), $output);
        contains('2,', $output);
    },
    'five thousand accounts' => static function (): void {
        $sip = Servers::port();
        $sip->addDomain(['domain' => 'bulk.example.com']);
        $accounts = (static function (): \Generator {
            for ($i = 0; $i < 5000; $i++) {
                yield "user$i" => ['id' => ['username' => "user$i", 'domain' => 'bulk.example.com'], 'password' => "p$i"];
            }
        })();
        $bulk = $sip->bulk('addAccount', $accounts, concurrency: 32, ordered: false);
        foreach ($bulk as $name => $account) {
            same($name, $account->id->username);
        }
        same([5000, 5000, 0, 0, 0], counters($bulk));
        same(5000, $sip->getAccounts(['filter' => ['domain' => 'bulk.example.com'], 'range' => ['start' => 0, 'count' => 1]])->total);
    },
];
