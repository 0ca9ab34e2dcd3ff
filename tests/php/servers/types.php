<?php
/** A service behind PHP's own SoapServer: structs, arrays, nulls, faults and headers, as ext/soap sends them. */

declare(strict_types=1);

final class Service
{
    public ?string $token = null;

    public function session(mixed $header): void
    {
        $this->token = is_object($header) ? ($header->token ?? null) : (string) $header;
    }

    public function echoPerson(mixed $person): mixed
    {
        return $person;
    }

    public function echoList(mixed $list): mixed
    {
        return $list;
    }

    public function echoPeople(mixed $people): mixed
    {
        return $people;
    }

    public function echoAny(mixed $value): mixed
    {
        return $value;
    }

    public function describe(mixed $a = null, mixed $b = null): string
    {
        return json_encode([$a, $b], JSON_THROW_ON_ERROR | JSON_PRESERVE_ZERO_FRACTION);
    }

    public function add(int $x, int $y): int
    {
        return $x + $y;
    }

    public function token(): ?string
    {
        return $this->token;
    }

    public function nothing(): void
    {
    }

    public function fail(string $why): never
    {
        throw new SoapFault('Server', "failed: $why", 'urn:actor', (object) ['code' => 42, 'why' => $why]);
    }

    public function echoTypes(mixed $value): mixed
    {
        return $value;
    }
}

$url = 'http://' . $_SERVER['HTTP_HOST'] . '/';
$wsdl = str_replace('LOCATION', $url, file_get_contents(__DIR__ . '/types.wsdl'));
if ($_SERVER['REQUEST_METHOD'] === 'GET') {
    header('Content-Type: text/xml; charset=utf-8');
    echo $wsdl;
    return;
}
$file = sys_get_temp_dir() . '/wsdlproxy-types-' . md5($wsdl) . '.wsdl';
if (!is_file($file)) {
    file_put_contents("$file." . getmypid(), $wsdl);
    rename("$file." . getmypid(), $file);
}
$server = new SoapServer($file, ['cache_wsdl' => WSDL_CACHE_NONE]);
$server->setClass(Service::class);
$server->handle();
