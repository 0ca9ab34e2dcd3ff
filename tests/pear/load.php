<?php
/**
 * Every file of the drop-in loads on its own, in any order, prints nothing and raises nothing.
 *
 *     php -d extension=wsdlproxy tests/pear/load.php
 */

$shim = dirname(__DIR__, 2) . '/php/pear';
set_include_path($shim . PATH_SEPARATOR . '/usr/share/php' . PATH_SEPARATOR . get_include_path());
$files = ['Base', 'Client', 'Disco', 'Fault', 'Parser', 'Server', 'Transport', 'Transport/HTTP', 'Transport/SMTP', 'Transport/TCP', 'Value', 'WSDL'];
$orders = array_merge(array_map(function ($file) {
    return [$file];
}, $files), [$files, array_reverse($files)]);

$failed = 0;
foreach ($orders as $order) {
    $child = pcntl_fork();
    if ($child === 0) {
        $trouble = [];
        error_reporting(E_ALL);
        set_error_handler(function ($level, $text, $file, $line) use (&$trouble, $shim) {
            if (strncmp($file, $shim, strlen($shim)) === 0) {
                $trouble[] = "$text at $file:$line";
            }
            return true;
        });
        ob_start();
        foreach ($order as $file) {
            require_once "SOAP/$file.php";
        }
        $trouble[] = ob_get_clean();
        $trouble = array_filter($trouble);
        foreach ($trouble as $text) {
            echo 'FAIL ', implode(', ', $order), ": $text\n";
        }
        exit($trouble ? 1 : 0);
    }
    pcntl_waitpid($child, $status);
    $failed += $status === 0 ? 0 : 1;
}
$passed = count($orders) - $failed;
echo "$passed passed, $failed failed\n";
exit($failed ? 1 : 0);
