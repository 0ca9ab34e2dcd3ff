"""The flows of the ports beside SIP and voicemail."""

from flows import ALICE, ENTITY, ME, NUMBER, OTHER_ENTITY, SPARE, Check, Write, page, where

RANGE = {"prefix": "4930", "tld": "e164.arpa"}

ENUM = [
    Write("Enum.addRange", {"range": {"id": RANGE, "size": 5, "nameservers": ["ns1.example.com", "ns2.example.com"]}}),
    Write("Enum.addRange", {"range": {"id": {**RANGE, "prefix": "4940"}}}),
    Write("Enum.updateRange", {"range": {"id": RANGE, "info": "Berlin", "ttl": 600}}),
    Write("Enum.deleteRange", {"range": {**RANGE, "prefix": "4940"}}),
    Write("Enum.addNumber", {"number": {"id": NUMBER, "mappings": [{"type": "sip", "mapto": "sip:a@x.org"}]}}),
    Write("Enum.addNumber", {"number": {"id": SPARE, "mappings": [{"type": "sip", "mapto": "sip:b@x.org"}]}}),
    Write(
        "Enum.updateNumber",
        {
            "number": {
                "id": NUMBER,
                "info": "desk",
                "mappings": [{"type": "sip", "mapto": "sip:c@x.org"}, {"type": "mailto", "mapto": "mailto:c@x.org"}],
            }
        },
    ),
    Write("Enum.deleteNumber", {"enumId": SPARE}),
    Check(
        "Enum.getRanges",
        where(prefix="49%"),
        page(
            "ranges",
            {
                "id": RANGE,
                "ttl": 600,
                "info": "Berlin",
                "used": 1,
                "nameservers": ["ns1.example.com", "ns2.example.com"],
            },
        ),
        "addRange updateRange deleteRange",
    ),
    Check(
        "Enum.getNumber",
        {"enumId": NUMBER},
        {"info": "desk", "mappings": [{"mapto": "sip:c@x.org"}, {"type": "mailto", "priority": 5}]},
        "addNumber updateNumber",
    ),
    Check("Enum.getNumber", {"enumId": SPARE}, 3002, "deleteNumber"),
    Check("Enum.getNumbers", where(number="4930%"), page("numbers", {"id": NUMBER})),
]

ZONE = {"name": "flow.example.net", "ttl": 3600, "nameservers": ["ns1.example.com", "ns2.example.com"]}
A = {"zone": "flow.example.net", "type": "A"}
MAIL = {"zone": "flow.example.net", "type": "MBOXFW", "value": "a@x.org"}

DNS = [
    Write("Dns.addZone", {"zone": ZONE}),
    Write("Dns.addZone", {"zone": {"name": "gone.example.net"}}),
    Write("Dns.updateZone", {"zone": {**ZONE, "info": "Flow zone"}}),
    Write("Dns.deleteZone", {"zone": "gone.example.net"}),
    Check(
        "Dns.getZone",
        {"zone": "flow.example.net"},
        {"info": "Flow zone", "nameservers": ["ns1.example.com", "ns2.example.com"]},
        "addZone updateZone",
    ),
    Check("Dns.getZone", {"zone": "gone.example.net"}, 7000, "deleteZone"),
    Check("Dns.getZones", where(info="Flow%"), page("zones", {"name": "flow.example.net"})),
    Write("Dns.addRecord", {"record": {**A, "name": "www", "value": "192.0.2.1"}}, "www"),
    Write("Dns.addRecord", {"record": {**A, "name": "old", "value": "192.0.2.2"}}, "old"),
    Write("Dns.updateRecord", {"record": {**A, "id": "$www.id", "name": "www", "value": "192.0.2.3", "ttl": 60}}),
    Write("Dns.deleteRecord", {"recordId": "$old.id"}),
    Check("Dns.getRecord", {"recordId": "$www.id"}, {"value": "192.0.2.3", "ttl": 60}, "addRecord updateRecord"),
    Check("Dns.getRecord", {"recordId": "$old.id"}, 7002, "deleteRecord"),
    Check("Dns.getRecords", where(zone="flow.example.net"), page("records", {"value": "192.0.2.3"})),
    Write("Dns.addFancyRecord", {"record": {**MAIL, "name": "info@flow.example.net"}}, "info"),
    Write("Dns.addFancyRecord", {"record": {**MAIL, "name": "old@flow.example.net"}}, "older"),
    Write(
        "Dns.updateFancyRecord",
        {"record": {**MAIL, "id": "$info.id", "name": "info@flow.example.net", "value": "b@x.org"}},
    ),
    Write("Dns.deleteFancyRecord", {"recordId": "$older.id"}),
    Check("Dns.getFancyRecord", {"recordId": "$info.id"}, {"value": "b@x.org"}, "addFancyRecord updateFancyRecord"),
    Check("Dns.getFancyRecord", {"recordId": "$older.id"}, 7002, "deleteFancyRecord"),
    Check("Dns.getFancyRecords", where(zone="flow.example.net"), page("records", {"value": "b@x.org"})),
]

RATING = [
    Write(
        "Rating.setEntityProfiles", {"profiles": {"entity": ENTITY, "profileWeekday": "3", "timezone": "Europe/Paris"}}
    ),
    Write("Rating.setEntityProfiles", {"profiles": {"entity": OTHER_ENTITY, "profileWeekday": "4"}}),
    Write("Rating.deleteEntityProfiles", {"entity": OTHER_ENTITY}),
    Check(
        "Rating.getEntityProfiles",
        {"entity": ENTITY},
        {"profileWeekday": "3", "timezone": "Europe/Paris"},
        "setEntityProfiles",
    ),
    Check("Rating.getEntityProfiles", {"entity": OTHER_ENTITY}, 4001, "deleteEntityProfiles"),
]

CUSTOMER = {"username": "flow", "password": "pw", "organization": "Flow Ltd", "reseller": "$north.id"}
PROPERTY = {"name": "sip_credit", "category": "credit", "value": "5", "permission": "admin"}

CUSTOMERS = [
    Write("Customer.addAccount", {"account": CUSTOMER}, "customer"),
    Write("Customer.addAccount", {"account": {**CUSTOMER, "username": "flow-gone"}}, "left"),
    Write("Customer.updateAccount", {"account": {"id": "$customer.id", "username": "flow", "city": "Lyon"}}),
    Write("Customer.deleteAccount", {"id": "$left.id"}),
    Write("Customer.setProperties", {"customer": "$customer.id", "properties": [PROPERTY]}),
    Check(
        "Customer.getAccount",
        {"id": "$customer.id"},
        {"username": "flow", "organization": "Flow Ltd", "city": "Lyon", "reseller": "$north.id"},
        "addAccount updateAccount",
    ),
    Check("Customer.getAccount", {"id": "$left.id"}, 5000, "deleteAccount"),
    Check("Customer.getCustomers", where(username="flow%"), page("accounts", {"username": "flow"})),
    Check("Customer.getResellers", where(username="north%"), page("accounts", {"id": "$north.id"})),
    Check("Customer.getProperties", {"customer": "$customer.id"}, [PROPERTY], "setProperties"),
]

PRESENCE = [
    Write(
        "Presence.setPresenceInformation",
        {"sipId": ALICE, "password": "pw", "information": {"activity": "busy", "note": "at <2>"}},
    ),
    Write("Presence.setPolicy", {"sipId": ALICE, "password": "pw", "policy": {"allow": ["sip:a@x.org"], "deny": []}}),
    Write(
        "Presence.setPresenceInformation", {"sipId": ME, "password": "demo0004", "information": {"activity": "idle"}}
    ),
    Write("Presence.deletePresenceInformation", {"sipId": ME, "password": "demo0004"}),
    Write("Sip.addPhonebookEntry", {"sipId": ME, "entry": {"uri": "sip:alice@flow.example.com", "name": "Alice"}}),
    Check(
        "Presence.getPresenceInformation",
        {"sipId": ALICE, "password": "pw"},
        {"activity": "busy", "note": "at <2>"},
        "setPresenceInformation",
    ),
    Check(
        "Presence.getPresenceInformation",
        {"sipId": ME, "password": "demo0004"},
        {"activity": None},
        "deletePresenceInformation",
    ),
    Check("Presence.getPresenceInformation", {"sipId": ALICE, "password": "wrong"}, 9000),
    Check(
        "Presence.getPolicy", {"sipId": ALICE, "password": "pw"}, {"allow": ["sip:a@x.org"], "deny": []}, "setPolicy"
    ),
    Check("Presence.getWatchers", {"sipId": ALICE, "password": "pw"}, ["31208000004@office.harbour.example.com"]),
]
