"""suds drives the server; what it writes zeep reads. For zeep and SoapClient see test_operations.py."""

import pytest
import suds
from strangers import suds_client


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
