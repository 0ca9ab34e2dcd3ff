"""The main job against NGNPro's embedded server: domains, accounts, aliases, groups, credentials."""

import re
import time

import pytest
from peers import WSDL
from wsdlproxy import Fault, PortError, Proxy, Struct, UsageError

ADMIN = {"username": "admin", "password": "secret"}


@pytest.fixture(scope="module")
def sip(ngnpro):
    return Proxy(ngnpro.rstrip("/") + "/wsdl", port="SipPort", location=ngnpro, auth=ADMIN)


@pytest.fixture(scope="module")
def domain(sip):
    sip.addDomain(domain={"domain": "python.example"})
    return "python.example"


def test_the_guide(sip, domain):
    who = {"username": "alice", "domain": domain}
    account = {"id": who, "password": "s3cret", "firstName": "Alice", "lastName": "L\u00e9a <&>", "quota": 5}
    account = sip.addAccount(account)
    assert type(account) is Struct
    assert account.id == who
    assert account.lastName == "L\u00e9a <&>"
    assert "s3cret" not in repr(account)
    sip.addAlias(alias={"id": {"username": "info", "domain": domain}, "target": who})
    sip.addToGroup(who, "free-pstn")
    assert "free-pstn" in sip.getGroups(sipId=who)
    sip.removeFromGroup(sipId=who, group="free-pstn")
    assert sip.getGroups(who) == []
    assert sip.getAlias({"username": "info", "domain": domain}).target == who

    account.quota = 7
    assert sip.updateAccount(account) is None
    assert sip.getAccount(who).quota == 7
    assert sip.deleteAccount(sipId=who) is None


def test_a_fault(sip, domain):
    with pytest.raises(Fault) as caught:
        sip.getAccount({"username": "nobody", "domain": domain})
    assert caught.value.code.endswith("Server")
    assert caught.value.detail["exception"].errorcode == 1010
    assert caught.value.string


def test_pages(sip, domain):
    for number in range(5):
        sip.addAccount(account={"id": {"username": f"page{number}", "domain": domain}, "password": "x"})
    page = sip.getAccounts(
        query={
            "filter": {"username": "page%", "domain": domain},
            "orderBy": {"attribute": "username", "direction": "DESC"},
            "range": {"start": 0, "count": 2},
        }
    )
    assert page.total == 5
    assert [account.id.username for account in page.accounts] == ["page4", "page3"]


def test_wrong_credentials(sip):
    with pytest.raises(Fault):
        sip.with_options(auth={"username": "admin", "password": "wrong"}).getDomains(query={})


def test_impersonation_and_customers(ngnpro, sip):
    url = ngnpro.rstrip("/") + "/wsdl"
    customers = sip.definition.proxy("CustomerPort")
    reseller = customers.addAccount(account={"username": "re", "password": "pw", "reseller": 0, "resellerActive": True})
    as_reseller = sip.with_options(impersonate=reseller.id)
    created = as_reseller.addDomain(domain={"domain": "owned.example"})
    assert created is None or created.domain == "owned.example"
    owned = sip.getDomains(query={"filter": {"domain": "owned.example"}}).domains[0]
    assert reseller.id in (owned.customer, owned.reseller)
    own = Proxy(url, "SipPort", location=ngnpro, auth={"username": "re", "password": "pw"})
    assert [row.domain for row in own.getDomains(query={}).domains] == ["owned.example"]


def test_credentials_go_to_ngnpro_only(definition):
    with pytest.raises(PortError, match="basic_auth"):
        definition.proxy("PresencePort", auth=ADMIN)
    with pytest.raises(UsageError, match="auth"):
        definition.proxy("SipPort").with_options(impersonate=5)
    message = definition.proxy("PresencePort").create_message("getWatchers", {"username": "a", "domain": "b"}, "pw")
    assert b"auth" not in message


def test_the_header_as_declared(definition):
    proxy = definition.proxy("SipPort", auth={**ADMIN, "admin": True, "impersonate": 7})
    text = proxy.create_message("getMediaSummary").decode()
    assert ">admin</username>" in text
    assert ">true</admin>" in text
    assert ">7</impersonate>" in text
    text = definition.proxy("SipPort", auth=ADMIN).create_message("getMediaSummary").decode()
    assert "impersonate" not in text
    assert "</admin>" not in text


def test_the_header_where_none_is_declared():
    wsdl = re.sub(r"<soap:header [^>]*/>", "", WSDL.read_text())
    text = Proxy(wsdl, "SipPort", auth=ADMIN).create_message("getMediaSummary").decode()
    header = re.search(r"<SOAP-ENV:Header>(.*)</SOAP-ENV:Header>", text).group(1)
    assert header == (
        '<auth><username xsi:type="xsd:string">admin</username><password xsi:type="xsd:string">secret</password></auth>'
    )
    with pytest.raises(PortError, match="basic_auth"):
        Proxy(wsdl, "PresencePort", auth=ADMIN)


def test_many_accounts_at_once(sip):
    sip.addDomain(domain={"domain": "many.example"})
    began = time.monotonic()
    for number in range(200):
        sip.addAccount(account={"id": {"username": f"u{number}", "domain": "many.example"}, "password": "x"})
    answer = sip.getAccounts(query={"filter": {"domain": "many.example"}, "range": {"start": 0, "count": 500}})
    assert len(answer.accounts) == answer.total == 200
    assert time.monotonic() - began < 60
