"""Drives a platform through the flows and notes, for each operation, what was shown of it.

Three things can be shown: that it works and what it wrote was read back (R), that another login sees the same (L), and
that the same is there after a restart (S).
"""

import shutil

from drivers import DRIVERS, Denied
from flows import ACCOUNTS, ACTIVITY, DOMAINS, ROUTING, SETTINGS, VOICEMAIL, Check, Json, Some, Write
from flows_faults import REFUSALS
from flows_more import CUSTOMERS, DNS, ENUM, PRESENCE, RATING
from running_server import Server

FLOWS = [*DOMAINS, *ACCOUNTS, *SETTINGS, *ACTIVITY, *ROUTING, *VOICEMAIL, *ENUM, *DNS, *RATING, *CUSTOMERS, *PRESENCE]
ADMIN = {"username": "admin", "password": "secret", "admin": True}
OWNER = {"username": "northsea", "password": "demo", "admin": False}
MARKS = "RLS"


def reason(operation, mark):
    """Why something is not to be shown of an operation; None if it is."""
    if operation.startswith("Presence.") and mark == "L":
        return "presence knows no logins: each call carries the SIP password of the account, and a wrong one is refused"
    return None


def filled(value, kept):
    """A value with what earlier steps kept in the place of `$name.member`."""
    if isinstance(value, str) and value.startswith("$"):
        return picked(kept, value[1:])
    if isinstance(value, dict):
        return {name: filled(member, kept) for name, member in value.items()}
    if isinstance(value, list):
        return [filled(item, kept) for item in value]
    if isinstance(value, Some):
        return Some(value.least, filled(value.item, kept))
    return value


def picked(value, path):
    """The part of a value that a path such as `routes.0` leads to."""
    for part in filter(None, path.split(".")):
        value = value[int(part)] if part.isdigit() else value[part]
    return value


def matches(found, wanted):
    """Whether a value has all that is wanted of it."""
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(matches(found.get(name), wanted[name]) for name in wanted)
    if isinstance(wanted, list):
        return isinstance(found, list) and len(found) == len(wanted) and all(map(matches, found, wanted))
    if isinstance(wanted, Some):
        return isinstance(found, list) and len(found) >= wanted.least and matches(found[0], wanted.item)
    if isinstance(wanted, Json):
        return wanted.matches(found)
    # An empty text and nil are the same to the platform.
    return found in (None, "") if wanted is None else found == wanted


class Run:
    """One driver on one platform."""

    def __init__(self, start, database):
        self.start, self.database = start, database
        self.kept, self.shown = {}, {}
        self.serve()

    def serve(self):
        self.server = Server("--database", self.database)
        self.driver = self.start(self.server.url)

    def stop(self):
        self.driver.stop()
        self.server.stop()

    def write(self, step, auth):
        name, _, path = step.keep.partition("=")
        try:
            value = self.driver.call(step.operation, filled(step.arguments, self.kept), auth)
        except Denied as denied:
            raise AssertionError(f"{step.operation}: {denied}") from None
        if name:
            self.kept[name] = picked(value, path)

    def check(self, step, auth, mark):
        if reason(step.operation, mark):
            return
        try:
            found = self.driver.call(step.operation, filled(step.arguments, self.kept), auth)
        except Denied as denied:
            found = denied.code
        wanted = filled(step.gives, self.kept)
        assert matches(found, wanted), f"{step.operation} as {auth['username']}: {found!r} is not {wanted!r}"
        port = step.operation.split(".")[0]
        for name in (step.operation, *(f"{port}.{proved}" for proved in step.proves.split())):
            self.shown.setdefault(name, set()).add(mark)

    def refuse(self, step):
        """A call that must end in this code; the code 0 is for what makes the situation."""
        try:
            self.driver.call(step.operation, filled(step.arguments, self.kept), step.auth)
            code = 0
        except Denied as denied:
            code = denied.code
        assert code == step.code, f"{step.operation}: {code} instead of {step.code}"

    def run(self):
        """Drives all of it and returns the marks of each operation."""
        look = {"query": {"filter": {"username": "northsea"}, "range": {"start": 0, "count": 1}}}
        self.write(Write("Customer.getResellers", look, "north=accounts.0"), ADMIN)
        writer = {**ADMIN, "impersonate": self.kept["north"]["id"]}
        for step in FLOWS:
            if isinstance(step, Write):
                self.write(step, writer)
        checks = [step for step in FLOWS if isinstance(step, Check)]
        for step in checks:
            self.check(step, ADMIN, "R")
            self.check(step, OWNER, "L")
        for step in REFUSALS:
            self.refuse(step)
        self.stop()
        self.serve()
        for step in checks:
            self.check(step, ADMIN, "S")
        return {name: "".join(mark for mark in MARKS if mark in marks) for name, marks in self.shown.items()}


def drive(driver, folder):
    """Runs one driver on a fresh demo platform."""
    seeded = folder / "demo.db"
    if not seeded.exists():
        Server("--seed", "demo", "--database", seeded).stop()
    database = folder / f"{driver}.db"
    shutil.copy(seeded, database)
    run = Run(DRIVERS[driver], database)
    try:
        return run.run()
    finally:
        run.stop()
