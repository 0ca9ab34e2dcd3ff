"""Judges wsdlproxy on one WSDL: random requests, read and written again by it and by zeep."""

import hashlib
import random
import re
from collections import Counter
from dataclasses import dataclass, field

import leaves
from disguises import comparable, disguised
from infoset import difference
from instances import Impossible
from lxml import etree
from messages import Validator, body_of, envelope
from reasons import reason
from schemas import XSD, XSI, Description, Unreadable
from stranger import Stranger


@dataclass
class Tally:
    """Numbers of messages, and what was found, as (kind, operation, text, message)."""

    made: int = 0
    invalid: int = 0
    right: int = 0
    equal: int = 0
    answers: int = 0
    decoded: int = 0
    zeep_wrong: int = 0
    zeep_failed: int = 0
    validated: int = 0
    findings: list = field(default_factory=list)
    strangers: list = field(default_factory=list)
    reasons: Counter = field(default_factory=Counter)


class Judge:
    def __init__(self, path, probe, seed=0):
        self.path, self.probe, self.seed = path, probe, seed
        self.description = Description(path)
        if self.description.schemas.redefines:
            raise Unreadable("this judge does not read xs:redefine")
        wildcards = (f"{{{XSD}}}any", f"{{{XSD}}}anyType")
        schemas = [schema for schema, _, _ in self.description.schemas.documents]
        arrays = "//*[local-name()='restriction' and contains(@base, ':Array')]"
        self.may_add = not any(
            next(schema.iter(*wildcards), None) is not None or schema.xpath(arrays) for schema in schemas
        )
        self.validator = Validator(self.description.schemas)
        self.tally = Tally()
        try:
            self.zeep = Stranger(path)
        except Exception as error:  # noqa: BLE001 - whatever a stranger raises, it does not load
            self.zeep = None
            self.tally.strangers.append(f"does not load: {type(error).__name__}: {error}"[:200])

    def run(self, rounds=3, limit=60):
        for port in self.description.ports:
            for operation in port.operations[:limit]:
                for number in range(rounds):
                    text = f"{self.seed}/{port.name}/{operation.name}/{number}"
                    rng = random.Random(hashlib.sha256(text.encode()).digest())
                    self.one(port, operation, rng, plain=number % 2 == 0)
                    self.answer(port, operation, rng)
        self.explain()
        return self.tally

    def explain(self):
        """What a stranger did for no reason that DIFFERENCES.md has is a finding."""
        for text in self.tally.strangers:
            found = reason(text)
            self.tally.reasons[found] += 1
            if found is None:
                self.tally.findings.append(("unexplained", text.partition(":")[0], text, ""))

    def one(self, port, operation, rng, plain):
        if operation.style == "document" and any(part.type for part in operation.parts):
            return
        try:
            xml = envelope(self.description, operation, rng, plain=plain)
        except (Impossible, Unreadable, ValueError, RecursionError):
            return
        literal = operation.use == "literal"
        bodies = body_of(xml)
        if operation.style == "document" and literal:
            if any(self.validator.problem(body) for body in bodies):
                self.tally.invalid += 1
                return
            self.tally.validated += self.validator.schema is not None
        self.tally.made += 1
        question = {"wsdl": self.path, "service": port.service, "port": port.name, "op": operation.name}
        answer = self.probe.ask(do="echo", xml=xml, **question)
        ours = answer.get("xml")
        if ours is None:
            self.tally.findings.append(("error", operation.name, answer.get("error"), xml))
        else:
            self.compare(operation, xml, ours)
        if plain:  # zeep loses nil and empty elements where it reads, which says nothing of how it writes
            self.stranger(port, operation, xml, ours)

    def answer(self, port, operation, rng):
        """A random answer, decoded: every leaf of it must be in the value, however the answer is written."""
        if operation.output is None:
            return
        if operation.style == "document" and any(part.type for part in operation.output):
            return
        try:
            xml = envelope(self.description, operation, rng, output=True)
        except (Impossible, Unreadable, ValueError, RecursionError):
            return
        bodies = body_of(xml)
        if operation.style == "document" and any(self.validator.problem(body) for body in bodies):
            return
        self.tally.answers += 1
        question = {"wsdl": self.path, "service": port.service, "port": port.name, "op": operation.name}
        answer = self.probe.ask(do="decode", xml=xml, **question)
        found = answer.get("error") or leaves.problem(bodies, answer.get("value"))
        if not found:
            xml = disguised(xml, rng, self.may_add and operation.output_use == "literal")
            other = self.probe.ask(do="decode", xml=xml, **question)
            if comparable(other.get("value")) != comparable(answer["value"]):
                found = f"in disguise: {other.get('error') or other.get('value')} against {answer['value']}"
        if found:
            self.tally.findings.append(("answer", operation.name, found, xml))
        else:
            self.tally.decoded += 1

    def compare(self, operation, xml, ours):
        """Ours against the message that was made."""
        found = compared(xml, ours)
        if found and (only_defaults(found) or is_map_key(found)):
            found = None
        if found is None:
            self.tally.right += 1
        else:
            self.tally.findings.append(("differs", operation.name, found, xml))
        if operation.style == "document" and operation.use == "literal":
            for body in body_of(ours):
                problem = self.validator.problem(body)
                if problem:
                    self.tally.findings.append(("invalid", operation.name, problem, xml))

    def stranger(self, port, operation, xml, ours):
        if self.zeep is None:
            return
        try:
            theirs = self.zeep.echo(port, operation, xml)
        except Exception as error:  # noqa: BLE001 - see above
            self.tally.zeep_failed += 1
            self.tally.strangers.append(f"{operation.name}: {type(error).__name__}: {error}"[:200])
            return
        if ours is not None and compared(theirs, ours) is None:
            self.tally.equal += 1
            return
        wrong = compared(xml, theirs)
        if wrong and defaulted(wrong):
            self.tally.equal += 1
        elif wrong:
            self.tally.zeep_wrong += 1
            self.tally.strangers.append(f"{operation.name}: {wrong}"[:200])


def compared(one, other):
    lefts, rights = body_of(one), body_of(other)
    if [node.tag for node in lefts] != [node.tag for node in rights]:
        return f"body {[etree.QName(n).localname for n in lefts]} against {[n.tag for n in rights]}"
    for left, right in zip(lefts, rights, strict=True):
        found = difference(left, right)
        if found:
            return found
    return None


def only_defaults(found):
    """An attribute's default that was made explicit says the same."""
    return ": attribute " in found and ": None against" in found


def is_map_key(found):
    """Keys of an Apache map that are not texts become texts: that is how its records are documented."""
    return re.search(r"/item/key: type \S+ against xsd:string$", found) is not None


def defaulted(found):
    """The same of zeep, which adds `xsi:nil` to empty elements too: that says something else."""
    return only_defaults(found) and XSI not in found


__all__ = ["Judge", "Tally"]
