"""Loads SIP accounts from a CSV file, many at once; killed at any moment, it goes on where it was.

    python import_csv.py http://127.0.0.1:9200/ngnpro/ accounts.csv results.csv

The first line of accounts.csv names the members: username, domain, password, firstName, lastName, email, timezone,
rpid, quota, prepaid, and groups, separated by blanks. Columns end with a comma, a semicolon or a tab. Empty cells are
left out. The username <autoincrement> lets the platform choose a number. A file that is not UTF-8, has a column that
nobody knows or a row with too many cells is refused before anything is sent.

results.csv gets a line for each row when its outcome is certain:

    added     the account was added by this import
    exists    an account of that name was there before, with other data
    refused   the platform or the interface does not accept the row; nothing was added
    unknown   the request was sent, its answer is lost, and the platform cannot be asked, because the number was its
              choice. Such a row is never sent again: look for the account, add it by hand if there is none

Run it again with the same files until it says that nothing is left. A request whose answer is lost is never just sent
again: first the platform is asked whether the account is there. Credentials come from NGNPRO_USERNAME and
NGNPRO_PASSWORD, else they are those of the demo.
"""

import argparse
import csv
import fcntl
import os
import sys

from wsdlproxy import EncodeError, Fault, Proxy

EXISTS, MISSING, AUTOINCREMENT = 1011, 1010, "<autoincrement>"
COLUMNS = {*"username domain password firstName lastName email timezone rpid quota prepaid groups".split()}
#: Wrong credentials, and troubles of the platform: nothing that a row is to blame for.
NOT_THE_ROW = (9000, 9999)
#: How often lost answers are followed up, and how many rows in a row may find no server.
PASSES, UNREACHABLE = 10, 50


class Row:
    """A row of the CSV file: its number from 1, and the account that it describes."""

    def __init__(self, number, cells):
        self.number = number
        cells = {name: text for name, text in cells.items() if text}
        self.id = {part: cells.pop(part, "").strip().lower() for part in ("username", "domain")}
        self.account = {**cells, "id": self.id}
        if "groups" in cells:
            self.account["groups"] = cells["groups"].split()

    @property
    def is_numbered_by_the_platform(self):
        return self.id["username"] == AUTOINCREMENT

    def describes(self, found):
        """Whether the account that was found is the one of this row, as far as the row says."""
        told = {"email": f"{self.id['username']}@{self.id['domain']}", **self.account}
        compared = ("firstName", "lastName", "email", "rpid", "timezone", "quota", "groups")
        mine = [told[name] for name in compared if name in told]
        theirs = [found[name] for name in compared if name in told]
        return [text(value) for value in mine] == [text(value) for value in theirs]


def text(value):
    """A value for comparison: numbers as digits, lists in any order, addresses in any case."""
    return sorted(value) if isinstance(value, list) else str(value if value is not None else "").lower()


class Lines:
    """A file that only grows by whole lines, each of them in the file before the next thing is done."""

    def __init__(self, path):
        self.path = path
        self.file = open(path, "a+b")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(f"{path}: another import is writing it") from None
        self.file.seek(0)
        *lines, rest = self.file.read().decode().split("\n")
        # A line that was being written when the power went is no line.
        self.file.truncate(self.file.tell() - len(rest.encode()))
        self.present = lines

    def append(self, *cells):
        # A text of the platform may have several lines; here each row has one.
        cells = [" ".join(str(cell).split()) for cell in cells]
        csv.writer(self, lineterminator="\n").writerow(cells)

    def write(self, line):
        self.file.write(line.encode())
        self.file.flush()


class Import:
    """The state of an import: what is certain of each row, and which rows were about to be sent."""

    def __init__(self, sip, results, concurrency):
        self.sip, self.concurrency = sip, concurrency
        self.results, self.sending = Lines(results), Lines(results + ".sending")
        if not self.results.present:
            self.results.append("row", "username", "domain", "outcome", "detail")
        self.settled = {int(line[0]): line[1:3] for line in csv.reader(self.results.present[1:])}
        self.begun = set()
        for line in self.sending.present:
            (self.begun.add if line[0] == "+" else self.begun.discard)(int(line[1:]))
        self.begun -= self.settled.keys()
        self.unreachable = 0

    def settle(self, row, outcome, detail="", username=None):
        """Writes down what became of a row, once."""
        self.results.append(row.number, username or row.id["username"], row.id["domain"], outcome, detail)
        self.settled[row.number] = None

    def send(self, rows):
        """Adds accounts; returns the rows whose answers are lost."""
        held, lost = {}, []

        def accounts():
            for index, row in enumerate(rows):
                if self.unreachable >= UNREACHABLE:
                    return
                held[index] = row
                # Written before it is sent, so that nothing can have been sent that is not written.
                self.sending.append(f"+{row.number}")
                yield {"account": row.account}

        options = {"concurrency": self.concurrency, "ordered": False, "retry": 2, "progress": True}
        for outcome in self.sip.bulk("addAccount", accounts(), **options).outcomes():
            row, error = held.pop(outcome.index), outcome.error
            self.unreachable = self.unreachable + 1 if error and not getattr(error, "sent", True) else 0
            if error is None:
                self.settle(row, "added", username=outcome.value.id.username)
            elif isinstance(error, EncodeError):
                self.settle(row, "refused", error)
            elif isinstance(error, Fault) and code(error) == EXISTS and not row.is_numbered_by_the_platform:
                # It may be ours: from a request whose answer was lost.
                lost.append(row)
            elif isinstance(error, Fault) and code(error) not in NOT_THE_ROW:
                self.settle(row, "refused", error.string)
            elif not isinstance(error, Fault) and getattr(error, "sent", True):
                lost.append(row)
            else:
                self.sending.append(f"-{row.number}")
        return lost

    def ask(self, rows):
        """Asks the platform about rows whose answers are lost; returns those that are not there."""
        named = []
        for row in rows:
            if row.is_numbered_by_the_platform:
                self.settle(row, "unknown", "sent, and the answer is lost")
            else:
                named.append(row)
        missing = []
        options = {"concurrency": self.concurrency, "retry": 5}
        for outcome in self.sip.bulk("getAccount", ({"sipId": row.id} for row in named), **options).outcomes():
            row, error = named[outcome.index], outcome.error
            if error is None:
                self.settle(row, "added" if row.describes(outcome.value) else "exists")
            elif isinstance(error, Fault) and code(error) == MISSING:
                missing.append(row)
            elif isinstance(error, Fault) and code(error) not in NOT_THE_ROW:
                self.settle(row, "refused", error.string)
        return missing

    def run(self, path):
        """Sends what was never sent, and follows up what was; returns how many rows are left."""
        self.check(path)
        missing = self.ask([row for row in rows(path) if row.number in self.begun])
        lost = self.send(missing)
        lost += self.send(row for row in self.fresh(path) if row.number not in self.begun)
        for _ in range(PASSES):
            if not lost or self.unreachable >= UNREACHABLE:
                break
            lost = self.send(self.ask(lost))
        return sum(row.number not in self.settled for row in rows(path))

    def check(self, path):
        """Reads the file once before anything is sent, and stops if its rows are not those of the results."""
        for row in rows(path):
            then = self.settled.get(row.number)
            if then and not row.is_numbered_by_the_platform and then != list(row.id.values()):
                raise SystemExit(
                    f"{self.results.path}: row {row.number} was {'@'.join(then)}: it belongs to another file"
                )

    def fresh(self, path):
        """The rows without an outcome; a name that was in the file before is refused here."""
        names = set()
        for row in rows(path):
            name = (row.id["username"], row.id["domain"])
            if name in names and row.number not in self.settled:
                self.settle(row, "refused", "the name is in the file already")
            elif not row.is_numbered_by_the_platform:
                names.add(name)
            if row.number not in self.settled:
                yield row


def rows(path):
    """The rows of the CSV file, one at a time."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        try:
            first = file.readline()
            # A quotation mark that is never closed would swallow the rest of the file.
            form = {"delimiter": max(",;\t", key=first.count), "skipinitialspace": True, "strict": True}
            names = columns(next(csv.reader([first], **form), []))
            lines = filter(None, csv.reader(file, **form))
            for number, cells in enumerate(lines, start=1):
                if len(cells) > len(names):
                    raise ValueError(f"row {number} has {len(cells)} cells for {len(names)} columns")
                yield Row(number, dict(zip(names, cells)))
        except (ValueError, csv.Error) as error:
            raise SystemExit(f"{path}: {error}") from None


def columns(names):
    """The names of the columns, if they are such that every row can be understood."""
    names = [name.strip() for name in names]
    wrong = [name for name in names if name not in COLUMNS or names.count(name) > 1]
    if wrong or not {"username", "domain"} <= set(names):
        raise ValueError(f"the first line must name username and domain, and nothing unknown or twice: {wrong}")
    return names


def code(fault):
    """The platform's number of a fault, or None."""
    return fault.detail["exception"].errorcode if fault.detail else None


def main():
    parser = argparse.ArgumentParser(description="Loads SIP accounts from a CSV file.")
    parser.add_argument("url")
    parser.add_argument("accounts")
    parser.add_argument("results")
    parser.add_argument("--concurrency", type=int, default=16)
    parser.add_argument("--ca-file", help="certificate of a private certificate authority")
    given = parser.parse_args()
    auth = {
        "username": os.environ.get("NGNPRO_USERNAME", "admin"),
        "password": os.environ.get("NGNPRO_PASSWORD", "secret"),
    }
    sip = Proxy(given.url + "wsdl", port="SipPort", auth=auth, ca_file=given.ca_file)
    # Wrong credentials are no reason to refuse every row.
    for answer in sip.bulk("getAccounts", [{"query": {"range": {"start": 0, "count": 1}}}], retry=5):
        if isinstance(answer, Exception):
            raise SystemExit(f"{type(answer).__name__}: {answer}")
    left = Import(sip, given.results, given.concurrency).run(given.accounts)
    print(f"{left} rows are left" + (": run it again" if left else ""))
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
