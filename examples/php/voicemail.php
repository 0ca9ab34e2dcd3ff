<?php
/**
 * Voicemail accounts: a mailbox for an account, its options and its announcement.
 *
 *     php voicemail.php http://127.0.0.1:9200/ngnpro/
 *
 * The platform is `ngnpro-server --seed demo`; put in the address, credentials and names of yours. If your voicemail
 * server is another machine, give its address too: 'location' => ['VoicemailPort' => 'https://vm.example.com:9200/'].
 */

use WsdlProxy\{Fault, Proxy};

$url = $argv[1] ?? 'http://127.0.0.1:9200/ngnpro/';
$auth = ['username' => 'admin', 'password' => 'secret'];
$voicemail = new Proxy($url . 'wsdl', ['port' => 'VoicemailPort', 'auth' => $auth]);
$account = ['username' => '31208000001', 'domain' => 'office.harbour.example.com'];

/** The account's mailbox, or null: to have none is fault 2000. */
$mailbox = function () use ($voicemail, $account): ?object {
    try {
        return $voicemail->getAccount($account);
    } catch (Fault $fault) {
        if ($fault->detail->exception->errorcode === 2000) {
            return null;
        }
        throw $fault;
    }
};

echo $mailbox() ? 'has a mailbox' : 'has no mailbox', "\n";
$voicemail->addAccount([
    'sipId' => $account,
    'name' => 'Bram Smith',
    'password' => '1234',
    'email' => 'bram@harbour.example.com',
    'options' => ['delete' => false],
]);
$box = $mailbox();
echo "messages of $box->name go to $box->email\n";

// Remove messages from the server once they are sent by e-mail. The mailbox number is the server's to choose.
$box->email = 'fax@harbour.example.com';
$box->options->delete = true;
$voicemail->updateAccount($box);
$box = $mailbox();
echo "messages go to $box->email, ", $box->options->delete ? 'then away' : 'and stay', "\n";

// The announcement is a sound file.
$voicemail->setAnnouncement($account, 'RIFF....WAVEfmt ');
echo $mailbox()->info, "\n";

$voicemail->deleteAccount($account);
echo $mailbox() ? 'has a mailbox' : 'has no mailbox', "\n";
