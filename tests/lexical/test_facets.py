"""The facets of derived types, judged by libxml2 on seeded random facet sets and texts.

A set that libxml2 takes for contradictory is left out. `DIFFERENCES` lists what libxml2 gets wrong.
"""

import random
import re

import probe
import pytest
import samples
import test_builtins
from lxml import etree
from oracle import Oracle

SETS = 60
TEXTS = 40

ORDERED = sorted([*samples.INTEGERS, *samples.TEMPORALS, "decimal", "double", "float", "duration"])
EXACT = sorted([*samples.INTEGERS, "decimal"])
MEASURED = ["string", "normalizedString", "token", "Name", "anyURI", "hexBinary", "base64Binary", "NMTOKENS", "IDREFS"]
LISTED = sorted({*ORDERED, *MEASURED, "language", "NMTOKEN"})

ZONE = r".*(?:Z|[-+]\d\d:\d\d)(?: .*)?"
# (facets, types, pattern of the text and the facets' values, reason): verdicts that may differ
DIFFERENCES = [
    ("m.._..clusive", "float|double", r"NaN .*", "not-a-number is in no range (part 2, 3.2.4)"),
    (
        "m.._..clusive",
        "date|time|g.*",
        ZONE,
        "libxml2 orders these kinds without their zone; dateTime agrees (3.2.7.4)",
    ),
]


def valid(rng, type_name, accepts):
    """A text of the type that is not one of the known differences; it is found soon."""
    for _ in range(1000):
        text = samples.sample(rng, type_name).strip(" \t\r\n")
        if accepts(text) and not test_builtins.is_known(type_name, text, False):
            return text
    raise AssertionError(f"no sample of {type_name} is valid")


def lengths(rng, _text):
    least = rng.randint(0, 5)
    return rng.choice(
        [
            {"length": least},
            {"min_length": least},
            {"max_length": least},
            {"min_length": least, "max_length": least + rng.randint(0, 3)},
        ]
    )


def bounds(rng, text):
    low, high = rng.choice(["min_inclusive", "min_exclusive"]), rng.choice(["max_inclusive", "max_exclusive"])
    return rng.choice([{low: text()}, {high: text()}, {low: text(), high: text()}])


def digit_counts(rng, _text):
    total = rng.randint(1, 6)
    return rng.choice([{"total_digits": total}, {"fraction_digits": rng.randint(0, 3)}])


def enumeration(rng, text):
    return {"enumeration": [text() for _ in range(rng.randint(1, 6))]}


CASES = [
    *((lengths, name) for name in MEASURED),
    *((bounds, name) for name in ORDERED),
    *((digit_counts, name) for name in EXACT),
    *((enumeration, name) for name in LISTED),
]


def is_known(facets, type_name, text):
    text = " ".join([text.strip(" \t\r\n"), *(str(value) for value in facets.values())])
    return any(
        any(re.fullmatch(kinds, facet) for facet in facets)
        and re.fullmatch(types, type_name)
        and re.fullmatch(pattern, text, re.DOTALL)
        for kinds, types, pattern, _reason in DIFFERENCES
    )


def verdicts(make, type_name):
    """(facets, text, our verdict, libxml2's) for texts that both take for values of the plain type."""
    rng = random.Random(f"{make.__name__} {type_name}")
    plain = Oracle(type_name)
    cases = []
    for _ in range(SETS):
        facets = make(rng, lambda: valid(rng, type_name, plain.accepts))
        try:
            oracle = Oracle(type_name, facets)
        except etree.XMLSchemaParseError:
            continue
        pool = [valid(rng, type_name, plain.accepts) for _ in range(TEXTS)] + facets.get("enumeration", [])
        cases += [(facets, text, oracle.accepts(text)) for text in pool]
    unrestricted = probe.ask((type_name, text, None) for _, text, _ in cases)
    answers = probe.ask((type_name, text, facets) for facets, text, _ in cases)
    return [
        (facets, text, answer is not None, theirs)
        for (facets, text, theirs), answer, plain_answer in zip(cases, answers, unrestricted, strict=True)
        if plain_answer is not None
    ]


@pytest.mark.parametrize(("make", "type_name"), CASES)
def test_verdicts_agree(make, type_name):
    found = verdicts(make, type_name)
    assert len(found) > 200, "most sets must be sound"
    assert {ours for _, _, ours, _ in found} == {True, False}, "both verdicts must occur"
    differing = [case for case in found if case[2] != case[3] and not is_known(case[0], type_name, case[1])]
    assert differing == []


@pytest.mark.parametrize("whitespace", ["Preserve", "Replace", "Collapse"])
def test_white_space_of_a_derived_type(whitespace):
    rng = random.Random(f"whitespace {whitespace}")
    facets = {"whitespace": whitespace, "max_length": 4}
    oracle = Oracle("string", facets)
    texts = [samples.string(rng, None) for _ in range(300)]
    answers = probe.ask(("string", text, facets) for text in texts)
    for text, answer in zip(texts, answers, strict=True):
        assert (answer is not None) == oracle.accepts(text), text
