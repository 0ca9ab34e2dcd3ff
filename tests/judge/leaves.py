"""Compares a message with the value it was decoded to: every leaf must be there, under its own name.

This is `docs/types.md` read from the other side: keys are local names, whatever groups and lists stand between.
"""

from collections import Counter

from lxml import etree

from infoset import NIL, TYPE, value
from schemas import ENCODINGS

GROUPS = ("_choice", "_sequence")


def problem(message, decoded):
    """What is in one and not in the other, or `None`; `message` is the list of the body's elements."""
    wanted, found = Counter(), Counter()
    for element in message:
        of_element(element, wanted)
    of_value("", decoded, found)
    # The only leaf of an answer has no name, as the answer is the leaf.
    if len(found) == 1 and "" in {name for name, _ in found}:
        wanted = Counter({("", text): count for (_, text), count in wanted.items()})
    missing, extra = wanted - found, found - wanted
    missing = {key: count for key, count in missing.items() if key[1] not in ((), None)}
    extra = {key: count for key, count in extra.items() if key[1] not in ((), None)}
    if missing:
        return f"missing {list(missing)[:3]}, found {list(extra)[:3]}"
    return None


def of_element(element, into):
    for name, text in element.attrib.items():
        uri = etree.QName(name).namespace
        if name not in (TYPE, NIL) and uri not in ENCODINGS and etree.QName(name).localname != "encodingStyle":
            into[etree.QName(name).localname, normal(text)] += 1
    children = [child for child in element if isinstance(child.tag, str)]
    if etree.QName(element).namespace == "urn:example:foreign" or (children and (element.text or "").strip()):
        return  # arbitrary XML and mixed content stay text
    if not children:
        into[etree.QName(element).localname, normal(element.text or "")] += 1
    for child in children:
        of_element(child, into)


def of_value(name, decoded, into):
    if isinstance(decoded, dict) and "$" in decoded:
        into[name, normal(decoded["text"])] += 1
    elif isinstance(decoded, dict):
        for key, member in decoded.items():
            if key in ("_type", "_any", "_attributes", "_mixed"):
                continue
            plain = key.lstrip("@").rsplit("}", 1)[-1]
            is_group = key == "_" or key.startswith(GROUPS)
            of_value(name if is_group else plain, member, into)
    elif isinstance(decoded, list) and all(is_leaf(item) for item in decoded) and decoded:
        for item in decoded:
            of_value(name, item, into)
    elif isinstance(decoded, list):
        for item in decoded:
            of_value(name, item, into)
    elif isinstance(decoded, bool):
        into[name, normal("true" if decoded else "false")] += 1
    elif decoded is not None:
        into[name, normal(repr(decoded) if isinstance(decoded, float) else str(decoded))] += 1


def is_leaf(item):
    return not isinstance(item, (dict, list)) or (isinstance(item, dict) and "$" in item)


def normal(text):
    """A hashable form of the value; floats to the digits that `xsd:float` has."""
    items = tuple(value(item) for item in text.split())
    return tuple(round_off(item) for item in items)


def round_off(item):
    try:
        return f"{float(item):.14g}"
    except (TypeError, ValueError, OverflowError):
        return str(item)
