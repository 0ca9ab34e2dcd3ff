"""libxml2's verdict on a text as a value of a simple type."""

from xml.sax.saxutils import quoteattr

from lxml import etree

XSD = "http://www.w3.org/2001/XMLSchema"
FACETS = {
    "length": "length",
    "min_length": "minLength",
    "max_length": "maxLength",
    "min_inclusive": "minInclusive",
    "max_inclusive": "maxInclusive",
    "min_exclusive": "minExclusive",
    "max_exclusive": "maxExclusive",
    "total_digits": "totalDigits",
    "fraction_digits": "fractionDigits",
}


class Oracle:
    """A schema with one element of a built-in type, restricted step by step if facets are given."""

    def __init__(self, type_name, facets=None):
        restriction, base = "", f"xs:{type_name}"
        for number, step in enumerate(steps(facets or {})):
            body = "".join(f"<xs:{name} value={quoteattr(str(value))}/>" for name, value in step)
            restriction += (
                f'<xs:simpleType name="step{number}"><xs:restriction base="{base}">{body}'
                "</xs:restriction></xs:simpleType>"
            )
            base = f"step{number}"
        self.schema = etree.XMLSchema(
            etree.fromstring(
                f'<xs:schema xmlns:xs="{XSD}">{restriction}<xs:element name="e" type="{base}"/></xs:schema>'
            )
        )

    def accepts(self, text):
        element = etree.Element("e", nsmap={"p": "urn:p"})
        element.text = text
        return self.schema.validate(element)


def steps(facets):
    """The facets as (name, value) pairs, one list for each derivation step."""
    first = [(FACETS[name], value) for name, value in facets.items() if name in FACETS]
    first += [("enumeration", value) for value in facets.get("enumeration", [])]
    if "whitespace" in facets:
        first.append(("whiteSpace", facets["whitespace"].lower()))
    patterns = [[("pattern", text) for text in step] for step in facets.get("patterns", [])]
    return ([first] if first else []) + patterns
