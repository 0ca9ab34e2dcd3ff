<?php
/**
 * A page of a customer portal: lists the customer's SIP accounts and edits one.
 *
 *     php portal.php http://127.0.0.1:9200/ngnpro/     # what a visitor would see, as text
 *     php -S 127.0.0.1:8080 portal.php                 # the same for a browser; NGNPRO_URL has the address
 *
 * The platform is `ngnpro-server --seed demo`. The customer's own login is used, so that the platform itself sees to it
 * that nobody else's accounts are shown or changed.
 */

use WsdlProxy\{EncodeError, Fault, Proxy};

const ROWS = 5;
const FIELDS = ['firstName' => 'First name', 'lastName' => 'Last name', 'email' => 'E-mail', 'quota' => 'Quota'];
$url = getenv('NGNPRO_URL') ?: $argv[1] ?? 'http://127.0.0.1:9200/ngnpro/';
$sip = new Proxy($url . 'wsdl', ['port' => 'SipPort', 'auth' => ['username' => 'harbour', 'password' => 'demo']]);

/** A value as text of an HTML page. */
function h(mixed $value): string
{
    return htmlspecialchars((string) $value, ENT_COMPAT);
}

/** A page of the accounts whose last name begins with `$search`, and a link to the next one. */
function listPage(Proxy $sip, string $search, int $start): iterable
{
    $page = $sip->getAccounts([
        'filter' => ['lastName' => "$search%"],
        'orderBy' => ['attribute' => 'username', 'direction' => 'ASC'],
        'range' => ['start' => $start, 'count' => ROWS],
    ]);
    yield '<p>Accounts ' . ($start + 1) . ' to ' . ($start + count($page->accounts)) . " of $page->total</p>";
    foreach ($page->accounts as $account) {
        $link = h('?' . http_build_query(['username' => $account->id->username, 'domain' => $account->id->domain]));
        yield "<li><a href=\"$link\">" . h($account->id->username) . '</a> ' . h($account->firstName) . ' '
            . h($account->lastName) . '</li>';
    }
    if ($start + ROWS < $page->total) {
        yield '<a href="' . h('?' . http_build_query(['search' => $search, 'start' => $start + ROWS])) . '">more</a>';
    }
}

/** The form of one account; a form that was sent is saved before. */
function editPage(Proxy $sip, array $who, ?array $form): iterable
{
    $account = $sip->getAccount($who);
    if ($form) {
        foreach (FIELDS as $name => $_) {
            $account->$name = $form[$name] ?? '';
        }
        // What is not changed here need not travel.
        unset($account->password);
        try {
            $sip->updateAccount($account);
            yield '<p>Saved.</p>';
        } catch (EncodeError $error) {
            // The value cannot be sent: nothing was, and the path says which member it is.
            yield '<p>' . h($error->getPath()) . ' has no such value.</p>';
        }
    }
    yield '<form method="post"><h1>' . h($who['username']) . '</h1>';
    foreach (FIELDS as $name => $title) {
        yield "<label>$title <input name=\"$name\" value=\"" . h($account->$name) . '"></label>';
    }
    yield '<button>Save</button></form>';
}

/** The lines of the page that a query string and a sent form ask for. */
function page(Proxy $sip, array $query, ?array $form = null): iterable
{
    try {
        if (isset($query['username'])) {
            $who = ['username' => $query['username'], 'domain' => $query['domain'] ?? ''];
            yield from editPage($sip, $who, $form);
        } else {
            yield from listPage($sip, $query['search'] ?? '', (int) ($query['start'] ?? 0));
        }
    } catch (Fault $fault) {
        yield '<p>The platform says: ' . h($fault->faultstring) . '</p>';
    }
}

if (PHP_SAPI !== 'cli') {
    foreach (page($sip, $_GET, $_POST ?: null) as $line) {
        echo "$line\n";
    }
    return;
}

$who = ['username' => '31208000002', 'domain' => 'office.harbour.example.com'];
$form = fn(string ...$values): array => array_combine(array_keys(FIELDS), $values);
$visit = [
    [['search' => "O'N"], null],
    [['search' => "O'N", 'start' => '5'], null],
    [$who, null],
    [$who, $form('Carla "C"', "O'Neill & Co", 'carla@harbour.example.com', '75')],
    [$who, $form('Carla', "O'Neill", 'carla@harbour.example.com', 'a lot')],
    [$who, $form('Carla', "O'Neill", 'user0002@office.harbour.example.com', '0')],
    [['username' => '31208003000', 'domain' => 'office.summit.example.com'], null],
];
foreach ($visit as [$query, $form]) {
    echo $form ? 'POST' : 'GET', ' ?', http_build_query($query), "\n";
    foreach (page($sip, $query, $form) as $line) {
        echo "  $line\n";
    }
}
