"""Carriers, gateways, gateway rules, routes and trusted peers."""

import pytest
from platform_client import fresh, refused

PAGE = {"start": 0, "count": 20}


def one(answer, member):
    assert answer["total"] == 1
    return answer[member][0]


@pytest.fixture
def reseller(platform):
    return platform.reseller()["id"]


@pytest.fixture
def carrier(platform, reseller):
    return platform.Sip.addCarrier({"name": fresh("Carrier"), "reseller": reseller})


@pytest.fixture
def gateway(platform, carrier):
    return platform.Sip.addGateway({"name": "gw1", "carrier_id": carrier["id"], "ip": "192.0.2.10"})


def test_carriers(platform, reseller, carrier):
    sip = platform.Sip
    query = {
        "filter": {"id": 0, "name": "", "reseller": reseller},
        "orderBy": {"attribute": "name", "direction": "ASC"},
        "range": PAGE,
    }
    assert one(sip.getCarriers(query), "carriers") == carrier
    refused(1071, sip.addCarrier, {"name": carrier["name"], "reseller": reseller})
    sip.updateCarrier({**carrier, "name": "Renamed"})
    assert one(sip.getCarriers({"filter": {"id": carrier["id"]}}), "carriers")["name"] == "Renamed"
    sip.deleteCarrier(carrier["id"])
    assert sip.getCarriers(query) == {"carriers": [], "total": 0}
    refused(1070, sip.deleteCarrier, carrier["id"])
    refused(1070, sip.updateCarrier, carrier)


def test_gateways(platform, reseller, carrier, gateway):
    sip = platform.Sip
    assert (gateway["transport"], gateway["port"]) == ("udp", 5060)
    assert (gateway["carrier"], gateway["reseller"]) == (carrier["name"], reseller)
    refused(1070, sip.addGateway, {"name": "x", "carrier_id": 999999, "ip": "192.0.2.1"})
    refused(1081, sip.addGateway, {"name": "gw1", "carrier_id": carrier["id"], "ip": "192.0.2.1"})
    for wrong in ({"port": 70000}, {"transport": "avian"}, {"ip": " "}):
        refused(9002, sip.updateGateway, {**gateway, **wrong})
    sip.updateGateway({**gateway, "ip": "gw.example.com", "port": 5080, "carrier": "ignored"})
    query = {"filter": {"carrier_id": carrier["id"]}, "orderBy": {"attribute": "ip", "direction": "ASC"}}
    read = one(sip.getGateways(query), "gateways")
    assert (read["ip"], read["port"], read["carrier"]) == ("gw.example.com", 5080, carrier["name"])
    sip.deleteGateway(gateway["id"])
    refused(1080, sip.deleteGateway, gateway["id"])


def test_gateway_rules_follow_their_gateway(platform, carrier, gateway):
    sip = platform.Sip
    rule = {"gateway_id": gateway["id"], "prefix": "0031", "prepend": "", "strip": 2, "minLength": 0}
    made = sip.addGatewayRule(rule)
    assert (made["gateway"], made["carrier"], made["carrier_id"]) == ("gw1", carrier["name"], carrier["id"])
    sip.updateGateway({**gateway, "name": "gw2"})
    sip.updateCarrier({**carrier, "name": "Other"})
    sip.updateGatewayRule({**made, "strip": 4})
    query = {"filter": {"gateway_id": gateway["id"], "prefix": "00%"}, "range": PAGE}
    read = one(sip.getGatewayRules(query), "gateway_rules")
    assert (read["gateway"], read["carrier"], read["strip"]) == ("gw2", "Other", 4)
    refused(1080, sip.addGatewayRule, {**rule, "gateway_id": 999999})
    sip.deleteGatewayRule(made["id"])
    refused(1090, sip.deleteGatewayRule, made["id"])
    sip.addGatewayRule(rule)
    sip.deleteGateway(gateway["id"])
    assert sip.getGatewayRules(query)["total"] == 0


def test_routes_come_in_lists_that_hold_together(platform, carrier):
    sip, number = platform.Sip, carrier["id"]
    routes = [
        {"prefix": p, "originator": "", "carrier_id": number, "priority": i} for i, p in enumerate(("0031", "0032"))
    ]
    assert sip.addRoutes(routes) is None
    query = {"filter": {"carrier_id": number}, "orderBy": {"attribute": "prefix", "direction": "DESC"}}
    read = sip.getRoutes(query)
    assert [(r["prefix"], r["priority"], r["carrier"]) for r in read["routes"]] == [
        ("0032", 1, carrier["name"]),
        ("0031", 0, carrier["name"]),
    ]
    refused(1101, sip.addRoutes, [{"prefix": "0033", "carrier_id": number}, routes[0]])
    assert sip.getRoutes(query)["total"] == 2
    sip.updateRoutes([{**read["routes"][0], "priority": 9}])
    assert sip.getRoutes(query)["routes"][0]["priority"] == 9
    refused(1100, sip.deleteRoutes, [{"id": read["routes"][0]["id"]}, {"id": 999999}])
    sip.deleteRoutes([{"id": route["id"]} for route in read["routes"]])
    assert sip.getRoutes(query)["total"] == 0


def test_trusted_peers(platform, reseller):
    sip, ip = platform.Sip, f"198.51.100.{reseller % 250}"
    add = {
        "ip": ip,
        "description": fresh("PBX"),
        "callLimit": 30,
        "msteams": False,
        "enumLookup": 1,
        "transit": 0,
        "blocked": 0,
        "customer": reseller,
        "reseller": reseller,
    }
    made = sip.addTrustedPeer(add)
    assert (made["enumLookup"], made["transit"], made["reseller"]) == (True, False, reseller)
    refused(1111, sip.addTrustedPeer, add)
    sip.updateTrustedPeer({"ip": ip, "tags": "a,b", "billingId": "B1", "authToken": "t", "prepaid": True})
    query = {
        "filter": {"ip": "", "description": made["description"], "tags": "%%", "msteams": False},
        "orderBy": {"attribute": "description", "direction": "ASC"},
        "range": PAGE,
    }
    read = one(sip.getTrustedPeers(query), "peers")
    assert (read["tags"], read["prepaid"], read["callLimit"]) == ("a,b", True, 30)
    query["filter"]["msteams"] = True
    assert sip.getTrustedPeers(query)["total"] == 0
    sip.deleteTrustedPeer(ip)
    refused(1110, sip.deleteTrustedPeer, ip)


def test_routing_belongs_to_resellers(platform, carrier, gateway):
    stranger = platform.reseller()
    customer = platform.customer(reseller=stranger["id"])
    other = platform.act_as(stranger["username"], "pw").Sip
    refused(9001, other.deleteCarrier, carrier["id"])
    refused(9001, other.addGateway, {"name": "x", "carrier_id": carrier["id"], "ip": "192.0.2.1"})
    refused(9001, other.addRoutes, [{"prefix": "00", "carrier_id": carrier["id"]}])
    assert other.addCarrier({"name": "Own", "reseller": 1})["reseller"] == stranger["id"]
    assert [c["name"] for c in other.getCarriers({})["carriers"]] == ["Own"]
    mere = platform.act_as(customer["username"], "pw").Sip
    refused(9001, mere.addCarrier, {"name": "Mine"})
    assert mere.getCarriers({})["total"] == 0


def test_a_carrier_belongs_to_a_reseller_that_exists(platform, reseller, carrier, gateway):
    sip, other = platform.Sip, platform.reseller()
    customer = platform.customer(reseller=reseller)["id"]
    refused(5000, sip.addCarrier, {"name": fresh("Carrier"), "reseller": 1})
    refused(5000, sip.updateCarrier, {**carrier, "reseller": 1})
    assert sip.addCarrier({"name": fresh("Carrier"), "reseller": customer})["reseller"] == reseller
    sip.addGatewayRule({"gateway_id": gateway["id"], "prefix": "0031"})
    sip.addRoutes([{"carrier_id": carrier["id"], "prefix": "0031"}])
    # What belongs to a carrier goes with it, but only an administrator can give it away.
    platform.act_as(impersonate=reseller).Sip.updateCarrier({**carrier, "reseller": other["id"]})
    own = platform.act_as(other["username"], "pw").Sip
    assert own.getCarriers({})["total"] == 0
    sip.updateCarrier({**carrier, "reseller": other["id"]})
    listings = (own.getCarriers, own.getGateways, own.getGatewayRules, own.getRoutes)
    assert [listing({})["total"] for listing in listings] == [1, 1, 1, 1]
    own.deleteGateway(gateway["id"])
