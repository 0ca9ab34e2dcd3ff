"""Files that the import understands, and files that it refuses as a whole before anything is sent."""

import subprocess
import sys
import time

import pytest
from running_server import ROOT
from wsdlproxy import Proxy

ADMIN = {"username": "admin", "password": "secret"}
HEADER = "username,domain,password\n"


class Files:
    """A server, and an import of whatever a test writes."""

    def __init__(self, server, folder):
        self.url = server.url
        self.accounts, self.results = folder / "accounts.csv", folder / "results.csv"
        self.sip = Proxy(server.url + "wsdl", "SipPort", auth=ADMIN)
        self.sip.addDomain({"domain": "a.example"})

    def command(self):
        script = ROOT / "examples/python/import_csv.py"
        return [sys.executable, str(script), self.url, str(self.accounts), str(self.results)]

    def load(self, text, **more):
        """Imports a file and returns how that ended."""
        self.accounts.write_bytes(text if isinstance(text, bytes) else text.encode())
        return subprocess.run(self.command(), capture_output=True, text=True, timeout=60, check=False, **more)

    def there(self):
        return sorted(account.id.username for account in self.sip.getAccounts({}).accounts)


@pytest.fixture
def files(start, tmp_path):
    return Files(start(), tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + HEADER + "anna,a.example,pw\n",
        HEADER + "anna,a.example,pw",
        "username;domain;password\r\nanna;a.example;pw\r\n",
        "username\tdomain\tpassword\nanna\ta.example\tpw\n",
        "password, username ,domain\n\npw, Anna , A.example\n\n",
        'domain,username,password\n"a.example","anna","pw"\n',
    ],
)
def test_forms_of_files(files, text):
    done = files.load(text)
    assert done.returncode == 0, done.stderr
    assert files.results.read_text().splitlines()[1:] == ["1,anna,a.example,added,"]
    assert files.sip.getAccount({"username": "anna", "domain": "a.example"}).password == "pw"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "username,password\nanna,pw\n",
        "username,domain,colour\nanna,a.example,red\n",
        "username,domain,domain\nanna,a.example,b.example\n",
        HEADER + "anna,a.example,pw\nbob,a.example,pw,and more\n",
        HEADER + 'anna,a.example,pw\nbob,a.example,"pw\ncarl,a.example,pw\n',
        (HEADER + "anna,a.example,pw\nzoë,a.example,pw\n").encode("latin-1"),
        (HEADER + "anna,a.example,pw\n").encode("utf-16"),
    ],
)
def test_files_that_are_refused(files, text):
    """Nothing of them is sent and no row is settled, so that the file can be put right and imported."""
    done = files.load(text)
    assert done.returncode == 1 and str(files.accounts) in done.stderr and "Traceback" not in done.stderr
    assert files.there() == []
    assert files.load(HEADER + "anna,a.example,pw\n").returncode == 0
    assert files.there() == ["anna"]


def test_a_name_that_stands_twice_is_added_once(files):
    assert files.load(HEADER + "anna,a.example,1\n anna ,A.example,2\nANNA,a.example,3\n").returncode == 0
    outcomes = sorted(line.split(",")[0::3] for line in files.results.read_text().splitlines()[1:])
    assert outcomes == [["1", "added"], ["2", "refused"], ["3", "refused"]]
    assert files.sip.getAccount({"username": "anna", "domain": "a.example"}).password == "1"


def test_results_of_another_file(files):
    """A row put in at the top would be taken for one that is there already."""
    assert files.load(HEADER + "anna,a.example,pw\nbob,a.example,pw\n").returncode == 0
    done = files.load(HEADER + "carl,a.example,pw\nanna,a.example,pw\nbob,a.example,pw\n")
    assert done.returncode == 1 and "row 1 was anna@a.example" in done.stderr
    assert files.load(HEADER + "anna,a.example,pw\nbob,a.example,pw\ncarl,a.example,pw\n").returncode == 0
    assert files.there() == ["anna", "bob", "carl"]


def test_credentials_that_change_on_the_way(start, tmp_path, monkeypatch):
    """No row is to blame for that: they are left for the next run."""
    files = Files(start("--latency", "20ms"), tmp_path)
    customers = Proxy(files.url + "wsdl", "CustomerPort", auth=ADMIN)
    shop = customers.addAccount({"username": "shop", "password": "one", "resellerActive": True})
    files.sip.updateDomain({"domain": "a.example", "customer": shop.id})
    names = [f"u{number:04}" for number in range(1500)]
    files.accounts.write_text(HEADER + "".join(f"{name},a.example,pw\n" for name in names))
    monkeypatch.setenv("NGNPRO_USERNAME", "shop")
    monkeypatch.setenv("NGNPRO_PASSWORD", "one")
    process = subprocess.Popen(files.command(), stdout=subprocess.PIPE, text=True)
    while not files.there():
        assert process.poll() is None, "it ended before anything was there"
        time.sleep(0.01)
    customers.updateAccount({"id": shop.id, "username": "shop", "password": "two"})
    assert " rows are left: run it again" in process.communicate(timeout=60)[0]
    assert process.returncode == 1 and 0 < len(files.there()) < len(names)
    monkeypatch.setenv("NGNPRO_PASSWORD", "two")
    assert subprocess.run(files.command(), timeout=60, check=False).returncode == 0
    assert files.there() == names
    assert {line.split(",")[3] for line in files.results.read_text().splitlines()[1:]} == {"added"}
