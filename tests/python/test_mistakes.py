"""What newcomers get wrong, and what they are told."""

import re
import subprocess
import sys

import pytest
import wsdlproxy
import wsdls
from peers import WSDL
from wsdlproxy import EncodeError, HTTPError, Proxy, UsageError, WSDLError


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"auth": {"user": "u", "password": "s3cret"}}, 'auth: no member "user"; there are: username, password,'),
        ({"auth": {1: 2}}, 'auth: no member "1"'),
        ({"auth": {"username": "u", "password": "p", "impersonate": True}}, "impersonate: expected the number"),
        ({"user_agent": 3}, "user_agent: expected a str"),
        ({"redirects": -1}, "redirects: expected a number from 0 on"),
        ({"redirects": True}, "redirects: expected a number from 0 on"),
        ({"limits": {3: 5}}, 'limits: no limit "3"; there are: bytes,'),
        ({"headers": {"X": 1}}, 'headers["X"]: expected a str, got int'),
        ({"headers": {"content-length": "3"}}, "headers: content-length is written by the proxy itself"),
        ({"headers": {"SOAPAction": "mine"}}, "headers: SOAPAction is written by the proxy itself"),
        ({"location": "example.com/ngnpro"}, "location: example.com/ngnpro: not a valid URL"),
        ({"location": ""}, "location: : not a valid URL"),
        ({"location": "ftp://u:s3cret@x/"}, "location: ftp://***@x/: only http and https"),
        ({"location": {"VoicemailPort": "nowhere"}}, 'location["VoicemailPort"]: nowhere: not a valid URL'),
        ({"verify": "no"}, "verify: expected True, False, or the path of a CA file; there is no no"),
        ({"ca_file": WSDL}, f"ca_file {WSDL}: no certificate in PEM format"),
        ({"ca_file": b"x"}, "ca_file: no certificate in PEM format"),
        ({"proxy": "ftp://127.0.0.1:1"}, "proxy is not a URL such as"),
    ],
    ids=str,
)
def test_options(definition, options, text):
    with pytest.raises(UsageError) as caught:
        definition.proxy("SipPort", **options)
    assert text in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_options_of_a_cache():
    with pytest.raises(UsageError, match="cache: expected a folder"):
        Proxy(WSDL, "SipPort", cache="")
    with pytest.raises(UsageError, match="max_age: expected seconds from 0 on, or None for a day"):
        Proxy(WSDL, "SipPort", max_age=-1)


def test_options_of_a_sibling(sip):
    for headers in ({"X y": "1"}, {"X": "a\nb"}, {"Content-Type": "text/plain"}):
        with pytest.raises(UsageError, match="headers: "):
            sip.with_options(headers=headers)
    with pytest.raises(UsageError, match="location: nowhere"):
        sip.with_options(location="nowhere")
    with pytest.raises(TypeError, match="verify.*there are: timeout, impersonate"):
        sip.with_options(verify=False)


def test_credentials_beside_auth():
    with pytest.raises(TypeError, match='"username"; it is a member of auth'):
        Proxy(WSDL, "SipPort", username="u", password="s3cret")


@pytest.mark.parametrize("wsdl", ["127.0.0.1:9200/wsdl", "www.example.com/x", "localhost/wsdl", "example.com/s?wsdl"])
def test_a_url_without_its_scheme(wsdl):
    with pytest.raises(WSDLError, match=re.escape(f"{wsdl}: no such file; a URL begins with http")):
        Proxy(wsdl)


def test_no_wsdl_at_all():
    for wsdl in ("", "  \n"):
        with pytest.raises(UsageError, match="expected a URL, a path, bytes or an open file, got an empty text"):
            Proxy(wsdl)


def test_an_operation_of_another_port(sip):
    with pytest.raises(AttributeError, match='SipPort has no operation "getZones"; DnsPort has it'):
        sip.getZones({})


def test_members_in_the_place_of_parameters(sip):
    with pytest.raises(EncodeError, match=r"^id: unknown argument; there are: account$"):
        sip.addAccount(id={"username": "a", "domain": "b"}, password="p")
    with pytest.raises(EncodeError, match=r"^addAccount takes 1 argument \(account\), got 2$"):
        sip.addAccount({}, {})


@pytest.mark.parametrize("value", [dict, len, "".join, lambda: 1, re], ids=str)
def test_what_is_no_value(sip, value):
    kind = type(value).__name__
    with pytest.raises(EncodeError, match=rf"^account\.id: expected SipId, got {kind}$"):
        sip.create_message("addAccount", {"id": value})
    with pytest.raises(EncodeError, match=rf"^account\.id\.username: expected xsd:string, got {kind}$"):
        sip.create_message("addAccount", {"id": {"username": value, "domain": "x"}})


def test_a_proxy_is_no_value(sip):
    for value in (sip, sip.addAccount):
        with pytest.raises(EncodeError, match="^account: expected SipAccount, got"):
            sip.create_message("addAccount", value)


@pytest.mark.parametrize("items", ["ab", b"ab", {"domain": "x"}], ids=str)
def test_one_item_in_the_place_of_many(sip, items):
    with pytest.raises(UsageError, match=f"got a {type(items).__name__}; for one item put it into a list"):
        sip.bulk("addDomain", items)


def test_switches_for_numbers(sip):
    for options in ({"concurrency": True}, {"retry": True}):
        with pytest.raises(UsageError, match="expected a number from"):
            sip.bulk("addDomain", [], **options)


def test_who_answered_with_a_page(server):
    proxy = Proxy(wsdls.echo(wsdls.member("v", "xsd:string")), location=server.url.replace("//", "//u:s3cret@"))
    server.says("<html>gone</html>", status=404, content_type="text/html")
    with pytest.raises(HTTPError, match=f"^{server.url}: HTTP 404: the server answered with an HTML page$"):
        proxy.echo("x")


def test_a_redirect_that_is_not_followed(server):
    server.says("", status=307, Location="/other")
    proxy = Proxy(wsdls.echo(wsdls.member("v", "xsd:string")), location=server.url, redirects=0)
    with pytest.raises(HTTPError, match="HTTP 307: the server answered with a redirect that is not followed"):
        proxy.echo("x")


def test_the_proxy_between_is_named():
    options = {"location": "http://example.test/", "proxy": "http://u:s3cret@127.0.0.1:1"}
    proxy = Proxy(wsdls.echo(wsdls.member("v", "xsd:string")), **options)
    with pytest.raises(wsdlproxy.ConnectionError) as caught:
        proxy.echo("x")
    assert str(caught.value) == "the proxy 127.0.0.1:1 (for example.test:80) refused the connection"


def test_a_compression_nobody_asked_for(server):
    server.says(b"\x1f\x8b", Content_Encoding="gzip")
    proxy = Proxy(wsdls.echo(wsdls.member("v", "xsd:string")), location=server.url, gzip=False)
    with pytest.raises(wsdlproxy.DecodeError, match='compressed as "gzip", which was not asked for'):
        proxy.echo("x")


def test_an_empty_text_is_an_empty_answer(sip):
    for content in ("", b"", " ", "\ufeff"):
        with pytest.raises(HTTPError, match="an empty body"):
            sip.parse_response("getDomains", content)


SECOND = """
import {module} as interpreters
own = interpreters.create()
print("first", flush=True)
import wsdlproxy
def run(code):
    failed = interpreters.run_string(own, code)
    assert failed is None, failed
run('''
import sys
sys.path[:] = {path!r}
try:
    import wsdlproxy
except ImportError as error:
    print(error, flush=True)
''')
wsdlproxy.load({wsdl!r})
print("last", flush=True)
"""


def test_a_second_interpreter_is_refused():
    """What the process keeps belongs to one of them: another one would raise exceptions that it cannot catch."""
    module = "_interpreters" if sys.version_info >= (3, 13) else "_xxsubinterpreters"
    pytest.importorskip(module)
    code = SECOND.format(module=module, path=sys.path, wsdl=str(WSDL))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    first, refused, last = done.stdout.splitlines()
    assert (first, last) == ("first", "last")
    assert "one interpreter of a process" in refused
    assert "WSGIApplicationGroup" in refused
