<?php
/**
 * The classic recipe, first half: read a WSDL, print a library of client classes, save it.
 *
 *     php -d extension=wsdlproxy -d include_path=php/pear:/usr/share/php generate.php SERVICE.wsdl > library.php
 */

require_once 'SOAP/WSDL.php';

$wsdl = new SOAP_WSDL($argv[1]);
if ($wsdl->fault) {
    fwrite(STDERR, $wsdl->fault->getMessage() . "\n");
    exit(1);
}
echo "<?php\nrequire_once 'SOAP/Client.php';\n\n", $wsdl->generateAllProxies();
