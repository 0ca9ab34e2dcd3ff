<?php
/** A self-signed certificate for 127.0.0.1, made anew for each run. */

namespace WsdlProxy\Tests\Pear;

final class Certificate
{
    /** @return array stream context options of the server; the file is in $folder */
    public static function make($folder)
    {
        $config = "$folder/openssl.cnf";
        file_put_contents($config, "[req]\ndistinguished_name=dn\nx509_extensions=ext\n[dn]\n[ext]\nsubjectAltName=IP:127.0.0.1,DNS:localhost\nbasicConstraints=CA:TRUE\n");
        $options = ['config' => $config, 'digest_alg' => 'sha256', 'private_key_bits' => 2048];
        $key = openssl_pkey_new($options);
        $request = openssl_csr_new(['commonName' => '127.0.0.1'], $key, $options);
        $certificate = openssl_csr_sign($request, null, $key, 30, $options, random_int(1, PHP_INT_MAX));
        openssl_x509_export($certificate, $public);
        openssl_pkey_export($key, $private, null, $options);
        file_put_contents("$folder/server.pem", $public . $private);
        return ['local_cert' => "$folder/server.pem"];
    }
}
