"""Random texts of the lexical spaces of simple types, facets included."""

import base64
import random
import re
import string

INTEGERS = {
    "integer": (-(10**20), 10**20),
    "nonNegativeInteger": (0, 10**20),
    "positiveInteger": (1, 10**20),
    "nonPositiveInteger": (-(10**20), 0),
    "negativeInteger": (-(10**20), -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-128, 127),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 255),
}
WORDS = ["alpha", "beta", "Gamma", "d1", "e-f", "g_h", "Zürich", "naïve", "x.y"]
TEXTS = [
    "plain",
    "two words",
    "a<b&c>d",
    "quote\" 'n",
    "日本語",
    "",
    "ünïcode",
    "]]>",
    "tab\tnew\nline",
    "0",
    " padded ",
]


class Impossible(Exception):
    """No text of this type was found."""


def builtin(name, rng):
    """A text of a built-in type."""
    if name in INTEGERS:
        return integer(rng, *INTEGERS[name])
    if name in TEMPORAL:
        return TEMPORAL[name](rng)
    if name in ("string", "anySimpleType"):
        return rng.choice(TEXTS)
    if name in ("normalizedString", "token"):
        return " ".join(rng.choices(WORDS, k=rng.randint(1, 3)))
    if name == "boolean":
        return rng.choice(["true", "false", "1", "0"])
    if name == "decimal":
        return rng.choice(["0", "-1.50", "+3", "0.001", f"{rng.randint(0, 10**12)}.{rng.randint(0, 99):02}", ".5"])
    if name in ("float", "double"):
        return rng.choice(["0", "-0", "1.5", "INF", "-INF", "NaN", "1E10", "-2.5e-3", "3.25", "100"])
    if name == "language":
        return rng.choice(["en", "de-CH", "x-klingon"])
    if name in ("NMTOKENS", "IDREFS", "ENTITIES"):
        return " ".join(rng.choices(["alpha", "beta", "Gamma"], k=rng.randint(1, 3)))
    if name in ("Name", "NCName", "NMTOKEN", "ENTITY", "ID", "IDREF", "NOTATION"):
        return rng.choice(["alpha", "beta", "Gamma"]) + (str(rng.randint(0, 10**9)) if name == "ID" else "")
    if name == "QName":
        return "unprefixed"
    if name == "anyURI":
        return rng.choice(["http://example.com/a?b=c&d=e", "urn:x:y", "relative/path", "a b".replace(" ", "%20")])
    if name == "hexBinary":
        return rng.randbytes(rng.randint(0, 6)).hex().upper()
    if name in ("base64Binary", "base64"):
        return base64.b64encode(rng.randbytes(rng.randint(0, 9))).decode()
    raise Impossible(name)


def integer(rng, low, high):
    return str(rng.choice([low, high, min(max(rng.randint(-9, 99), low), high), rng.randint(low, high)]))


def _zone(rng):
    return rng.choice(["", "", "Z", "+02:00", "-11:30"])


def _date(rng):
    year = rng.choice([1, 1999, 2024, rng.randint(1000, 9999)])
    return f"{year:04}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"


def _time(rng):
    fraction = rng.choice(["", "", ".5", ".123456"])
    return f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}{fraction}"


TEMPORAL = {
    "date": lambda rng: _date(rng) + _zone(rng),
    "time": lambda rng: _time(rng) + _zone(rng),
    "dateTime": lambda rng: f"{_date(rng)}T{_time(rng)}{_zone(rng)}",
    "duration": lambda rng: rng.choice(["P1D", "PT1H30M", "-P1Y2M", "PT0.5S", "P1Y2M3DT4H5M6S", "PT0S"]),
    "gYear": lambda rng: f"{rng.randint(1000, 9999)}{_zone(rng)}",
    "gYearMonth": lambda rng: f"{rng.randint(1000, 9999)}-{rng.randint(1, 12):02}{_zone(rng)}",
    "gMonth": lambda rng: f"--{rng.randint(1, 12):02}",
    "gDay": lambda rng: f"---{rng.randint(1, 28):02}",
    "gMonthDay": lambda rng: f"--{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
}


def faceted(base, facets, rng):
    """A text of `base` within `facets`, pairs of name and value; a validator finds wrong guesses."""
    values = {}
    for name, value in facets:
        values.setdefault(name, []).append(value)
    if "enumeration" in values:
        return rng.choice(values["enumeration"])
    if "pattern" in values:
        return meant(base, from_pattern(values["pattern"][-1], rng, values))
    if base in INTEGERS or base == "decimal":
        return bounded(base, values, rng)
    if {"length", "minLength", "maxLength"} & values.keys():
        return sized(base, values, rng)
    return builtin(base, rng)


def bounded(base, values, rng):
    low, high = INTEGERS.get(base, (-1000, 10**9))
    digits = min(int(float(v)) for v in values.get("totalDigits", ["18"]))
    low, high = max(low, -(10**digits) + 1), min(high, 10**digits - 1)
    for name, shift in (("minInclusive", 0), ("minExclusive", 1)):
        low = max([low, *(int(float(v)) + shift for v in values.get(name, []))])
    for name, shift in (("maxInclusive", 0), ("maxExclusive", -1)):
        high = min([high, *(int(float(v)) + shift for v in values.get(name, []))])
    if low > high:
        raise Impossible(f"{base} between {low} and {high}")
    return integer(rng, low, high)


def sized(base, values, rng):
    low = max(int(v) for name in ("length", "minLength") for v in values.get(name, ["0"]))
    high = min([low + 12, *(int(v) for name in ("length", "maxLength") for v in values.get(name, []))])
    size = rng.randint(low, max(low, high))
    if base == "hexBinary":
        return rng.randbytes(size).hex()
    if base == "base64Binary":
        return base64.b64encode(rng.randbytes(size)).decode()
    return "".join(rng.choices(string.ascii_letters, k=size))


def meant(base, text):
    """A match of a pattern that is a value of `base` too and comes back as it is."""
    is_number = base in INTEGERS or base == "decimal"
    if is_number and not re.fullmatch(r"0|-?[1-9]\d*", text):
        raise Impossible(f"{text!r} as {base}")
    if base in ("dateTime", "date", "time", "boolean", "float", "double", "duration"):
        raise Impossible(f"a pattern of {base}")
    return text


def from_pattern(pattern, rng, values):
    """A match of a pattern, as far as Python reads it as XML Schema does."""
    try:
        tree = re._parser.parse(pattern.replace("\\i", "[A-Za-z_]").replace("\\c", "[A-Za-z0-9_]"))
    except (re.error, OverflowError) as error:
        raise Impossible(f"pattern {pattern}: {error}") from None
    for _ in range(20):
        text = "".join(_match(node, rng) for node in tree)
        if all(len(text) <= int(v) for v in values.get("maxLength", [])) and all(
            len(text) >= int(v) for v in values.get("minLength", [])
        ):
            return text
    raise Impossible(pattern)


def _match(node, rng):
    kind, value = str(node[0]), node[1]
    if kind == "LITERAL":
        return chr(value)
    if kind == "ANY":
        return rng.choice(string.ascii_letters)
    if kind == "IN":
        return _one_of(value, rng)
    if kind in ("MAX_REPEAT", "MIN_REPEAT"):
        low, high, body = value
        count = rng.randint(low, min(int(high), low + 4))
        return "".join(_match(item, rng) for _ in range(count) for item in body)
    if kind == "BRANCH":
        return "".join(_match(item, rng) for item in rng.choice(value[1]))
    if kind == "SUBPATTERN":
        return "".join(_match(item, rng) for item in value[-1])
    if kind == "CATEGORY":
        return _one_of([node], rng)
    if kind == "AT":
        return {"AT_BEGINNING": "^", "AT_END": "$"}[str(value)]
    raise Impossible(kind)


CATEGORIES = {"CATEGORY_DIGIT": string.digits, "CATEGORY_WORD": string.ascii_letters, "CATEGORY_SPACE": " "}


def _one_of(items, rng):
    negated = str(items[0][0]) == "NEGATE"
    allowed = []
    for item in items[negated:]:
        kind, value = str(item[0]), item[1]
        if kind == "LITERAL":
            allowed.append(chr(value))
        elif kind == "RANGE":
            allowed.extend(chr(c) for c in range(value[0], min(value[1], value[0] + 200) + 1))
        elif kind == "CATEGORY" and str(value) in CATEGORIES:
            allowed.extend(CATEGORIES[str(value)])
        else:
            raise Impossible(str(item))
    if negated:
        allowed = sorted(set(string.ascii_letters + string.digits) - set(allowed))
    if not allowed:
        raise Impossible("nothing is left")
    return rng.choice(allowed)


def seeded(seed):
    return random.Random(seed)
