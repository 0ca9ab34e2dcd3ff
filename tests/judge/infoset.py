"""Compares XML by what it says: neither prefixes, order of attributes nor redundant types count."""

import math
import re
from decimal import Decimal, InvalidOperation

from lxml import etree
from schemas import ENCODINGS, XSD, XSI

TYPE = f"{{{XSI}}}type"
NIL = f"{{{XSI}}}nil"
IGNORED = ("encodingStyle",)
TIME = re.compile(r"(.*\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?$")


def difference(left, right, path=""):
    """The first difference between two elements, or `None`."""
    path = f"{path}/{etree.QName(left).localname}"
    if left.tag != right.tag:
        return f"{path}: element {left.tag} against {right.tag}"
    found = attributes(left, right)
    if found:
        return f"{path}: {found}"
    lefts, rights = ([c for c in node if isinstance(c.tag, str)] for node in (left, right))
    if [c.tag for c in lefts] != [c.tag for c in rights]:
        return f"{path}: children {names(lefts)} against {names(rights)}"
    if not lefts and not same_text(left, left.text, right, right.text):
        return f"{path}: text {left.text!r} against {right.text!r}"
    if lefts and runs(left) != runs(right):
        return f"{path}: mixed text {runs(left)} against {runs(right)}"
    for one, other in zip(lefts, rights, strict=True):
        found = difference(one, other, path)
        if found:
            return found
    return None


def names(nodes):
    return [etree.QName(node).localname for node in nodes]


def runs(node):
    """The texts between the children that are not blank."""
    texts = [node.text, *(child.tail for child in node)]
    return [(text or "").strip() for text in texts]


def attributes(left, right):
    one, other = plain(left), plain(right)
    if types_differ(left, right):
        return f"type {left.get(TYPE)} against {right.get(TYPE)}"
    for name in {**one, **other}:
        if name not in one or name not in other:
            return f"attribute {name}: {one.get(name)!r} against {other.get(name)!r}"
        if not same_text(left, one[name], right, other[name]):
            return f"attribute {name}: {one[name]!r} against {other[name]!r}"
    return None


def plain(node):
    result = {}
    for name, value in node.attrib.items():
        uri, local = etree.QName(name).namespace, etree.QName(name).localname
        if name == TYPE or local in IGNORED or uri in ENCODINGS and local in ("id", "root", "offset"):
            continue
        if name == NIL and value in ("false", "0"):
            continue
        result[name] = value
    return result


def types_differ(left, right):
    one, other = (resolved(node, node.get(TYPE)) for node in (left, right))
    if one is None or other is None or one == other:
        return False
    # An encoding's type means the same as XML Schema's of that name; its `Array` any array.
    return not any(name.startswith(f"{{{uri}}}") for uri in ENCODINGS for name in (one, other))


def resolved(node, text):
    if text is None:
        return None
    prefix, _, local = text.strip().rpartition(":")
    uri = node.nsmap.get(prefix or None)
    return f"{{{uri}}}{local}" if uri else local


def same_text(left_node, left, right_node, right):
    left, right = left or "", right or ""
    if left == right:
        return True
    lefts, rights = left.split(), right.split()
    return len(lefts) == len(rights) and all(
        qualified(left_node, one) == qualified(right_node, other) or same(value(one), value(other))
        for one, other in zip(lefts, rights, strict=True)
    )


def qualified(node, text):
    """A QName with its namespace, `arrayType` brackets kept."""
    match = re.fullmatch(r"([\w.-]+):([\w.-]+)((?:\[[\d,]*\])*)", text.strip())
    uri = node.nsmap.get(match[1]) if match else None
    return f"{{{uri}}}{match[2]}{match[3]}" if uri else text


def same(one, other):
    if isinstance(one, float) and isinstance(other, float) and math.isnan(one) and math.isnan(other):
        return True
    if one == other:
        return True
    try:
        return math.isclose(float(one), float(other), rel_tol=1e-15)
    except (TypeError, ValueError, OverflowError):
        return False


def value(text):
    """The value of an item, if its form tells one."""
    if text in ("true", "false"):
        return Decimal(int(text == "true"))
    if text in ("INF", "-INF", "NaN"):
        return float(text.replace("INF", "inf"))
    try:
        return Decimal(text)
    except InvalidOperation:
        pass
    match = TIME.match(text)
    if match:
        zone = {"+00:00": "Z", "-00:00": "Z"}.get(match[3], match[3] or "")
        return match[1] + (match[2] or "").rstrip("0").rstrip(".") + zone
    if re.fullmatch(r".*\d[+-]00:00", text):
        return text[:-6] + "Z"
    if re.fullmatch(r"-?P[\dYMDTHS.]+", text):
        return duration(text)
    if re.fullmatch(r"([0-9a-fA-F]{2})+", text):
        return text.upper()
    return text


def duration(text):
    match = re.fullmatch(r"(-?)P(\d+Y)?(\d+M)?(\d+D)?(?:T(\d+H)?(\d+M)?([\d.]+S)?)?", text)
    if not match:
        return text
    years, months, days, hours, minutes, seconds = (Decimal((part or "0_")[:-1]) for part in match.groups()[1:])
    total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    span = (years * 12 + months, total)
    return (match[1] if any(span) else "", *span)


__all__ = ["XSD", "difference"]
