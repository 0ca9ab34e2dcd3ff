<?php
/**
 * Runs the tests of the native PHP face.
 *
 *     php -d extension=wsdlproxy tests/php/run.php [PATTERN]
 *
 * PATTERN chooses tests by name, with shell wildcards. A line for each failure and each skipped test, a closing
 * line with the numbers, and an exit status other than 0 if anything failed.
 */

declare(strict_types=1);

namespace WsdlProxy\Tests;

require __DIR__ . '/lib/check.php';
require __DIR__ . '/lib/servers.php';
require __DIR__ . '/lib/runner.php';

error_reporting(E_ALL);
ini_set('display_errors', '1');
// A notice or a deprecation of ours is a failure.
set_error_handler(static function (int $level, string $text, string $file, int $line): bool {
    if ((error_reporting() & $level) === 0) {
        return false;
    }
    throw new \ErrorException($text, 0, $level, $file, $line);
});

exit(Runner::main($argv[1] ?? '*'));
