"""What errors say of choices, lists, arguments, headers and answers that are no SOAP."""

import socket
import threading

import pytest
import wsdlproxy
import wsdls
from wsdlproxy import EncodeError, HTTPError, Proxy, TransportError

CHOICE = (
    '<xsd:complexType name="Order"><xsd:sequence><xsd:choice><xsd:element name="card" type="xsd:string"/>'
    '<xsd:element name="iban" type="xsd:string"/><xsd:sequence><xsd:element name="cash" type="xsd:int"/>'
    '<xsd:element name="till" type="xsd:int"/></xsd:sequence></xsd:choice>'
    '<xsd:element name="item" type="xsd:string" maxOccurs="unbounded"/></xsd:sequence></xsd:complexType>'
    '<xsd:complexType name="Turns"><xsd:choice maxOccurs="unbounded"><xsd:element name="circle" type="xsd:int"/>'
    '<xsd:element name="square" type="xsd:int"/></xsd:choice></xsd:complexType>'
)


@pytest.fixture(scope="module")
def proxy():
    members = [wsdls.member("order", "t:Order"), wsdls.member("turns", "t:Turns")]
    members.append(wsdls.member("names", "xsd:string", minOccurs="0", maxOccurs="3"))
    return Proxy(wsdls.echo(*members, types=CHOICE))


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"order": {"card": "1", "iban": "2", "item": "x"}}, "order.iban: only one of card and iban may be given"),
        ({"order": {"cash": 1, "till": 2, "card": "1", "item": "x"}}, "only one of card and cash may be given"),
        ({"order": {"card": "1", "item": []}}, "order.item: missing: at least 1 item is needed"),
        ({"order": {"card": "1", "item": None}}, "order.item: missing: at least 1 item is needed"),
        (
            {"turns": {"_choice": [{"circle": 1}, {"c": 1}]}},
            "turns._choice[1].c: unknown member; there are: circle,",
        ),
        ({"turns": {"_choice": [{"cirle": 1}]}}, 'turns._choice[0].cirle: unknown member; did you mean "circle"?'),
        ({"turns": {"_choice": []}}, "at least 1 item is needed"),
        ({"c": 3}, "c: unknown argument; there are: order, turns, names"),
        ({"ordr": 3}, 'ordr: unknown argument; did you mean "order"?'),
        ({"order": {}, "c": 3}, "c: unknown argument; there are: order, turns, names"),
    ],
    ids=str,
)
def test_what_does_not_fit(proxy, arguments, text):
    with pytest.raises(EncodeError) as caught:
        proxy.create_message("echo", **arguments)
    assert text in str(caught.value)


@pytest.mark.parametrize(("status", "text"), [(401, "basic_auth"), (403, "credentials"), (407, "proxy")])
def test_refused_credentials(server, status, text):
    echo = Proxy(wsdls.echo(wsdls.member("v", "xsd:string")), location=server.url)
    for body in ("no", "", "<html>no</html>"):
        server.says(body, status=status, content_type="text/plain")
        with pytest.raises(HTTPError, match=f"HTTP {status}: .*{text}"):
            echo.echo("x")


def test_plain_http_where_tls_is_spoken():
    """A TLS server answers plain HTTP with an alert record."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = listener.accept()
        connection.recv(65536)
        connection.sendall(b"\x15\x03\x01\x00\x02\x02\x46")
        connection.close()

    thread = threading.Thread(target=serve)
    thread.start()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    echo = Proxy(wsdls.echo(wsdls.member("v", "xsd:string")), location=url)
    with pytest.raises(TransportError, match="does it speak TLS\\? Then the URL begins with https"):
        echo.echo("x")
    thread.join()
    listener.close()


def with_header(declared):
    """Operations `a` and `b`, of which `a` declares a header `session`."""
    element = '<xsd:element name="{}" type="xsd:string"/>'
    wsdl = wsdls.document("".join(map(element.format, ("a", "b", "Session"))), "a", "a", operation="a").decode()
    message = '<message name="h"><part name="session" element="t:Session"/></message><portType'
    other = '<operation name="b"><input message="t:in"/><output message="t:out"/></operation></portType>'
    wsdl = wsdl.replace("<portType", message).replace("</portType>", other)
    bound = wsdl[wsdl.index('<operation name="a">\n      <soap:operation') : wsdl.index("</binding>")]
    wsdl = wsdl.replace(bound, bound + bound.replace('name="a"', 'name="b"'))
    if declared:
        header = '<input><soap:header message="t:h" part="session" use="literal"/>'
        wsdl = wsdl.replace(bound, bound.replace("<input>", header), 1)
    return Proxy(wsdl.encode())


def test_a_header_that_only_some_operations_declare():
    proxy = with_header(True).with_options(soap_headers={"session": "abc"})
    assert b">abc</" in proxy.create_message("a", "x")
    assert b"abc" not in proxy.create_message("b", "x")
    for operation in "ab":
        text = 'soap_headers.sesion: no operation declares a header "sesion"; declared are: session'
        with pytest.raises(EncodeError, match=text):
            proxy.with_options(soap_headers={"sesion": "abc"}).create_message(operation, "x")
    none = with_header(False).with_options(soap_headers={"session": "abc"})
    with pytest.raises(EncodeError, match='declares a header "session"; other headers can be given as XML'):
        none.create_message("a", "x")


def test_any_name_of_the_package():
    assert wsdlproxy.Message.__name__ == "Message"
    with pytest.raises(AttributeError, match="no attribute 'Mesage'"):
        _ = wsdlproxy.Mesage
