<?php
/** php-fpm: workers that are recycled, ten thousand requests, flat memory. */

declare(strict_types=1);

namespace WsdlProxy\Tests;

require_once __DIR__ . '/lib/fastcgi.php';

/** Requests, and the seconds that they may take on a slow machine that has other work too. */
const REQUESTS = 10_000;
const SECONDS = 900;

function fpm(): string
{
    foreach (['/usr/sbin/php-fpm' . PHP_MAJOR_VERSION . '.' . PHP_MINOR_VERSION, '/usr/sbin/php-fpm', '/usr/local/sbin/php-fpm'] as $file) {
        if (is_executable($file)) {
            return $file;
        }
    }
    throw new Skipped('php-fpm is not installed');
}

/** @return array{resource, FastCgi, string} */
function startFpm(): array
{
    $folder = sys_get_temp_dir() . '/wsdlproxy-fpm-' . getmypid();
    mkdir($folder, 0755, true);
    $user = posix_getuid() === 0 ? "user = root\ngroup = root\n" : '';
    file_put_contents("$folder/fpm.conf", "[global]\nerror_log = $folder/log\ndaemonize = no\n[www]\n{$user}"
        . "listen = $folder/socket\npm = static\npm.max_children = 3\npm.max_requests = 1500\n");
    $command = [fpm(), '-n', '-F', '-y', "$folder/fpm.conf", '-d', 'extension=' . extensionFile()];
    if (posix_getuid() === 0) {
        $command[] = '-R';
    }
    [$process] = Servers::start($command);
    for ($tries = 0; $tries < 1200 && !file_exists("$folder/socket"); $tries++) {
        usleep(50_000);
    }
    return [$process, new FastCgi("$folder/socket"), $folder];
}

return [
    'ten thousand requests' => static function (): void {
        $url = Servers::ngnpro();
        [$process, $client, $folder] = startFpm();
        $script = __DIR__ . '/servers/fpm.php';
        $workers = [];
        $end = time() + SECONDS;
        $done = 0;
        try {
            while ($done < REQUESTS && time() < $end) {
                $text = $client->get($script, $done % 20 === 0 ? 'url=' . urlencode($url) : '');
                $seen = json_decode($text, true);
                holds(is_array($seen) && $seen['ok'], "request $done: $text");
                $workers[$seen['pid']][] = [$seen['rss'], $seen['usage']];
                $done++;
            }
        } finally {
            proc_terminate($process);
            $log = (string) @file_get_contents("$folder/log");
            array_map('unlink', glob("$folder/*"));
            @rmdir($folder);
        }
        lacks('SIGSEGV', $log);
        lacks('SIGABRT', $log);
        same(REQUESTS, $done, 'requests in ' . SECONDS . ' s');
        holds(count($workers) > 6, 'workers were recycled');
        foreach ($workers as $pid => $requests) {
            $count = count($requests);
            if ($count > 500) {
                [$rss, $usage] = $requests[200];
                [$lastRss, $lastUsage] = $requests[$count - 1];
                holds($lastRss - $rss < 4096, "worker $pid grew by " . ($lastRss - $rss) . " kB in $count requests");
                // The amount differs by what the request did, not by how many there were.
                holds($lastUsage - $usage < 256 * 1024, "PHP memory of worker $pid grew by " . ($lastUsage - $usage));
            }
        }
    },
];
