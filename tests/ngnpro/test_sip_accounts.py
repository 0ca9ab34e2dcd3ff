"""SIP accounts, aliases and groups."""

import pytest
from platform_client import Refused, fresh

FULL = {
    "firstName": "Élodie",
    "lastName": "O'Neill & <Sons>",
    "password": "s3cret",
    "timezone": "Europe/Paris",
    "email": "Elodie@Example.COM",
    "rpid": "0031208000001",
    "groups": ["free-pstn", "prepaid", "free-pstn"],
    "prepaid": True,
    "quota": 50,
    "acl": [{"ip": "192.0.2.0", "mask": 24, "tag": "office"}, {"ip": "198.51.100.7", "mask": 32}],
    "properties": [{"name": "language", "value": "fr"}, {"name": "web_password", "value": ""}],
    "callLimit": 3,
    "timeout": 4000,
    "region": "paris",
    "quickdialPrefix": "0033",
}


@pytest.fixture(scope="module")
def domain(platform):
    return platform.domain()


def test_every_member_comes_back(platform, domain):
    user = {"username": fresh("Full"), "domain": domain.upper()}
    made = platform.Sip.addAccount({"id": user, **FULL})
    user = {"username": user["username"].lower(), "domain": domain}
    read = platform.Sip.getAccount(user)
    assert read.pop("ha1") and made.pop("ha1") is None
    assert read == made
    assert read["id"] == user
    assert read["email"] == "elodie@example.com"
    assert read["groups"] == ["free-pstn", "prepaid"]
    assert read["timeout"] == 900
    assert read["acl"][1] == {"ip": "198.51.100.7", "mask": 32, "tag": None}
    assert read["properties"] == FULL["properties"][:1] + [{"name": "web_password", "value": None}]
    for member in ("firstName", "lastName", "password", "rpid", "prepaid", "quota", "callLimit", "region"):
        assert read[member] == FULL[member], member


def test_defaults(platform, domain):
    user = platform.account(domain)
    account = platform.Sip.getAccount(user)
    assert account["email"] == f"{user['username']}@{domain}"
    assert (account["timeout"], account["timezone"]) == (35, "Europe/Amsterdam")
    assert (account["prepaid"], account["quota"]) == (False, 0)
    assert account["groups"] == account["acl"] == account["properties"] == []


def test_numbered_usernames(platform):
    domain = platform.domain()
    wanted = {"username": "<autoincrement>", "domain": domain}
    made = [platform.Sip.addAccount({"id": wanted})["id"]["username"] for _ in range(3)]
    assert len(set(made)) == 3 and all(name.isdigit() for name in made)
    platform.Sip.deleteAccount({"username": made[2], "domain": domain})
    assert platform.Sip.addAccount({"id": wanted})["id"]["username"] not in made


def test_an_account_exists_once(platform, domain):
    user = platform.account(domain)
    with pytest.raises(Refused) as caught:
        platform.Sip.addAccount({"id": user})
    assert caught.value.code == 1011
    for call in (platform.Sip.getAccount, platform.Sip.deleteAccount):
        with pytest.raises(Refused) as caught:
            call({"username": "nobody", "domain": domain})
        assert caught.value.code == 1010


def test_the_whole_object_can_be_sent_back(platform, domain):
    """CDRTool reads an account, changes a member and returns everything, what the server set included."""
    user = platform.account(domain, password="keep", timeout=20)
    account = platform.Sip.getAccount(user)
    account.update(firstName="New", password=None, answerTimeout=0, customer=99, createDate="never", ha1="x")
    platform.Sip.updateAccount(account)
    after = platform.Sip.getAccount(user)
    assert (after["firstName"], after["password"], after["timeout"]) == ("New", "keep", 20)
    assert after["customer"] == 0 and after["createDate"] != "never"
    platform.Sip.updateAccount({"id": user, "groups": [], "firstName": ""})
    after = platform.Sip.getAccount(user)
    assert (after["groups"], after["firstName"]) == ([], None)


def test_search(platform):
    domain = platform.domain()
    for name, first, groups in (("anna", "Anna", ["a"]), ("an_a", "Ana", ["a", "b"]), ("bob", "Bob", [])):
        platform.Sip.addAccount({"id": {"username": name, "domain": domain}, "firstName": first, "groups": groups})

    def found(**filters):
        query = {
            "filter": {"domain": domain, "owner": 0, "username": "", "groups": [""], **filters},
            "orderBy": {"attribute": "username", "direction": "ASC"},
            "range": {"start": 0, "count": 20},
        }
        return [a["id"]["username"] for a in platform.Sip.getAccounts(query)["accounts"]]

    assert found() == ["an_a", "anna", "bob"]
    assert found(username="an_a") == ["an_a", "anna"]
    assert found(username="AN%") == ["an_a", "anna"]
    assert found(firstName="%o%") == ["bob"]
    assert found(groups=["b"]) == ["an_a"]
    assert found(email=f"anna@{domain}") == ["anna"]


def test_groups(platform, domain):
    user = platform.account(domain, groups=["sms"])
    platform.Sip.addToGroup(user, "blocked")
    assert platform.Sip.getGroups(user) == ["sms", "blocked"]
    with pytest.raises(Refused) as caught:
        platform.Sip.addToGroup(user, "blocked")
    assert caught.value.code == 1030
    platform.Sip.removeFromGroup(user, "sms")
    assert platform.Sip.getAccount(user)["groups"] == ["blocked"]
    with pytest.raises(Refused) as caught:
        platform.Sip.removeFromGroup(user, "sms")
    assert caught.value.code == 1031
    platform.Sip.removeFromGroup(user, "blocked")
    assert platform.Sip.getGroups(user) == []


def test_aliases(platform, domain):
    user, other = platform.account(domain), platform.account(domain)
    alias = {"username": fresh("alias"), "domain": domain}
    made = platform.Sip.addAlias({"id": alias, "target": user, "owner": 7})
    assert (made["id"], made["target"], made["owner"]) == (alias, user, 7)
    query = {"filter": {"targetUsername": user["username"], "targetDomain": domain}}
    assert [a["id"] for a in platform.Sip.getAliases(query)["aliases"]] == [alias]
    for identifier in (alias, user):
        with pytest.raises(Refused):
            platform.Sip.addAlias({"id": identifier, "target": other})
    with pytest.raises(Refused) as caught:
        platform.Sip.addAccount({"id": alias})
    assert caught.value.code == 1021
    platform.Sip.updateAlias({"id": alias, "target": other})
    assert platform.Sip.getAlias(alias)["target"] == other
    platform.Sip.deleteAccount(other)
    with pytest.raises(Refused) as caught:
        platform.Sip.deleteAlias(alias)
    assert caught.value.code == 1020
