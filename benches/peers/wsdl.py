"""The WSDLs of the comparison: the same operations rpc/encoded and document/literal, and a large one."""

from messages import ANSWERS, STRUCTS

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<definitions name="Bench" targetNamespace="urn:bench" xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:b="urn:bench"
  xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
  xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/">
<types><xsd:schema targetNamespace="urn:bench" elementFormDefault="{form}">
"""
TAIL = """<service name="Bench"><port name="Bench" binding="b:Bench"><soap:address location="{url}"/></port></service>
</definitions>
"""
IMPORT = '<xsd:import namespace="http://schemas.xmlsoap.org/soap/encoding/"/>\n'


def list_name(kind):
    return "b:ListOf" + kind[1:-1].split(":")[1]


def schema_type(kind):
    return list_name(kind) if kind.startswith("[") else kind


def struct(name, members):
    rows = "".join(f'<xsd:element name="{member}" type="{schema_type(kind)}"/>' for member, kind in members)
    return f'<xsd:complexType name="{name}"><xsd:sequence>{rows}</xsd:sequence></xsd:complexType>\n'


def array(kind, encoded):
    name, item = list_name(kind)[2:], kind[1:-1]
    if encoded:
        inner = f'<xsd:attribute ref="SOAP-ENC:arrayType" wsdl:arrayType="{item}[]"/>'
        inner = f'<xsd:complexContent><xsd:restriction base="SOAP-ENC:Array">{inner}</xsd:restriction>'
        inner += "</xsd:complexContent>"
    else:
        inner = f'<xsd:element name="item" type="{item}" minOccurs="0" maxOccurs="unbounded"/>'
        inner = f"<xsd:sequence>{inner}</xsd:sequence>"
    return f'<xsd:complexType name="{name}">{inner}</xsd:complexType>\n'


def parameter(operation):
    return ("accounts", "[b:Account]") if operation == "setAccounts" else ("count", "xsd:int")


def wrapper(name, member, kind):
    inner = f'<xsd:element name="{member}" type="{schema_type(kind)}"/>'
    inner = f"<xsd:complexType><xsd:sequence>{inner}</xsd:sequence></xsd:complexType>"
    return f'<xsd:element name="{name}">{inner}</xsd:element>\n'


def message(name, member, kind, encoded):
    if encoded:
        return f'<message name="{name}"><part name="{member}" type="{schema_type(kind)}"/></message>\n'
    return f'<message name="{name}"><part name="parameters" element="b:{name}"/></message>\n'


def operations(names, encoded):
    """The port type and the binding."""
    port = binding = ""
    body = '<soap:body use="literal"/>'
    if encoded:
        style = "http://schemas.xmlsoap.org/soap/encoding/"
        body = f'<soap:body use="encoded" namespace="urn:bench" encodingStyle="{style}"/>'
    for name, documentation in names:
        port += f'<operation name="{name}">{documentation}<input message="b:{name}"/>'
        port += f'<output message="b:{name}Response"/></operation>\n'
        binding += f'<operation name="{name}"><soap:operation soapAction="urn:bench#{name}"/>'
        binding += f"<input>{body}</input><output>{body}</output></operation>\n"
    style = "rpc" if encoded else "document"
    soap = f'<soap:binding style="{style}" transport="http://schemas.xmlsoap.org/soap/http"/>'
    port = f'<portType name="Bench">\n{port}</portType>\n'
    return f'{port}<binding name="Bench" type="b:Bench">{soap}\n{binding}</binding>\n'


def bench(encoded, url):
    """The WSDL of all workloads."""
    out = HEAD.format(form="unqualified" if encoded else "qualified") + (IMPORT if encoded else "")
    out += "".join(struct(name[2:], members) for name, members in STRUCTS.items())
    kinds = {kind for kind in ANSWERS.values() if kind.startswith("[")} | {"[xsd:string]", "[b:Property]"}
    out += "".join(array(kind, encoded) for kind in sorted(kinds))
    if not encoded:
        for name, kind in ANSWERS.items():
            out += wrapper(name, *parameter(name)) + wrapper(f"{name}Response", "result", kind)
    out += "</xsd:schema></types>\n"
    for name, kind in ANSWERS.items():
        out += message(name, *parameter(name), encoded) + message(f"{name}Response", "result", kind, encoded)
    return out + operations([(name, "") for name in ANSWERS], encoded) + TAIL.format(url=url)


def large(url, count=1000):
    """A WSDL of `count` operations with a request and an answer type each, document/literal: some 4 MB."""
    out = HEAD.format(form="qualified")
    scalars = ("string", "int", "boolean", "dateTime", "decimal")
    note = "<xsd:annotation><xsd:documentation>{}</xsd:documentation></xsd:annotation>"
    for at in range(count):
        for kind in ("Request", "Answer"):
            rows = ""
            for member in range(10):
                about = note.format(f"Member {member} of the {kind.lower()} {at}, as its owner describes it in a line.")
                name = f"member{member}Of{kind}"
                rows += (
                    f'<xsd:element name="{name}" type="xsd:{scalars[member % 5]}" minOccurs="0">{about}</xsd:element>\n'
                )
            if at:
                rows += f'<xsd:element name="previous" type="b:{kind}{at - 1}" minOccurs="0"/>\n'
            out += f'<xsd:complexType name="{kind}{at}"><xsd:sequence>\n{rows}</xsd:sequence></xsd:complexType>\n'
        out += wrapper(f"operation{at}", "request", f"b:Request{at}")
        out += wrapper(f"operation{at}Response", "result", f"b:Answer{at}")
    out += "</xsd:schema></types>\n"
    names = [f"operation{at}" for at in range(count)]
    for name in names:
        out += message(name, "", "", False) + message(f"{name}Response", "", "", False)
    about = "<documentation>What the operation {} does, and what it needs for it.</documentation>"
    return out + operations([(name, about.format(name)) for name in names], False) + TAIL.format(url=url)
