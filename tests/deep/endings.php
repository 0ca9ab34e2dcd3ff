<?php
/**
 * A process that ends inside a callback of ours: by `exit`, an exception that nobody catches, or a fatal error.
 *
 *     php -d extension=wsdlproxy -d include_path=… tests/deep/endings.php native|items|document|signal|bulk|write|read exit|exception|fatal
 */

require_once 'SOAP/Client.php';

function ending()
{
    switch ($GLOBALS['argv'][2]) {
        case 'exit':
            exit(3);
        case 'exception':
            throw new DomainException('nobody catches this');
        default:
            trigger_error('enough', E_USER_ERROR);
    }
}

function items()
{
    yield [1, 1];
    yield [2, 2];
    ending();
}

class Text
{
    public function __toString(): string
    {
        ending();
        return '';
    }
}

class Page extends DOMDocument
{
    public function saveXML(?DOMNode $node = null, int $options = 0): string|false
    {
        ending();
        return '';
    }
}

class Ending extends SOAP_Client
{
    public $depth = 0;

    function _serializeValue(&$value, $name = '', $type = false, $elNamespace = null, $typeNamespace = null, $options = array(), $attributes = array(), $artype = '')
    {
        if ($name === 'deep') {
            ending();
        }
        return parent::_serializeValue($value, $name, $type, $elNamespace, $typeNamespace, $options, $attributes, $artype);
    }

    function &_decode(&$soapval)
    {
        if ($this->depth++ > 3) {
            ending();
        }
        $value = parent::_decode($soapval);
        return $value;
    }
}

$value = ['a' => 1, 'list' => [['x' => str_repeat('text', 100)], ['deep' => 'end']]];
switch ($argv[1]) {
    case 'native':
        $types = new WsdlProxy\Proxy(dirname(__DIR__) . '/php/servers/types.wsdl');
        $types->createMessage('echoAny', ['a' => ['b' => str_repeat('text', 100), 'c' => new Text()]]);
        break;
    case 'items':
        $types = new WsdlProxy\Proxy(dirname(__DIR__) . '/php/servers/types.wsdl');
        $types->createMessage('echoAny', ['a' => ['b' => str_repeat('text', 100), 'c' => items()]]);
        break;
    case 'document':
        $page = new Page();
        $page->loadXML('<a><b>' . str_repeat('text', 100) . '</b></a>');
        $types = new WsdlProxy\Proxy(dirname(__DIR__) . '/php/servers/types.wsdl');
        $types->createMessage('echoAny', ['a' => $page]);
        break;
    case 'signal':
        $silent = stream_socket_server('tcp://127.0.0.1:0');
        $options = ['location' => 'http://' . stream_socket_get_name($silent, false) . '/', 'timeout' => 20];
        $types = new WsdlProxy\Proxy(dirname(__DIR__) . '/php/servers/types.wsdl', $options);
        pcntl_async_signals(true);
        pcntl_signal(SIGALRM, 'ending');
        pcntl_alarm(1);
        $types->add(1, 1);
        break;
    case 'bulk':
        $options = ['location' => 'http://127.0.0.1:1/'];
        $types = new WsdlProxy\Proxy(dirname(__DIR__) . '/php/servers/types.wsdl', $options);
        foreach ($types->bulk('add', items(), concurrency: 8) as $result) {
            echo $result::class, "\n";
        }
        break;
    case 'write':
        $client = new Ending('http://127.0.0.1:1/');
        $client->_generate('echo', $value, 'urn:t');
        break;
    default:
        $client = new Ending('http://127.0.0.1:1/');
        $none = [];
        $client->parseResponse('<e><Body><r><a><b><c><d>1</d><d>2</d></c></b></a></r></Body></e>', 'UTF-8', $none);
}
echo "went on\n";
