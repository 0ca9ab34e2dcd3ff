"""Why zeep's message may be another than ours: the reasons of DIFFERENCES.md, each with what it looks like here.

Ours is the message that was made, which is compared before, and valid by libxml2 where that reads the schemas. A
difference that no reason explains is a finding.
"""

import base64
import re

from infoset import TIME
from schemas import XSI

DATE = re.compile(r"0\d{3}-\d\d-\d\d|--\d\d")
DOES_NOT_LOAD = "does not load"
LOSSES = {
    "array without arrayType": r"attribute \S+\}arrayType: '.*' against None$",
    "nil for an empty element": rf"attribute \{{{re.escape(XSI)}\}}nil: None against 't",
    "body in multipart/related": r"^body \[.+\] against \[\]$",
    "groups that repeat, groups in a choice": r"children \[.*\] against \[.*\]$",
    "attributes without their type": r"attribute \S+: '.*' against None$",
    "attributes of a restriction": r"attribute \S+: '\w+' against '\w+'$",
    "text of mixed content": r"text ('.*' against None|\[.*\] against \[.*\])$",
}
REFUSALS = {
    "ports that are not HTTP": r"^KeyError: ",
    "body in multipart/related": r"^AttributeError: 'NoneType' object has no attribute 'type'",
    "empty elements read as nothing": r"^ValidationError: (Missing element|Expected at least)",
    "wildcards beside elements": r"^TypeError: Any element received object of type",
    "bare parts of simple types": r"^TypeError: .* takes exactly 1 argument",
    "order of what it read": r"^XMLParseError: Unexpected element",
    "values of a restriction": r"^TypeError: .* got an unexpected keyword argument",
    "messages without a part": r"^IndexError: list index out of range",
    "abstract or unknown types": r"^(AttributeError|ValueError|LookupError|XMLParseError|NamespaceError): ",
}


def reason(text):
    """The reason for what a stranger did, or `None`."""
    subject, _, rest = text.partition(": ")
    if subject == DOES_NOT_LOAD:
        return DOES_NOT_LOAD
    if re.match(r"\w+(Error|Exception|Forbidden): ", rest):
        return first(REFUSALS, rest)
    changed = re.search(r"(?:text|attribute \S+:) '(.*)' against '(.*)'$", rest)
    if changed:
        one, other = changed.groups()
        if re.fullmatch(re.escape(other) + r"(Z|[+-]\d\d:\d\d)", one) and not TIME.match(one):
            return "dates with a zone"
        if DATE.match(one) and re.sub(r"^(-*)0+", r"\1", one).startswith(other):
            return "leading zeros of dates"
        if is_twice(one, other):
            return "base64 with a media type"
    return first(LOSSES, rest)


def first(table, text):
    return next((name for name, pattern in table.items() if re.search(pattern, text, re.DOTALL)), None)


def is_twice(one, other):
    """Whether a base64 text was encoded again."""
    return base64.b64encode(one.encode()).decode() == other


NAMES = {*LOSSES, *REFUSALS, DOES_NOT_LOAD, "dates with a zone", "base64 with a media type", "leading zeros of dates"}
