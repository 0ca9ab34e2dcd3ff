"""Random regular expressions that know by themselves which texts they match.

Each part is its text, as a schema writes it, and a function from a text and a position to the positions
where a match may end. That is slow and plain: a second opinion, next to libxml2's.
"""

import unicodedata
from dataclasses import dataclass
from typing import Callable

ALPHABET = "abcXY019-_.:^$ \té中&~"


@dataclass(frozen=True)
class Part:
    text: str
    ends: Callable[[str, int], frozenset]

    def matches(self, text):
        return len(text) in self.ends(text, 0)


def one(text, is_member):
    """One character."""
    return Part(text, lambda s, at: frozenset([at + 1]) if at < len(s) and is_member(s[at]) else frozenset())


def sequence(parts):
    def ends(s, at):
        found = {at}
        for part in parts:
            found = {end for start in found for end in part.ends(s, start)}
        return frozenset(found)

    return Part("".join(part.text for part in parts), ends)


def branches(parts):
    return Part("|".join(part.text for part in parts), lambda s, at: frozenset().union(*(p.ends(s, at) for p in parts)))


def repeated(part, quantity, low, high):
    def ends(s, at):
        found, new, count = set(), {at}, 0
        # More rounds than the text has characters reach nothing new.
        while new and count <= (len(s) + low if high is None else high):
            if count >= low:
                found |= new
            new = {end for start in new for end in part.ends(s, start)}
            count += 1
        return frozenset(found)

    return Part(part.text + quantity, ends)


def category(char):
    return unicodedata.category(char)


def is_name_start(char):
    return char in "_:" or char.isalpha()


# The escapes by their text; the lower-case ones also in classes.
ESCAPES = {
    r"\d": lambda c: category(c) == "Nd",
    r"\s": lambda c: c in " \t\n\r",
    r"\w": lambda c: category(c)[0] not in "PZC",
    r"\i": is_name_start,
    r"\c": lambda c: is_name_start(c) or c in "-." or c.isdigit(),
    r"\p{Lu}": lambda c: category(c) == "Lu",
    r"\p{N}": lambda c: category(c)[0] == "N",
    r"\p{IsBasicLatin}": lambda c: c < "\u0080",
}
NEGATIONS = {escape[0] + escape[1].upper() + escape[2:]: escape for escape in ESCAPES}
LITERALS = {char: char for char in "abcX19-_:é &~^$"} | {"\\" + char: char for char in ".\\-^"} | {r"\t": "\t"}
MEMBERS = {char: (char, char) for char in "a_.é:&~"} | {r"\-": "--", r"\]": "]]", "a-c": "ac", "0-9": "09", "X-Z": "XZ"}


def literal(rng):
    text = rng.choice(sorted(LITERALS))
    return one(text, lambda c: c == LITERALS[text])


def escape(rng):
    text = rng.choice(sorted([*ESCAPES, *NEGATIONS]))
    if text in ESCAPES:
        return one(text, ESCAPES[text])
    return one(text, lambda c: not ESCAPES[NEGATIONS[text]](c))


def char_class(rng, depth=2):
    members = [rng.choice(sorted([*MEMBERS, *ESCAPES])) for _ in range(rng.randint(1, 3))]
    negated = rng.random() < 0.3
    rest = char_class(rng, depth - 1) if depth and rng.random() < 0.25 else None

    def is_member(c):
        found = any(ESCAPES[m](c) if m in ESCAPES else MEMBERS[m][0] <= c <= MEMBERS[m][1] for m in members)
        return found != negated and not (rest and rest.matches(c))

    return one(f"[{'^' if negated else ''}{''.join(members)}{'-' + rest.text if rest else ''}]", is_member)


def atom(rng, depth):
    kind = rng.randrange(7 if depth else 6)
    if kind < 3:
        return literal(rng)
    if kind == 3:
        return escape(rng)
    if kind == 4:
        return char_class(rng)
    if kind == 5:
        return one(".", lambda c: c not in "\n\r")
    group = expression(rng, depth - 1)
    return Part(f"({group.text})", group.ends)


def piece(rng, depth):
    low = rng.randint(0, 2)
    high = low + rng.randint(0, 2)
    quantities = [("?", 0, 1), ("*", 0, None), ("+", 1, None), (f"{{{low}}}", low, low)]
    quantities += [(f"{{{low},}}", low, None), (f"{{{low},{high}}}", low, high)]
    part = atom(rng, depth)
    return part if rng.random() < 0.4 else repeated(part, *rng.choice(quantities))


def expression(rng, depth=2):
    choices = rng.choice([1, 1, 2])
    return branches([sequence([piece(rng, depth) for _ in range(rng.randint(1, 3))]) for _ in range(choices)])
