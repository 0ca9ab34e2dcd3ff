"""Random texts for each built-in type: mostly valid ones, and mutations of them."""

import base64

INTEGERS = {
    "integer": (None, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-128, 127),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 255),
}
NAME_START = "abzAZ_é中"
NAME_CHARS = NAME_START + "-.09·"


def integer(rng, name):
    low, high = INTEGERS[name]
    ends = [end + step for end in (low, high) if end is not None for step in (-1, 0, 1)]
    value = rng.choice([*ends, rng.randint(-300, 300), rng.randint(-(10**25), 10**25), rng.randint(-(10**10), 10**10)])
    sign = "-" if value < 0 else rng.choice(["", "", "+", "-" if value == 0 else ""])
    return sign + rng.choice(["", "", "0", "000"]) + str(abs(value))


def decimal(rng, _name=None):
    whole = digits(rng, rng.choice([0, 1, 1, 2, 5, 20]))
    fraction = rng.choice(["", ".", "." + digits(rng, rng.choice([1, 2, 10]))])
    return rng.choice(["", "", "-", "+"]) + whole + fraction


def double(rng, _name):
    if rng.random() < 0.1:
        return rng.choice(["INF", "-INF", "NaN", "+INF", "inf", "nan", "Infinity", "-0", "1e400", "1e-400"])
    exponent = rng.choice(["", "", rng.choice("eE") + rng.choice(["", "-", "+"]) + digits(rng, rng.choice([0, 1, 2]))])
    return decimal(rng) + exponent


def digits(rng, count):
    return "".join(rng.choice("0123456789") for _ in range(count))


def year(rng):
    number = rng.choice([rng.randint(0, 9999), rng.randint(1890, 2110), rng.randint(0, 10**6), 2000, 1900, 4, 0])
    return rng.choice(["", "", "", "-"]) + f"{number:04}"


def month(rng):
    return f"{rng.choice([rng.randint(1, 12), rng.randint(1, 12), 2, 0, 13]):02}"


def day(rng):
    return f"{rng.choice([rng.randint(1, 28), rng.randint(1, 28), 29, 30, 31, 0, 32]):02}"


def clock(rng):
    if rng.random() < 0.1:
        return rng.choice(["24:00:00", "24:00:00.0", "24:00:01", "24:00:00.1", "23:59:60", "00:60:00"])
    fraction = rng.choice(["", "", "." + digits(rng, rng.choice([0, 1, 3, 9, 12]))])
    return f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}{fraction}"


def zone(rng):
    offset = f"{rng.choice('+-')}{rng.choice([rng.randint(0, 13), 14]):02}:{rng.choice([0, 0, 30, 59, 60]):02}"
    return rng.choice(["", "", "Z", offset])


TEMPORALS = {
    "dateTime": lambda rng: f"{year(rng)}-{month(rng)}-{day(rng)}T{clock(rng)}",
    "date": lambda rng: f"{year(rng)}-{month(rng)}-{day(rng)}",
    "time": clock,
    "gYearMonth": lambda rng: f"{year(rng)}-{month(rng)}",
    "gYear": year,
    "gMonthDay": lambda rng: f"--{month(rng)}-{day(rng)}",
    "gDay": lambda rng: f"---{day(rng)}",
    "gMonth": lambda rng: f"--{month(rng)}" + rng.choice(["", "", "--"]),
}


def duration(rng, _name):
    def part(letter):
        return rng.choice(["", str(rng.randint(0, 400)) + letter])

    seconds = rng.choice(["", f"{rng.randint(0, 99)}S", f"{rng.randint(0, 99)}.{digits(rng, rng.randint(0, 12))}S"])
    time = part("H") + part("M") + seconds
    text = "P" + part("Y") + part("M") + part("D") + ("T" if time or rng.random() < 0.05 else "") + time
    return rng.choice(["", "", "-"]) + text


def name(rng, type_name):
    colon = "" if type_name in ("NCName", "ID", "IDREF", "ENTITY") else ":"
    first = NAME_CHARS if type_name == "NMTOKEN" else NAME_START
    return rng.choice(first) + "".join(rng.choice(NAME_CHARS + colon) for _ in range(rng.randint(0, 6)))


def name_list(rng, type_name):
    item = {"NMTOKENS": "NMTOKEN", "IDREFS": "IDREF", "ENTITIES": "ENTITY"}[type_name]
    return rng.choice([" ", "  ", "\n"]).join(name(rng, item) for _ in range(rng.randint(0, 4)))


def qname(rng, _name):
    return rng.choice(["", "", "p:", ":", "p:p:"]) + name(rng, "NCName")


def language(rng, _name):
    def tag(alphabet):
        return "".join(rng.choice(alphabet) for _ in range(rng.choice([1, 2, 3, 8, 9])))

    return "-".join([tag("abzAZ"), *(tag("abzAZ019") for _ in range(rng.randint(0, 2)))])


def string(rng, _name):
    return "".join(rng.choice("ab \t\n\ré中\U00010000&<>\"'") for _ in range(rng.randint(0, 12)))


def uri(rng, _name):
    pieces = [
        "http://",
        "a",
        "b.c",
        "/",
        ":",
        "8080",
        "?q=1",
        "#f",
        "%20",
        "%",
        "%zz",
        "é",
        " ",
        "[::1]",
        "@",
        "..",
        "urn:x",
        "u@",
        "//",
        *"{}|\\^`<>\"'*~!$&();,+=[]",
    ]
    return "".join(rng.choice(pieces) for _ in range(rng.randint(0, 6)))


def binary(rng, type_name):
    value = rng.randbytes(rng.randint(0, 9))
    if type_name == "hexBinary":
        return rng.choice([value.hex(), value.hex().upper()])
    text = base64.b64encode(value).decode()
    return "".join(char + (rng.choice(" \n") if rng.random() < 0.05 else "") for char in text)


def sample(rng, type_name):
    """A text that is probably in the lexical space."""
    if type_name in INTEGERS:
        return integer(rng, type_name)
    if type_name in TEMPORALS:
        return TEMPORALS[type_name](rng) + zone(rng)
    return MAKERS[type_name](rng, type_name)


MAKERS = {
    "anySimpleType": string,
    "string": string,
    "normalizedString": string,
    "token": string,
    "language": language,
    "anyURI": uri,
    "boolean": lambda rng, _: rng.choice(["true", "false", "1", "0", "True", "2", "yes", "01"]),
    "decimal": decimal,
    "float": double,
    "double": double,
    "duration": duration,
    "QName": qname,
    "NOTATION": qname,
    "hexBinary": binary,
    "base64Binary": binary,
    **dict.fromkeys(["Name", "NCName", "NMTOKEN", "ID", "IDREF", "ENTITY"], name),
    **dict.fromkeys(["NMTOKENS", "IDREFS", "ENTITIES"], name_list),
}
TYPES = sorted([*MAKERS, *INTEGERS, *TEMPORALS])
NOISE = list("0159+-.:TZPYMDHSeEINFa_/= \t\n") + ["é", "\u00a0", "\u0661", "--", "00"]


def mutated(rng, text):
    """The text with a few characters dropped, doubled, swapped or put in."""
    for _ in range(rng.randint(1, 2)):
        at = rng.randint(0, len(text))
        kind = rng.randrange(4)
        if kind == 0:
            text = text[:at] + text[at + 1 :]
        elif kind == 1:
            text = text[:at] + rng.choice(NOISE) + text[at:]
        elif kind == 2:
            text = text[:at] + rng.choice(NOISE) + text[at + 1 :]
        else:
            text = rng.choice(["", " ", "\n\t"]) + text + rng.choice(["", " ", "\r\n"])
    return text
