"""What every driver does to a platform: writes, then reads that show what was written.

The platform is a fresh `--seed demo`. An administrator writes in the name of the reseller `northsea`; the checks are
made by the administrator, by the reseller's own login, and again after a restart. `"$name.member"` stands for what an
earlier step kept. Expected structs name the members that matter; expected lists are complete.
"""

import json
from typing import Any, NamedTuple

ME = {"username": "31208000004", "domain": "office.harbour.example.com"}
ALICE = {"username": "alice", "domain": "flow.example.com"}
GONE = {"username": "gone", "domain": "flow.example.com"}
NUMBER = {"number": "49301234567", "tld": "e164.arpa"}
SPARE = {"number": "49301234568", "tld": "e164.arpa"}
ENTITY = "subscriber://alice@flow.example.com"
OTHER_ENTITY = "subscriber://31208000004@office.harbour.example.com"


class Write(NamedTuple):
    """A call that must succeed; `keep` gives its result a name, or a part of it: `call=placed.0`."""

    operation: str
    arguments: dict
    keep: str = ""


class Check(NamedTuple):
    """A read with what it must give; an int is the code of a fault. It proves the writes that led to it."""

    operation: str
    arguments: dict
    gives: Any
    proves: str = ""


class Json(NamedTuple):
    """A text that holds JSON, with a part of its content."""

    content: Any

    def matches(self, text):
        return isinstance(text, str) and self.content in json.dumps(json.loads(text))


class Some(NamedTuple):
    """A list of at least this many items, each like `item`."""

    least: int
    item: Any


def where(**members):
    """A query for exactly one thing."""
    return {"query": {"filter": members, "range": {"start": 0, "count": 10}}}


def page(member, *items):
    return {member: list(items), "total": len(items)}


DOMAINS = [
    Write("Sip.addDomain", {"domain": {"domain": "flow.example.com"}}),
    Write("Sip.addDomain", {"domain": {"domain": "gone.example.com"}}),
    Write("Sip.updateDomain", {"domain": {"domain": "flow.example.com", "verify_cert": True}}),
    Write("Sip.deleteDomain", {"domain": "gone.example.com"}),
    Check(
        "Sip.getDomains",
        where(domain="flow.%"),
        page("domains", {"domain": "flow.example.com", "verify_cert": True}),
        "addDomain updateDomain",
    ),
    Check("Sip.getDomains", where(domain="gone.%"), page("domains"), "deleteDomain"),
]

ACCOUNTS = [
    Write("Sip.addAccount", {"account": {"id": ALICE, "password": "pw", "firstName": "Zoë & Co", "groups": ["sms"]}}),
    Write("Sip.addAccount", {"account": {"id": GONE, "password": "pw"}}),
    Write("Sip.updateAccount", {"account": {"id": ALICE, "quota": 7, "acl": [{"ip": "192.0.2.0", "mask": 24}]}}),
    Write("Sip.deleteAccount", {"sipId": GONE}),
    Check(
        "Sip.getAccount",
        {"sipId": ALICE},
        {"id": ALICE, "firstName": "Zoë & Co", "quota": 7, "acl": [{"ip": "192.0.2.0", "mask": 24}]},
        "addAccount updateAccount",
    ),
    Check("Sip.getAccount", {"sipId": GONE}, 1010, "deleteAccount"),
    Check("Sip.getAccounts", where(domain="flow.example.com"), page("accounts", {"id": ALICE})),
    Write("Sip.addAlias", {"alias": {"id": {**ALICE, "username": "info"}, "target": ALICE}}),
    Write("Sip.addAlias", {"alias": {"id": GONE, "target": ALICE}}),
    Write("Sip.updateAlias", {"alias": {"id": {**ALICE, "username": "info"}, "target": ME}}),
    Write("Sip.deleteAlias", {"id": GONE}),
    Check("Sip.getAlias", {"id": {**ALICE, "username": "info"}}, {"target": ME}, "addAlias updateAlias"),
    Check("Sip.getAlias", {"id": GONE}, 1020, "deleteAlias"),
    Check("Sip.getAliases", where(aliasDomain="flow.example.com"), page("aliases", {"target": ME})),
    Write("Sip.addToGroup", {"sipId": ALICE, "group": "trunking"}),
    Write("Sip.removeFromGroup", {"sipId": ALICE, "group": "sms"}),
    Check("Sip.getGroups", {"sipId": ALICE}, ["trunking"], "addToGroup removeFromGroup"),
]

SETTINGS = [
    Write("Sip.addBalance", {"sipId": ALICE, "value": 2.5, "description": "first"}),
    Write("Sip.addBalanceFromVoucher", {"sipId": ALICE, "card": {"id": 5, "number": "61728390"}}),
    Check("Sip.getPrepaidStatus", {"sipIds": [ALICE]}, [{"balance": 12.5}], "addBalance addBalanceFromVoucher"),
    Check(
        "Sip.getCreditHistory",
        {"sipId": ALICE, "count": 9},
        {"entries": [{"value": 10.0, "balance": 12.5}, {"value": 2.5, "description": "first"}]},
        "addBalance addBalanceFromVoucher",
    ),
    Write("Sip.addPhonebookEntry", {"sipId": ALICE, "entry": {"uri": "sip:b@x.org", "name": "Bob"}}),
    Write("Sip.addPhonebookEntry", {"sipId": ALICE, "entry": {"uri": "sip:gone@x.org", "name": "Gone"}}),
    Write(
        "Sip.updatePhonebookEntry",
        {"sipId": ALICE, "entry": {"uri": "sip:b@x.org", "name": "Bobby", "group": "vip"}},
    ),
    Write("Sip.deletePhonebookEntry", {"sipId": ALICE, "uri": "sip:gone@x.org"}),
    Check(
        "Sip.getPhonebookEntries",
        {"sipId": ALICE, "match": {"uri": "%%", "name": "%%"}, "range": {"start": 0, "count": 9}},
        {"entries": [{"uri": "sip:b@x.org", "name": "Bobby", "group": "vip"}]},
        "addPhonebookEntry updatePhonebookEntry deletePhonebookEntry",
    ),
    Write("Sip.setRejectMembers", {"sipId": ALICE, "members": ["sip:spam@x.org"]}),
    Check("Sip.getRejectMembers", {"sipId": ALICE}, ["sip:spam@x.org"], "setRejectMembers"),
    Write("Sip.setBarringPrefixes", {"sipId": ALICE, "prefixes": ["+881", "+882"]}),
    Check("Sip.getBarringPrefixes", {"sipId": ALICE}, ["+881", "+882"], "setBarringPrefixes"),
    Write(
        "Sip.setAcceptRules",
        {
            "sipId": ALICE,
            "rules": {"persistent": [{"start": "22:00", "stop": "07:00", "groups": ["nobody"], "days": 31}]},
        },
    ),
    Check(
        "Sip.getAcceptRules",
        {"sipId": ALICE},
        {"rules": {"persistent": [{"start": "22:00", "groups": ["nobody"], "days": 31}]}, "nonEmptyGroups": ["vip"]},
        "setAcceptRules",
    ),
    Write("Sip.setCallDiversions", {"sipId": ALICE, "diversions": {"FBUS": "<voice-mailbox>"}}),
    Check("Sip.getCallDiversions", {"sipId": ALICE}, {"FBUS": "<voice-mailbox>", "FUNC": None}, "setCallDiversions"),
]

# Calls and phones are not written by provisioning: they are those of the demo.
ACTIVITY = [
    Write("Sip.getCalls", {"sipId": ME, "query": {"placed": {"limit": 9}}}, "call=placed.0"),
    Check(
        "Sip.getCalls",
        {"sipId": ME, "query": {"placed": {"limit": 9}, "received": {"limit": 2}}},
        {"placed": Some(3, {"proxyIP": "$call.proxyIP", "applicationTypes": ["audio"]}), "received": Some(2, {})},
    ),
    Check("Sip.getCallStatistics", {"sipId": ME, "query": {"placed": {"limit": 1}}}, {"placed": {"calls": 3}}),
    Check("Sip.getSipDeviceLocations", {"sipIds": [ME]}, [{"sipId": ME, "locations": Some(1, {"port": 5060})}]),
    Check("Sip.getSipTrace", {"filter": {"nodeIp": "$call.proxyIP", "callId": "$call.sessionId"}}, Json("INVITE")),
    Check("Sip.getMediaTrace", {"filter": {"nodeIp": "$call.proxyIP", "callId": "$call.sessionId"}}, Json("streams")),
    Check("Sip.getMediaSummary", {}, Json("session_count")),
    Check("Sip.getMediaSessions", {}, Json("caller_codec")),
    Check("Network.getStatistics", {}, Json("total_accounts")),
    Check("Network.getStatus", {}, Json("voicemail_server")),
]

ROUTING = [
    Write("Sip.addCarrier", {"carrier": {"name": "Flow"}}, "carrier"),
    Write("Sip.addCarrier", {"carrier": {"name": "Gone"}}, "other"),
    Write("Sip.updateCarrier", {"carrier": {"id": "$carrier.id", "name": "Flow Telecom"}}),
    Write("Sip.deleteCarrier", {"id": "$other.id"}),
    Check(
        "Sip.getCarriers", where(name="Flow%"), page("carriers", {"name": "Flow Telecom"}), "addCarrier updateCarrier"
    ),
    Check("Sip.getCarriers", where(name="Gone"), page("carriers"), "deleteCarrier"),
    Write("Sip.addGateway", {"gateway": {"name": "gw1", "carrier_id": "$carrier.id", "ip": "192.0.2.9"}}, "gateway"),
    Write("Sip.addGateway", {"gateway": {"name": "gw2", "carrier_id": "$carrier.id", "ip": "192.0.2.8"}}, "spare"),
    Write(
        "Sip.updateGateway",
        {"gateway": {"id": "$gateway.id", "name": "gw1", "carrier_id": "$carrier.id", "ip": "192.0.2.9", "port": 5080}},
    ),
    Write("Sip.deleteGateway", {"id": "$spare.id"}),
    Check(
        "Sip.getGateways",
        where(carrier_id="$carrier.id"),
        page("gateways", {"name": "gw1", "port": 5080, "carrier": "Flow Telecom"}),
        "addGateway updateGateway deleteGateway",
    ),
    Write("Sip.addGatewayRule", {"rule": {"gateway_id": "$gateway.id", "prefix": "0031", "strip": 2}}, "rule"),
    Write("Sip.addGatewayRule", {"rule": {"gateway_id": "$gateway.id", "prefix": "0032", "strip": 2}}, "useless"),
    Write(
        "Sip.updateGatewayRule",
        {"rule": {"id": "$rule.id", "gateway_id": "$gateway.id", "prefix": "0031", "strip": 4, "prepend": "+"}},
    ),
    Write("Sip.deleteGatewayRule", {"id": "$useless.id"}),
    Check(
        "Sip.getGatewayRules",
        where(carrier_id="$carrier.id"),
        page("gateway_rules", {"prefix": "0031", "strip": 4, "prepend": "+", "gateway": "gw1"}),
        "addGatewayRule updateGatewayRule deleteGatewayRule",
    ),
    Write(
        "Sip.addRoutes",
        {"routes": [{"prefix": prefix, "carrier_id": "$carrier.id", "priority": 1} for prefix in ("0031", "0032")]},
    ),
    Write("Sip.getRoutes", where(carrier_id="$carrier.id", prefix="0031"), "route=routes.0"),
    Write("Sip.getRoutes", where(carrier_id="$carrier.id", prefix="0032"), "detour=routes.0"),
    Write(
        "Sip.updateRoutes",
        {"routes": [{"id": "$route.id", "prefix": "0031", "carrier_id": "$carrier.id", "priority": 9}]},
    ),
    Write("Sip.deleteRoutes", {"routes": [{"id": "$detour.id"}]}),
    Check(
        "Sip.getRoutes",
        where(carrier_id="$carrier.id"),
        page("routes", {"prefix": "0031", "priority": 9}),
        "addRoutes updateRoutes deleteRoutes",
    ),
    Write("Sip.addTrustedPeer", {"peer": {"ip": "203.0.113.1", "description": "Flow PBX", "callLimit": 3}}),
    Write("Sip.addTrustedPeer", {"peer": {"ip": "203.0.113.2", "description": "Flow gone"}}),
    Write("Sip.updateTrustedPeer", {"peer": {"ip": "203.0.113.1", "tags": "a,b", "prepaid": True}}),
    Write("Sip.deleteTrustedPeer", {"ip": "203.0.113.2"}),
    Check(
        "Sip.getTrustedPeers",
        where(description="Flow%"),
        page("peers", {"ip": "203.0.113.1", "tags": "a,b", "prepaid": True, "callLimit": 3}),
        "addTrustedPeer updateTrustedPeer deleteTrustedPeer",
    ),
]

VOICEMAIL = [
    Write(
        "Voicemail.addAccount",
        {"account": {"sipId": ALICE, "name": "A", "password": "12", "options": {"delete": True}}},
    ),
    Write("Voicemail.addAccount", {"account": {"sipId": ME, "name": "Gone", "password": "12"}}),
    Write("Voicemail.updateAccount", {"account": {"sipId": ALICE, "email": "a@flow.example.com"}}),
    Write("Voicemail.setAnnouncement", {"sipId": ALICE, "message": "RIFF"}),
    Write("Voicemail.deleteAccount", {"sipId": ME}),
    Check(
        "Voicemail.getAccount",
        {"sipId": ALICE},
        {"name": "A", "email": "a@flow.example.com", "options": {"delete": True}, "info": "own announcement"},
        "addAccount updateAccount setAnnouncement",
    ),
    Check("Voicemail.getAccount", {"sipId": ME}, 2000, "deleteAccount"),
]
