"""`python -m wsdlproxy URL`."""

import json
import subprocess
import sys

import wsdlproxy
import wsdls
from peers import WSDL


def run(*arguments, **options):
    command = [sys.executable, "-m", "wsdlproxy", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=60, check=False, **options)


def text(*arguments):
    done = run(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def test_listing():
    listing = text(WSDL)
    assert "Port SipPort of service NGNPro (SOAP 1.1)" in listing
    assert "    addToGroup(sipId: SipId, group: xsd:string) -> None" in listing
    assert "Port PresencePort of service SoapSIMPLEProxy" in listing
    assert "  SipAccount: struct" in listing
    assert "      username: xsd:string" in listing


def test_one_operation():
    listing = text(WSDL, "--port", "sipport", "--operation", "addalias")
    assert "parameter alias: SipAlias" in listing
    assert "header auth: Auth" in listing
    assert "addDomain" not in listing
    assert "  SipAlias: struct" in listing
    assert "SipAccount: struct" not in listing


def test_json():
    found = json.loads(text(WSDL, "--json"))
    assert set(found["services"]) == {"NGNPro", "SoapSIMPLEProxy"}
    assert len(found["ports"]) == 8
    operation = found["ports"]["SipPort"]["operations"]["addToGroup"]
    assert [item["name"] for item in operation["parameters"]] == ["sipId", "group"]
    assert found["types"]["SipId"]["members"][0]["name"] == "username"
    one = json.loads(text(WSDL, "--json", "--port", "EnumPort", "--operation", "getRange" + "s"))
    assert list(one["ports"]) == ["EnumPort"]
    assert list(one["ports"]["EnumPort"]["operations"]) == ["getRanges"]


def test_standard_input_and_warnings():
    done = run("-", input=wsdls.echo(wsdls.member("v", "xsd:int")))
    assert done.returncode == 0
    assert b"echo(v: xsd:int = None) -> xsd:int" in done.stdout


def test_a_url(ngnpro):
    assert "addDomain(domain: SipDomain)" in text(ngnpro.rstrip("/") + "/wsdl", "--port", "SipPort")


def test_failures():
    for arguments in (
        ["/nowhere.wsdl"],
        [WSDL, "--port", "X"],
        [WSDL, "--operation", "X"],
        ["http://127.0.0.1:9/"],
    ):
        done = run(*arguments)
        assert done.returncode == 1
        assert done.stdout == b""
        assert b"Error: " in done.stderr or b"UnknownOperation: " in done.stderr
        assert b"Traceback" not in done.stderr
    assert run().returncode == 2
    assert b"did you mean 'addAccount'?" in run(WSDL, "--operation", "addAcount").stderr


def test_version():
    assert run("--version").stdout.split() == [b"wsdlproxy", wsdlproxy.__version__.encode()]
