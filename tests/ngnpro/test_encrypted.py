"""A platform that keeps SIP passwords as hashes, as each client sees it."""

import hashlib
import json

import pytest
from drivers import DRIVERS, Denied

ADMIN = {"username": "admin", "password": "secret"}
CLEAR, NEW = "only-you-and-i-know", "quite-another-one"
EVE = {"username": "eve", "domain": "encrypted.example.com"}


def pair(password):
    """What an encrypting platform keeps: the hashes of digest authentication, without and with the domain."""
    texts = ("eve:encrypted.example.com:{}", "eve@encrypted.example.com:encrypted.example.com:{}")
    return ":".join(hashlib.md5(text.format(password).encode()).hexdigest() for text in texts)


@pytest.fixture
def database(tmp_path):
    return tmp_path / "platform.db"


@pytest.mark.parametrize("name", DRIVERS)
def test_a_password_is_never_seen_again(start, database, name):
    server = start("--encrypted-passwords", "--database", database)
    driver = DRIVERS[name](server.url)
    answers = []

    def call(operation, **arguments):
        answers.append(driver.call(operation, arguments, ADMIN))
        return answers[-1]

    call("Sip.addDomain", domain={"domain": EVE["domain"]})
    assert call("Sip.addAccount", account={"id": EVE, "password": CLEAR})["password"] == pair(CLEAR)
    account = dict(call("Sip.getAccount", sipId=EVE))
    assert account["password"] == pair(CLEAR) and account["ha1"] == pair(CLEAR)[:32]

    # Neither an update without it nor one with what was read changes it.
    call("Sip.updateAccount", account={"id": EVE, "quota": 5})
    call("Sip.updateAccount", account={"id": EVE, "password": account["password"]})
    assert call("Sip.getAccounts", query={"filter": {"username": "eve"}})["accounts"][0]["password"] == pair(CLEAR)
    call("Presence.setPresenceInformation", sipId=EVE, password=CLEAR, information={"activity": "busy"})

    call("Sip.updateAccount", account={"id": EVE, "password": NEW})
    assert call("Sip.getAccount", sipId=EVE)["password"] == pair(NEW)
    with pytest.raises(Denied, match="9000"):
        call("Presence.getPresenceInformation", sipId=EVE, password=CLEAR)
    assert call("Presence.getPresenceInformation", sipId=EVE, password=NEW)["activity"] == "busy"

    # The web password and that of a customer are texts, and the customer logs in with the one that is read.
    web = [{"name": "web_password", "value": "readable"}]
    call("Sip.updateAccount", account={"id": EVE, "properties": web})
    assert call("Sip.getAccount", sipId=EVE)["properties"][0]["value"] == "readable"
    customer = call("Customer.addAccount", account={"username": "shop", "password": "shop-web"})
    login = {"username": "shop", "password": call("Customer.getAccount", id=customer["id"])["password"]}
    assert driver.call("Sip.getAccounts", {"query": {}}, login)["total"] == 0

    assert not any(word in json.dumps(answers) for word in (CLEAR, NEW))
    driver.stop()
    assert server.stop() == 0
    stored = b"".join(file.read_bytes() for file in database.parent.glob("platform.db*"))
    assert CLEAR.encode() not in stored and NEW.encode() not in stored and b"shop-web" in stored

    # The platform that starts again without the option still has no clear password to show.
    driver = DRIVERS[name](start("--database", database).url)
    assert driver.call("Sip.getAccount", {"sipId": EVE}, ADMIN)["password"] == pair(NEW)
    driver.stop()
