<?php
/**
 * The command line of the runner.
 */

namespace WsdlProxy\Tests\Pear;

foreach (['typed', 'http', 'expectation', 'judge', 'worker', 'server', 'certificate', 'suite', 'mutation'] as $part) {
    require_once __DIR__ . "/$part.php";
}

final class Command
{
    private $options = ['subclass' => null, 'shim' => null, 'only' => '*', 'exceptions' => null, 'keep-alive' => false, 'mutate' => false];
    private $folder;
    private $passed = 0;
    private $failed = 0;
    private $mutations = 0;

    public static function main(array $arguments)
    {
        $command = new self();
        $wrong = $command->read($arguments);
        if ($wrong !== null) {
            fwrite(STDERR, "$wrong\n");
            return 2;
        }
        return $command->execute();
    }

    private function read(array $arguments)
    {
        $root = dirname(__DIR__);
        $this->folder = "$root/goldens";
        $this->options['subclass'] = "$root/subclass.php";
        $this->options['exceptions'] = "$root/exceptions.json";
        $this->options['shim'] = dirname($root, 2) . '/php/pear';
        while ($arguments) {
            $argument = array_shift($arguments);
            $name = substr($argument, 2);
            if (strncmp($argument, '--', 2) !== 0) {
                $this->folder = $argument;
            } elseif (!array_key_exists($name, $this->options)) {
                return "unknown option $argument";
            } elseif (is_bool($this->options[$name])) {
                $this->options[$name] = true;
            } elseif (!$arguments) {
                return "option $argument needs a value";
            } else {
                $this->options[$name] = array_shift($arguments);
            }
        }
        foreach (['subclass', 'shim', 'exceptions'] as $name) {
            $path = realpath($this->options[$name]);
            if ($path === false) {
                return "no such file or folder: {$this->options[$name]}";
            }
            $this->options[$name] = $path;
        }
        return is_file("{$this->folder}/index.json") ? null : "no recordings in {$this->folder}";
    }

    private function execute()
    {
        ini_set('precision', '14');
        ini_set('memory_limit', '1G');
        date_default_timezone_set('UTC');
        set_include_path($this->options['shim'] . PATH_SEPARATOR . '/usr/share/php' . PATH_SEPARATOR . get_include_path());
        $exceptions = json_decode(file_get_contents($this->options['exceptions']), true);
        $suite = new Suite($this->folder, $this->options);
        try {
            foreach ($suite->files($this->options['only']) as $file) {
                $this->one($suite->run($file), $exceptions);
            }
        } finally {
            $suite->tidy();
        }
        if ($this->options['mutate']) {
            echo "{$this->mutations} mutations\n";
        }
        echo "{$this->passed} passed, {$this->failed} failed\n";
        return $this->failed || !$this->passed ? 1 : 0;
    }

    private function one(array $run, array $exceptions)
    {
        $id = $run['vector']['id'];
        $best = null;
        foreach ($run['ways'] as $way => $demand) {
            $differences = $run['judge']->differences($demand, $run['seen']);
            if ($best === null || count($differences) < count($best)) {
                $best = $differences;
            }
            if ($differences === []) {
                break;
            }
        }
        if ($best !== [] && isset($exceptions[$id])) {
            $best = $this->onlyExcepted($best, $exceptions[$id]['differs']);
        } elseif ($best === [] && $this->options['keep-alive']) {
            $best = $this->reuse($run);
        }
        if ($best === [] && $this->options['mutate'] && !isset($exceptions[$id])) {
            list($count, $best) = Mutation::survivors($run, $way);
            $this->mutations += $count;
        }
        $this->report($id, $best);
    }

    /** An exception covers the differences that it names by a pattern, and no others. */
    private function onlyExcepted(array $differences, array $patterns)
    {
        return array_values(array_filter($differences, function ($difference) use ($patterns) {
            foreach ($patterns as $pattern) {
                if (preg_match("~$pattern~s", $difference)) {
                    return false;
                }
            }
            return true;
        }));
    }

    /** Several plain requests of one client that all could be kept alive must have come over one connection. */
    private function reuse(array $run)
    {
        foreach ($run['vector']['steps'] as $step) {
            foreach ($step['exchanges'] ?? [] as $exchange) {
                if (isset($exchange['response']['mode']) || !preg_match('~^HTTP/1\.1 200 ~', $exchange['response']['head'])) {
                    return [];
                }
            }
        }
        return $run['sent'] > 1 && $run['connections'] > 1 ? ["{$run['sent']} requests came over {$run['connections']} connections"] : [];
    }

    private function report($id, array $differences)
    {
        if ($differences === []) {
            $this->passed++;
            return;
        }
        $this->failed++;
        echo "FAIL $id: ", implode(' | ', $differences), "\n";
    }
}
