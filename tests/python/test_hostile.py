"""Servers that lie, stall, break off or attack: a typed error, soon, and nothing else."""

import gzip
import socket
import threading
import time

import pytest
import wsdlproxy
import wsdls
from peers import Scripted
from wsdlproxy import DecodeError, HTTPError, Proxy, Timeout, TransportError

WSDL = wsdls.echo(wsdls.member("v", "xsd:string"))


@pytest.fixture
def proxy(server):
    return Proxy(WSDL, location=server.url, timeout=5)


def test_nothing_is_sent_when_a_value_does_not_fit(server, proxy):
    with pytest.raises(wsdlproxy.EncodeError):
        proxy.echo(v={"a": 1})
    with pytest.raises(AttributeError):
        proxy.ehco(v="x")
    assert server.requests == []


def test_an_answer(server, proxy):
    server.says(wsdls.answer("<t:v>x</t:v>"))
    assert proxy.echo("y") == "x"
    path, headers, body = server.requests[0]
    assert headers["content-type"] == "text/xml; charset=utf-8"
    assert headers["soapaction"] == '"urn:echo"'
    assert body == proxy.create_message("echo", "y")


@pytest.mark.parametrize("status", [200, 404, 500, 502])
def test_an_html_page(server, proxy, status):
    server.says("<!DOCTYPE html><html><body>Bad Gateway</body></html>", status=status, content_type="text/html")
    with pytest.raises(HTTPError) as caught:
        proxy.echo("x")
    assert caught.value.status == status
    assert caught.value.content_type == "text/html"
    assert b"Bad Gateway" in caught.value.body
    assert str(status) in str(caught.value)


@pytest.mark.parametrize("body", [b"", b"  \n"])
def test_an_empty_answer(server, proxy, body):
    server.says(body)
    with pytest.raises(HTTPError, match="empty"):
        proxy.echo("x")


def test_a_long_error_page_is_cut(server, proxy):
    server.says(b"<html>" + b"x" * 1_000_000, status=500, content_type="text/html")
    with pytest.raises(HTTPError) as caught:
        proxy.echo("x")
    assert len(caught.value.body) == 1024


GOOD = wsdls.answer("<t:v>x</t:v>")
DTD = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>'


@pytest.mark.parametrize(
    "body",
    [
        GOOD[:-1],
        GOOD[: len(GOOD) // 2],
        GOOD + b"<a/>",
        GOOD.replace(b">x<", b">\x00<"),
        GOOD.replace(b">x<", b">&undefined;<"),
        GOOD.replace(b">x<", b">&#1;<"),
        GOOD.replace(b">x<", b">\xff<"),
        GOOD.replace(b"xmlns:t", b"xmlns:u"),
        DTD + GOOD,
        DTD + GOOD.replace(b">x<", b">&c;<"),
        GOOD.replace(b"s:Body", b"s:Torso"),
        b"<soap>1</soap>",
        b'{"json": "Envelope"}',
        b"Envelope" * 1000,
    ],
)
def test_what_is_no_soap_message(server, proxy, body):
    server.says(body)
    with pytest.raises((DecodeError, HTTPError)):
        proxy.echo("x")


def test_deep_nesting(server, proxy):
    deep = proxy.with_options(unknown="keep")
    for body in (
        b"<a>" * 1_000_000,
        GOOD.replace(b">x<", b">" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"<"),
    ):
        server.says(body)
        for caller in (proxy, deep):
            with pytest.raises(DecodeError):
                caller.echo("x")


def test_limits(server):
    proxy = Proxy(WSDL, location=server.url, limits={"bytes": 10_000})
    server.says(wsdls.answer(f"<t:v>{'x' * 9_000}</t:v>"))
    assert len(proxy.echo("x")) == 9_000
    server.says(wsdls.answer(f"<t:v>{'x' * 10_000}</t:v>"))
    with pytest.raises(DecodeError, match="10000"):
        proxy.echo("x")
    nodes = Proxy(WSDL, location=server.url, limits={"nodes": 100})
    server.says(wsdls.answer("<t:w/>" * 100))
    with pytest.raises(DecodeError, match="100"):
        nodes.echo("x")


def test_gzip(server, proxy):
    server.says(gzip.compress(GOOD), Content_Encoding="gzip")
    assert proxy.echo("x") == "x"
    assert "gzip" in server.requests[0][1]["accept-encoding"]
    Proxy(WSDL, location=server.url, gzip=False).with_options(timeout=5)
    bomb = gzip.compress(b" " * 200_000_000)
    server.says(bomb, Content_Encoding="gzip")
    small = Proxy(WSDL, location=server.url, limits={"bytes": 1_000_000})
    began = time.monotonic()
    with pytest.raises((DecodeError, TransportError)):
        small.echo("x")
    assert time.monotonic() - began < 30


def test_a_body_that_breaks_off(server, proxy):
    def cut(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(GOOD)))
        handler.end_headers()
        handler.wfile.write(GOOD[:100])
        handler.close_connection = True

    server.answer = cut
    with pytest.raises(TransportError):
        proxy.echo("x")
    assert len(server.requests) == 1


def test_a_connection_that_is_dropped_is_not_tried_again(server, proxy):
    def drop(handler):
        handler.connection.shutdown(socket.SHUT_RDWR)
        handler.close_connection = True

    server.answer = drop
    with pytest.raises(wsdlproxy.ConnectionError):
        proxy.echo("x")
    assert len(server.requests) == 1


def test_a_slow_server(server):
    release = threading.Event()
    server.answer = lambda handler: release.wait(60)
    proxy = Proxy(WSDL, location=server.url, timeout=0.3)
    began = time.monotonic()
    with pytest.raises(Timeout):
        proxy.echo("x")
    with pytest.raises(TimeoutError):
        Proxy(WSDL, location=server.url).with_options(timeout=0.3).echo("x")
    assert time.monotonic() - began < 30
    release.set()


def test_no_one_is_there():
    with pytest.raises(wsdlproxy.ConnectionError, match="127.0.0.1:9"):
        Proxy(WSDL).echo("x")
    with pytest.raises(ConnectionError):
        wsdlproxy.load("http://127.0.0.1:9/?wsdl")


def test_credentials_do_not_follow_redirects(server):
    other = Scripted()
    try:
        other.says(WSDL)
        server.answer = lambda handler: handler.reply(b"", status=302, Location=other.url)
        options = {"basic_auth": ("me", "s3cret"), "headers": {"X-Token": "t0ken"}}
        proxy = Proxy(server.url, location=server.url, **options)
        assert server.requests[0][1]["authorization"].startswith("Basic ")
        assert server.requests[0][1]["x-token"] == "t0ken"
        assert not {"authorization", "x-token"} & set(other.requests[0][1])
        server.answer = lambda handler: handler.reply(b"", status=307, Location=other.url)
        with pytest.raises(HTTPError, match="307"):
            proxy.echo("x")
        assert len(other.requests) == 1
    finally:
        other.close()


def test_headers_of_a_sibling(server, proxy):
    server.says(GOOD)
    proxy.with_options(headers={"X-Trace-Id": "7"}).echo("x")
    proxy.echo("x")
    assert ["x-trace-id" in headers for _, headers, _ in server.requests] == [True, False]


def test_soap_headers_both_ways(server, proxy):
    head = b'<s:Header><n:session xmlns:n="urn:n"><id>5</id></n:session></s:Header><s:Body>'
    server.says(GOOD.replace(b"<s:Body>", head))
    sending = proxy.with_options(soap_headers='<n:token xmlns:n="urn:n">abc</n:token>')
    assert sending.echo("x") == "x"
    assert b'Header><n:token xmlns:n="urn:n">abc</n:token></' in server.requests[-1][2]
    assert sending.last_headers["session"]["id"] == "5"
    assert proxy.last_headers is None
    with pytest.raises(wsdlproxy.EncodeError) as caught:
        proxy.with_options(soap_headers="<a>").echo("x")
    assert caught.value.path.startswith("soap_headers")


def test_an_oversized_wsdl_and_a_wsdl_with_a_dtd(server):
    server.says(DTD + WSDL)
    with pytest.raises(wsdlproxy.WSDLError):
        wsdlproxy.load(server.url)
    server.says(WSDL)
    with pytest.raises(wsdlproxy.Error):
        wsdlproxy.load(server.url, limits={"bytes": 100})
