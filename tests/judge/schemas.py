"""Reads a WSDL and its schemas with lxml alone: components by name, ports, operations and message parts.

It knows nothing of wsdlproxy or zeep, so that the messages made from it are a third opinion.
"""

import os
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

XSD = "http://www.w3.org/2001/XMLSchema"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
WSDL = "http://schemas.xmlsoap.org/wsdl/"
SOAP = {"http://schemas.xmlsoap.org/wsdl/soap/": "1.1", "http://schemas.xmlsoap.org/wsdl/soap12/": "1.2"}
ENCODINGS = ("http://schemas.xmlsoap.org/soap/encoding/", "http://www.w3.org/2003/05/soap-encoding")
ENVELOPES = {
    "1.1": "http://schemas.xmlsoap.org/soap/envelope/",
    "1.2": "http://www.w3.org/2003/05/soap-envelope",
}
KINDS = ("element", "complexType", "simpleType", "group", "attributeGroup", "attribute")


class Unreadable(Exception):
    """The WSDL needs something that is not here, or is not XML."""


@dataclass
class Part:
    name: str
    element: str | None
    type: str | None


@dataclass
class Operation:
    name: str
    style: str
    version: str
    use: str
    namespace: str
    parts: list[Part]
    output: list[Part] | None = None
    output_use: str = "literal"
    output_namespace: str = ""


@dataclass
class Port:
    service: str
    name: str
    operations: list[Operation] = field(default_factory=list)


def qname(node, text):
    """A QName in an attribute of `node` in Clark notation."""
    prefix, _, local = text.strip().rpartition(":")
    uri = node.nsmap.get(prefix or None)
    if prefix and uri is None:
        raise Unreadable(f"prefix {prefix} is not declared")
    return f"{{{uri}}}{local}" if uri else local


def split(clark):
    uri, _, local = clark[1:].rpartition("}") if clark.startswith("{") else ("", "", clark)
    return uri, local


class Schemas:
    """The components of all schemas that a WSDL reaches."""

    def __init__(self):
        self.components = {kind: {} for kind in KINDS}
        self.namespace_of = {}
        self.form_of = {}
        self.documents = []
        self.substitutes = {}
        self.derived = {}
        self.redefines = False
        self.seen = set()

    def add(self, schema, location, chameleon=""):
        namespace = schema.get("targetNamespace", chameleon)
        key = (location, namespace, schema.sourceline if schema.getparent() is not None else 0)
        if key in self.seen:
            return
        self.seen.add(key)
        if not schema.get("targetNamespace") and chameleon:
            schema = etree.fromstring(etree.tostring(schema))
        self.documents.append((schema, location, namespace))
        self.namespace_of[schema] = namespace
        for child in schema:
            if not isinstance(child.tag, str):
                continue
            kind = etree.QName(child).localname
            if kind in KINDS and child.get("name"):
                name = f"{{{namespace}}}{child.get('name')}" if namespace else child.get("name")
                self.components[kind].setdefault(name, child)
            elif kind in ("include", "import", "redefine") and child.get("schemaLocation"):
                self.redefines |= kind == "redefine"
                self.load(child, location, namespace if kind != "import" else "")

    def load(self, reference, base, chameleon):
        if reference.get("namespace") in ENCODINGS or "://" in reference.get("schemaLocation"):
            return  # what it would have defined is found missing where it is used
        location = resolve(base, reference.get("schemaLocation"))
        self.add(parse(location), location, chameleon)

    def finish(self):
        """Indexes substitution groups and derivations."""
        for name, node in self.components["element"].items():
            if node.get("substitutionGroup"):
                head = self.name(node, node.get("substitutionGroup"))
                self.substitutes.setdefault(head, []).append(name)
        for name, node in self.components["complexType"].items():
            for derivation in node.iter(f"{{{XSD}}}extension", f"{{{XSD}}}restriction"):
                if nearest_type(derivation) is node and derivation.get("base"):
                    self.derived.setdefault(self.name(derivation, derivation.get("base")), []).append(name)

    def name(self, node, text):
        """A QName, in a chameleon schema one of the including namespace."""
        name = qname(node, text)
        if not name.startswith("{"):
            namespace = self.target(node)
            if namespace and not self.root(node).get("targetNamespace"):
                return f"{{{namespace}}}{name}"
        return name

    def root(self, node):
        while etree.QName(node).localname != "schema":
            node = node.getparent()
        return node

    def target(self, node):
        return self.namespace_of.get(self.root(node), "")

    def find(self, kind, name):
        try:
            return self.components[kind][name]
        except KeyError:
            raise Unreadable(f"no {kind} {name}") from None


def nearest_type(node):
    while node is not None and etree.QName(node).localname != "complexType":
        node = node.getparent()
    return node


def resolve(base, relative):
    if "://" in relative:
        raise Unreadable(f"remote {relative}")
    return os.path.normpath(os.path.join(os.path.dirname(base), unquote(relative)))


def parse(location):
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        return etree.parse(location, parser).getroot()
    except (OSError, etree.XMLSyntaxError) as error:
        raise Unreadable(f"{location}: {error}") from None


class Description:
    """A WSDL with everything it imports."""

    def __init__(self, path):
        self.schemas = Schemas()
        self.named = {kind: {} for kind in ("message", "portType", "binding")}
        self.services = []
        self.seen = set()
        self.read(parse(path), path)
        self.schemas.finish()
        # One that is imported under the same name is not reached by its name.
        self.services = list({service.get("name"): service for service in self.services}.values())
        self.ports = [port for service in self.services for port in self.service_ports(service)]

    def read(self, root, location):
        if location in self.seen:
            return
        self.seen.add(location)
        namespace = root.get("targetNamespace", "")
        for node in root:
            if not isinstance(node.tag, str):
                continue
            kind = etree.QName(node).localname
            if kind == "import" and node.get("location"):
                target = resolve(location, node.get("location"))
                imported = parse(target)
                if etree.QName(imported).localname == "schema":
                    self.schemas.add(imported, target)
                else:
                    self.read(imported, target)
            elif kind == "types":
                for schema in node.iterchildren(f"{{{XSD}}}schema"):
                    self.schemas.add(schema, location)
            elif kind in self.named:
                self.named[kind].setdefault(f"{{{namespace}}}{node.get('name')}", node)
            elif kind == "service":
                self.services.append(node)

    def lookup(self, kind, node, attribute):
        name = qname(node, node.get(attribute, ""))
        if name not in self.named[kind]:
            raise Unreadable(f"no {kind} {name}")
        return self.named[kind][name]

    def service_ports(self, service):
        for node in service.iterchildren(f"{{{WSDL}}}port"):
            binding = self.lookup("binding", node, "binding")
            soap = next((c for c in binding.iterchildren("*") if etree.QName(c).namespace in SOAP), None)
            if soap is None:
                continue
            port = Port(service.get("name"), node.get("name"))
            port_type = self.lookup("portType", binding, "type")
            for bound in binding.iterchildren(f"{{{WSDL}}}operation"):
                operation = self.operation(port_type, bound, soap)
                if operation:
                    port.operations.append(operation)
            yield port

    def operation(self, port_type, bound, soap):
        found = [o for o in port_type.iterchildren(f"{{{WSDL}}}operation") if o.get("name") == bound.get("name")]
        if len(found) != 1 or found[0].find(f"{{{WSDL}}}input") is None:
            return None
        ns = etree.QName(soap).namespace
        own = bound.find(f"{{{ns}}}operation")
        style = (own.get("style") if own is not None else None) or soap.get("style", "document")
        parts, use, namespace = self.body(found[0], bound, "input", ns)
        operation = Operation(bound.get("name"), style, SOAP[ns], use, namespace, parts)
        if found[0].find(f"{{{WSDL}}}output") is not None and bound.find(f"{{{WSDL}}}output") is not None:
            output = self.body(found[0], bound, "output", ns)
            operation.output, operation.output_use, operation.output_namespace = output
        return operation

    def body(self, operation, bound, direction, ns):
        message = self.lookup("message", operation.find(f"{{{WSDL}}}{direction}"), "message")
        node = bound.find(f"{{{WSDL}}}{direction}")
        body = node.find(f".//{{{ns}}}body") if node is not None else None
        parts = []
        for part in message.iterchildren(f"{{{WSDL}}}part"):
            element, kind = (qname(part, part.get(a)) if part.get(a) else None for a in ("element", "type"))
            parts.append(Part(part.get("name"), element, kind))
        taken = set()
        for header in [] if node is None else node.iter(f"{{{ns}}}header"):
            if header.get("message") and self.lookup("message", header, "message") is message:
                taken.add(header.get("part"))
        if body is None:
            return [part for part in parts if part.name not in taken], "literal", ""
        if body.get("parts") is None:
            parts = [part for part in parts if part.name not in taken]
        if body.get("parts") is not None:
            listed = body.get("parts").split()
            # A list that names no part at all is a slip of its writer, who meant the message.
            free = [part for part in parts if part.name not in taken]
            parts = [part for part in parts if part.name in listed] or (free if listed else [])
        return parts, body.get("use", "literal"), body.get("namespace", "")
