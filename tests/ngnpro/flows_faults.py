"""The situation that raises each code, on a platform that the flows have filled."""

from typing import NamedTuple

from flows import ALICE, ENTITY, GONE, ME, NUMBER
from flows_more import MAIL, RANGE, ZONE, A

ADMIN = {"username": "admin", "password": "secret"}
#: Of another reseller than the one that the flows work for.
STRANGER = {"username": "alpine", "password": "demo"}


class Refusal(NamedTuple):
    code: int
    operation: str
    arguments: dict
    auth: dict = ADMIN


INFO = {**ALICE, "username": "info"}
GATEWAY = {"name": "gw1", "carrier_id": "$carrier.id", "ip": "192.0.2.77"}
FULL = {"prefix": "4950", "tld": "e164.arpa"}
ONE, TWO = ({"number": f"4950123456{last}", "tld": "e164.arpa"} for last in (1, 2))
MAPPINGS = [{"type": "sip", "mapto": "sip:a@x.org"}]

REFUSALS = [
    Refusal(1000, "Sip.updateDomain", {"domain": {"domain": "missing.example.com"}}),
    Refusal(1000, "Sip.addAccount", {"account": {"id": {"username": "a", "domain": "missing.example.com"}}}),
    Refusal(1001, "Sip.addDomain", {"domain": {"domain": "flow.example.com"}}),
    Refusal(1010, "Sip.getCallDiversions", {"sipId": GONE}),
    Refusal(1010, "Sip.updateAccount", {"account": {"id": GONE}}),
    Refusal(1011, "Sip.addAccount", {"account": {"id": ALICE, "password": "pw"}}),
    Refusal(1020, "Sip.deleteAlias", {"id": GONE}),
    Refusal(1021, "Sip.addAlias", {"alias": {"id": INFO, "target": ALICE}}),
    Refusal(1030, "Sip.addToGroup", {"sipId": ALICE, "group": "trunking"}),
    Refusal(1031, "Sip.removeFromGroup", {"sipId": ALICE, "group": "sms"}),
    Refusal(1040, "Sip.deletePhonebookEntry", {"sipId": ALICE, "uri": "sip:gone@x.org"}),
    Refusal(1041, "Sip.addPhonebookEntry", {"sipId": ALICE, "entry": {"uri": "sip:b@x.org"}}),
    Refusal(1050, "Sip.addBalanceFromVoucher", {"sipId": ALICE, "card": {"id": 5, "number": "61728390"}}),
    Refusal(1060, "Sip.getMediaTrace", {"filter": {"callId": "unknown"}}),
    Refusal(1070, "Sip.deleteCarrier", {"id": 999999}),
    Refusal(1071, "Sip.addCarrier", {"carrier": {"name": "Flow Telecom", "reseller": "$north.id"}}),
    Refusal(1080, "Sip.deleteGateway", {"id": 999999}),
    Refusal(1081, "Sip.addGateway", {"gateway": GATEWAY}),
    Refusal(1090, "Sip.deleteGatewayRule", {"id": 999999}),
    Refusal(1100, "Sip.deleteRoutes", {"routes": [{"id": 999999}]}),
    Refusal(1101, "Sip.addRoutes", {"routes": [{"prefix": "0031", "carrier_id": "$carrier.id"}]}),
    Refusal(1110, "Sip.deleteTrustedPeer", {"ip": "203.0.113.2"}),
    Refusal(1111, "Sip.addTrustedPeer", {"peer": {"ip": "203.0.113.1"}}),
    Refusal(2000, "Voicemail.updateAccount", {"account": {"sipId": ME, "name": "M"}}),
    Refusal(2001, "Voicemail.addAccount", {"account": {"sipId": ALICE, "name": "A"}}),
    Refusal(3001, "Enum.addNumber", {"number": {"id": NUMBER, "mappings": MAPPINGS}}),
    Refusal(3002, "Enum.deleteNumber", {"enumId": {**NUMBER, "number": "49301111111"}}),
    Refusal(3010, "Enum.deleteRange", {"range": {**RANGE, "prefix": "4999"}}),
    Refusal(3011, "Enum.addRange", {"range": {"id": RANGE}}),
    Refusal(0, "Enum.addRange", {"range": {"id": FULL, "size": 1}}),
    Refusal(0, "Enum.addNumber", {"number": {"id": ONE, "mappings": MAPPINGS}}),
    Refusal(3012, "Enum.addNumber", {"number": {"id": TWO, "mappings": MAPPINGS}}),
    Refusal(0, "Enum.deleteRange", {"range": FULL}),
    Refusal(4001, "Rating.deleteEntityProfiles", {"entity": ENTITY.replace("alice", "nobody")}),
    Refusal(5000, "Customer.deleteAccount", {"id": 999999}),
    Refusal(5001, "Customer.addAccount", {"account": {"username": "flow", "password": "pw"}}),
    Refusal(5002, "Customer.deleteAccount", {"id": "$north.id"}),
    Refusal(7000, "Dns.deleteZone", {"zone": "gone.example.net"}),
    Refusal(7001, "Dns.addZone", {"zone": ZONE}),
    Refusal(7002, "Dns.deleteRecord", {"recordId": 999999}),
    Refusal(7003, "Dns.addRecord", {"record": {**A, "name": "www", "value": "192.0.2.3"}}),
    Refusal(9000, "Sip.getDomains", {"query": {}}, {"username": "admin", "password": "wrong"}),
    Refusal(9000, "Sip.getDomains", {"query": {}}, {"username": "northsea", "password": "demo", "admin": True}),
    Refusal(9001, "Sip.getAccount", {"sipId": ALICE}, STRANGER),
    Refusal(9001, "Customer.updateAccount", {"account": {"id": "$customer.id", "username": "flow"}}, STRANGER),
    Refusal(9002, "Dns.addFancyRecord", {"record": {**MAIL, "type": "A"}}),
]
