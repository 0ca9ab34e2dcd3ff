"""The proxy: names, signatures, options, siblings."""

import ast
import copy
import inspect
import io
import pickle
import pydoc
import sys
from pathlib import Path

import pytest
import wsdlproxy
import wsdls
from peers import WSDL
from wsdlproxy import PortError, Proxy, UnknownOperation, UsageError


def test_what_a_wsdl_may_be(tmp_path, server):
    content = wsdls.echo(wsdls.member("v", "xsd:int"))
    path = tmp_path / "a b.wsdl"
    path.write_bytes(content)
    server.says(content)
    sources = [content, bytearray(content), content.decode(), path, str(path), path.as_uri(), server.url]
    for source in [*sources, io.BytesIO(content), io.StringIO(content.decode()), wsdlproxy.load(content)]:
        assert Proxy(source).port == "P"
    for mode in ("rb", "r"):
        with open(path, mode) as file:
            assert Proxy(file).service == "S"
    with pytest.raises(UsageError):
        Proxy(5)


def test_a_file_finds_its_imports(tmp_path):
    (tmp_path / "types.xsd").write_text(
        '<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:other">'
        '<simpleType name="Small"><restriction base="int"><maxInclusive value="9"/></restriction>'
        "</simpleType>"
        "</schema>"
    )
    imported = '<xsd:import namespace="urn:other" schemaLocation="types.xsd"/>'
    path = tmp_path / "service.wsdl"
    content = wsdls.echo('<xsd:element name="v" type="o:Small" xmlns:o="urn:other"/>', types=imported)
    path.write_bytes(content)
    with open(path, "rb") as file:
        for source in (path, file):
            with pytest.raises(wsdlproxy.EncodeError):
                Proxy(source).create_message("echo", 10)


def test_several_ports():
    with pytest.raises(PortError, match="SipPort, VoicemailPort.*PresencePort"):
        Proxy(WSDL)
    with pytest.raises(PortError, match='did you mean "SipPort"'):
        Proxy(WSDL, port="SpiPort")
    with pytest.raises(PortError, match="service"):
        Proxy(WSDL, service="Nothing")
    assert Proxy(WSDL, service="SoapSIMPLEProxy").port == "PresencePort"
    assert Proxy(WSDL, "EnumPort").port == "EnumPort"


def test_names(sip):
    assert sip.addAccount.__name__ == "addAccount"
    assert sip.addPhoneBookEntry.__name__ == "addPhonebookEntry"
    assert sip.addAccount == sip.ADDACCOUNT
    assert sip.addAccount != sip.addAlias
    assert len({sip.addAccount, sip.addaccount}) == 1
    assert callable(sip.addAccount)
    with pytest.raises(AttributeError, match='did you mean "addAccount"') as caught:
        _ = sip.addAcount
    assert isinstance(caught.value, UnknownOperation)
    assert not hasattr(sip, "nothing_like_it")
    assert not hasattr(sip, "__length_hint__")
    for fails in (sip.create_message, sip.parse_response, sip.call):
        with pytest.raises(UnknownOperation):
            fails("nothing", b"")


def test_completion(sip):
    names = dir(sip)
    assert len([name for name in names if name in sip.operations]) == len(sip.operations) == 60
    assert {"addAccount", "with_options", "create_message", "__class__"} <= set(names)


def test_signatures(sip):
    signature = inspect.signature(sip.addToGroup)
    assert str(signature) == "(sipId: SipId, group: xsd:string) -> None"
    assert list(signature.parameters) == ["sipId", "group"]
    assert signature.bind({}, group="g").arguments == {"sipId": {}, "group": "g"}
    assert inspect.signature(sip.addToGroup) is inspect.signature(sip.addtogroup)
    assert str(inspect.signature(sip.getMediaSummary)) == "() -> xsd:string"
    if sys.version_info >= (3, 10):  # before, a class made in C has no signature
        assert str(inspect.signature(Proxy)).startswith("(wsdl, port=None, service=None, *, auth=None")


def test_options_have_a_signature(sip):
    names = set(inspect.signature(Proxy).parameters)
    assert {"auth", "keep_cookies", "redirects", "cache", "max_age", "refresh"} < names
    assert set(inspect.signature(wsdlproxy.load).parameters) == names - {"port", "service"}
    stub = ast.parse((Path(wsdlproxy.__file__).parent / "_native.pyi").read_text())
    proxy = next(node for node in stub.body if isinstance(node, ast.ClassDef) and node.name == "Proxy")
    for function in (node for node in proxy.body if isinstance(node, ast.FunctionDef)):
        if function.name in ("__init__", "with_options", "bulk"):
            known = {argument.arg for argument in function.args.args + function.args.kwonlyargs} - {"self"}
            live = inspect.signature(Proxy if function.name == "__init__" else getattr(sip, function.name))
            assert set(live.parameters) == known, function.name
    assert all(f"``{name}" in Proxy.__doc__ for name in names - {"service"})


def test_help(sip):
    text = pydoc.render_doc(sip.addToGroup, renderer=pydoc.plaintext)
    assert "addToGroup(sipId: SipId, group: xsd:string) -> None" in text
    assert "Adds an account to a group." in text
    assert "sipId: SipId - Identifies a SIP account" in text
    assert "Proxy" in pydoc.render_doc(Proxy, renderer=pydoc.plaintext)


def test_optional_and_awkward_parameters():
    members = [
        wsdls.member("first", "xsd:int"),
        wsdls.member("from", "xsd:string", minOccurs="1"),
        wsdls.member("a-b", "xsd:string"),
        wsdls.member("many", "xsd:string", maxOccurs="unbounded"),
    ]
    proxy = Proxy(wsdls.echo(*members))
    assert str(inspect.signature(proxy.echo)).startswith(
        "(first: xsd:int | None, from_: xsd:string, a_b: xsd:string | None = None, "
        "many: list of xsd:string | None = None)"
    )
    message = proxy.create_message("echo", from_="x", a_b="y", many=["z"])
    assert message == proxy.create_message("echo", **{"from": "x", "a-b": "y", "many": ["z"]})
    assert b":from>x<" in message
    assert b":a-b>y<" in message


def test_positional_named_and_whole(sip):
    sip_id = {"username": "a", "domain": "b"}
    one = sip.create_message("addToGroup", sip_id, "g")
    assert one == sip.create_message("addToGroup", sip_id, group="g")
    assert one == sip.create_message("ADDTOGROUP", group="g", sipId=sip_id)
    assert one == sip.addToGroup.create_message(sip_id, "g")
    assert type(one) is bytes
    proxy = Proxy(wsdls.echo(wsdls.member("v", "xsd:int"), wsdls.member("w", "xsd:int")))
    assert proxy.create_message("echo", {"v": 1, "w": 2}) == proxy.create_message("echo", 1, 2)


def test_operations_named_like_methods(server):
    schema = (
        '<xsd:element name="call"><xsd:complexType><xsd:sequence>'
        '<xsd:element name="operation" type="xsd:int"/>'
        '</xsd:sequence></xsd:complexType></xsd:element><xsd:element name="callResponse" type="xsd:int"/>'
    )
    server.says(wsdls.answer("4", name="callResponse"))
    proxy = Proxy(wsdls.document(schema, "call", "callResponse", operation="call"), location=server.url)
    assert proxy.call("call", operation=3) == 4
    assert proxy.operations["call"](3) == 4
    assert proxy.create_message("call", operation=3)


def test_repr(definition):
    proxy = definition.proxy(
        "SipPort",
        location="http://me:s3cret@h:1/x?token=s3cret",
        auth={"username": "u", "password": "s3cret"},
    )
    assert repr(proxy) == "<Proxy SipPort at http://***@h:1/x?token=***, 60 operations>"
    assert repr(proxy.addToGroup) == "<operation addToGroup(sipId: SipId, group: xsd:string) -> None>"
    assert "SipPort" in repr(proxy.definition)
    assert "s3cret" not in repr(proxy.definition) + proxy.location


def test_subclasses():
    class Mine(Proxy):
        """A proxy with a port of its own."""

        def __init__(self, wsdl, colour):
            self.colour = colour
            super().__init__(wsdl, port="SipPort")

        def twice(self, number):
            return 2 * number

    mine = Mine(WSDL, "red")
    assert mine.twice(2) == 4
    assert mine.addAccount.__name__ == "addAccount"
    sibling = mine.with_options(timeout=1)
    assert type(sibling) is Mine
    assert sibling.colour == "red"
    assert repr(mine).startswith("<Mine SipPort")

    class Late(Proxy):
        def __init__(self):
            pass

    with pytest.raises(RuntimeError, match="__init__"):
        _ = Late().addAccount
    assert "not initialised" in repr(Late())


def test_no_pickle_no_silent_copy(sip):
    for thing in (sip, sip.addAccount, sip.definition):
        for fails in (pickle.dumps, copy.copy):
            with pytest.raises(TypeError, match="cannot pickle"):
                fails(thing)


@pytest.mark.parametrize(
    "options",
    [
        {"timeout": 0},
        {"timeout": "x"},
        {"timeout": float("nan")},
        {"timeout": True},
        {"verify": 5},
        {"verify": None},
        {"gzip": "yes"},
        {"ca_file": "/nowhere.pem"},
        {"client_cert": "/nowhere.pem"},
        {"client_cert": (1, 2, 3)},
        {"proxy": "::s3cret::"},
        {"basic_auth": "s3cret"},
        {"headers": {"bad name": "s3cret"}},
        {"headers": {"X": "s3cret\n"}},
        {"headers": "s3cret"},
        {"unknown": "s3cret"},
        {"trace": "s3cret"},
        {"limits": {"bites": 1}},
        {"limits": {"bytes": -1}},
        {"auth": {"username": "u", "pasword": "s3cret"}},
        {"auth": {"username": "u"}},
        {"auth": {"username": "u", "password": 5}},
        {"auth": {"username": "u", "password": "s3cret", "impersonate": "x"}},
        {"auth": ("u", "s3cret")},
        {"location": 5},
        {"location": {"NoPort": "http://x/"}},
    ],
    ids=str,
)
def test_bad_options(definition, options):
    with pytest.raises(UsageError) as caught:
        definition.proxy("SipPort", **options)
    assert "s3cret" not in str(caught.value)


def test_unknown_options(definition, sip):
    with pytest.raises(TypeError, match='did you mean "timeout"'):
        Proxy(WSDL, "SipPort", tiemout=5)
    with pytest.raises(TypeError, match="with_options"):
        sip.with_options(verify=False)
    with pytest.raises(TypeError, match="load"):
        wsdlproxy.load(WSDL, nothing=1)


def test_locations(definition):
    urls = {"SipPort": "http://a/", "VoicemailPort": "https://vm/"}
    assert definition.proxy("SipPort", location=urls).location == "http://a/"
    assert definition.proxy("VoicemailPort", location=urls).location == "https://vm/"
    assert definition.proxy("EnumPort", location=urls).location == "http://127.0.0.1:9200/ngnpro/"
    loaded = wsdlproxy.load(WSDL, location=urls)
    assert loaded.proxy("SipPort").location == "http://a/"
    assert loaded.proxy("SipPort", location="http://b/").location == "http://b/"


def test_definition_as_data(definition):
    assert list(definition.services) == ["NGNPro", "SoapSIMPLEProxy"]
    assert list(definition.ports)[:2] == ["SipPort", "VoicemailPort"]
    assert len(definition.operations) == 108
    assert definition.operations["addAccount"].port == "SipPort"
    assert definition.operations["CustomerPort.addAccount"].parameters[0].type == "CustomerAccount"
    assert definition.ports["SipPort"].operations["addDomain"].signature == "addDomain(domain: SipDomain) -> SipDomain"
    members = {member.name: member for member in definition.types["SipId"].members}
    assert members["username"].type == "xsd:string"
    assert definition.warnings == []
    assert definition.target_namespace == "urn:AGProjects:NGNPro"
    assert definition.location == str(WSDL)
