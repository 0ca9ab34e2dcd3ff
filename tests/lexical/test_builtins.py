"""The lexical spaces of the built-in types, judged by libxml2 on seeded random texts.

What libxml2 refuses must be refused and what it accepts must be accepted, and what is written back must be
accepted by libxml2. Where it departs from the standard, or we do on purpose, `DIFFERENCES` says why.
"""

import random
import re

import probe
import pytest
import samples
from oracle import Oracle

ROUNDS = 3000

# (types, pattern of the text without outer white space, whether we accept it, reason)
DIFFERENCES = [
    ("float|double", r"[-+]?[0-9.]+[eE][-+]?", False, "an exponent has digits (part 2, 3.2.4.1)"),
    ("duration", r".*\d\.S", False, "a point has digits after it (3.2.6.1)"),
    ("base64Binary", r".*[^A-Za-z0-9+/= \t\r\n].*", False, "libxml2 skips what is not in the alphabet (3.2.16)"),
    ("NMTOKENS|IDREFS|ENTITIES", r"", False, "these lists have an item at least (3.3.5)"),
    ("gMonth", r"--\d\d--.*", True, "the form of the first edition, corrected by an erratum, is still sent"),
    (
        "Name|NCName|ID|IDREF|ENTITY|QName|NOTATION",
        r".*\u0661.*",
        True,
        "a digit of another script starts a name since XML 1.0, 5th edition",
    ),
    ("IDREFS|ENTITIES", r".*\u0661.*", True, "the same, in a list"),
    ("anyURI", r"[^/?#]*//[^/?#]*:(?:[/?#].*)?", True, "a port may be empty (RFC 3986, 3.2.3)"),
    ("QName|NOTATION", r"(?!p:)[^:]+:[^:]+", True, "only the form is judged here; a decoder looks the prefix up"),
]

# What libxml2 judges by more than the text, and the type that it judges by the text.
STAND_INS = {"ENTITY": "NCName", "ENTITIES": "IDREFS", "NOTATION": "QName"}
PRESERVED = {"anySimpleType", "string", "normalizedString"}


def judge(type_name):
    """libxml2's verdict. It does not collapse white space before it reads infinities and times."""
    oracle = Oracle(STAND_INS.get(type_name, type_name))
    if type_name in PRESERVED:
        return oracle.accepts
    return lambda text: oracle.accepts(text.strip(" \t\r\n"))


def texts(type_name):
    rng = random.Random(f"lexical {type_name}")
    found = {""}
    while len(found) < ROUNDS // (30 if type_name == "boolean" else 1):
        text = samples.sample(rng, type_name)
        found.update({text, samples.mutated(rng, text)})
    return sorted(found)


def is_known(type_name, text, accepted):
    text = text.strip(" \t\r\n")
    return any(
        re.fullmatch(types, type_name) and accepted == ours and re.fullmatch(pattern, text, re.DOTALL)
        for types, pattern, ours, _reason in DIFFERENCES
    )


@pytest.mark.parametrize("type_name", samples.TYPES)
def test_verdicts_agree(type_name):
    accepts = judge(type_name)
    asked = texts(type_name)
    answers = probe.ask((type_name, text, None) for text in asked)
    accepted = sum(answer is not None for answer in answers)
    assert accepted > 15, "the samples must reach the lexical space"
    differing = [
        (text, answer)
        for text, answer in zip(asked, answers, strict=True)
        if (answer is not None) != accepts(text) and not is_known(type_name, text, answer is not None)
    ]
    assert differing == []


@pytest.mark.parametrize("type_name", samples.TYPES)
def test_written_text_is_valid(type_name):
    accepts = judge(type_name)
    asked = texts(type_name)
    answers = probe.ask((type_name, text, None) for text in asked)
    for text, answer in zip(asked, answers, strict=True):
        for written in answer or ():
            assert accepts(written) or is_known(type_name, written, True), (text, written)
