"""What goes over the wire, byte by byte, and what the server refuses."""

import http.client
import time
from urllib.parse import urlsplit

import pytest

SIP = "urn:AGProjects:NGNPro:Sip"
ENVELOPE = (
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><auth><username>admin</username>'
    "<password>secret</password></auth></e:Header><e:Body>%s</e:Body></e:Envelope>"
)
REFERENCES = ENVELOPE % (
    f'<s:setRejectMembers xmlns:s="{SIP}"><members>' + '<i href="#1"/>' * 400_000 + "</members></s:setRejectMembers>"
)
GET_DOMAINS = ENVELOPE % f'<s:getDomains xmlns:s="{SIP}"/>'


def exchange(server, body=None, path="/ngnpro/", method="POST", **headers):
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=20)
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        return response, response.read().decode()
    finally:
        connection.close()


def test_the_wsdl_names_the_host_it_was_asked_of(server):
    for path, address in (("/ngnpro/wsdl", "/ngnpro/"), ("/wsdl", "/"), ("/a/b?wsdl", "/a/b")):
        response, text = exchange(server, path=path, method="GET", Host="ngnpro.example.com:81")
        assert response.status == 200 and response.getheader("Content-Type") == "text/xml; charset=utf-8"
        assert text.count(f'location="http://ngnpro.example.com:81{address}"') == 8
    response, text = exchange(server, path="/ngnpro/wsdl?port=CustomerPort", method="GET")
    assert text.count("<soap:address") == 1 and "SipBinding" not in text
    assert exchange(server, path="/ngnpro/wsdl?port=x", method="GET")[0].status == 404
    assert exchange(server, path="/other", method="GET")[0].status == 404
    assert exchange(server, path="/", method="PUT")[0].status == 405


def test_answers_are_what_the_oldest_client_survives(server):
    """Every scalar typed, every array with arrayType and without offset, one part, a length and no chunks."""
    response, text = exchange(server, GET_DOMAINS.encode(), path="/any/path")
    assert response.status == 200 and response.getheader("Content-Type").startswith("text/xml;")
    assert int(response.getheader("Content-Length")) == len(text.encode())
    assert f'<op:getDomainsResponse xmlns:op="{SIP}"><result xsi:type="ngnpro:SipDomainList">' in text
    assert '<domains xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="ngnpro:SipDomain[' in text
    assert "offset" not in text and '<total xsi:type="xsd:int">' in text


def test_a_void_answer_is_empty(server):
    add = ENVELOPE % f'<s:addDomain xmlns:s="{SIP}"><domain><domain>void.example.com</domain></domain></s:addDomain>'
    drop = ENVELOPE % f'<s:DELETEdomain xmlns:s="{SIP}"><domain>void.example.com</domain></s:DELETEdomain>'
    assert exchange(server, add.encode())[0].status == 200
    assert f'<op:deleteDomainResponse xmlns:op="{SIP}"></op:deleteDomainResponse>' in exchange(server, drop.encode())[1]


def test_faults(server):
    response, text = exchange(server, GET_DOMAINS.replace("secret", "hidden").encode())
    assert response.status == 500
    assert "<faultcode>SOAP-ENV:Server</faultcode>" in text and "faultactor" not in text
    assert '<errorcode xsi:type="xsd:int">9000</errorcode>' in text and "hidden" not in text
    cases = {
        "": "Client",
        "<html>": "Client",
        "<html/>": "Client",
        "\x00": "Client",
        '<!DOCTYPE x [<!ENTITY a "b">]>' + GET_DOMAINS: "Client",
        GET_DOMAINS[:-20]: "Client",
        ENVELOPE % "<updateCustomer><item/></updateCustomer>": "Client",
        ENVELOPE % '<s:nothing xmlns:s="urn:AGProjects:NGNPro:Sip"/>': "Client",
        GET_DOMAINS.replace("xmlsoap.org/soap/envelope/", "example.com/"): "VersionMismatch",
        GET_DOMAINS.replace("<auth>", '<x e:mustUnderstand="1"/><auth>'): "MustUnderstand",
    }
    for body, side in cases.items():
        response, text = exchange(server, body.encode())
        assert response.status == 500, body
        assert f"<faultcode>SOAP-ENV:{side}</faultcode>" in text, body


@pytest.mark.parametrize(
    "body",
    [
        "<a>" * 1_000_000,
        "<a " + "b='' " * 1_000_000 + "/>",
        "<e>" + "".join(f"<a{n} xmlns:p{n}='u'>" for n in range(50_000)),
        REFERENCES,
    ],
)
def test_hostile_messages_cost_little(server, body):
    started = time.monotonic()
    response, text = exchange(server, body.encode())
    assert response.status == 500 and "SOAP-ENV:Client" in text
    # A fraction of a second, but for a busy machine; what costs more than in proportion would take minutes.
    assert time.monotonic() - started < 15


def test_a_message_that_is_too_large(server):
    assert exchange(server, b" " * (17 * 1024 * 1024))[0].status == 413


def test_other_encodings_and_http_1_0(server):
    body = GET_DOMAINS.replace("<e:Body>", "<!-- é --><e:Body>")
    for encoding in ("iso-8859-1", "utf-16", "utf-8"):
        response, _ = exchange(server, body.encode(encoding), **{"Content-Type": f"text/xml; charset={encoding}"})
        assert response.status == 200, encoding
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=20)
    connection._http_vsn, connection._http_vsn_str = 10, "HTTP/1.0"
    connection.request("POST", "/", GET_DOMAINS.encode(), {"Connection": "close"})
    response = connection.getresponse()
    assert response.status == 200 and len(response.read()) == int(response.getheader("Content-Length"))


def test_a_connection_serves_many_calls(server):
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=20)
    connection.connect()
    first = connection.sock
    for _ in range(5):
        connection.request("POST", "/ngnpro/", GET_DOMAINS.encode())
        assert connection.getresponse().read()
        assert connection.sock is first
    connection.close()
