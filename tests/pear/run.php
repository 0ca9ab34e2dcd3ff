<?php
/**
 * Runs the recordings of the PEAR SOAP contract against the drop-in.
 *
 *     php -d extension=wsdlproxy tests/pear/run.php [FOLDER] [options]
 *
 *     --subclass FILE   the file that defines SOAP_Client_Custom (default: ours)
 *     --shim FOLDER     the folder that holds SOAP/ (default: php/pear)
 *     --only PATTERN    the ids to run, with shell wildcards
 *     --exceptions FILE recordings that are known to differ, with reasons (default: exceptions.json)
 *     --keep-alive      answers have an exact Content-Length and connections stay open; asserts their reuse
 *     --mutate          changes each expectation in turn and demands that the vector then fails
 *
 * One line for each failure, a closing count, and an exit status other than 0 if anything failed.
 */

namespace WsdlProxy\Tests\Pear;

require __DIR__ . '/lib/command.php';

exit(Command::main(array_slice($argv, 1)));
