<?php
/**
 * Memory stays flat over many requests written and answers read, faults and overrides included.
 *
 *     php -d extension=wsdlproxy tests/pear/leaks.php
 */

$shim = dirname(__DIR__, 2) . '/php/pear';
set_include_path($shim . PATH_SEPARATOR . '/usr/share/php' . PATH_SEPARATOR . get_include_path());
require_once 'SOAP/Client.php';
$skip = &PEAR::getStaticProperty('PEAR_Error', 'skiptrace');
$skip = true;

class Decoding extends SOAP_Client
{
    function &_decode(&$soapval)
    {
        $value = parent::_decode($soapval);
        return $value;
    }
}

class Writing extends SOAP_Client
{
    function _serializeValue(&$value, $name = '', $type = false, $elNamespace = null, $typeNamespace = null, $options = array(), $attributes = array(), $artype = '')
    {
        return parent::_serializeValue($value, $name, $type, $elNamespace, $typeNamespace, $options, $attributes, $artype);
    }
}

function round_trip($class)
{
    $client = new $class('http://127.0.0.1:1/');
    $deep = (object) ['a' => [1, 2, ['x' => 'y']], 'b' => null, 'c' => new SOAP_Value('c', '{urn:t}C', ['d' => 1.5, 'e' => range(1, 14)])];
    $params = ['one' => $deep, 'two' => str_repeat('<&>', 50)];
    $client->addHeader(['auth', ['u' => 'x'], 'urn:h', 0]);
    $request = $client->_generate('echo', $params, 'urn:t');
    $none = [];
    $first = $client->parseResponse(preg_replace('/ SOAP-ENC:offset="[^"]*"/', '', $request), 'UTF-8', $none);
    $client->parseResponse('<x><y></x>', 'UTF-8', $none);
    $client->parseResponse('<e><Body><r><a href="#1"/></r><m id="1" root="0"><self href="#1"/></m></Body></e>', 'UTF-8', $none);
    $ring = new stdClass();
    $ring->ring = $ring;
    $params = ['ring' => $ring];
    try {
        $client->_generate('echo', $params, 'urn:t');
        $first = null;
    } catch (Error) {
        // A value without end is refused, in whatever way it is written.
    }
    return $first;
}

$passed = $failed = 0;
foreach (['SOAP_Client', 'Decoding', 'Writing'] as $class) {
    $result = round_trip($class);
    for ($at = 0; $at < 50; $at++) {
        round_trip($class);
    }
    gc_collect_cycles();
    $before = memory_get_usage();
    for ($at = 0; $at < 500; $at++) {
        round_trip($class);
    }
    gc_collect_cycles();
    $grown = memory_get_usage() - $before;
    $ok = $grown < 4096 && is_array($result);
    $ok ? $passed++ : $failed++;
    echo $ok ? 'ok  ' : 'FAIL', " $class: $grown bytes more after 500 rounds\n";
}
echo "$passed passed, $failed failed\n";
exit($failed ? 1 : 0);
