"""All 108 operations, driven by us and by strangers: written, read back, by another login, after a restart."""

import re

import pytest
from drivers import DRIVERS, Python
from flows_faults import REFUSALS
from operations import MARKS, drive, matches, reason
from operations_table import PAGE, operations, page


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("platforms")


@pytest.fixture(scope="module")
def shown():
    """What each driver showed, for the table."""
    return {}


@pytest.mark.parametrize("driver", DRIVERS)
def test_every_operation(folder, shown, driver):
    shown[driver] = drive(driver, folder)
    assert sorted(shown[driver]) == sorted(operations())
    for name, marks in shown[driver].items():
        assert set(MARKS) - set(marks) == {mark for mark in MARKS if reason(name, mark)}, name


def test_the_table_is_up_to_date(shown):
    if set(shown) != set(DRIVERS):
        pytest.skip("not every driver ran")
    assert len(operations()) == 108
    assert PAGE.read_text() == page(shown), "write it anew: .venv/bin/python tests/ngnpro/operations_table.py"


def test_every_code_of_the_guide_was_raised():
    guide = PAGE.read_text().split("## Faults")[1].split("## Lost answers")[0]
    codes = {
        int(code) for row in re.findall(r"^\|([^|]+)\|", guide, re.MULTILINE) for code in re.findall(r"\d{4}", row)
    }
    raised = {step.code for step in REFUSALS if step.code}
    # A range in the guide names its ends; a client of all ports never asks for an operation that is not there.
    assert codes - {9003} <= raised
    assert raised - codes <= set(range(1070, 1112))


def test_the_ten_things_of_the_guide():
    """Each has calls that exist, all of them in the scripts that it names."""
    section = PAGE.read_text().split("## What operators do")[1].split("\n## ")[0]
    rows = [row for row in section.splitlines() if "](../examples/p" in row]
    assert len(rows) == 10
    for row in rows:
        port, *calls = re.findall(r"`(\w+)`", row)
        assert {f"{port.removesuffix('Port')}.{call}" for call in calls} <= set(operations()), row
        for script in re.findall(r"\]\((.+?)\)", row):
            text = (PAGE.parent / script).read_text()
            assert [call for call in calls if call not in text] == [], script


class Forgetful(Python):
    """Does not make one kind of call, and says that all is well."""

    forgotten = ""

    def call(self, operation, arguments, auth):
        if operation == self.forgotten:
            return {"id": 0}
        return super().call(operation, arguments, auth)


@pytest.mark.parametrize("operation", ["Sip.setRejectMembers", "Dns.deleteRecord", "Voicemail.updateAccount"])
def test_a_write_that_is_not_made_is_noticed(folder, monkeypatch, operation):
    monkeypatch.setitem(DRIVERS, "forgetful", Forgetful)
    monkeypatch.setattr(Forgetful, "forgotten", operation)
    with pytest.raises(AssertionError, match="is not"):
        drive("forgetful", folder)


def test_what_matches():
    wanted = {"a": [{"b": 1}], "none": None}
    assert matches({"a": [{"b": 1, "c": 2}], "none": "", "d": 3}, wanted)
    for wrong in ({"a": [{"b": 2}]}, {"a": []}, {"a": [{"b": 1}, {}]}, {}, 1010, None, {"a": [{"b": 1}], "none": 0}):
        assert not matches(wrong, wanted)
