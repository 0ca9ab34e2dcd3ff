<?php
/**
 * Runs recordings: one process for each, the server in this one.
 */

namespace WsdlProxy\Tests\Pear;

final class Suite
{
    const SECONDS = 120;

    private $folder;
    private $options;
    private $temporary;
    private $certificate;
    private $closed;
    private $values;

    /** @param array $options shim, subclass, keep-alive */
    public function __construct($folder, array $options)
    {
        $this->folder = $folder;
        $this->options = $options;
        $this->temporary = sys_get_temp_dir() . '/pear-vectors-' . getmypid();
        mkdir($this->temporary, 0700);
        $this->certificate = Certificate::make($this->temporary);
        $values = "$folder/accept.json";
        $this->values = json_decode(file_get_contents(is_file($values) ? $values : __DIR__ . '/../accept.json'), true);
    }

    public function tidy()
    {
        array_map('unlink', glob("{$this->temporary}/*"));
        rmdir($this->temporary);
    }

    /** @return string[] files of the folder that hold a vector, in the order of their names */
    public function files($pattern = '*')
    {
        $files = [];
        foreach (glob("{$this->folder}/*/$pattern.json") as $file) {
            if (isset(json_decode(file_get_contents($file), true, 100000)['steps'])) {
                $files[] = $file;
            }
        }
        return $files;
    }

    /** Runs one vector: what it demands in each way it may pass, what was seen, and the judge to compare them. */
    public function run($file)
    {
        $vector = json_decode(file_get_contents($file), true, 100000) + ['folder' => dirname($file)];
        $server = new Server($this->certificate, $this->options['keep-alive']);
        $typed = new Typed($this->places($server, $vector));
        $expectation = new Expectation($vector, $typed, $this->values);
        $server->expect($this->answers($vector, $typed));
        $seen = $this->observe($server, $vector, $typed);
        list($requests, $connections) = $server->received();
        $ways = $expectation->ways();
        $seen['requests'] = self::distribute($requests, reset($ways) ?: ['steps' => []]);
        return ['vector' => $vector, 'ways' => $ways, 'seen' => $seen, 'judge' => new Judge($expectation),
            'sent' => count($requests), 'connections' => $connections];
    }

    private function places(Server $server, array $vector)
    {
        list($plain, $tls) = $server->ports();
        // Bound as long as this lives, so that nobody else gets the port, and never listening.
        $this->closed = stream_socket_server('tcp://127.0.0.1:0', $code, $text, STREAM_SERVER_BIND);
        $places = ['{PORT}' => (string) $plain, '{TLSPORT}' => (string) $tls, '{CLOSEDPORT}' => (string) Server::port($this->closed)];
        foreach ($vector['files'] ?? [] as $name) {
            $copy = "{$this->temporary}/$name";
            file_put_contents($copy, strtr(file_get_contents("{$this->folder}/wsdl/files/$name"), $places));
            $places["{FILE:$name}"] = $copy;
        }
        return $places;
    }

    private function answers(array $vector, Typed $typed)
    {
        $answers = [];
        foreach ($vector['steps'] as $step) {
            foreach ($step['exchanges'] ?? [] as $exchange) {
                $answer = $exchange['response'];
                if (isset($answer['body_file'])) {
                    $answer['body'] = file_get_contents("{$vector['folder']}/{$answer['body_file']}");
                } elseif (isset($answer['body_repeat'])) {
                    $answer['body'] = implode('', array_map(function ($part) {
                        return is_array($part) ? str_repeat($part[0], $part[1]) : $part;
                    }, $answer['body_repeat']));
                }
                $answer['head'] = $typed->fill($answer['head']);
                $answer['body'] = $typed->fill($answer['body'] ?? '');
                if (!isset($exchange['request']['none'])) {
                    $answers[] = $answer;
                }
            }
        }
        return $answers;
    }

    private function observe(Server $server, array $vector, Typed $typed)
    {
        list($ours, $theirs) = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        $child = pcntl_fork();
        if ($child === 0) {
            fclose($ours);
            exit($this->work($theirs, new Worker($vector, $typed, realpath($this->options['shim']))));
        }
        fclose($theirs);
        stream_set_blocking($ours, false);
        $report = $server->serve($ours, self::SECONDS);
        fclose($ours);
        if ($report === null) {
            posix_kill($child, SIGKILL);
        }
        pcntl_waitpid($child, $status);
        $seen = $report ? @unserialize($report) : false;
        if ($seen === false || !pcntl_wifexited($status) || pcntl_wexitstatus($status) !== 0) {
            $how = $report === null ? 'no end within ' . self::SECONDS . ' s'
                : (pcntl_wifexited($status) ? 'exit status ' . pcntl_wexitstatus($status) : 'signal ' . pcntl_wtermsig($status));
            return ['steps' => [], 'diagnostics' => [], 'died' => $how];
        }
        return $seen;
    }

    private function work($pipe, Worker $worker)
    {
        try {
            $report = serialize($worker->run($this->options['subclass']));
        } catch (\Throwable $thrown) {
            fwrite(STDERR, "$thrown\n");
            return 1;
        }
        for ($sent = 0; $sent < strlen($report); $sent += fwrite($pipe, substr($report, $sent))) {
        }
        return 0;
    }

    /** Gives each step the requests that its recording has; what is left over comes after the last step. */
    private static function distribute(array $requests, array $demand)
    {
        $steps = [];
        foreach ($demand['steps'] as $step) {
            $steps[] = array_splice($requests, 0, count($step['requests']));
        }
        return array_merge($steps, $requests);
    }
}
