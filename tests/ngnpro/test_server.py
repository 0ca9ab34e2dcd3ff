"""The server as a program: its options, its data over a restart, TLS, troubles, the demo platform."""

import http.client
import json
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from platform_client import Platform, refused
from running_server import Server, binary
from test_wire import GET_DOMAINS, exchange


def test_help_and_wrong_options():
    text = subprocess.run([binary(), "--help"], capture_output=True, text=True, timeout=20).stdout
    for word in ("admin", "secret", "--seed", "accounts=NUMBER", "--database", "--tls", "--fail"):
        assert word in text
    for options in (
        ["--ports", "x"],
        ["--fail", "x"],
        ["--seed", "x"],
        ["--administrator", "x"],
        ["--administrator", ":"],
        ["--administrator", "admin:"],
        ["--latency", "x"],
    ):
        ended = subprocess.run([binary(), "--port", "0", *options], capture_output=True, text=True, timeout=20)
        assert ended.returncode != 0 and ended.stderr and not ended.stdout, options


def test_data_survive_a_restart(start, tmp_path):
    file = tmp_path / "platform.db"
    first = start("--database", file)
    platform = Platform(first.url)
    customer = platform.reseller()
    user = platform.account(platform.domain(customer=customer["id"]), password="pw")
    platform.Sip.addPhonebookEntry(user, {"uri": "sip:x@y.z", "name": "Zoë"})
    platform.Sip.addBalance(user, 12.5, "deposit")
    platform.Presence.setPresenceInformation(user, "pw", {"activity": "idle"})
    account = platform.Sip.getAccount(user)
    # A change right before the end is as safe as any other.
    platform.Sip.addToGroup(user, "last")
    assert first.stop() == 0
    again = Platform(start("--database", file).url)
    assert again.Sip.getAccount(user)["groups"] == ["last"]
    assert again.Sip.getAccount(user)["createDate"] == account["createDate"]
    assert again.Sip.getPhonebookEntries(user, {}, {"start": 0, "count": 1})["entries"][0]["name"] == "Zoë"
    assert again.Sip.getCreditHistory(user, 1)[0]["balance"] == 12.5
    assert again.Presence.getPresenceInformation(user, "pw")["activity"] == "idle"
    assert again.act_as(customer["username"], "pw").Sip.getDomains({})["total"] == 1
    assert again.customer()["id"] > customer["id"]


def test_another_administrator(start):
    platform = Platform(start("--administrator", "root:a:b").url)
    refused(9000, platform.Sip.getDomains, {})
    assert platform.act_as("root", "a:b", admin=True).Sip.getDomains({})["total"] == 0


def test_encrypted_passwords(start):
    platform = Platform(start("--encrypted-passwords").url)
    user = platform.account(platform.domain(), password="s3cret")
    account = platform.Sip.getAccount(user)
    assert len(account["password"]) == 65 and account["ha1"] == account["password"][:32]
    platform.Sip.updateAccount(account)
    assert platform.Sip.getAccount(user)["password"] == account["password"]
    listed = platform.Sip.getAccounts({})["accounts"][0]
    assert "s3cret" not in json.dumps([account, listed])
    platform.Presence.setPresenceInformation(user, "s3cret", {"activity": "open"})
    customer = platform.customer()
    assert platform.Customer.getAccount(customer["id"])["password"] == "pw"


def test_a_platform_that_begins_to_encrypt(start, tmp_path):
    """The passwords from before are no longer readable, neither in answers nor in the file, and still valid."""
    file = tmp_path / "platform.db"
    server = start("--database", file)
    before = Platform(server.url)
    user = before.account(before.domain(), password="from-before")
    assert before.Sip.getAccount(user)["password"] == "from-before"
    assert server.stop() == 0
    server = start("--database", file, "--encrypted-passwords")
    platform = Platform(server.url)
    account = platform.Sip.getAccount(user)
    assert len(account["password"]) == 65
    platform.Presence.setPresenceInformation(user, "from-before", {"activity": "open"})
    # What an answer shows is no password.
    refused(9000, platform.Presence.getPresenceInformation, user, account["password"])
    assert server.stop() == 0
    assert not any(b"from-before" in path.read_bytes() for path in tmp_path.glob("platform.db*"))


def test_a_reseller_that_keeps_no_clear_passwords(platform):
    reseller = platform.reseller()["id"]
    keep = {"name": "store_clear_text_passwords", "category": "sip", "value": "0", "permission": "admin"}
    platform.Customer.setProperties(reseller, [keep])
    user = platform.account(platform.domain(customer=reseller), password="s3cret")
    assert len(platform.Sip.getAccount(user)["password"]) == 65


def test_a_voicemail_server_of_its_own(start):
    """It knows neither the accounts nor the customers of the platform."""
    voicemail = Platform(start("--ports", "voicemail").url)
    user = {"username": "alice", "domain": "example.com"}
    refused(9003, voicemail.Sip.getDomains, {})
    as_reseller = voicemail.act_as(admin=True, impersonate=20001).Voicemail
    refused(2000, as_reseller.getAccount, user)
    as_reseller.addAccount({"sipId": user, "name": "Alice"})
    assert as_reseller.getAccount(user)["name"] == "Alice"
    refused(9000, voicemail.act_as("admin", "wrong").Voicemail.getAccount, user)


def test_a_server_without_the_customers(start):
    """It cannot know them, and takes what an administrator says of them."""
    sip = Platform(start("--ports", "sip,dns").url).Sip
    domain = sip.addDomain({"domain": "example.com", "customer": 20002, "reseller": 20001})
    assert (domain["customer"], domain["reseller"]) == (20002, 20001)
    account = sip.addAccount({"id": {"username": "alice", "domain": "example.com"}})
    assert (account["customer"], account["reseller"]) == (20002, 20001)
    assert sip.addCarrier({"name": "Carrier", "reseller": 20001})["reseller"] == 20001


def test_tls_with_an_authority_of_its_own(start, tmp_path):
    folder = tmp_path / "tls"
    server = start("--tls", folder, lines=2)
    address, authority = server.lines[1].removeprefix("ngnpro-server listening on ").split(" with the certificate ")
    authority = authority.removeprefix("authority ")
    trusting = ssl.create_default_context(cafile=authority)
    text = urllib.request.urlopen(address + "wsdl", context=trusting, timeout=20).read().decode()
    assert text.count(f'location="{address}"') == 8
    connection = http.client.HTTPSConnection("localhost", urlsplit(address).port, context=trusting, timeout=20)
    for _ in range(2):
        connection.request("POST", "/ngnpro/", GET_DOMAINS.encode())
        assert connection.getresponse().read().endswith(b"</SOAP-ENV:Envelope>\n")
    connection.close()
    with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
        urllib.request.urlopen(address + "wsdl", timeout=20)
    assert (folder / "server-key.pem").stat().st_mode & 0o077 == 0
    before = Path(authority).read_text()
    assert server.stop() == 0
    start("--tls", folder, lines=2)
    assert Path(authority).read_text() == before


def test_troubles_on_purpose(start):
    add = GET_DOMAINS.replace("s:getDomains", "s:addDomain").replace(
        "/></e:Body>", "><domain><domain>lost.example.com</domain></domain></s:addDomain></e:Body>"
    )

    def tried(kind):
        server = start("--fail", f"{kind}:every=2")
        outcomes = [None, None, None]
        for turn, body in enumerate((GET_DOMAINS, add, GET_DOMAINS)):
            try:
                response, text = exchange(server, body.encode())
                outcomes[turn] = (response.status, "lost.example.com" in text)
            except (http.client.HTTPException, OSError) as error:
                outcomes[turn] = type(error).__name__
        return outcomes

    assert tried("drop") == [(200, False), "RemoteDisconnected", (200, True)]
    assert tried("refuse") == [(200, False), "RemoteDisconnected", (200, False)]
    assert tried("truncate") == [(200, False), "IncompleteRead", (200, True)]
    assert tried("http500") == [(200, False), (500, False), (200, False)]


def test_latency(start):
    server = start("--latency", "150ms")
    started = time.monotonic()
    assert exchange(server, GET_DOMAINS.encode())[0].status == 200
    assert time.monotonic() - started >= 0.15


def test_a_call_in_progress_ends_before_the_server_does(start):
    server = start("--latency", "3s")
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=20)
    connection.request("POST", "/ngnpro/", GET_DOMAINS.encode())
    # It takes connections one after the other: when it has answered this one, it has the one above.
    exchange(server, path="/wsdl", method="GET")
    time.sleep(0.5)
    server.process.terminate()
    assert connection.getresponse().status == 200
    connection.close()
    assert server.process.wait(timeout=15) == 0


def test_ten_thousand_accounts_at_once(start):
    server = start("--seed", "accounts=10000")
    body = GET_DOMAINS.replace("getDomains", "getAccounts").encode()
    exchange(server, body)
    started = time.monotonic()
    response, text = exchange(server, body)
    elapsed = time.monotonic() - started
    assert response.status == 200 and text.count('<item xsi:type="ngnpro:SipAccount">') == 10_000
    # A release build needs a fifth of a second; this bound is for busy machines and debug builds.
    assert elapsed < 30
    user = {"username": "user000007", "domain": "bulk.example.com"}
    account = Platform(server.url).Sip.getAccounts({"filter": user})["accounts"][0]
    assert sum(value is not None for value in account.values()) == 21
    assert len(account["acl"]) == len(account["properties"]) == 2


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    server = Server("--seed", "demo")
    yield Platform(server.url)
    server.stop()


def test_the_demo_platform(demo):
    count = {"range": {"start": 0, "count": 1}}
    assert demo.Customer.getResellers(count)["total"] == 2
    assert demo.Customer.getCustomers(count)["total"] == 7
    assert demo.Sip.getDomains(count)["total"] == 20
    assert demo.Sip.getAccounts(count)["total"] == 5000
    assert demo.Sip.getAliases(count)["total"] == 500
    for listing, expected in (
        (demo.Enum.getRanges, 5),
        (demo.Enum.getNumbers, 50),
        (demo.Dns.getZones, 5),
        (demo.Sip.getCarriers, 4),
        (demo.Sip.getRoutes, 8),
    ):
        assert listing(count)["total"] == expected
    own = demo.act_as("harbour", "demo")
    assert own.Sip.getAccounts(count)["total"] == 1000


def test_the_demo_platform_has_been_in_use(demo):
    page = demo.Sip.getAccounts({"range": {"start": 0, "count": 200}})["accounts"]
    users = [account["id"] for account in page]
    locations = [entry["locations"] for entry in demo.Sip.getSipDeviceLocations(users)]
    assert 0 < sum(map(bool, locations)) < len(users)
    device = next(entry[0] for entry in locations if entry)
    assert 1 <= device["expires"] <= 3600 and device["transport"] in ("udp", "tcp", "tls")
    prepaid = [account["id"] for account in page if account["prepaid"]]
    assert all(status["balance"] > 0 for status in demo.Sip.getPrepaidStatus(prepaid))
    placed = [c for user in users[:20] for c in demo.Sip.getCalls(user, {"placed": {"limit": 50}})["placed"]]
    assert len(placed) == 60
    call = next(call for call in placed if call["duration"])
    assert call["stopTime"] - call["startTime"] == call["duration"] and call["price"] > 0
    trace = json.loads(demo.Sip.getSipTrace({"nodeIp": call["proxyIP"], "callId": call["sessionId"]}))
    assert [line["method"] for line in trace][-1] == "BYE"
    media = json.loads(demo.Sip.getMediaTrace({"callId": call["sessionId"]}))
    assert media["duration"] == call["duration"]
    since = {"placed": {"fromDate": call["startTime"], "toDate": call["startTime"], "limit": 10}}
    caller = dict(zip(("username", "domain"), call["fromURI"].split("@")))
    found = demo.Sip.getCalls(caller, since)
    assert [c["sessionId"] for c in found["placed"]] == [call["sessionId"]] and found["received"] == []
    assert demo.Sip.getCallStatistics(caller, {})["placed"]["calls"] == 3
    sessions = json.loads(demo.Sip.getMediaSessions())
    assert sessions and sum(r["session_count"] for r in json.loads(demo.Sip.getMediaSummary())) == len(sessions)


def test_demo_vouchers(demo):
    user = demo.Sip.getAccounts({"range": {"start": 0, "count": 1}})["accounts"][0]["id"]
    card = {"id": 5, "number": f"{5 * 12345678 % 100000000:08}"}
    before = demo.Sip.getPrepaidStatus([user])[0]["balance"]
    assert demo.Sip.addBalanceFromVoucher(user, card) == {"old_balance": before, "new_balance": before + 10}
    refused(1050, demo.Sip.addBalanceFromVoucher, user, card)
