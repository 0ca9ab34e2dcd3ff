"""Exceptions: their families, members, texts, and that they pickle."""

import builtins
import copy
import pickle

import pytest
import wsdlproxy
import wsdls
from wsdlproxy import errors

ALL = [
    wsdlproxy.WSDLError,
    wsdlproxy.EncodeError,
    wsdlproxy.DecodeError,
    wsdlproxy.Fault,
    wsdlproxy.TransportError,
    wsdlproxy.UsageError,
]


def test_families():
    for cls in ALL:
        assert issubclass(cls, wsdlproxy.Error)
    for cls in (wsdlproxy.Timeout, wsdlproxy.ConnectionError, wsdlproxy.TLSError, wsdlproxy.HTTPError):
        assert issubclass(cls, wsdlproxy.TransportError)
    assert issubclass(wsdlproxy.Timeout, TimeoutError)
    assert issubclass(wsdlproxy.ConnectionError, builtins.ConnectionError)
    assert issubclass(wsdlproxy.PortError, (wsdlproxy.WSDLError, ValueError))
    assert issubclass(wsdlproxy.UnknownOperation, AttributeError)
    assert issubclass(wsdlproxy.UnknownOption, (wsdlproxy.UsageError, TypeError))
    assert issubclass(wsdlproxy.EncodeError, ValueError)


MADE = [
    errors.WSDLError("m", document="d", position=errors.Position(1, 2, 3)),
    errors.EncodeError("m", path="a.b[2]"),
    errors.DecodeError("m", path="a", position=errors.Position(1, 2, 3)),
    errors.Fault(
        "m", code="S:Server", string="m", actor=None, detail=wsdlproxy.Struct(a=1), subcodes=("x",), name=None
    ),
    errors.TransportError("m"),
    errors.Timeout("m"),
    errors.ConnectionError("m"),
    errors.TLSError("m"),
    errors.HTTPError("m", status=500, content_type="text/html", body=b"<html>"),
    errors.UsageError("m"),
    errors.UnknownOption("m"),
    errors.PortError("m"),
    errors.UnknownOperation("m"),
    errors.DocumentError("m", status=404, content_type=None, body=b""),
]


@pytest.mark.parametrize("error", MADE, ids=lambda error: type(error).__name__)
def test_pickle_and_copy(error):
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(again) is type(error)
        assert again.args == error.args == ("m",)
        assert again.__dict__ == error.__dict__
        assert str(again) == str(error)


def test_every_class_is_tried():
    public = {cls for cls in vars(errors).values() if isinstance(cls, type) and issubclass(cls, errors.Error)}
    assert public - {type(error) for error in MADE} == {errors.Error}


@pytest.fixture(scope="module")
def proxy():
    return wsdlproxy.Proxy(wsdls.echo(wsdls.member("v", "xsd:int", minOccurs="1")))


def test_a_fault(proxy):
    content = wsdls.fault("<code>7</code><note>n</note>", string="it &lt;broke")
    with pytest.raises(wsdlproxy.Fault) as caught:
        proxy.parse_response("echo", content, status=500)
    fault = caught.value
    assert (fault.code, fault.string, fault.actor) == ("s:Server", "it <broke", "urn:me")
    assert fault.detail == {"code": "7", "note": "n"}
    assert fault.detail.note == "n"
    assert str(fault) == "s:Server: it <broke"
    assert repr(fault) == "Fault(code='s:Server', string='it <broke')"
    again = pickle.loads(pickle.dumps(fault))
    assert again.detail.code == "7"
    assert str(again) == str(fault)


def test_raised_ones_pickle(proxy):
    failing = [
        lambda: proxy.echo(),
        lambda: proxy.echo(v="x"),
        lambda: proxy.parse_response("echo", b"<a>"),
        lambda: proxy.parse_response("echo", b"<html></html>", "text/html", status=502),
        lambda: proxy.nothing(),
        lambda: proxy.echo(v=1),
        lambda: wsdlproxy.Proxy(b"<a/>"),
        lambda: wsdlproxy.load("/nowhere.wsdl"),
        lambda: proxy.with_options(timeout=-1),
    ]
    for fails in failing:
        with pytest.raises(wsdlproxy.Error) as caught:
            fails()
        again = pickle.loads(pickle.dumps(caught.value))
        assert type(again) is type(caught.value)
        assert str(again) == str(caught.value)
        assert again.__dict__ == caught.value.__dict__


def test_encode_errors_say_path_expected_and_given(proxy):
    with pytest.raises(wsdlproxy.EncodeError) as caught:
        proxy.echo()
    assert caught.value.path == "v"
    assert "xsd:int" in str(caught.value)
    with pytest.raises(wsdlproxy.EncodeError, match="takes 1 argument"):
        proxy.echo(1, 2)
    with pytest.raises(wsdlproxy.EncodeError, match="given twice"):
        proxy.echo(1, v=1)


def test_deep_paths(sip):
    account = {
        "id": {"username": "a", "domain": "b"},
        "acl": [{"ip": "1.1.1.1", "mask": 32}, {"ip": ["x"], "mask": 1}],
    }
    with pytest.raises(wsdlproxy.EncodeError) as caught:
        sip.addAccount(account=account)
    assert caught.value.path == "account.acl[1].ip"


@pytest.mark.parametrize(
    ("wsdl", "what"),
    [
        (b"", "empty"),
        (b"not xml", "not well-formed"),
        (b"<html><body>404</body></html>", "HTML page"),
        (b"<definitions/>", "expected the definitions"),
        (b"<a><b></a>", "<bytes>, line 1"),
        ("/no/such/file.wsdl", "/no/such/file.wsdl"),
    ],
)
def test_bad_wsdls(wsdl, what):
    with pytest.raises(wsdlproxy.WSDLError, match=what):
        wsdlproxy.load(wsdl)


def test_a_broken_wsdl_names_document_and_line(tmp_path):
    path = tmp_path / "broken.wsdl"
    path.write_bytes(wsdls.echo(wsdls.member("v", "xsd:int")).replace(b"</types>", b"</type>"))
    with pytest.raises(wsdlproxy.WSDLError) as caught:
        wsdlproxy.load(path)
    assert str(path) in str(caught.value)
    assert caught.value.document == str(path)
    assert caught.value.position.line == 6


@pytest.mark.parametrize("status", [404, 500, 200])
def test_a_wsdl_url_that_answers_with_html(server, status):
    server.says("<html><body>no</body></html>", status=status, content_type="text/html")
    with pytest.raises(wsdlproxy.WSDLError) as caught:
        wsdlproxy.load(server.url)
    assert isinstance(caught.value, wsdlproxy.HTTPError)
    assert caught.value.status == status
    assert server.url in str(caught.value)
