"""The service that PHP's and Node's servers offer, as WSDL of any style, use and SOAP version, and values for it."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

NS = "urn:peers:registry"
SOAP = {"1.1": "http://schemas.xmlsoap.org/wsdl/soap/", "1.2": "http://schemas.xmlsoap.org/wsdl/soap12/"}


class Flavour(NamedTuple):
    """How messages are written."""

    style: str
    use: str
    version: str

    def __str__(self):
        return f"{self.style}-{self.use}-{self.version}"


FLAVOURS = [
    Flavour(style, use, version)
    for style, use in (("document", "literal"), ("rpc", "literal"), ("rpc", "encoded"))
    for version in ("1.1", "1.2")
]

TYPES = """
  <xsd:simpleType name="Kind"><xsd:restriction base="xsd:string">
    <xsd:enumeration value="basic"/><xsd:enumeration value="gold"/></xsd:restriction></xsd:simpleType>
  <xsd:complexType name="Line"><xsd:sequence>
    <xsd:element name="sku" type="xsd:string"/>
    <xsd:element name="count" type="xsd:int" minOccurs="0"/>
  </xsd:sequence></xsd:complexType>
  <xsd:complexType name="Order"><xsd:sequence>
    <xsd:element name="id" type="xsd:long"/>
    <xsd:element name="name" type="xsd:string" minOccurs="0" nillable="true"/>
    <xsd:element name="price" type="xsd:decimal" minOccurs="0"/>
    <xsd:element name="ratio" type="xsd:double" minOccurs="0"/>
    <xsd:element name="when" type="xsd:dateTime" minOccurs="0"/>
    <xsd:element name="day" type="xsd:date" minOccurs="0"/>
    <xsd:element name="paid" type="xsd:boolean" minOccurs="0"/>
    <xsd:element name="blob" type="xsd:base64Binary" minOccurs="0"/>
    <xsd:element name="kind" type="r:Kind" minOccurs="0"/>
    <xsd:element name="parent" type="r:Order" minOccurs="0"/>
    {lists}
  </xsd:sequence></xsd:complexType>
  {arrays}
"""
LISTS = {
    "literal": """<xsd:element name="tags" type="xsd:string" minOccurs="0" maxOccurs="unbounded"/>
    <xsd:element name="lines" type="r:Line" minOccurs="0" maxOccurs="unbounded"/>""",
    "encoded": """<xsd:element name="tags" type="r:Tags"/><xsd:element name="lines" type="r:Lines"/>""",
}
ARRAY = """<xsd:complexType name="{}"><xsd:complexContent><xsd:restriction base="enc:Array">
  <xsd:attribute ref="enc:arrayType" wsdl:arrayType="{}[]"/>
</xsd:restriction></xsd:complexContent></xsd:complexType>"""
#: Operation, its parameters, and its result.
OPERATIONS = {
    "echo": ([("order", "r:Order")], "r:Order"),
    "add": ([("a", "xsd:int"), ("b", "xsd:int")], "xsd:int"),
    "describe": ([("order", "r:Order")], "xsd:string"),
    "fail": ([("code", "xsd:int")], "xsd:string"),
    "forget": ([("name", "xsd:string")], None),
}


def parameters(members):
    return "".join(f'<xsd:element name="{name}" type="{kind}"/>' for name, kind in members)


def wrapper(name, members):
    content = f"<xsd:sequence>{parameters(members)}</xsd:sequence>"
    return f'<xsd:element name="{name}"><xsd:complexType>{content}</xsd:complexType></xsd:element>'


def schema(flavour):
    arrays = ARRAY.format("Tags", "xsd:string") + ARRAY.format("Lines", "r:Line") if flavour.use == "encoded" else ""
    content = TYPES.format(lists=LISTS[flavour.use], arrays=arrays)
    content += '<xsd:element name="problem"><xsd:complexType><xsd:sequence><xsd:element name="code" type="xsd:int"/>'
    content += "</xsd:sequence></xsd:complexType></xsd:element>"
    if flavour.style == "document":
        for name, (members, result) in OPERATIONS.items():
            content += wrapper(name, members) + wrapper(f"{name}Response", [("result", result)] if result else [])
    return f'<xsd:schema targetNamespace="{NS}" elementFormDefault="qualified">{content}</xsd:schema>'


def message(flavour, name, element, members):
    if flavour.style == "document":
        parts = f'<wsdl:part name="parameters" element="r:{element}"/>'
    else:
        parts = "".join(f'<wsdl:part name="{part}" type="{kind}"/>' for part, kind in members)
    return f'<wsdl:message name="{name}">{parts}</wsdl:message>'


#: Literal in all flavours, as an element has no encoded form.
FAULT = '<wsdl:fault name="problem"><soap:fault name="problem" use="literal"/></wsdl:fault>'


def binding(flavour, name):
    use = f'<soap:body use="{flavour.use}"'
    use += f' namespace="{NS}"' if flavour.style == "rpc" else ""
    use += ' encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"' if flavour.use == "encoded" else ""
    return (
        f'<wsdl:operation name="{name}"><soap:operation soapAction="{NS}#{name}"/>'
        f"<wsdl:input>{use}/></wsdl:input><wsdl:output>{use}/></wsdl:output>"
        f"{FAULT if name == 'fail' else ''}</wsdl:operation>"
    )


def wsdl(flavour, location):
    """The WSDL of the service at that address."""
    messages = '<wsdl:message name="problem"><wsdl:part name="problem" element="r:problem"/></wsdl:message>'
    ports = bindings = ""
    for name, (members, result) in OPERATIONS.items():
        messages += message(flavour, f"{name}In", name, members)
        messages += message(flavour, f"{name}Out", f"{name}Response", [("result", result)] if result else [])
        ports += f'<wsdl:operation name="{name}"><wsdl:input message="r:{name}In"/>'
        ports += f'<wsdl:output message="r:{name}Out"/>'
        ports += '<wsdl:fault name="problem" message="r:problem"/>' if name == "fail" else ""
        ports += "</wsdl:operation>"
        bindings += binding(flavour, name)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions targetNamespace="{NS}" xmlns:r="{NS}" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"
  xmlns:soap="{SOAP[flavour.version]}" xmlns:xsd="http://www.w3.org/2001/XMLSchema"
  xmlns:enc="http://schemas.xmlsoap.org/soap/encoding/">
<wsdl:types>{schema(flavour)}</wsdl:types>{messages}
<wsdl:portType name="Registry">{ports}</wsdl:portType>
<wsdl:binding name="RegistryBinding" type="r:Registry">
<soap:binding style="{flavour.style}" transport="http://schemas.xmlsoap.org/soap/http"/>{bindings}</wsdl:binding>
<wsdl:service name="Registry"><wsdl:port name="RegistryPort" binding="r:RegistryBinding">
<soap:address location="{location}"/></wsdl:port></wsdl:service></wsdl:definitions>"""


#: Every leaf and list that all peers can send back.
ORDER = {
    "id": 9007199254740991,
    "name": "<&> \u00e9 \u4e2d \"quoted\" 'single'",
    "price": Decimal("1234.50"),
    "ratio": -2.5,
    "when": dt.datetime(2024, 2, 29, 23, 59, 59, tzinfo=dt.timezone.utc),
    "day": dt.date(2024, 2, 29),
    "paid": True,
    "blob": bytes(range(256)),
    "kind": "gold",
    "parent": {"id": 1, "name": None, "paid": False, "tags": [], "lines": []},
    "tags": ["a", "", "<b>"],
    "lines": [{"sku": "x", "count": 2}, {"sku": "y"}],
}
