"""Writes a message in another way that says the same: what a reader makes of it must not change.

Servers write default namespaces or a prefix for each element, indent or not, put comments, processing instructions
and CDATA anywhere, and add elements that the description does not have.
"""

from html import escape

from lxml import etree
from schemas import ENCODINGS

UNKNOWN = '<zz:unknown xmlns:zz="urn:example:unknown" zz:a="1"><zz:b>text</zz:b></zz:unknown>'
ASIDES = ["<!-- aside -->", "<?aside a?>", "\n  ", "\t", ""]


def disguised(xml, rng, may_add=False):
    """The message in another way; `may_add` allows elements that nothing describes."""
    root = etree.fromstring(xml.encode())
    writer = Writer(rng, may_add, *([True, False] if rng.random() < 0.5 else [False, True]))
    text = writer.element(root, "", declarations(root, writer))
    head = rng.choice(["", '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n', "\ufeff"])
    return head + rng.choice(["", "<!-- head -->\n"]) + text + rng.choice(["", "\n", "<?tail?>"])


def declarations(root, writer):
    """Declarations for the root: the message's own, which texts like `xsi:type` need, and new ones."""
    found = {prefix: uri for node in root.iter(etree.Element) for prefix, uri in node.nsmap.items() if prefix}
    names = {etree.QName(name).namespace for node in root.iter(etree.Element) for name in (node.tag, *node.attrib)}
    for number, uri in enumerate(sorted(name for name in names if name)):
        writer.prefixes[uri] = f"x{number}-_."
    found.update({prefix: uri for uri, prefix in writer.prefixes.items()})
    return "".join(f' xmlns:{prefix}="{escape(uri)}"' for prefix, uri in found.items())


class Writer:
    def __init__(self, rng, may_add, defaults, prefixed):
        self.rng, self.may_add, self.defaults = rng, may_add, defaults and not prefixed
        self.prefixes = {}

    def element(self, node, default, declared=""):
        name = etree.QName(node)
        uri = name.namespace or ""
        if self.defaults or not uri:
            tag = name.localname
            if default != uri:
                declared += f' xmlns="{escape(uri)}"'
            default = uri
        else:
            tag = f"{self.prefixes[uri]}:{name.localname}"
        attributes = [self.attribute(*pair) for pair in node.attrib.items()]
        self.rng.shuffle(attributes)
        content = self.content(node, default)
        if not content:
            return f"<{tag}{declared}{''.join(attributes)}{self.rng.choice(['/>', f'></{tag}>', f' ></{tag} >'])}"
        return f"<{tag}{declared}{''.join(attributes)}>{content}</{tag}>"

    def attribute(self, name, value):
        name = etree.QName(name)
        prefix = f"{self.prefixes[name.namespace]}:" if name.namespace else ""
        value = escape(value).replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;")
        return f'{self.rng.choice([" ", "  "])}{prefix}{name.localname}="{value}"'

    def content(self, node, default):
        children = [child for child in node if isinstance(child.tag, str)]
        if not children:
            return self.text(node.text or "")
        is_mixed = any((text or "").strip() for text in [node.text, *(child.tail for child in children)])
        if is_mixed:
            pieces = [escape(node.text or "", quote=False)]
            pieces += [self.element(child, default) + escape(child.tail or "", quote=False) for child in children]
            return "".join(pieces)
        pieces = []
        for child in children:
            pieces += [self.rng.choice(ASIDES), self.element(child, default)]
        inside = etree.QName(node).localname not in ("Envelope", "Body") and not described(node)
        if self.may_add and inside and self.rng.random() < 0.3:
            pieces.insert(self.rng.choice([0, len(pieces)]), UNKNOWN)
        return "".join([*pieces, self.rng.choice(ASIDES)])

    def text(self, text):
        at = self.rng.randint(0, len(text))
        if not text or "\r" in text:
            return escape(text, quote=False).replace("\r", "&#13;")
        how = self.rng.randint(0, 4)
        if how == 0 and "]]>" not in text:
            return f"<![CDATA[{text}]]>"
        if how == 1:
            return escape(text[:at], quote=False) + "<!-- aside -->" + escape(text[at:], quote=False)
        if how == 2:
            return "".join(f"&#x{ord(char):x};" for char in text)
        if how == 3:
            return escape(text[:at], quote=False) + "<![CDATA[]]><?aside?>" + escape(text[at:], quote=False)
        return escape(text)


def described(node):
    """Whether an element says that it is an array, whose children are items whatever they are called."""
    return any(etree.QName(name).namespace in ENCODINGS for name in node.attrib)


def comparable(value):
    """A decoded value without the XML that it keeps as text."""
    if isinstance(value, dict):
        return {k: comparable(v) for k, v in value.items() if k not in ("_any", "_mixed", "_attributes")}
    if isinstance(value, str) and value.startswith("<"):
        return "an element"
    return [comparable(item) for item in value] if isinstance(value, list) else value
