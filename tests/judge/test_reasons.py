"""What explains a difference is written down, and explains no other one."""

from pathlib import Path

from reasons import NAMES, reason

LISTED = Path(__file__).with_name("DIFFERENCES.md").read_text(encoding="utf-8")


def test_each_reason_is_written_down():
    headings = {
        line.split("|")[1].strip()
        for line in LISTED.partition("## Where ours")[0].splitlines()
        if line.startswith("| ")
    }
    assert headings - {"construct"} == NAMES


def test_what_is_explained():
    encoding = "{http://schemas.xmlsoap.org/soap/encoding/}"
    cases = {
        f"op: /op/a: attribute {encoding}arrayType: 'p:int[2]' against None": "array without arrayType",
        "op: /op/d: text '2024-01-21-11:30' against '2024-01-21'": "dates with a zone",
        "op: /op/d: text 'TaOr' against 'VGFPcg=='": "base64 with a media type",
        "op: KeyError: 'JmsPort'": "ports that are not HTTP",
        "does not load: ValueError: x": "does not load",
    }
    assert {text: reason(text) for text in cases} == cases


def test_what_is_not_explained():
    cases = [
        "op: /op/a: element {urn:a}a against {urn:b}a",
        "op: /op/a: text '1' against '2'",
        "op: /op/a: text '2024-01-21T00:00:00Z' against '2024-01-21T00:00:00'",
        "op: /op/a: attribute b: '1.5' against 'x y'",
        "op: ZeroDivisionError: x",
    ]
    assert [reason(text) for text in cases] == [None] * len(cases)
