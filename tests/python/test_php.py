"""PHP's SoapServer as the judge of what we send, and as a source of answers."""

import pytest
from wsdlproxy import Fault, Proxy

WHO = {"username": "alice", "domain": "example.com"}


@pytest.fixture(scope="module")
def proxy(php):
    auth = {"username": "admin", "password": "p<&>w", "impersonate": 7}
    return Proxy(php.url + "?wsdl", port="SipPort", location=php.url, auth=auth)


def test_structs_arrays_and_nulls_are_seen_as_sent(php, proxy):
    account = {
        "id": WHO,
        "firstName": "\u00c9va <b>&amp;",
        "lastName": None,
        "quota": 25,
        "groups": ["one", "two"],
        "acl": [{"ip": "10.0.0.1", "mask": 32}],
        "properties": [],
        "rpid": "",
    }
    answer = proxy.addAccount(account=account)
    seen = php.seen()["arguments"][0]
    assert seen["id"] == WHO
    assert seen["firstName"] == account["firstName"]
    assert seen.get("lastName") is None
    assert seen["quota"] == 25
    assert seen["groups"] == ["one", "two"]
    assert seen["acl"][0]["ip"] == "10.0.0.1"
    assert seen["properties"] == []
    assert seen["rpid"] == ""
    assert answer.id == WHO
    assert answer.groups == ["one", "two"]
    assert answer.firstName == account["firstName"]


def test_headers_are_seen_as_sent(php, proxy):
    proxy.getMediaSummary()
    assert php.seen()["headers"]["auth"] == {"username": "admin", "password": "p<&>w", "impersonate": 7}
    proxy.with_options(impersonate=None).getMediaSummary()
    assert php.seen()["headers"]["auth"] == {"username": "admin", "password": "p<&>w"}


def test_several_parts_in_order(php, proxy):
    assert proxy.addToGroup(group="g", sipId=WHO) is None
    assert php.seen()["arguments"] == [WHO, "g"]
    assert php.seen()["operation"] == "addToGroup"


def test_lists_and_structs_come_back(proxy):
    assert proxy.getGroups(WHO) == ["one", "two", "<&>\u00e9"]
    assert proxy.getRejectMembers(WHO) == []
    page = proxy.getAccounts(query={})
    assert page.total == 2
    assert page.accounts[0].id == {"username": "a", "domain": "b"}
    assert page.accounts[1].quota == 5


def test_a_fault(proxy):
    with pytest.raises(Fault) as caught:
        proxy.deleteDomain("nowhere")
    fault = caught.value
    assert fault.code == "SOAP-ENV:Server"
    assert fault.string == "the domain does not exist"
    assert fault.actor == "urn:actor"
    assert fault.detail["exception"] == {"errorcode": 1000, "errorstring": "no such domain"}


def test_trace(proxy):
    traced = proxy.with_options(trace=True)
    traced.addAccount(account={"id": WHO, "password": "s3cret", "quota": 1})
    assert traced.last_request.startswith(b"<?xml")
    assert traced.last_request.headers["SOAPAction"] == '""'
    assert traced.last_request.url == proxy.location
    assert "alice" in traced.last_request
    assert traced.last_response.status == 200
    assert b"alice" in traced.last_response
    for shown in (traced.last_request, traced.last_response):
        for text in (shown.text, repr(shown), str(shown), str(bytes(shown)), str(shown.headers)):
            assert "s3cret" not in text
            assert "p&lt;" not in text
    full = proxy.with_options(trace="full")
    full.addAccount(account={"id": WHO, "password": "s3cret", "quota": 1})
    assert "s3cret" in full.last_request
    assert proxy.last_request is None
