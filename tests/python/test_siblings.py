"""`with_options`, and options that are taken for attributes."""

from unittest import mock

import pytest
import wsdlproxy
import wsdls
from wsdlproxy import Error, Proxy, UnknownOption, UsageError

ECHO = wsdls.echo(wsdls.member("v", "xsd:string"))


def test_an_option_is_no_attribute():
    proxy = Proxy(ECHO)
    for name in ("timeout", "headers", "location"):
        with pytest.raises(AttributeError, match=rf"^{name} is an option .*; use with_options\({name}=…\)$"):
            setattr(proxy, name, 5)
    with pytest.raises(AttributeError, match=r"verify is an option .* Proxy\(…, verify=…\)"):
        proxy.verify = False


def test_other_attributes_can_be_set():
    proxy = Proxy(ECHO)
    proxy.note = 5
    assert proxy.note == 5
    del proxy.note
    with pytest.raises(AttributeError):
        del proxy.note
    with mock.patch.object(proxy, "echo", return_value="mocked"):
        assert proxy.echo("x") == "mocked"
    assert isinstance(proxy.echo, wsdlproxy.Operation)
    with pytest.raises(AttributeError):
        proxy.port = "other"


def test_a_subclass_may_have_attributes_of_such_names():
    class Own(Proxy):
        cache = None

    own = Own(ECHO)
    own.cache = {}
    assert own.with_options(timeout=1).cache == {}


def test_an_operation_of_such_a_name_can_be_mocked():
    schema = '<xsd:element name="trace" type="xsd:string"/>'
    proxy = Proxy(wsdls.document(schema, "trace", "trace", operation="trace"))
    proxy.trace = mock.Mock(return_value=7)
    assert proxy.trace() == 7


@pytest.mark.parametrize("kind", [Error, UsageError, TypeError, ValueError, UnknownOption])
def test_an_unknown_option(kind):
    for call in (lambda: Proxy(ECHO, timeuot=3), lambda: Proxy(ECHO).with_options(timeuot=3)):
        with pytest.raises(kind, match=r'got an unexpected keyword argument "timeuot"; did you mean "timeout"\?'):
            call()


def impersonated(proxy):
    text = proxy.create_message("getAccount", {"username": "a", "domain": "b"}).decode()
    return "<impersonate" in text and text.split("<impersonate")[1].split(">")[1].split("<")[0]


def test_credentials_are_changed_one_by_one(sip):
    acting = sip.with_options(impersonate=5)
    other = acting.with_options(auth={"username": "v", "password": "w"})
    assert impersonated(other) == "5"
    assert b">v<" in other.create_message("getAccount", {"username": "a", "domain": "b"})
    assert impersonated(acting.with_options(auth={"password": "w"})) == "5"
    assert impersonated(acting.with_options(auth={"impersonate": 6})) == "6"
    assert not impersonated(acting.with_options(auth={"impersonate": None}))
    assert impersonated(acting.with_options(auth={"impersonate": 6}, impersonate=7)) == "7"
    assert not impersonated(acting.with_options(auth=None))
    with pytest.raises(UsageError, match="auth: username is missing"):
        sip.with_options(auth=None).with_options(auth={"password": "w"})


def test_headers_are_merged(server):
    for _ in range(4):
        server.says(wsdls.answer("<t:v>x</t:v>"))
    proxy = Proxy(ECHO, location=server.url, headers={"X-A": "1", "X-B": "2"}, trace="full")
    sibling = proxy.with_options(headers={"x-b": "3", "X-C": "4"})

    def own(proxy):
        proxy.echo("x")
        return {name.lower(): value for name, value in proxy.last_request.headers.items() if name[:2] in ("X-", "x-")}

    assert own(sibling) == {"x-a": "1", "x-b": "3", "x-c": "4"}
    assert own(sibling.with_options(headers={"X-D": "5"})) == {"x-a": "1", "x-b": "3", "x-c": "4", "x-d": "5"}
    assert own(sibling.with_options(headers={"X-A": None, "X-C": None})) == {"x-b": "3"}
    assert own(sibling.with_options(headers=None)) == {}
    with pytest.raises(UsageError, match="expected a str, got NoneType"):
        Proxy(ECHO, headers={"X-A": None})
