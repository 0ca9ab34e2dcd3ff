"""Random messages of operations, and their validation by libxml2."""

import copy
import os
import tempfile

from instances import TYPE, Impossible, Instances
from lxml import etree
from schemas import ENCODINGS, ENVELOPES, XSD

XML_XSD = f"""<schema xmlns="{XSD}" targetNamespace="http://www.w3.org/XML/1998/namespace">
<attribute name="lang" type="string"/><attribute name="base" type="anyURI"/>
<attribute name="space" type="string"/><attribute name="id" type="ID"/></schema>"""


def envelope(description, operation, rng, output=False, plain=False):
    """A whole request or answer of an operation."""
    parts = operation.output if output else operation.parts
    if len({part.name for part in parts}) < len(parts):
        raise Impossible("two parts of one name")
    use = operation.output_use if output else operation.use
    namespace = operation.output_namespace if output else operation.namespace
    instances = Instances(description.schemas, rng, use == "encoded", operation.version, plain)
    soap = ENVELOPES[operation.version]
    root = etree.Element(f"{{{soap}}}Envelope", nsmap={"soap": soap})
    body = etree.SubElement(root, f"{{{soap}}}Body")
    if operation.style == "rpc":
        name = operation.name + ("Response" if output else "")
        body = etree.SubElement(body, f"{{{namespace}}}{name}" if namespace else name)
        if use == "encoded":
            body.set(f"{{{soap}}}encodingStyle", ENCODINGS[operation.version == "1.2"])
    for part in parts:
        if part.element:
            instances.element(part.element, body)
        elif operation.style == "rpc":
            instances.typed(part.type, etree.SubElement(body, part.name))
        else:
            instances.typed(part.type, body)
    return declared(root, instances.prefixes)


def declared(root, prefixes):
    """The same message with the prefixes that its contents use."""
    top = etree.Element(root.tag, nsmap={**root.nsmap, **{prefix: uri for uri, prefix in prefixes.items()}})
    top.extend(list(root))
    return etree.tostring(top, encoding="unicode")


class Validator:
    """The schemas of a WSDL in libxml2; `schema` is `None` where it does not accept them."""

    def __init__(self, schemas):
        self.schema, self.error = None, "redefine" if schemas.redefines else ""
        if self.error or not schemas.documents:
            return
        with tempfile.TemporaryDirectory() as folder:
            try:
                self.schema = etree.XMLSchema(etree.parse(write_schemas(schemas, folder)))
            except (etree.XMLSchemaParseError, OSError) as error:
                self.error = str(error)

    def problem(self, element):
        """What is wrong with a document of this element, or `None`."""
        if self.schema is None or self.schema.validate(etree.ElementTree(copy.deepcopy(element))):
            return None
        return str(self.schema.error_log.last_error.message)


def write_schemas(schemas, folder):
    """One file for each document, one that includes them for each namespace, one that imports all."""
    spaces = {}
    for at, (schema, _, namespace) in enumerate(schemas.documents):
        spaces.setdefault(namespace, []).append((at, schema))
    files = {namespace: f"ns{at}.xsd" for at, namespace in enumerate(spaces)}
    files.setdefault("http://www.w3.org/XML/1998/namespace", "xml.xsd")
    with open(os.path.join(folder, "xml.xsd"), "w", encoding="utf-8") as out:
        out.write(XML_XSD)
    for namespace, documents in spaces.items():
        driver = etree.Element(f"{{{XSD}}}schema")
        if namespace:
            driver.set("targetNamespace", namespace)
        for at, schema in documents:
            driver.append(etree.Element(f"{{{XSD}}}include", schemaLocation=f"s{at}.xsd"))
            save(folder, f"s{at}.xsd", standalone(schema, namespace, files))
        save(folder, files[namespace], driver)
    top = etree.Element(f"{{{XSD}}}schema")
    add_imports(top, files, None)
    return save(folder, "all.xsd", top)


def standalone(schema, namespace, files):
    schema = etree.fromstring(etree.tostring(schema))
    for child in schema.findall("*"):
        if etree.QName(child).localname in ("import", "include"):
            schema.remove(child)
    if namespace:
        schema.set("targetNamespace", namespace)
    add_imports(schema, files, namespace)
    return schema


def add_imports(schema, files, own):
    for namespace, file in files.items():
        if namespace != own:
            node = etree.Element(f"{{{XSD}}}import", schemaLocation=file)
            if namespace:
                node.set("namespace", namespace)
            elif own is None:
                continue
            schema.insert(0, node)


def save(folder, name, node):
    path = os.path.join(folder, name)
    etree.ElementTree(node).write(path, xml_declaration=True, encoding="utf-8")
    return path


def body_of(xml):
    """The children of a message's body."""
    root = etree.fromstring(xml.encode() if isinstance(xml, str) else xml)
    return list(next(child for child in root if etree.QName(child).localname == "Body"))


__all__ = ["TYPE", "Validator", "body_of", "envelope"]
