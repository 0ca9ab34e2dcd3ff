<?php
/** The servers that tests talk to: started when first needed, stopped at the end. */

declare(strict_types=1);

namespace WsdlProxy\Tests;

use WsdlProxy\Proxy;

final class Servers
{
    /** @var list<resource> */
    private static array $running = [];
    /** @var list<resource> */
    private static array $outputs = [];
    /** @var array<string, string> */
    private static array $urls = [];
    /** @var list<string> */
    private static array $files = [];

    public const ADMIN = ['username' => 'admin', 'password' => 'secret'];

    /** A proxy of a port of the embedded NGNPro server. */
    public static function port(string $port = 'SipPort', array $options = []): Proxy
    {
        $url = self::ngnpro();
        return new Proxy($url . 'wsdl', $options + ['port' => $port, 'location' => $url, 'auth' => self::ADMIN]);
    }

    /** The URL of the embedded NGNPro server. */
    public static function ngnpro(): string
    {
        return self::$urls['ngnpro'] ??= self::firstUrl([self::binary(), '--port', '0']) . '';
    }

    private static function binary(): string
    {
        $given = getenv('NGNPRO_SERVER');
        if ($given !== false && $given !== '') {
            return $given;
        }
        $root = dirname(__DIR__, 3);
        $target = getenv('WSDLPROXY_TARGET') ?: getenv('CARGO_TARGET_DIR') ?: "$root/target";
        foreach (['release', 'debug'] as $profile) {
            if (is_executable("$target/$profile/ngnpro-server")) {
                return "$target/$profile/ngnpro-server";
            }
        }
        throw new Skipped('ngnpro-server is not built');
    }

    /** Starts a program that prints its URL first. */
    private static function firstUrl(array $command): string
    {
        $line = self::firstLine($command);
        if (!preg_match('~http://\S+~', $line, $found)) {
            throw new Failed("no URL from {$command[0]}: $line");
        }
        return rtrim($found[0], '/') . '/';
    }

    /** Starts a server and returns what it prints first. */
    private static function firstLine(array $command): string
    {
        [$process, $out] = self::start($command);
        self::$running[] = $process;
        // Kept open: a server that cannot print ends.
        self::$outputs[] = $out;
        return trim((string) fgets($out));
    }

    /** The port of one of the scripts in `servers`, which takes a free one and prints it. */
    private static function portOf(string $script, string ...$arguments): int
    {
        $line = self::firstLine([PHP_BINARY, '-n', dirname(__DIR__) . "/servers/$script", ...$arguments]);
        return (int) $line ?: throw new Failed("no port from $script: $line");
    }

    /**
     * @param list<string> $command
     * @return array{resource, resource}
     */
    public static function start(array $command, array $environment = []): array
    {
        $null = ['file', '/dev/null', 'r'];
        $pipes = [];
        $process = proc_open(
            $command,
            [$null, ['pipe', 'w'], ['file', '/dev/null', 'w']],
            $pipes,
            null,
            $environment + getenv(),
        );
        if ($process === false) {
            throw new Failed("{$command[0]} does not start");
        }
        return [$process, $pipes[1]];
    }

    /** The URL of a PHP script behind PHP's own web server. */
    public static function php(string $script): string
    {
        if (isset(self::$urls[$script])) {
            return self::$urls[$script];
        }
        $port = self::freePort();
        $file = dirname(__DIR__) . "/servers/$script";
        [$process] = self::start([PHP_BINARY, '-n', ...self::extensions(), '-S', "127.0.0.1:$port", $file]);
        self::$running[] = $process;
        self::await($port);
        return self::$urls[$script] = "http://127.0.0.1:$port/";
    }

    /** What `-n` leaves out and the scripts need. */
    private static function extensions(): array
    {
        return ['-d', 'extension=dom', '-d', 'extension=soap'];
    }

    /** The URL of a server that sends fixed bytes for each connection, whatever is asked. */
    public static function raw(string $answer, int $delay = 0): string
    {
        $file = (string) tempnam(sys_get_temp_dir(), 'wsdlproxy');
        self::$files[] = $file;
        file_put_contents($file, $answer);
        return 'http://127.0.0.1:' . self::portOf('raw.php', $file, (string) $delay) . '/';
    }

    /** The URL of a server that answers with what it saw of the request; over TLS with the certificates of a folder. */
    public static function mirror(?string $folder = null): string
    {
        $port = self::portOf('mirror.php', ...($folder === null ? [] : [$folder]));
        return ($folder === null ? 'http' : 'https') . "://127.0.0.1:$port/";
    }

    /** The URL of a server that adds after some milliseconds; its head says how it misbehaves. */
    public static function adder(int $milliseconds): string
    {
        return 'http://127.0.0.1:' . self::portOf('adder.php', (string) $milliseconds) . '/';
    }

    /** A port below those that the system gives to whoever asks for any, so that nobody gets it in the meantime. */
    private static function freePort(): int
    {
        do {
            $port = random_int(15_000, 32_000);
            $socket = @stream_socket_server("tcp://127.0.0.1:$port");
        } while ($socket === false);
        fclose($socket);
        return $port;
    }

    private static function await(int $port): void
    {
        for ($tries = 0; $tries < 600; $tries++) {
            $socket = @fsockopen('127.0.0.1', $port, $code, $text, 1.0);
            if ($socket !== false) {
                fclose($socket);
                return;
            }
            usleep(50_000);
        }
        throw new Failed("nothing listens on port $port");
    }

    /** Stops what was started here. */
    public static function stop(): void
    {
        foreach (self::$running as $process) {
            proc_terminate($process);
        }
        self::$running = [];
        array_map('unlink', self::$files);
        self::$files = [];
    }
}

/** Runs a script in a PHP process of its own; returns its output and exit status. */
function script(string $code, array $settings = [], int $seconds = 60): array
{
    $command = [PHP_BINARY, '-d', 'extension=' . extensionFile(), '-d', 'display_errors=1'];
    foreach ($settings as $name => $value) {
        array_push($command, '-d', "$name=$value");
    }
    $file = tempnam(sys_get_temp_dir(), 'wsdlproxy');
    file_put_contents($file, "<?php\n$code");
    $pipes = [];
    $process = proc_open(['timeout', (string) $seconds, ...$command, $file], [1 => ['pipe', 'w'], 2 => ['redirect', 1]], $pipes);
    $output = stream_get_contents($pipes[1]);
    $status = proc_close($process);
    unlink($file);
    return [$output, $status];
}

/** The beginning of a script with a proxy in `$p` that needs no network. */
function offline(): string
{
    return '$p = new WsdlProxy\Proxy(' . var_export(dirname(__DIR__) . '/servers/types.wsdl', true) . ');'
        . 'const HEAD = \'<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>\';'
        . 'const TAIL = "</e:Body></e:Envelope>";';
}

/** An interpreter that has the Python package. */
function python(): string
{
    $root = dirname(__DIR__, 3);
    foreach (array_filter([getenv('WSDLPROXY_PYTHON') ?: null, "$root/.venv/bin/python"]) as $python) {
        exec(escapeshellarg($python) . ' -c "import wsdlproxy" 2>/dev/null', $output, $status);
        if ($status === 0) {
            return $python;
        }
    }
    throw new Skipped('the Python package is not built; WSDLPROXY_PYTHON names an interpreter that has it');
}

/** The file of the extension that this process runs with. */
function extensionFile(): string
{
    $given = getenv('WSDLPROXY_EXTENSION');
    if ($given !== false && $given !== '') {
        return $given;
    }
    foreach (file('/proc/self/maps') ?: [] as $line) {
        if (preg_match('~/\S*wsdlproxy\S*\.so~', $line, $found)) {
            return $found[0];
        }
    }
    throw new Skipped('the file of the extension is not known; set WSDLPROXY_EXTENSION');
}
