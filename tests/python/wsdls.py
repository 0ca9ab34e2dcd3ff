"""Small WSDLs made for a test."""

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
NS = "urn:test"


def document(schema, input_element="echo", output_element="echoResponse", *, operation="echo"):
    """A document/literal service with one operation over the given schema content."""
    return f"""<?xml version="1.0"?>
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:t="{NS}" targetNamespace="{NS}">
  <types>
    <xsd:schema targetNamespace="{NS}" elementFormDefault="qualified">{schema}</xsd:schema>
  </types>
  <message name="in"><part name="parameters" element="t:{input_element}"/></message>
  <message name="out"><part name="parameters" element="t:{output_element}"/></message>
  <portType name="PT">
    <operation name="{operation}"><input message="t:in"/><output message="t:out"/></operation>
  </portType>
  <binding name="B" type="t:PT">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="{operation}">
      <soap:operation soapAction="urn:{operation}"/>
      <input><soap:body use="literal"/></input><output><soap:body use="literal"/></output>
    </operation>
  </binding>
  <service name="S"><port name="P" binding="t:B"><soap:address location="http://127.0.0.1:9/"/></port></service>
</definitions>""".encode()


def echo(*members, types=""):
    """One operation `echo` whose request and answer have the same members, written as schema elements."""
    content = "".join(members)
    body = f"<xsd:complexType><xsd:sequence>{content}</xsd:sequence></xsd:complexType>"
    elements = (f'<xsd:element name="{name}">{body}</xsd:element>' for name in ("echo", "echoResponse"))
    return document(types + "".join(elements))


def member(name, kind, **attributes):
    """A schema element; `minOccurs=0` unless told."""
    attributes = {"minOccurs": "0", **attributes}
    written = " ".join(f'{key}="{value}"' for key, value in attributes.items())
    return f'<xsd:element name="{name}" type="{kind}" {written}/>'


def answer(content, *, name="echoResponse"):
    """A SOAP 1.1 answer."""
    return (
        f'<s:Envelope xmlns:s="{SOAP}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        f' xmlns:xsd="http://www.w3.org/2001/XMLSchema"><s:Body>'
        f'<t:{name} xmlns:t="{NS}">{content}</t:{name}></s:Body></s:Envelope>'
    ).encode()


def fault(detail="", *, code="s:Server", string="it broke"):
    """A SOAP 1.1 fault."""
    return (
        f'<s:Envelope xmlns:s="{SOAP}"><s:Body><s:Fault><faultcode>{code}</faultcode>'
        f"<faultstring>{string}</faultstring><faultactor>urn:me</faultactor>"
        f"<detail>{detail}</detail></s:Fault></s:Body></s:Envelope>"
    ).encode()
