"""Live calls to a gSOAP server compiled from `servers/gsoap/`, with the WSDL that soapcpp2 makes."""

import datetime as dt
import subprocess
from pathlib import Path

import processes
import pytest
from wsdlproxy import Fault, Proxy

SOURCE = processes.SERVERS / "gsoap"
ORDER = {
    "id": 9007199254740991,
    "name": "<&> \u00e9 \u4e2d",
    "ratio": -2.5,
    "when": dt.datetime(2024, 2, 29, 23, 59, 59, tzinfo=dt.timezone.utc),
    "paid": True,
    "blob": bytes(range(256)),
    "kind": "gold",
    "parent": {
        "id": 1,
        "ratio": 0.1,
        "when": dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc),
        "paid": False,
        "blob": b"",
        "kind": "basic",
        "lines": [],
    },
    "lines": [{"sku": "x", "count": 2}, {"sku": "<y>", "count": -1}],
}


def built(folder, style, encoding):
    """Compiles the server of one style into the folder."""
    soapcpp2, gcc = processes.command("soapcpp2"), processes.command("gcc")
    if not Path("/usr/include/stdsoap2.h").exists():
        pytest.skip("gSOAP's library is not installed: make setup")
    text = (SOURCE / "registry.h").read_text()
    header = folder / "registry.h"
    header.write_text(text.replace("style: STYLE", f"style: {style}").replace("ENCODING\n", f"{encoding}\n"))
    quiet = {"cwd": folder, "check": True, "capture_output": True, "timeout": 120}
    subprocess.run([soapcpp2, "-c", "-S", "-L", "-x", header], **quiet)
    sources = ["soapC.c", "soapServer.c", SOURCE / "server.c"]
    subprocess.run([gcc, "-O1", "-w", "-I.", "-o", "server", *sources, "-lgsoap"], **quiet)
    return folder / "server", folder / "Registry.wsdl"


@pytest.fixture(scope="module", params=["rpc encoded", "rpc literal", "document literal"])
def proxy(request, tmp_path_factory):
    style, encoding = request.param.split()
    server, wsdl = built(tmp_path_factory.mktemp("gsoap"), style, encoding)
    with processes.started(server) as url:
        yield Proxy(wsdl, location=url)


def content(order):
    """Arrays stand for themselves where they are encoded, and under their items' name where they are not."""
    lines = order["lines"]
    return {**order, "lines": lines if isinstance(lines, list) else lines.get("line", [])}


def given(proxy, order):
    """The same order with its lists as this service names them."""
    if b"arrayType" in proxy.create_message("echo", order=order):
        return order
    changed = {**order, "lines": {"line": order["lines"]}}
    if "parent" in order:
        changed["parent"] = given(proxy, order["parent"])
    return changed


def test_everything_comes_back(proxy):
    got = content(proxy.echo(order=given(proxy, ORDER)))
    got["parent"] = content(got["parent"])
    assert got == ORDER


def test_it_is_seen_as_it_was_given(proxy):
    seen = proxy.describe(order=given(proxy, ORDER))
    assert seen == f"9007199254740991|{ORDER['name']}|-2.5|1709251199|1|256|1|x*2|<y>*-1"


def test_two_parameters(proxy):
    # soapcpp2 does not define the result's element for rpc/literal, so it may come as text.
    assert int(proxy.add(2, 40)) == 42
    assert int(proxy.add(b=-1, a=1)) == 0


def test_what_comes_twice_is_the_same(proxy):
    answer = proxy.twins(order=given(proxy, {**ORDER, "parent": ORDER["parent"]}))
    assert answer.one == answer.two
    if b"encodingStyle" in proxy.create_message("add", 1, 2):
        assert answer.one is answer.two  # sent once, with `href` twice


def test_a_fault(proxy):
    with pytest.raises(Fault) as caught:
        proxy.fail(code=7)
    assert caught.value.string == "code <7>"
    assert caught.value.detail == {"problem": "at the sender"}
