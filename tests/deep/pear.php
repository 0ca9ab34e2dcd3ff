<?php
/**
 * The PEAR classes under valgrind: calls over HTTP, answers that are refused, overrides, errors in PHP code.
 *
 *     php -d extension=wsdlproxy -d include_path=… tests/deep/pear.php URL [ROUNDS]
 */

require_once 'SOAP/Client.php';
$skip = &PEAR::getStaticProperty('PEAR_Error', 'skiptrace');
$skip = true;

class Overriding extends SOAP_Client
{
    function &_decode(&$soapval)
    {
        $value = parent::_decode($soapval);
        return $value;
    }

    function _serializeValue(&$value, $name = '', $type = false, $elNamespace = null, $typeNamespace = null, $options = array(), $attributes = array(), $artype = '')
    {
        return parent::_serializeValue($value, $name, $type, $elNamespace, $typeNamespace, $options, $attributes, $artype);
    }

    function _getType(&$value)
    {
        return parent::_getType($value);
    }
}

/** Changes what is being written. */
class Vandal extends SOAP_Client
{
    public $given;

    function _serializeValue(&$value, $name = '', $type = false, $elNamespace = null, $typeNamespace = null, $options = array(), $attributes = array(), $artype = '')
    {
        if (is_object($this->given)) {
            $copy = (array) $this->given;
            $this->given->{"more$name"} = $copy;
            unset($this->given->last);
        }
        if ($name === 'raise') {
            throw new DomainException('as asked');
        }
        return parent::_serializeValue($value, $name, $type, $elNamespace, $typeNamespace, $options, $attributes, $artype);
    }
}

function called($client, $method, $parameters)
{
    $client->addHeader(['auth', ['username' => 'admin', 'password' => 'secret'], 'urn:AGProjects:NGNPro', 0, '']);
    return $client->call($method, $parameters, ['namespace' => 'urn:AGProjects:NGNPro:Sip']);
}

function online($client, $wrong, $round)
{
    $domain = 'p' . getmypid() . "-$round.example.com";
    called($client, 'addDomain', ['domain' => ['domain' => $domain]]);
    $id = ['username' => 'alice', 'domain' => $domain];
    $made = called($client, 'addAccount', ['account' => ['id' => $id, 'password' => 'x', 'groups' => ['a', 'b']]]);
    if (!is_object($made) || $made->id->domain !== $domain) {
        throw new LogicException('the account is lost: ' . print_r($made, true));
    }
    $again = called($client, 'addDomain', ['domain' => ['domain' => $domain]]);
    $lost = called($wrong, 'addDomain', ['domain' => ['domain' => $domain]]);
    if (!$again instanceof SOAP_Fault || !$lost instanceof SOAP_Fault) {
        throw new LogicException('no fault');
    }
}

function offline($client)
{
    $none = [];
    $deep = (object) ['a' => [1, 2, ['x' => 'y']], 'b' => null, 'c' => new SOAP_Value('c', '{urn:t}C', ['d' => 1.5, 'e' => range(1, 14)])];
    $parameters = ['one' => $deep, 'two' => str_repeat('<&>', 50)];
    $request = $client->_generate('echo', $parameters, 'urn:t');
    $client->parseResponse($request, 'UTF-8', $none);
    $client->parseResponse(substr($request, 0, -30), 'UTF-8', $none);
    $client->parseResponse('<!DOCTYPE x>' . $request, 'UTF-8', $none);
    $client->parseResponse('<e><Body><r><a href="#1"/></r><m id="1"><self href="#1"/></m></Body></e>', 'UTF-8', $none);
    $client->parseResponse('<e><Body><r>' . str_repeat('<a>', 5000) . '</r></Body></e>', 'UTF-8', $none);
    $ring = new stdClass();
    $ring->ring = $ring;
    $parameters = ['ring' => $ring];
    try {
        $client->_generate('echo', $parameters, 'urn:t');
        throw new LogicException('the ring was written');
    } catch (Error) {
    }
}

function vandalized()
{
    $client = new Vandal('http://127.0.0.1:1/');
    $client->given = (object) ['first' => (object) ['x' => [1, 2]], 'second' => ['y' => 'z'], 'last' => 'gone'];
    $parameters = ['given' => $client->given];
    $client->_generate('echo', $parameters, 'urn:t');
    $parameters = ['list' => [1, (object) ['raise' => 1]]];
    try {
        $client->_generate('echo', $parameters, 'urn:t');
        throw new LogicException('the exception was lost');
    } catch (DomainException) {
    }
}

$url = $argv[1];
$rounds = (int) ($argv[2] ?? 200);
$clients = [new SOAP_Client($url), new Overriding($url)];
$wrong = new SOAP_Client('http://127.0.0.1:1/');
foreach ($clients as $client) {
    $client->setOpt('timeout', 10);
}
for ($round = 0; $round < $rounds; $round++) {
    online($clients[$round % 2], $wrong, $round);
    offline($clients[$round % 2]);
    vandalized();
}
$wsdl = new SOAP_WSDL("{$url}wsdl");
strlen($wsdl->generateAllProxies()) > 1000 || throw new LogicException('no code');
gc_collect_cycles();
echo "done\n";
