<?php
// Runs the PHP files named on standard input, all in the same variables; a mark ends what each prints.

ini_set('display_errors', 'stdout');
set_error_handler(fn($level, $message, $file, $line) => throw new ErrorException($message, 0, $level, $file, $line));
while (($path = fgets(STDIN)) !== false) {
    include rtrim($path, "\n");
    echo "\x04\n";
}
