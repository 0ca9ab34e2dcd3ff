<?php
// PHP's SoapServer over the WSDL that the environment names. What it read is described as JSON.

class Registry
{
    private function parameters(array $arguments): object
    {
        // Document style hands over the wrapper, rpc style its parts.
        if (getenv('STYLE') === 'document') {
            return $arguments[0];
        }
        $names = ['echo' => ['order'], 'add' => ['a', 'b'], 'describe' => ['order'], 'fail' => ['code'], 'forget' => ['name']];
        return (object) array_combine($names[$this->operation], $arguments);
    }

    private string $operation = '';

    public function __call(string $operation, array $arguments)
    {
        $this->operation = $operation;
        $given = $this->parameters($arguments);
        $result = match ($operation) {
            'echo' => $given->order,
            'add' => $given->a + $given->b,
            'describe' => json_encode($given->order, JSON_THROW_ON_ERROR | JSON_INVALID_UTF8_SUBSTITUTE | JSON_PRESERVE_ZERO_FRACTION),
            'fail' => throw new SoapFault(getenv('VERSION') === '1.2' ? 'Sender' : 'Client', "code <$given->code>", null, (object) ['code' => $given->code], 'problem'),
            'forget' => null,
        };
        if (getenv('STYLE') !== 'document') {
            return $result;
        }
        return $operation === 'forget' ? new stdClass() : ['result' => $result];
    }
}

$server = new SoapServer(getenv('WSDL'), [
    'cache_wsdl' => WSDL_CACHE_NONE,
    'soap_version' => getenv('VERSION') === '1.2' ? SOAP_1_2 : SOAP_1_1,
    'features' => SOAP_SINGLE_ELEMENT_ARRAYS,
]);
$server->setObject(new Registry());
$server->handle();
