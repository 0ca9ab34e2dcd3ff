"""The import of a CSV file: killed, dropped, cut off, and in the end exactly the file is on the platform."""

import csv
import subprocess
import sys
import time
from collections import Counter

import pytest
from platform_client import Platform
from running_server import ROOT
from wsdlproxy import Proxy

SCRIPT = ROOT / "examples/python/import_csv.py"
DOMAIN = "import.example.com"
NUMBERED = 40


def write_accounts(path, count):
    """A file of `count` named accounts, with a few among them that the platform numbers."""
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["username", "domain", "password", "firstName", "lastName", "quota", "groups"])
        for number in range(count):
            writer.writerow(
                [f"u{number:05}", DOMAIN, f"pw{number}", "Zoë", "d'Or, née Smith", number % 9, "sms trunking"]
            )
            if number % (count // NUMBERED) == 0:
                writer.writerow(["<autoincrement>", DOMAIN, "pw", "", "", "", ""])


def lines(path):
    return path.read_bytes().count(b"\n") if path.exists() else 0


class Import:
    def __init__(self, server, folder, count):
        self.accounts, self.results = folder / "accounts.csv", folder / "results.csv"
        write_accounts(self.accounts, count)
        self.rows = count + NUMBERED
        self.command = [sys.executable, str(SCRIPT), server.url, str(self.accounts), str(self.results)]
        self.sip = Proxy(server.url + "wsdl", "SipPort", auth={"username": "admin", "password": "secret"})

    def run(self):
        return subprocess.run(self.command, capture_output=True, text=True, timeout=120, check=False)

    def run_killed(self, at):
        """Runs it until that many lines are written, then kills it; tells how far it came."""
        process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL)
        end = time.monotonic() + 60
        while lines(self.results) < at and process.poll() is None and time.monotonic() < end:
            time.sleep(0.005)
        process.kill()
        assert process.wait() == -9, "it was over before it could be killed"
        return lines(self.results)

    def outcomes(self):
        """The outcomes by row, after making sure that no row has two."""
        with open(self.results, newline="") as file:
            found = list(csv.DictReader(file))
        assert len({line["row"] for line in found}) == len(found)
        return {int(line["row"]): line for line in found}

    def usernames(self):
        page = {"filter": {"domain": DOMAIN}, "range": {"start": 0, "count": 100_000}}
        return [account.id.username for account in self.sip.getAccounts(page).accounts]

    def check(self, named):
        """Nothing is lost, nothing is there twice, and what is unknown was the platform's to number."""
        outcomes = self.outcomes()
        assert sorted(outcomes) == list(range(1, self.rows + 1))
        there = self.usernames()
        assert len(set(there)) == len(there)
        assert {name for name in there if name.startswith("u")} == named
        added = {line["username"] for line in outcomes.values() if line["outcome"] == "added"}
        unknown = [line for line in outcomes.values() if line["outcome"] == "unknown"]
        assert added <= set(there)
        assert {line["username"] for line in unknown} <= {"<autoincrement>"}
        numbered = [name for name in there if not name.startswith("u")]
        assert NUMBERED - len(unknown) <= len(numbered) <= NUMBERED
        return Counter(line["outcome"] for line in outcomes.values())


def test_killed_and_resumed(start, tmp_path):
    # Slow enough to be killed in time.
    server = start("--latency", "10ms")
    run = Import(server, tmp_path, 5000)
    run.sip.addDomain({"domain": DOMAIN})
    run.sip.addAccount({"id": {"username": "u00007", "domain": DOMAIN}, "firstName": "Somebody else"})
    first = run.run_killed(1200)
    second = run.run_killed(first + 1200)
    assert 1200 <= first < second < run.rows
    done = run.run()
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == "0 rows are left\n"
    counts = run.check({f"u{number:05}" for number in range(5000)})
    # A name that somebody else had stays theirs.
    assert counts["exists"] == 1 and counts["refused"] == 0
    assert counts["added"] + counts["unknown"] == run.rows - 1
    assert run.sip.getAccount({"username": "u00007", "domain": DOMAIN}).firstName == "Somebody else"
    account = run.sip.getAccount({"username": "u04999", "domain": DOMAIN})
    assert (account.lastName, account.quota, account.groups) == ("d'Or, née Smith", 4, ["sms", "trunking"])
    # Once more does nothing.
    before = run.results.read_bytes()
    assert run.run().returncode == 0
    assert run.results.read_bytes() == before
    assert b"pw1" not in before


def test_lost_answers(start, tmp_path):
    failures = [
        f"{kind}:every={every}" for kind, every in (("drop", 7), ("truncate", 11), ("refuse", 13), ("http500", 17))
    ]
    database = tmp_path / "platform.db"
    calm = start("--database", database)
    Platform(calm.url).Sip.addDomain({"domain": DOMAIN})
    calm.stop()
    troubles = [word for failure in failures for word in ("--fail", failure)]
    server = start("--database", database, "--latency", "10ms", *troubles)
    run = Import(server, tmp_path, 1000)
    run.run_killed(300)
    for _ in range(5):
        done = run.run()
        if done.returncode == 0:
            break
    assert done.returncode == 0, done.stdout + done.stderr
    server.stop()
    run.sip = Proxy(
        start("--database", database).url + "wsdl", "SipPort", auth={"username": "admin", "password": "secret"}
    )
    counts = run.check({f"u{number:05}" for number in range(1000)})
    assert counts["added"] + counts["unknown"] == run.rows
    # About a third of the requests went wrong, those of numbered accounts among them.
    assert 0 < counts["unknown"] < NUMBERED


@pytest.mark.parametrize("cut", [b"17,u00016,imp", b"\n"])
def test_a_line_cut_off_and_rows_that_are_wrong(start, tmp_path, cut):
    server = start()
    run = Import(server, tmp_path, 40)
    run.sip.addDomain({"domain": DOMAIN})
    with open(run.accounts, "a") as file:
        file.write(f"u00000,{DOMAIN},pw,,,,\nnobody,missing.example.com,pw,,,,\nlast,{DOMAIN},pw,,,lots,\n")
    assert run.run().returncode == 0
    whole = run.results.read_bytes()
    outcomes = run.outcomes()
    details = [outcomes[number]["detail"] for number in (81, 82, 83)]
    assert [outcomes[number]["outcome"] for number in (81, 82, 83)] == ["refused"] * 3
    assert details[0] == "the name is in the file already"
    assert "missing.example.com" in details[1] and "account.quota" in details[2]
    kept = whole[: whole.index(b"17,")]
    run.results.write_bytes(kept + cut if cut != b"\n" else kept)
    assert run.run().returncode == 0
    # What was added before is recognised, but for the numbers, which nobody can know.
    again = run.outcomes()
    assert len(again) == 83 and len(run.usernames()) == 80
    assert {again[n]["outcome"] for n in range(1, 81)} == {"added", "unknown"}


def test_over_tls(start, tmp_path):
    server = start("--tls", tmp_path / "tls", lines=2)
    run = Import(server, tmp_path, 40)
    run.sip.addDomain({"domain": DOMAIN})
    secure = server.lines[1].removeprefix("ngnpro-server listening on ").split()[0]
    run.command[2] = secure
    untrusted = run.run()
    assert untrusted.returncode != 0 and "TLSError" in untrusted.stderr and run.usernames() == []
    run.command += ["--ca-file", str(tmp_path / "tls/ca.pem")]
    assert run.run().returncode == 0
    assert len(run.usernames()) == run.rows
