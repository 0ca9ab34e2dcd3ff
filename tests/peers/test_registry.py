"""Live calls to PHP's SoapServer and to node-soap: every style, use and SOAP version that they have."""

import json

import processes
import pytest
from registry import FLAVOURS, NS, ORDER, wsdl
from wsdlproxy import EncodeError, Fault, Proxy

PEERS = {
    "php": lambda path, flavour: processes.php(path, STYLE=flavour.style, VERSION=flavour.version),
    "node": lambda path, flavour: processes.node(path, flavour.version),
}
CASES = [("php", flavour) for flavour in FLAVOURS] + [
    ("node", flavour) for flavour in FLAVOURS if flavour.use == "literal"
]


class Peer:
    """A running server and a proxy to it."""

    def __init__(self, name, flavour, proxy):
        self.name, self.flavour, self.proxy = name, flavour, proxy


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def peer(request, tmp_path_factory):
    name, flavour = request.param
    path = tmp_path_factory.mktemp("peer") / "registry.wsdl"
    path.write_text(wsdl(flavour, "http://127.0.0.1:1/"))
    with PEERS[name](path, flavour) as url:
        yield Peer(name, flavour, Proxy(path, location=url))


def seen(peer, order):
    return json.loads(peer.proxy.describe(order=order))


def test_everything_comes_back(peer):
    got = peer.proxy.echo(order=ORDER)
    # Servers leave a null out where it may be absent.
    parent = {name: value for name, value in got.pop("parent").items() if value is not None}
    assert got == {name: value for name, value in ORDER.items() if name != "parent"}
    assert parent == {"id": 1, "paid": False, "tags": [], "lines": []}


def test_it_is_seen_as_it_was_given(peer):
    order = {"id": 5, "name": ORDER["name"], "paid": True, "kind": "basic", "tags": ["x"], "lines": ORDER["lines"]}
    got = seen(peer, order)
    assert int(got["id"]) == 5 and got["name"] == ORDER["name"] and got["kind"] == "basic"
    assert got["paid"] in (True, "true")
    lines = got["lines"] if isinstance(got["lines"], list) else [got["lines"]]
    assert [line["sku"] for line in lines] == ["x", "y"]


def test_two_parameters_by_position_and_by_name(peer):
    assert peer.proxy.add(2, 40) == 42
    assert peer.proxy.add(b=-1, a=1) == 0


def test_nothing_comes_back(peer):
    assert peer.proxy.forget(name="x") is None


def test_a_fault_has_its_detail(peer):
    with pytest.raises(Fault) as caught:
        peer.proxy.fail(code=7)
    assert caught.value.string == "code <7>"
    assert caught.value.detail == {"problem": {"code": 7}}


def test_a_wrong_value_is_not_sent(peer):
    with pytest.raises(EncodeError) as caught:
        peer.proxy.echo(order={"id": 1, "kind": "silver", "tags": [], "lines": []})
    assert caught.value.path == "order.kind"


def test_the_namespace_is_ours(peer):
    assert NS.encode() in peer.proxy.create_message("add", 1, 2)
