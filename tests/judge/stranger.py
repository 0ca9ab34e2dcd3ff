"""zeep as a stranger: reads a message and writes it again."""

import os

import zeep
from lxml import etree
from messages import body_of
from schemas import Unreadable
from zeep.transports import Transport
from zeep.xsd.valueobjects import CompoundValue


class Offline(Transport):
    """Loads files; the folder `SCHEMAS` stands in for what is remote, by the last segment of the location."""

    def _load_remote_data(self, url):
        name = url.rstrip("/").rsplit("/", 1)[1]
        local = os.path.join(os.environ.get("SCHEMAS", "/nonexistent"), name + ("" if "." in name else ".xsd"))
        if os.path.exists(local):
            with open(local, "rb") as file:
                return file.read()
        if url.startswith("file:"):
            return super()._load_remote_data(url)
        raise Unreadable(f"remote {url}")


class Stranger:
    def __init__(self, path):
        self.client = zeep.Client(path, transport=Offline())

    def binding(self, port):
        return self.client.wsdl.services[port.service].ports[port.name].binding

    def echo(self, port, operation, xml):
        """The request that zeep writes for what it reads."""
        values = self.read(port, operation, xml)
        message = self.binding(port)._operations[operation.name].input
        args, kwargs = ([values], {}) if not isinstance(values, dict) else ([], values)
        if values is None:
            args = []
        return etree.tostring(message.serialize(*args, **kwargs).content, encoding="unicode")

    def read(self, port, operation, xml, output=False):
        """The arguments of a request: a dict of names, or one value."""
        schema = self.client.wsdl.types
        found = self.binding(port)._operations[operation.name]
        message = found.output if output else found.input
        body = body_of(xml)
        if operation.style == "rpc":
            accessors = {etree.QName(child).localname: child for child in body[0]}
            elements = message.body.type.elements
            return {
                name: element.parse(accessors[element.attr_name], schema, allow_none=True)
                for name, element in elements
                if element.attr_name in accessors
            }
        element = schema.get_element(etree.QName(body[0]).text)
        value = element.parse(body[0], schema)
        xsi_type = body[0].get("{http://www.w3.org/2001/XMLSchema-instance}type")
        if isinstance(value, CompoundValue) and len(body) == 1 and xsi_type is None:
            return dict(value.__values__)
        return value
