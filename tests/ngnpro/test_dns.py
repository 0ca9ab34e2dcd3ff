"""DNS zones, records, e-mail aliases and web redirects."""

import pytest
from platform_client import fresh, refused

PAGE = {"start": 0, "count": 20}


@pytest.fixture
def reseller(platform):
    return platform.reseller()["id"]


@pytest.fixture
def zone(platform, reseller):
    names = ["ns1.example.com", "ns2.example.com"]
    return platform.Dns.addZone({"name": fresh("Zone") + ".net", "nameservers": names, "customer": reseller})


def test_zones(platform, reseller, zone):
    dns, name = platform.Dns, zone["name"]
    assert name == name.lower() and (zone["ttl"], zone["reseller"]) == (3600, reseller)
    assert dns.getZone(name.upper()) == zone
    assert dns.getZones({"filter": {"name": name, "reseller": reseller}, "range": PAGE}) == {
        "zones": [zone],
        "total": 1,
    }
    refused(7001, dns.addZone, {"name": name})
    dns.updateZone({**zone, "info": "changed", "nameservers": ["ns3.example.com"], "serial": 1})
    read = dns.getZone(name)
    assert (read["info"], read["nameservers"]) == ("changed", ["ns3.example.com"])
    assert read["serial"] > zone["serial"]
    dns.deleteZone(name)
    for call in (dns.getZone, dns.deleteZone):
        refused(7000, call, name)
    refused(7000, dns.updateZone, zone)


def test_records(platform, zone):
    dns, name = platform.Dns, zone["name"]
    naptr = '10 50 "s" "SIP+D2U" "" _sip._udp'
    made = dns.addRecord({"name": "", "zone": name, "type": "naptr", "value": naptr, "ttl": 600, "priority": 50})
    assert (made["type"], made["value"], made["customer"]) == ("NAPTR", naptr, zone["customer"])
    assert dns.getRecord(made["id"]) == made
    refused(7003, dns.addRecord, {**made, "id": None})
    dns.addRecord({"name": "www", "zone": name, "type": "A", "value": "192.0.2.1", "ttl": 0})
    query = {"filter": {"id": 0, "zone": name, "type": "A"}, "range": PAGE}
    found = dns.getRecords(query)
    assert (found["total"], found["records"][0]["ttl"]) == (1, 0)
    by_number = dns.getRecords({"filter": {"id": made["id"]}, "range": {"start": 0, "count": 1}})
    assert by_number == {"records": [made], "total": 1}
    dns.updateRecord({**made, "ttl": 60})
    assert dns.getRecord(made["id"])["ttl"] == 60
    assert dns.getZone(name)["serial"] > zone["serial"]
    dns.deleteRecord(str(made["id"]))
    for call in (dns.getRecord, dns.deleteRecord):
        refused(7002, call, made["id"])
    refused(7000, dns.addRecord, {"zone": "no.such", "type": "A", "value": "192.0.2.1"})
    refused(9002, dns.addRecord, {"zone": name, "type": "BOGUS", "value": "x"})


def test_fancy_records(platform, zone):
    dns, name = platform.Dns, zone["name"]
    mail = {"name": f"info@{name}", "zone": name, "type": "MBOXFW", "value": "alice@example.org", "owner": 5}
    made = dns.addFancyRecord(mail)
    dns.addFancyRecord({"name": "www", "zone": name, "type": "URL", "value": "https://example.org/?a=1&b=2"})
    assert dns.getFancyRecord(made["id"]) == made
    query = {"filter": {"zone": name, "type": "URL"}, "range": PAGE}
    assert dns.getFancyRecords(query)["records"][0]["value"] == "https://example.org/?a=1&b=2"
    dns.updateFancyRecord({**made, "value": "bob@example.org"})
    assert dns.getFancyRecord(made["id"])["value"] == "bob@example.org"
    assert dns.getRecords({"filter": {"zone": name}})["total"] == 0
    refused(9002, dns.addFancyRecord, {**mail, "type": "A"})
    for wrong in ("info", "info@example.org", f"@{name}", f"info@x{name}"):
        refused(9002, dns.addFancyRecord, {**mail, "name": wrong})
    assert dns.addFancyRecord({**mail, "name": f"Info@lists.{name}"})
    dns.deleteFancyRecord(made["id"])
    refused(7002, dns.getFancyRecord, made["id"])


def test_ownership_and_cascade(platform, zone):
    dns, other = platform.Dns, platform.reseller()
    stranger = platform.act_as(other["username"], "pw").Dns
    made = dns.addRecord({"name": "a", "zone": zone["name"], "type": "A", "value": "192.0.2.1"})
    refused(9001, stranger.getZone, zone["name"])
    refused(9001, stranger.deleteRecord, made["id"])
    refused(9001, stranger.addRecord, {**made, "name": "b"})
    dns.updateZone({**zone, "customer": other["id"]})
    assert stranger.getRecord(made["id"])["customer"] == other["id"]
    stranger.deleteZone(zone["name"])
    refused(7002, dns.getRecord, made["id"])
