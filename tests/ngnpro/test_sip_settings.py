"""What the settings page of CDRTool does: balances, phonebook, rules, diversions, calls, devices."""

import pytest
from platform_client import refused


@pytest.fixture
def user(platform):
    return platform.account(platform.domain())


def test_balance_and_history(platform, user):
    sip = platform.Sip
    assert sip.addBalance(user, 10.0, "CC transaction 1") == {"old_balance": 0.0, "new_balance": 10.0}
    assert sip.addBalance(user, -2.75, "Refund") == {"old_balance": 10.0, "new_balance": 7.25}
    other = platform.account(user["domain"])
    sip.addBalance(other, 0.1, "")
    sip.addBalance(other, 0.2, "")
    assert [status["balance"] for status in sip.getPrepaidStatus([other, user])] == [0.3, 7.25]
    # zeep takes the only member of a struct for the struct.
    entries = sip.getCreditHistory(user, 200)
    found = [(e["description"], e["value"], e["balance"]) for e in entries]
    assert found == [("Refund", -2.75, 7.25), ("CC transaction 1", 10.0, 10.0)]
    assert entries[0]["date"][:2] == "20"
    assert len(sip.getCreditHistory(user, 1)) == 1
    refused(1050, sip.addBalanceFromVoucher, user, {"id": 1, "number": "1"})
    refused(1010, sip.getPrepaidStatus, [user, {**user, "username": "nobody"}])


def test_phonebook(platform, user):
    sip = platform.Sip
    for uri, name, group in (("sip:Bob@x.org", "Bob", "friends"), ("sip:ann@x.org", "Ann", None)):
        sip.addPhonebookEntry(user, {"uri": uri, "name": name, "group": group})
    refused(1041, sip.addPhonebookEntry, user, {"uri": "sip:bob@x.org"})

    def found(count=100, **match):
        answer = sip.getPhonebookEntries(user, match, {"start": 0, "count": count})
        return [entry["name"] for entry in answer["entries"]], answer["total"]

    assert found(uri="%%", name="%%") == (["Bob", "Ann"], 2)
    assert found(uri="%%", name="%n%") == (["Ann"], 1)
    assert found(uri="%%", name="%%", group="friends") == (["Bob"], 1)
    assert found(uri="%%", name="%%", group="") == (["Ann"], 1)
    assert found(count=1) == (["Bob"], 2)
    sip.updatePhonebookEntry(user, {"uri": "sip:ann@x.org", "name": "Anna", "group": "vip"})
    assert found(group="vip") == (["Anna"], 1)
    assert sip.getAcceptRules(user)["nonEmptyGroups"] == ["friends", "vip"]
    sip.deletePhonebookEntry(user, "sip:BOB@x.org")
    assert found() == (["Anna"], 1)
    for call in (sip.deletePhonebookEntry, lambda u, uri: sip.updatePhonebookEntry(u, {"uri": uri})):
        refused(1040, call, user, "sip:bob@x.org")


def test_reject_members_and_barring_prefixes(platform, user):
    sip = platform.Sip
    for setter, getter, texts in (
        (sip.setRejectMembers, sip.getRejectMembers, ["sip:spam@example.org", "sip:a@b.c"]),
        (sip.setBarringPrefixes, sip.getBarringPrefixes, ["+881"]),
    ):
        assert getter(user) == []
        setter(user, texts)
        assert getter(user) == texts
        setter(user, [])
        assert getter(user) == []


def test_accept_rules(platform, user):
    sip = platform.Sip
    empty = {"persistent": [], "temporary": {"groups": [], "duration": 0}}
    assert sip.getAcceptRules(user) == {"rules": empty, "nonEmptyGroups": []}
    night = {"start": "22:00", "stop": "07:00", "groups": ["nobody"], "days": 31}

    def rule(**changes):
        # zeep writes an array within an array only from its own objects.
        return platform.client.get_type("{urn:AGProjects:NGNPro}AcceptRule")(**{**night, **changes})

    temporary = {"groups": ["vip"], "duration": 90}
    sip.setAcceptRules(user, {"persistent": [rule()], "temporary": temporary})
    assert sip.getAcceptRules(user)["rules"] == {"persistent": [night], "temporary": temporary}
    sip.setAcceptRules(user, {"persistent": [rule(days=None)]})
    assert sip.getAcceptRules(user)["rules"] == {**empty, "persistent": [{**night, "days": 127}]}
    refused(9002, sip.setAcceptRules, user, {"persistent": [rule(start="25:61")]})


def test_call_diversions(platform, user):
    sip = platform.Sip
    none = dict.fromkeys(("FUNC", "FNOL", "FBUS", "FNOA", "FUNV"))
    assert sip.getCallDiversions(user) == none
    sip.setCallDiversions(user, {"FUNC": "sip:+31208005100@example.com", "FBUS": "<voice-mailbox>"})
    wanted = {**none, "FUNC": "sip:+31208005100@example.com", "FBUS": "<voice-mailbox>"}
    assert sip.getCallDiversions(user) == wanted
    sip.setCallDiversions(user, {"FNOA": "voice-mailbox"})
    assert sip.getCallDiversions(user) == {**none, "FNOA": "<voice-mailbox>"}
    sip.setCallDiversions(user, {})
    assert sip.getCallDiversions(user) == none


def test_an_account_without_calls_or_devices(platform, user):
    assert platform.Sip.getCalls(user, {}) == {"received": [], "placed": []}
    nothing = {"calls": 0, "price": 0.0}
    answer = platform.Sip.getCallStatistics(user, {"placed": {"limit": 1}})
    assert answer == {"placed": nothing, "received": nothing}
    assert platform.Sip.getSipDeviceLocations([user]) == [{"sipId": user, "locations": []}]
    assert platform.Sip.getSipTrace({"callId": "unknown"}) == "[]"
    refused(1060, platform.Sip.getMediaTrace, {"callId": "unknown"})


def test_settings_go_away_with_the_account(platform, user):
    platform.Sip.addPhonebookEntry(user, {"uri": "sip:x@y.z", "name": "X"})
    platform.Sip.setRejectMembers(user, ["sip:spam@example.org"])
    platform.Sip.addBalance(user, 5.0, "")
    platform.Sip.deleteAccount(user)
    platform.Sip.addAccount({"id": user})
    assert platform.Sip.getPhonebookEntries(user, {}, {"start": 0, "count": 9})["total"] == 0
    assert platform.Sip.getRejectMembers(user) == []
    assert platform.Sip.getPrepaidStatus([user])[0]["balance"] == 0.0
    assert platform.Sip.getCreditHistory(user, 10) == []


def test_settings_belong_to_the_accounts_customer(platform, user):
    stranger = platform.customer(reseller=platform.reseller()["id"])
    own = platform.act_as(stranger["username"], "pw").Sip
    for call in (
        lambda: own.addBalance(user, 1.0, ""),
        lambda: own.getPhonebookEntries(user, {}, {"start": 0, "count": 1}),
        lambda: own.setCallDiversions(user, {}),
        lambda: own.getCalls(user, {}),
        lambda: own.getSipDeviceLocations([user]),
    ):
        refused(9001, call)
