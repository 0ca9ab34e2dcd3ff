"""Many calls at once: two servers on one file, and a server that is stopped in the midst of them."""

from concurrent.futures import ThreadPoolExecutor

from wsdlproxy import Proxy

ADMIN = {"username": "admin", "password": "secret"}
DOMAIN = "many.example.com"
IN_FLIGHT = 64


def sip(server):
    return Proxy(server.url + "wsdl", "SipPort", auth=ADMIN)


def at_once(servers, operation, arguments):
    """Makes the same number of calls on each server, all at once, and returns their answers."""

    def calls(number):
        return list(sip(servers[number]).bulk(operation, arguments(number), concurrency=IN_FLIGHT))

    with ThreadPoolExecutor() as threads:
        return [answer for answers in threads.map(calls, range(len(servers))) for answer in answers]


def account(username):
    return {"account": {"id": {"username": username, "domain": DOMAIN}}}


def test_two_servers_on_one_file(start, tmp_path):
    servers = [start("--database", tmp_path / "platform.db") for _ in range(2)]
    one, other = map(sip, servers)
    one.addDomain({"domain": DOMAIN})
    made = at_once(servers, "addAccount", lambda server: (account(f"u{server}-{n}") for n in range(500)))
    assert not [answer for answer in made if isinstance(answer, Exception)]
    assert one.getAccounts({}).total == other.getAccounts({}).total == 1000
    numbered = at_once(servers, "addAccount", lambda _: (account("<autoincrement>") for _ in range(200)))
    assert len({answer.id.username for answer in numbered}) == 400
    user = {"username": "u0-0", "domain": DOMAIN}
    more = {"sipId": user, "value": 0.1, "description": "deposit"}
    assert len(at_once(servers, "addBalance", lambda _: [more] * 100)) == 200
    assert other.getPrepaidStatus([user])[0].balance == 20.0
    balances = [entry.balance for entry in other.getCreditHistory(user, 1000).entries]
    assert balances == [round(0.1 * count, 4) for count in range(200, 0, -1)]
    # Of all who add the same name one succeeds.
    same = at_once(servers, "addAccount", lambda _: [account("same")] * 50)
    assert sum(isinstance(answer, Exception) for answer in same) == 99


def test_stopped_in_the_midst_of_calls(start, tmp_path):
    """Whatever is carried out is answered first: the platform holds what the client counts, no more and no less."""
    file = tmp_path / "platform.db"
    server = start("--database", file)
    sip(server).addDomain({"domain": DOMAIN})
    bulk = sip(server).bulk("addAccount", (account(f"u{n}") for n in range(3000)), concurrency=IN_FLIGHT)
    added = 0
    for outcome in bulk.outcomes():
        added += outcome.error is None
        if added == 500:
            server.process.terminate()
    assert server.process.wait(timeout=15) == 0
    assert 500 <= added < 3000
    assert sip(start("--database", file)).getAccounts({"range": {"start": 0, "count": 1}}).total == added
