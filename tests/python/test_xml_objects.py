"""Elements of ElementTree and lxml where XML may stand, and what is no XML there."""

import re
import xml.etree.ElementTree as ElementTree

import pytest
import wsdlproxy
import wsdls
from wsdlproxy import EncodeError

XML = '<n:token xmlns:n="urn:n">abc<n:b/></n:token>'


def libraries():
    yield ElementTree
    try:
        from lxml import etree
    except ImportError:
        return
    yield etree


@pytest.fixture(scope="module", params=libraries(), ids=lambda library: library.__name__)
def library(request):
    return request.param


@pytest.fixture(scope="module")
def proxy():
    wildcard = '<xsd:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="9"/>'
    box = f'<xsd:complexType name="Box"><xsd:sequence>{wildcard}</xsd:sequence></xsd:complexType>'
    members = [wsdls.member("box", "t:Box"), wsdls.member("extra", "xsd:anyType"), wsdls.member("s", "xsd:string")]
    return wsdlproxy.Proxy(wsdls.echo(*members, types=box))


def header(proxy, value):
    text = proxy.with_options(soap_headers=value).create_message("echo").decode()
    found = re.search("<SOAP-ENV:Header>(.*)</SOAP-ENV:Header>", text)
    return found.group(1) if found else None


def is_token(text):
    return re.fullmatch(r'<(\w+):token xmlns:\1="urn:n">abc<\1:b ?/></\1:token>', text)


def test_elements_as_headers(proxy, library):
    element = library.fromstring(XML)
    element.tail = "tail"
    assert is_token(header(proxy, element))
    assert element.tail == "tail"
    assert is_token(header(proxy, [element]))
    assert is_token(header(proxy, library.ElementTree(element)))
    assert header(proxy, [element, XML]).endswith(XML)


def test_elements_as_content(proxy, library):
    element = library.fromstring(XML)
    for given in ({"box": {"_any": [element]}}, {"box": {"_any": element}}, {"box": element}, {"extra": element}):
        content = proxy.create_message("echo", given).decode()
        assert is_token(re.search(r"<ns\d+:(?:box|extra)>(.*)</ns\d+:(?:box|extra)>", content).group(1))
    with pytest.raises(EncodeError, match=r"^s: expected xsd:string, got XML$"):
        proxy.create_message("echo", s=element)


def test_none_among_headers(proxy):
    assert header(proxy, None) is None
    with pytest.raises(EncodeError, match=r"^soap_headers\[1\]: expected XML or a record, got None$"):
        header(proxy, [XML, None])
    with pytest.raises(EncodeError, match=r"^box\._any\[0\]: expected XML, got None$"):
        proxy.create_message("echo", box={"_any": [None]})


def test_text_that_is_no_xml(proxy):
    with pytest.raises(EncodeError, match="^soap_headers: expected XML elements, got bare text"):
        header(proxy, "hello")
    with pytest.raises(EncodeError, match=r"^box\._any\[0\]: expected XML elements, got bare text"):
        proxy.create_message("echo", box={"_any": ["hello"]})
    with pytest.raises(EncodeError, match="^soap_headers: expected XML or a record, got object$"):
        header(proxy, object())
