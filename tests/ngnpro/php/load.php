<?php
// Loads the WSDL as a client and as a server, and lets the server take one request apart.

$wsdl = $argv[1];

class Platform
{
    public $auth;
    public $query;

    public function auth($credentials)
    {
        $this->auth = $credentials;
    }

    public function getDomains($query)
    {
        $this->query = $query;
        $domain = ['domain' => 'example.com', 'customer' => 7, 'verify_cert' => true];
        return ['domains' => [$domain], 'total' => 1];
    }
}

$client = new SoapClient($wsdl);
$platform = new Platform();
$server = new SoapServer($wsdl);
$server->setObject($platform);
$request = <<<XML
    <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header>
    <a:auth xmlns:a="urn:AGProjects:NGNPro"><username>admin</username><password>secret</password></a:auth></e:Header><e:Body>
    <s:getDomains xmlns:s="urn:AGProjects:NGNPro:Sip"><query>
    <filter><domain>%example%</domain></filter><range><start>0</start><count>20</count></range></query></s:getDomains>
    </e:Body></e:Envelope>
    XML;
ob_start();
$server->handle($request);
$response = ob_get_clean();
echo json_encode([
    'functions' => count($client->__getFunctions()),
    'types' => count($client->__getTypes()),
    'username' => $platform->auth->username,
    'filter' => $platform->query->filter->domain,
    'count' => $platform->query->range->count,
    'response' => $response,
]);
