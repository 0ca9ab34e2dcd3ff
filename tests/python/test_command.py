"""`python -m wsdlproxy URL`."""

import json
import subprocess
import sys
from pathlib import Path

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


CASES = Path(__file__).parents[1] / "wsdl"


def test_choices():
    listing = text(CASES / "choice.wsdl", "--operation", "echo")
    assert "        (one of mail | phone | street, town)\n" in listing
    assert "      (at most one of x | y)\n" in listing
    definition = wsdlproxy.load(CASES / "choice.wsdl")
    branches = [["mail"], ["phone"], ["street", "town"]]
    assert definition.operations["echo"]["choices"][0] == {"required": True, "branches": branches}
    assert definition.types["Value"]["choices"][1] == {"required": False, "branches": [["x"], ["y"]]}
    assert "one of mail | phone | street, town" in definition.proxy().echo.__doc__


def test_repeated_choices():
    listing = text(CASES / "choice-repeated.wsdl")
    assert "echo(_choice: list of struct = None) -> list of struct" in listing
    assert "      _choice: list of struct, optional\n          add: xsd:int, optional\n" in listing
    assert "          (one of add | remove | note)\n" in listing
    assert "            car: Car, optional\n" in text(CASES / "substitution-group.wsdl", "--operation", "echo")
    assert "  Car: struct" in text(CASES / "substitution-group.wsdl", "--operation", "echo")


def test_types_without_a_name():
    inner = "<xsd:complexType><xsd:sequence><xsd:element name='y' type='xsd:int'/></xsd:sequence></xsd:complexType>"
    wsdl = wsdls.echo(f"<xsd:element name='x' maxOccurs='9'>{inner}</xsd:element>")
    listing = run("-", "--operation", "echo", input=wsdl).stdout.decode()
    assert "        parameter x: struct\n            y: xsd:int\n" in listing


def test_types_without_a_name_are_not_described_endlessly():
    # Each of a hundred elements holds two others: written out it would be 2 to the 50th.
    pair = "<xsd:element ref='t:a{0}'/><xsd:element ref='t:b{0}' minOccurs='0'/>"
    kind = "<xsd:element name='{}{}'><xsd:complexType><xsd:sequence>{}</xsd:sequence></xsd:complexType></xsd:element>"
    types = "".join(kind.format(letter, n, pair.format((n + 1) % 50)) for n in range(50) for letter in "ab")
    definition = wsdlproxy.load(wsdls.echo("<xsd:element ref='t:a1' minOccurs='0'/>", types=types))
    parameter = definition.operations["echo"]["parameters"][0]
    assert [member["name"] for member in parameter["members"]] == ["a2", "b2"]
    assert len(str(definition.ports)) < 1_000_000
    assert len(str(definition.types)) < 1_000_000


def test_facets():
    listing = text(CASES / "facets.wsdl")
    assert "  Short: xsd:string, minLength 1, maxLength 5\n" in listing
    assert "  Between: xsd:int, minExclusive 0, maxExclusive 10\n" in listing
    types = wsdlproxy.load(CASES / "facets.wsdl").types
    assert dict(types["Amount"]["facets"]) == {
        "minInclusive": "0",
        "maxInclusive": "999999.99",
        "totalDigits": "8",
        "fractionDigits": "2",
    }
    assert types["Code"]["facets"] == [("pattern", "[A-Z]{2}[0-9]+")]


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
