"""Random instances of schema components, as lxml elements.

In encoded messages every element says its type and arrays say their size; in literal ones only a type that
differs from the declared one is named.
"""

from lexical import Impossible, builtin, faceted
from lxml import etree
from schemas import ENCODINGS, XSD, XSI, nearest_type, split

DEEP = 5
TOO_DEEP = 14
TYPE = f"{{{XSI}}}type"
NIL = f"{{{XSI}}}nil"
SOAP11_ENC = ENCODINGS[0]


def local(node):
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def children(node, *names):
    return [child for child in node if local(child) in names]


def is_empty(element):
    return len(element) == 0 and not element.text and not element.attrib


class Instances:
    def __init__(self, schemas, rng, encoded=False, version="1.1", plain=False):
        self.schemas, self.rng, self.encoded, self.version = schemas, rng, encoded, version
        self.plain = plain
        self.depth = 0
        self.prefixes = {}
        self.size = 0

    # Elements.

    def element(self, name, parent):
        """A global element, appended to `parent`."""
        self.declared(self.schemas.find("element", name), name, parent)

    def declared(self, node, name, parent):
        """An element by its declaration."""
        substitutes = self.schemas.substitutes.get(name, []) if node.getparent() is self.schemas.root(node) else []
        is_abstract = node.get("abstract") in ("true", "1")
        if substitutes and (is_abstract or self.rng.random() < 0.4):
            name = self.rng.choice(substitutes)
            return self.declared(self.schemas.find("element", name), name, parent)
        if is_abstract:
            raise Impossible(f"{name} is abstract")
        out = etree.SubElement(parent, name)
        if not self.plain and self.depth and node.get("nillable") in ("true", "1") and self.rng.random() < 0.2:
            out.set(NIL, "true")
            return
        before = len(out.attrib)
        self.typed(self.type_of(node), out)
        fixed = node.get("fixed")
        if fixed is not None and len(out) == 0:
            out.text = fixed
        if node.get("default") is not None and len(out) == 0 and not out.text and len(out.attrib) == before:
            out.text = node.get("default")

    def type_of(self, node):
        """The type of a declaration: a name or an anonymous definition."""
        if node.get("type"):
            return self.schemas.name(node, node.get("type"))
        inline = children(node, "complexType", "simpleType")
        if inline:
            return inline[0]
        if node.get("substitutionGroup"):
            head = self.schemas.name(node, node.get("substitutionGroup"))
            return self.type_of(self.schemas.find("element", head))
        return f"{{{XSD}}}anyType"

    def typed(self, kind, out):
        """Fills `out` with content of a type."""
        self.depth += 1
        self.size += 1
        if self.depth > TOO_DEEP or self.size > 3000:
            raise Impossible("too deep or too large")
        actual = self.actual(kind)
        if isinstance(actual, str) and (self.encoded or actual != kind):
            out.set(TYPE, self.prefixed(actual))
        self.fill(actual, out)
        self.depth -= 1

    def actual(self, kind):
        """The type itself or one derived from it."""
        if not isinstance(kind, str):
            return kind
        if split(kind) == (XSD, "anyType"):
            return f"{{{XSD}}}" + self.rng.choice(["string", "int", "boolean", "dateTime", "decimal"])
        node = self.schemas.components["complexType"].get(kind)
        if node is None:
            return kind
        is_abstract = node.get("abstract") in ("true", "1")
        derived = [d for d in self.schemas.derived.get(kind, []) if d != kind]
        if derived and node.get("block") is None and (is_abstract or self.rng.random() < 0.25):
            return self.actual(self.rng.choice(derived))
        if is_abstract:
            raise Impossible(f"{kind} is abstract")
        return kind

    def prefixed(self, name):
        """A QName text; the prefix is declared on the root when the message is finished."""
        uri, text = split(name)
        if not uri:
            return text
        prefix = self.prefixes.setdefault(uri, f"p{len(self.prefixes)}")
        return f"{prefix}:{text}"

    def fill(self, kind, out):
        if isinstance(kind, str):
            uri, name = split(kind)
            if uri == XSD:
                out.text = self.builtin(name)
                return
            if uri in ENCODINGS:
                if name in ("Array", "Struct"):
                    raise Impossible(name)
                out.text = self.builtin(name)
                return
            found = self.schemas.components["complexType"].get(kind)
            if found is None:
                found = self.schemas.find("simpleType", kind)
            kind = found
        if local(kind) == "simpleType":
            out.text = self.simple(kind)
        else:
            self.complex(kind, out)

    def builtin(self, name):
        if name == "QName":
            return self.prefixed("{urn:example:names}name")
        return self.text(name)

    def text(self, name):
        """A text of a built-in type; a plain one is not empty and every peer reads it."""
        text = builtin(name, self.rng)
        while self.plain and (text in ("NaN", "INF", "-INF") or not text.strip()):
            text = builtin(name, self.rng)
        return text

    # Simple types.

    def simple(self, kind):
        """A text of a simple type, by name or definition."""
        base, facets = self.primitive(kind, 0)
        if callable(base):
            if any(name == "enumeration" for name, _ in facets):
                return self.rng.choice([v for n, v in facets if n == "enumeration"])
            return base()
        if base == "QName":
            return self.builtin(base)
        return faceted(base, facets, self.rng) if facets else self.text(base)

    def primitive(self, kind, depth):
        """The built-in type below, or what makes a text of a list or union, and all facets nearest first."""
        if depth > 20:
            raise Impossible("a circle of simple types")
        if isinstance(kind, str):
            uri, name = split(kind)
            if uri == XSD or uri in ENCODINGS:
                return name, []
            node = self.schemas.components["simpleType"].get(kind)
            if node is None:
                node = self.simple_content(self.schemas.find("complexType", kind))
                return self.derived_text(node, depth)
            kind = node
        return self.derived_text(children(kind, "restriction", "list", "union")[0], depth)

    def derived_text(self, node, depth):
        inline = children(node, "simpleType")
        if local(node) == "list":
            item = self.schemas.name(node, node.get("itemType")) if node.get("itemType") else inline[0]
            return (lambda: self.joined(item)), []
        if local(node) == "union":
            members = [self.schemas.name(node, name) for name in node.get("memberTypes", "").split()] + inline
            return (lambda: self.simple(self.rng.choice(members))), []
        below = inline[0] if inline else self.schemas.name(node, node.get("base"))
        base, facets = self.primitive(below, depth + 1)
        own = [(local(f), f.get("value")) for f in node if f.get("value") is not None and isinstance(f.tag, str)]
        if any(name == "enumeration" for name, _ in own):
            facets = [facet for facet in facets if facet[0] != "enumeration"]
        own = [facet for facet in own if facet[0] not in ("whiteSpace", "fractionDigits")]
        return base, facets + own

    def joined(self, item):
        texts = [self.simple(item) for _ in range(self.rng.randint(1, 3))]
        if any(not text.strip() or " " in text.strip() or "\t" in text for text in texts):
            raise Impossible("an item with spaces")
        return " ".join(text.strip() for text in texts)

    def simple_content(self, node):
        content = children(node, "simpleContent")
        if not content:
            raise Impossible("no simple content")
        return children(content[0], "extension", "restriction")[0]

    # Complex types.

    def complex(self, node, out):
        content = children(node, "simpleContent", "complexContent")
        if content and self.array(content[0], out):
            return
        self.attributes(node, out, set(), 0)
        if content and local(content[0]) == "simpleContent":
            base, facets = self.derived_text(children(content[0], "extension", "restriction")[0], 0)
            if callable(base):
                out.text = base()
            else:
                out.text = faceted(base, facets, self.rng) if facets else self.builtin(base)
            return
        self.inherited(node, out, 0)
        is_mixed = any(n.get("mixed") in ("true", "1") for n in [node, *content])
        if is_mixed and self.rng.random() < 0.6:
            out.text = "text & more "
            for child in out:
                child.tail = self.rng.choice(["", " between "])

    def inherited(self, node, out, depth):
        """The content of base types, then a type's own."""
        if depth > 20:
            raise Impossible("derived from itself")
        content = children(node, "complexContent")
        if content:
            node = children(content[0], "extension", "restriction")[0]
            base = self.schemas.name(node, node.get("base"))
            if local(node) == "extension" and split(base) != (XSD, "anyType"):
                if base in self.schemas.components["complexType"]:
                    self.inherited(self.schemas.find("complexType", base), out, depth + 1)
                elif split(base)[0] not in ENCODINGS:
                    raise Impossible(f"no {base}")
        for particle in children(node, "sequence", "choice", "all", "group"):
            self.particle(particle, out)

    def particle(self, node, out):
        self.depth += 1
        if self.depth > 4 * TOO_DEEP:
            raise Impossible("too deep")
        low = int(node.get("minOccurs", "1"))
        high = node.get("maxOccurs", "1")
        high = low + 3 if high == "unbounded" else min(int(high), low + 3)
        wanted = self.rng.randint(low, max(low, high))
        if self.plain and self.rng.random() < 0.9:
            wanted = max(wanted, min(1, high))
        for number in range(low if self.depth > DEEP else wanted):
            before = len(out)
            self.term(node, out)
            if self.plain and number >= low and len(out) == before + 1 and is_empty(out[-1]):
                out.remove(out[-1])
        self.depth -= 1

    def term(self, node, out):
        kind = local(node)
        if kind == "element":
            self.local_element(node, out)
        elif kind == "group":
            group = self.schemas.find("group", self.schemas.name(node, node.get("ref")))
            for inner in children(group, "sequence", "choice", "all"):
                self.particle(inner, out)
        elif kind == "any":
            self.wildcard(node, out)
        elif kind == "choice":
            branches = children(node, "element", "group", "choice", "sequence", "any")
            if branches:
                self.particle(self.rng.choice(branches), out)
        else:
            for inner in children(node, "element", "group", "choice", "sequence", "any"):
                self.particle(inner, out)

    def local_element(self, node, out):
        if node.get("ref"):
            name = self.schemas.name(node, node.get("ref"))
            return self.declared(self.schemas.find("element", name), name, out)
        form = node.get("form") or self.schemas.root(node).get("elementFormDefault", "unqualified")
        namespace = self.schemas.target(node) if form == "qualified" else ""
        self.declared(node, f"{{{namespace}}}{node.get('name')}" if namespace else node.get("name"), out)

    def wildcard(self, node, out):
        if node.get("processContents", "strict") == "strict" or node.get("namespace", "##any") not in (
            "##any",
            "##other",
        ):
            if int(node.get("minOccurs", "1")):
                raise Impossible("a strict wildcard")
            return
        item = etree.SubElement(out, "{urn:example:foreign}thing", nsmap={"f": "urn:example:foreign"})
        item.set("kind", "some")
        item.text = self.rng.choice(["foreign <text>", ""])
        if self.rng.random() < 0.5:
            etree.SubElement(item, "plain").text = "inner"

    # Attributes.

    def attributes(self, node, out, done, depth):
        """Attributes of a type, a derivation or a group; nearer declarations win."""
        if depth > 20:
            raise Impossible("attribute groups in a circle")
        content = children(node, "simpleContent", "complexContent")
        holder = children(content[0], "extension", "restriction")[0] if content else node
        for attribute in children(holder, "attribute"):
            self.attribute(attribute, out, done)
        for group in children(holder, "attributeGroup"):
            found = self.schemas.find("attributeGroup", self.schemas.name(group, group.get("ref")))
            self.attributes(found, out, done, depth + 1)
        if children(holder, "anyAttribute") and self.rng.random() < 0.3:
            wildcard = children(holder, "anyAttribute")[0]
            if wildcard.get("processContents") in ("lax", "skip") and wildcard.get("namespace", "##any") in (
                "##any",
                "##other",
            ):
                out.set("{urn:example:foreign}extra", 'some "text"')
        if content and holder.get("base"):
            base = self.schemas.components["complexType"].get(self.schemas.name(holder, holder.get("base")))
            if base is not None:
                self.attributes(base, out, done, depth + 1)

    def attribute(self, node, out, done):
        if node.get("ref"):
            name = self.schemas.name(node, node.get("ref"))
            if split(name)[0] in (*ENCODINGS, "http://www.w3.org/XML/1998/namespace"):
                return
            declaration = self.schemas.find("attribute", name)
        else:
            form = node.get("form") or self.schemas.root(node).get("attributeFormDefault", "unqualified")
            namespace = self.schemas.target(node) if form == "qualified" else ""
            name = f"{{{namespace}}}{node.get('name')}" if namespace else node.get("name")
            declaration = node
        if name in done:
            return
        done.add(name)
        use = node.get("use", "optional")
        if use == "prohibited" or (use == "optional" and self.rng.random() < 0.5):
            return
        fixed = node.get("fixed") or declaration.get("fixed")
        if fixed is not None:
            out.set(name, fixed)
            return
        inline = children(declaration, "simpleType")
        kind = inline[0] if inline else f"{{{XSD}}}string"
        if declaration.get("type"):
            kind = self.schemas.name(declaration, declaration.get("type"))
        out.set(name, self.simple(kind))

    # SOAP encoding.

    def array(self, content, out):
        """Fills an encoded array; false if the type is none."""
        derivation = children(content, "extension", "restriction")[0]
        if split(self.schemas.name(derivation, derivation.get("base", "")))[0] not in ENCODINGS:
            return False
        if split(self.schemas.name(derivation, derivation.get("base")))[1] != "Array":
            return False
        item, name = self.array_item(derivation)
        count = self.rng.randint(0, 3) if self.depth < DEEP else 0
        if self.encoded:
            text = self.prefixed(item)
            if self.version == "1.1":
                out.set(f"{{{SOAP11_ENC}}}arrayType", f"{text}[{count}]")
            else:
                out.set(f"{{{ENCODINGS[1]}}}itemType", text)
                out.set(f"{{{ENCODINGS[1]}}}arraySize", str(count))
        for _ in range(count):
            self.typed(item, etree.SubElement(out, name))
        return True

    def array_item(self, derivation):
        name = "item"
        item = None
        for element in derivation.iter(f"{{{XSD}}}element"):
            if nearest_type(element) is nearest_type(derivation) and element.get("type"):
                name, item = element.get("name"), self.schemas.name(element, element.get("type"))
        for attribute in derivation.iter(f"{{{XSD}}}attribute"):
            text = attribute.get("{http://schemas.xmlsoap.org/wsdl/}arrayType")
            if text:
                text, _, dimensions = text.partition("[")
                if dimensions != "]":
                    raise Impossible(f"dimensions [{dimensions}")
                item = self.schemas.name(attribute, text)
        if item is None or split(item) in ((ENCODINGS[0], "Array"), (XSD, "anyType")):
            raise Impossible("an array without a type")
        return item, name
