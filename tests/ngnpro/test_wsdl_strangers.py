"""`examples/ngnpro/ngnpro.wsdl` loads in the SOAP stacks of others, and means the same to each of them."""

import json

from strangers import WSDL, php, suds_client, zeep_client

OPERATIONS = {
    "SipPort": 60,
    "VoicemailPort": 5,
    "EnumPort": 9,
    "DnsPort": 15,
    "RatingPort": 3,
    "CustomerPort": 8,
    "NetworkPort": 2,
    "PresencePort": 6,
}


def test_php_client_and_server_load_it():
    seen = json.loads(php("load.php", str(WSDL)))
    assert seen["functions"] == sum(OPERATIONS.values())
    assert seen["types"] > 100
    assert (seen["username"], seen["filter"], seen["count"]) == ("admin", "%example%", 20)
    assert 'xsi:type="ns2:SipDomain"' in seen["response"]
    assert '<total xsi:type="xsd:int">1</total>' in seen["response"]


def test_zeep_loads_it():
    services = zeep_client(WSDL).wsdl.services
    assert list(services) == ["NGNPro", "SoapSIMPLEProxy"]
    found = {p.name: len(p.binding._operations) for s in services.values() for p in s.ports.values()}
    assert found == OPERATIONS


def test_suds_loads_it():
    client = suds_client(WSDL.as_uri())
    found = {port[0].name: len(port[1]) for service in client.sd for port in service.ports}
    assert found == OPERATIONS


def test_zeep_reads_the_members_of_the_published_fragment():
    """The order and the types of EnumRange are the only authentic ones."""
    kind = zeep_client(WSDL).get_type("{urn:AGProjects:NGNPro}EnumRange")
    assert [(name, element.type.name) for name, element in kind.elements] == [
        ("id", "EnumRangeId"),
        ("ttl", "nonNegativeInteger"),
        ("minDigits", "int"),
        ("maxDigits", "int"),
        ("size", "int"),
        ("nameservers", "StringArray"),
        ("used", "int"),
        ("serial", "int"),
        ("customer", "integer"),
        ("reseller", "integer"),
        ("changeDate", "string"),
        ("info", "string"),
    ]
