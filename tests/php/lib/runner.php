<?php
/** Finds the tests and runs them one after the other. */

declare(strict_types=1);

namespace WsdlProxy\Tests;

/**
 * Every file `test_*.php` returns an array from names to functions. A function that returns has passed.
 */
final class Runner
{
    private int $passed = 0;
    private int $failed = 0;
    private int $skipped = 0;

    public static function main(string $pattern): int
    {
        if (!extension_loaded('wsdlproxy')) {
            fwrite(STDERR, "the extension wsdlproxy is not loaded\n");
            return 2;
        }
        // Also after a fatal error: a server that outlives the tests may hold what others wait for.
        register_shutdown_function(Servers::stop(...));
        $runner = new self();
        foreach (glob(dirname(__DIR__) . '/test_*.php') ?: [] as $file) {
            $suite = substr(basename($file, '.php'), 5);
            foreach (require $file as $name => $test) {
                $full = "$suite/$name";
                if (fnmatch($pattern, $full) || $pattern === $suite) {
                    $runner->run($full, $test);
                }
            }
        }
        echo "{$runner->passed} passed, {$runner->failed} failed, {$runner->skipped} skipped\n";
        return $runner->failed === 0 && $runner->passed > 0 ? 0 : 1;
    }

    private function run(string $name, callable $test): void
    {
        $start = hrtime(true);
        try {
            $test();
            $this->passed++;
        } catch (Skipped $reason) {
            $this->skipped++;
            echo "SKIP $name: {$reason->getMessage()}\n";
        } catch (\Throwable $error) {
            $this->failed++;
            $text = $error instanceof Failed ? '' : get_class($error) . ': ';
            $at = self::place($error);
            echo "FAIL $name$at: $text{$error->getMessage()}\n";
        }
        $seconds = (hrtime(true) - $start) / 1e9;
        if ($seconds > 60) {
            echo sprintf("SLOW %s: %.1f s\n", $name, $seconds);
        }
    }

    /** The line of the test that the error came from. */
    private static function place(\Throwable $error): string
    {
        foreach ([['file' => $error->getFile(), 'line' => $error->getLine()], ...$error->getTrace()] as $frame) {
            if (str_starts_with(basename($frame['file'] ?? ''), 'test_')) {
                return ':' . $frame['line'];
            }
        }
        return '';
    }
}
