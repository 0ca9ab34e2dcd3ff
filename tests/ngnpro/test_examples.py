"""The example scripts: Python and PHP print the same, and what they print is what they say they do."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from platform_client import Platform
from running_server import ROOT, Server

sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests")]
from demo import TOUR  # noqa: E402
from free_port import free_port  # noqa: E402

# One or more lines of each output that show that the platform did it.
FACTS = {
    "sip_domains": [
        "added fax.harbour.example.com for Harbour Logistics",
        "3 of 5 domains:",
        "calls from 192.0.2.0/24 belong to fax.harbour.example.com",
        "fault 1001: The SIP domain fax.harbour.example.com already exists",
        "0 domains of that name are left",
    ],
    "sip_accounts": [
        "added alice@accounts.example.com, alice@accounts.example.com",
        "3 accounts: 100001, 100002, alice",
        "quota 50, caller id 0031208005100, groups free-pstn, voicemail",
        "may register from 192.0.2.0/24",
        "fault 1010: The SIP account alice@accounts.example.com does not exist",
    ],
    "aliases": [
        "2 aliases: desk@office.harbour.example.com, info@office.harbour.example.com",
        "info leads to 31208000001",
        "1 aliases: desk@office.harbour.example.com",
        "fault 1021: The name info@office.harbour.example.com is taken by an alias",
        "0 aliases: ",
    ],
    "groups": [
        "member of free-pstn, sms",
        "was a member of sms already",
        "1 account in sms: 31208000001",
        "was no member of sms any more",
    ],
    "voicemail": [
        "messages of Bram Smith go to bram@harbour.example.com",
        "messages go to fax@harbour.example.com, then away",
        "own announcement",
        "has no mailbox",
    ],
    "call_diversions": [
        "  when busy: <voice-mailbox>",
        "  when not answered: sip:31208000002@office.harbour.example.com",
        "  when not online: sip:+31208005100@harbour.example.com",
        "not diverted",
    ],
    "calls": ["placed: 3", "received: 8", "missed: 3", "3 calls cost 0.2093"],
    "phones": [
        "31208000000: 2 phones",
        "  Yealink SIP-T46S 66.86 at tcp:10.0.65.10:5060",
        "  Linphone/5.2 at tcp:10.0.65.11:5060 behind 203.0.113.215:3489",
        "31208000003: 0 phones",
    ],
    "enum_numbers": [
        "added range 4930, TTL 3600, 0 of 100 used",
        "fault 3002: The ENUM number 49301234567 of e164.arpa does not exist",
        "  mailto: mailto:alice@example.com, priority 10, TTL 600",
        "1 number leads to alice: 49301234567",
        "1 of 100 used",
    ],
    "lcr": [
        "Reliable: gw1 at udp:192.0.2.2:5060",
        "Cheap gw1: strip 2, prepend +",
        "  any   Reliable, priority 9",
        "  0049  Cheap, priority 3",
    ],
    "portal": [
        "  <p>Accounts 6 to 10 of 77</p>",
        '  <label>First name <input name="firstName" value="Carla &quot;C&quot;"></label>',
        '  <label>Last name <input name="lastName" value="O\'Neill &amp; Co"></label>',
        "  <p>account.quota has no such value.</p>",
        "  <p>The platform says: The SIP account 31208003000@office.summit.example.com belongs to somebody else</p>",
    ],
}


def php():
    """The command that runs PHP with the extension; skips where either is missing."""
    extension = os.environ.get("WSDLPROXY_EXTENSION", ROOT / "target/release/libwsdlproxy_php.so")
    if not shutil.which("php") or not Path(extension).exists():
        pytest.skip("PHP or its extension is missing")
    return ["php", "-d", f"extension={extension}"]


def output(command, url):
    done = subprocess.run([*command, url], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0 and not done.stderr, done.stdout + done.stderr
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def platforms(tmp_path_factory):
    """Two servers with equal data, so that what the platform counts is equal too."""
    folder = tmp_path_factory.mktemp("platforms")
    Server("--seed", "demo", "--database", folder / "python.db").stop()
    shutil.copy(folder / "python.db", folder / "php.db")
    running = {language: Server("--database", folder / f"{language}.db") for language in ("python", "php")}
    yield running
    for server in running.values():
        server.stop()


def test_the_tour_is_complete():
    assert list(FACTS) == list(TOUR)
    for language, end in (("python", "py"), ("php", "php")):
        there = {path.stem for path in (ROOT / "examples" / language).glob(f"*.{end}")}
        assert there - {"import_csv"} == {*TOUR, "provision"}
    listed = (ROOT / "examples/README.md").read_text()
    assert all(f"(python/{name}.py)" in listed and f"(php/{name}.php)" in listed for name in TOUR)


@pytest.mark.parametrize("name", TOUR)
def test_both_languages_see_the_same_platform(platforms, name):
    python = output([sys.executable, ROOT / f"examples/python/{name}.py"], platforms["python"].url)
    missing = [fact for fact in FACTS[name] if fact not in python]
    assert not missing, python
    assert output([*php(), ROOT / f"examples/php/{name}.php"], platforms["php"].url) == python


def test_the_platform_is_as_it_was(platforms):
    for server in platforms.values():
        platform = Platform(server.url)
        totals = [
            listing({"range": {"start": 0, "count": 1}})["total"]
            for listing in (
                platform.Sip.getDomains,
                platform.Sip.getAccounts,
                platform.Sip.getAliases,
                platform.Sip.getCarriers,
                platform.Sip.getRoutes,
                platform.Enum.getRanges,
                platform.Enum.getNumbers,
            )
        ]
        assert totals == [20, 5000, 500, 4, 8, 5, 50]


def test_a_platform_from_nothing(start):
    for language, command in (("python", [sys.executable]), ("php", php())):
        end = {"python": "py", "php": "php"}[language]
        lines = output([*command, ROOT / f"examples/{language}/provision.{end}"], start().url)
        domain = {"python": "example.com", "php": "php.example.com"}[language]
        assert f"added account carol@{domain}" in lines
        assert lines[-1] == f"fault 1011: The SIP account alice@{domain} already exists"


def browse(command, port, **options):
    """What a browser gets from a portal: a list, and the answer to a form that names an account."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    address = f"http://127.0.0.1:{port}/"
    form = {"firstName": "Ann", "lastName": "O'Neill", "email": "ann@harbour.example.com", "quota": "3"}
    try:
        end = time.monotonic() + 60
        while True:
            try:
                listed = urlopen(f"{address}?search=O'N&start=5".replace("'", "%27"), timeout=20).read()
                break
            except URLError:
                assert time.monotonic() < end, "the portal does not answer"
                time.sleep(0.05)
        account = f"{address}?username=31208000015&domain=office.harbour.example.com"
        return listed.decode(), urlopen(account, urlencode(form).encode(), timeout=20).read().decode()
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_the_portal_in_a_browser(platforms):
    port = free_port()
    python = [sys.executable, ROOT / "examples/python/portal.py", platforms["python"].url, str(port)]
    listed, saved = browse(python, port)
    assert listed.startswith("<p>Accounts 6 to 10 of 77</p>")
    assert saved.startswith("<p>Saved.</p>") and 'value="Ann"' in saved
    port = free_port()
    command = [*php(), "-S", f"127.0.0.1:{port}", ROOT / "examples/php/portal.php"]
    address = {**os.environ, "NGNPRO_URL": platforms["php"].url}
    assert browse(command, port, env=address) == (listed, saved)
