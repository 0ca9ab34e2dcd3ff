"""The table of all operations in docs/ngnpro.md, from what the drivers show: run this file to write it anew."""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import wsdlproxy  # noqa: E402
from drivers import DRIVERS  # noqa: E402
from operations import MARKS, drive, reason  # noqa: E402
from running_server import ROOT  # noqa: E402

PAGE = ROOT / "docs/ngnpro.md"
BEGIN, END = "<!-- written by tests/ngnpro/operations_table.py -->\n", "<!-- end of the table -->\n"


def operations():
    """All operations of the WSDL, such as `Sip.getAccount`."""
    definition = wsdlproxy.load(ROOT / "examples/ngnpro/ngnpro.wsdl")
    return [
        f"{port.removesuffix('Port')}.{name}" for port in definition.ports for name in definition.proxy(port).operations
    ]


def cell(operation, shown, notes):
    """What one driver showed of an operation; what it did not has the number of a note."""
    missing = [mark for mark in MARKS if mark not in shown]
    if not missing:
        return "✓"
    numbers = []
    for mark in missing:
        why = reason(operation, mark)
        if why is None:
            raise AssertionError(f"{operation}: {mark} is not shown, and nobody says why")
        if why not in notes:
            notes.append(why)
        numbers.append(f"{mark} {notes.index(why) + 1}")
    return f"{shown} ({', '.join(numbers)})"


def table(shown):
    """The lines of the table and its notes; `shown` has the marks of each driver's operations."""
    notes = []
    yield "| operation | in WSDL | in server | " + " | ".join(DRIVERS) + " |"
    yield "|---|" + "---|" * (2 + len(DRIVERS))
    for name in operations():
        answered = "✓" if any(name in marks for marks in shown.values()) else "no"
        cells = [cell(name, marks.get(name, ""), notes) for marks in shown.values()]
        yield f"| `{name}` | ✓ | {answered} | " + " | ".join(cells) + " |"
    yield ""
    for number, note in enumerate(notes, start=1):
        yield f"{number}. {note}"


def page(shown):
    """The page with the table in its place."""
    before, rest = PAGE.read_text().split(BEGIN)
    _, after = rest.split(END)
    return before + BEGIN + "\n" + "\n".join(table(shown)) + "\n\n" + END + after


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        PAGE.write_text(page({driver: drive(driver, Path(folder)) for driver in DRIVERS}))
