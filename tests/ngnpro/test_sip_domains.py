"""SIP domains as CDRTool's pages use them."""

import pytest
from platform_client import Refused, fresh


def test_add_find_change_delete(platform):
    name = fresh("D") + ".Example.com"
    made = platform.Sip.addDomain({"domain": name})
    assert made["domain"] == name.lower() and made["changeDate"]
    query = {
        "filter": {"domain": name.lower(), "customer": 0, "reseller": 0},
        "range": {"start": 0, "count": 1},
    }
    found = platform.Sip.getDomains(query)
    assert found["total"] == 1
    domain = found["domains"][0]
    domain.update(certificate="-----BEGIN <&>-----\nabc", verify_cert=True)
    platform.Sip.updateDomain(domain)
    domain = platform.Sip.getDomains(query)["domains"][0]
    assert domain["certificate"] == "-----BEGIN <&>-----\nabc"
    assert (domain["verify_cert"], domain["require_cert"]) == (True, False)
    platform.Sip.deleteDomain(name)
    assert platform.Sip.getDomains(query) == {"domains": [], "total": 0}


def test_a_domain_exists_once(platform):
    name = platform.domain()
    with pytest.raises(Refused) as caught:
        platform.Sip.addDomain({"domain": name.upper()})
    assert caught.value.code == 1001 and name in caught.value.text


def test_domains_that_do_not_exist(platform):
    for call in (
        lambda: platform.Sip.deleteDomain("no.example.com"),
        lambda: platform.Sip.updateDomain({"domain": "no.example.com"}),
        lambda: platform.account("no.example.com"),
    ):
        with pytest.raises(Refused) as caught:
            call()
        assert caught.value.code == 1000


def test_patterns_order_and_pages(platform):
    stem = fresh("pages")
    for number in range(7):
        platform.Sip.addDomain({"domain": f"{stem}-{number}.example.com"})
    query = {
        "filter": {"domain": f"{stem}-_.exam%"},
        "orderBy": {"attribute": "domain", "direction": "DESC"},
        "range": {"start": 2, "count": 3},
    }
    page = platform.Sip.getDomains(query)
    assert [d["domain"] for d in page["domains"]] == [f"{stem}-{n}.example.com" for n in (4, 3, 2)]
    assert page["total"] == 7
    query["range"] = {"start": 50, "count": 3}
    assert platform.Sip.getDomains(query) == {"domains": [], "total": 7}
    query["range"] = {"start": -1, "count": 3}
    with pytest.raises(Refused):
        platform.Sip.getDomains(query)
    query["orderBy"] = {"attribute": "doc; DROP TABLE sip_domains", "direction": "ASC"}
    with pytest.raises(Refused) as caught:
        platform.Sip.getDomains(query)
    assert caught.value.code == 9002


def test_accounts_follow_their_domain_to_another_customer(platform):
    first, second = platform.reseller(), platform.reseller()
    name = platform.domain(customer=first["id"])
    user = platform.account(name)
    assert platform.Sip.getAccount(user)["reseller"] == first["id"]
    platform.Sip.updateDomain({"domain": name, "customer": second["id"]})
    account = platform.Sip.getAccount(user)
    assert (account["customer"], account["reseller"]) == (second["id"], second["id"])


def test_deleting_a_domain_takes_its_accounts_and_aliases_along(platform):
    name, other = platform.domain(), platform.domain()
    user = platform.account(name)
    platform.Sip.addAlias({"id": {"username": "info", "domain": other}, "target": user})
    platform.Sip.deleteDomain(name)
    assert platform.Sip.getAliases({"filter": {"aliasDomain": other}})["total"] == 0
    with pytest.raises(Refused) as caught:
        platform.Sip.getAccount(user)
    assert caught.value.code == 1010
