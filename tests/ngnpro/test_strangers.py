"""suds and PHP's SoapClient drive the server; what one writes the other reads."""

import json

import pytest
import suds
from strangers import php, suds_client


def test_suds(server, platform):
    client = suds_client(server.url + "wsdl")
    header = client.factory.create("{urn:AGProjects:NGNPro}Auth")
    header.username, header.password = "admin", "secret"
    client.set_options(soapheaders={"auth": header}, service="NGNPro", port="SipPort")
    name = platform.domain()
    account = client.factory.create("{urn:AGProjects:NGNPro}SipAccount")
    account.id = {"username": "suds", "domain": name}
    account.firstName, account.prepaid = "Zoë & Co", True
    account.groups = client.factory.create("{urn:AGProjects:NGNPro}StringArray")
    account.groups.item = ["free-pstn", "sms"]
    made = client.service.addAccount(account)
    assert made.id.username == "suds" and made.email == f"suds@{name}"
    read = platform.Sip.getAccount({"username": "suds", "domain": name})
    assert (read["firstName"], read["prepaid"], read["groups"]) == ("Zoë & Co", True, ["free-pstn", "sms"])
    found = client.service.getAccounts({"filter": {"domain": name}, "range": {"start": 0, "count": 5}})
    assert found.total == 1 and found.accounts[0].groups == ["free-pstn", "sms"]
    with pytest.raises(suds.WebFault) as caught:
        client.service.addAccount(account)
    assert int(caught.value.fault.detail.exception.errorcode) == 1011


def test_php(server, platform):
    seen = json.loads(php("flows.php", server.url))
    assert seen["faults"] == {
        "domain": 1001,
        "account": 1011,
        "group": 1030,
        "voicemail": 2000,
        "number": 3002,
        "rating": 4001,
        "customer": 5001,
        "zone": 7001,
        "record": 7003,
        "login": 9000,
        "presence": 9000,
    }
    account = seen["account"]
    assert account["groups"] == ["free-pstn", "sms"] and account["acl"] == []
    assert account["properties"] == [{"name": "language", "value": "nl & en"}]
    assert (account["prepaid"], account["quota"], account["firstName"]) == (True, 10, "Zoë <PHP>")
    assert seen["page"]["total"] == 1 and len(seen["page"]["accounts"]) == 1
    assert seen["reject"] == ["sip:a@b.c"] and seen["rejectAfter"] == []
    assert seen["diversions"]["FBUS"] == "<voice-mailbox>" and seen["diversions"]["FUNC"] is None
    assert seen["mappings"] == ["sip:php@example.com"]
    assert seen["balance"] == {"old_balance": 0, "new_balance": 7.5}
    assert seen["activity"] == "busy"
    assert "sip_proxy" in seen["network"]
    assert seen["customer"]["username"] == platform.Customer.getAccount(seen["customer"]["id"])["username"]
    assert platform.Sip.getAccount(account["id"])["firstName"] == "Zoë <PHP>"
