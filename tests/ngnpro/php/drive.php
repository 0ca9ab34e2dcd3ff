<?php
// Makes the calls that it reads, one JSON line each: [port, operation, arguments, credentials]. Answers with one line:
// {"value": …}, {"fault": code} or {"error": text}. The first argument says which client makes them.

[, $client, $url] = $argv;

function withExtension(string $url, string $port, string $operation, array $arguments, array $auth): mixed
{
    static $definition = null;
    $definition ??= WsdlProxy\Definition::load($url . 'wsdl');
    $proxy = $definition->proxy("{$port}Port", $port === 'Presence' ? [] : ['auth' => $auth]);
    return $proxy->call($operation, ...$arguments);
}

function withSoapClient(string $url, string $port, string $operation, array $arguments, array $auth): mixed
{
    // SoapClient knows one operation per name, so that each port is loaded on its own.
    static $clients = [];
    $clients[$port] ??= new SoapClient("{$url}wsdl?port=$port", ['features' => SOAP_SINGLE_ELEMENT_ARRAYS]);
    if ($port !== 'Presence') {
        $clients[$port]->__setSoapHeaders(new SoapHeader('urn:AGProjects:NGNPro', 'auth', (object) $auth));
    }
    return $clients[$port]->__soapCall($operation, array_values($arguments));
}

while (($line = fgets(STDIN)) !== false) {
    [$port, $operation, $arguments, $auth] = json_decode($line, true, 512, JSON_THROW_ON_ERROR);
    try {
        $call = $client === 'SoapClient' ? 'withSoapClient' : 'withExtension';
        $answer = ['value' => $call($url, $port, $operation, $arguments, $auth)];
    } catch (SoapFault | WsdlProxy\Fault $fault) {
        // SoapClient wraps an exception that has a type of its own.
        $exception = $fault->detail->exception ?? null;
        $code = $exception->errorcode ?? $exception->enc_value->errorcode ?? null;
        $answer = $code === null ? ['error' => $fault->getMessage()] : ['fault' => $code];
    } catch (Throwable $error) {
        $answer = ['error' => get_class($error) . ': ' . $error->getMessage()];
    }
    echo json_encode($answer, JSON_THROW_ON_ERROR), "\n";
}
