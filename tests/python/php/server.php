<?php
// A SoapServer whose operations note what they were given, and answer as the arguments ask.

class Noted
{
    public array $headers = [];

    public function auth($credentials): void
    {
        $this->headers['auth'] = $credentials;
    }

    public function __call(string $operation, array $arguments)
    {
        file_put_contents(getenv('SEEN'), json_encode(
            ['operation' => $operation, 'arguments' => $arguments, 'headers' => $this->headers,
             'body' => file_get_contents('php://input')],
            JSON_THROW_ON_ERROR | JSON_PARTIAL_OUTPUT_ON_ERROR | JSON_PRESERVE_ZERO_FRACTION,
        ));
        $first = $arguments[0] ?? null;
        if ($operation === 'deleteDomain' && $first === 'nowhere') {
            $exception = ['errorcode' => 1000, 'errorstring' => 'no such domain'];
            throw new SoapFault('Server', 'the domain does not exist', 'urn:actor', $exception);
        }
        return match ($operation) {
            'addAccount', 'addDomain', 'addAlias' => $first,
            'getAccounts' => ['accounts' => [['id' => ['username' => 'a', 'domain' => 'b']], ['id' => ['username' => 'c', 'domain' => 'd'], 'quota' => 5]], 'total' => 2],
            'getGroups' => ['one', 'two', "<&>\u{e9}"],
            'getRejectMembers' => [],
            'getMediaSummary' => '{"a":1}',
            default => null,
        };
    }
}

if ($_SERVER['REQUEST_METHOD'] === 'GET') {
    header('Content-Type: text/xml');
    readfile(getenv('WSDL'));
    return;
}
$server = new SoapServer(getenv('WSDL'), ['cache_wsdl' => WSDL_CACHE_NONE]);
$server->setObject(new Noted());
$server->handle();
