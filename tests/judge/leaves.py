"""Compares a message with the value it was decoded to: every leaf must be there, under its own name.

This is `docs/types.md` from the other side: keys are local names, whatever groups and lists stand between.
"""

import base64
import html
from collections import Counter

from infoset import NIL, TYPE, value
from lxml import etree
from schemas import ENCODINGS

FOREIGN = "urn:example:foreign"
GROUPS = ("_choice", "_sequence")


def problem(message, decoded):
    """What the value lacks, or `None`; `message` is the list of the body's elements."""
    wanted, found = Counter(), Counter()
    for element in message:
        of_element(element, wanted, unnamed=len(message) > 1)  # parts have names of their own
    of_value("", decoded, found)
    missing, extra = wanted - found, found - wanted
    # An answer of one part or member is that value itself, and the items of an array have no names.
    names = {}
    for name, token in extra.elements():
        names.setdefault(token, []).append(name)
        names.setdefault(as_hex(token), []).append(name)
    for name, token in list(missing.elements()):
        known = next((known for known in names.get(token, [])[:50] if may_be(known, name)), None)
        if known is not None:
            missing[name, token] -= 1
            names[token].remove(known)
    missing += Counter()
    return f"missing {list(missing)[:3]}, found {list(extra)[:3]}" if missing else None


def may_be(found, wanted):
    return found in ("", wanted) or wanted == "item"


def as_hex(token):
    """The bytes of a base64 text as `xsd:hexBinary` has them; else nothing that a message holds."""
    try:
        return base64.b64decode(token, validate=True).hex().upper()
    except ValueError:
        return None


def of_element(element, into, unnamed=False):
    qname = etree.QName(element)
    is_map = any(text.partition("[")[0].endswith(":Map") for text in element.attrib.values())
    if qname.namespace == FOREIGN or is_map:
        return  # arbitrary XML stays text, and the keys of a map are data
    for name, text in element.attrib.items():
        attribute = etree.QName(name)
        known = name in (TYPE, NIL) or attribute.namespace in (*ENCODINGS, FOREIGN)
        if not known and attribute.localname != "encodingStyle":
            into.update((attribute.localname, token) for token in tokens(text))
    children = [child for child in element if isinstance(child.tag, str)]
    if children and (element.text or "").strip():
        return  # mixed content stays text
    if not children:
        name = "item" if unnamed else qname.localname
        into.update((name, token) for token in tokens(element.text or "") if ":name" not in token)
    is_array = any(etree.QName(name).localname in ("arrayType", "arraySize") for name in element.attrib)
    for child in children:
        of_element(child, into, is_array)


def of_value(name, decoded, into):
    if isinstance(decoded, dict) and "$" in decoded:
        into.update((name, token) for token in tokens(decoded["text"]))
    elif isinstance(decoded, dict):
        for key, member in decoded.items():
            if key == "_mixed" and "<" not in member:
                into.update(("", token) for token in tokens(html.unescape(member)))
            if key in ("_type", "_any", "_attributes", "_mixed"):
                continue
            plain = key.lstrip("@").rsplit("}", 1)[-1]
            is_group = key == "_" or key.startswith(GROUPS)
            of_value(name if is_group else plain, member, into)
    elif isinstance(decoded, list):
        for item in decoded:
            of_value(name, item, into)
    elif isinstance(decoded, bool):
        into.update((name, token) for token in tokens("true" if decoded else "false"))
    elif decoded is not None:
        into.update((name, token) for token in tokens(repr(decoded) if isinstance(decoded, float) else str(decoded)))


def tokens(text):
    """The values of the items in a text; floats to the digits that every peer writes."""
    return [round_off(value(item)) for item in text.split()]


def round_off(item):
    try:
        return f"{float(item):.14g}"
    except (TypeError, ValueError, OverflowError):
        return str(item)
