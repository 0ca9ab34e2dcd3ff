"""Voicemail, rating, network and presence."""

import json

import pytest
from platform_client import refused


@pytest.fixture
def user(platform):
    return platform.account(platform.domain(), password="s3cret")


def test_voicemail(platform, user):
    voicemail = platform.Voicemail
    refused(2000, voicemail.getAccount, user)
    refused(1010, voicemail.getAccount, {**user, "username": "nobody"})
    wanted = {"sipId": user, "name": "A", "password": "123456", "email": "a@b.c", "options": {"delete": 1}}
    made = voicemail.addAccount(wanted)
    assert made["mailbox"].isdigit() and made["options"] == {"delete": True}
    assert voicemail.getAccount(user) == made
    refused(2001, voicemail.addAccount, wanted)
    voicemail.updateAccount({**made, "email": "x@y.z", "mailbox": "1", "password": ""})
    read = voicemail.getAccount(user)
    assert (read["email"], read["mailbox"], read["password"]) == ("x@y.z", made["mailbox"], "123456")
    voicemail.setAnnouncement(user, b"RIFF\x00\xff")
    assert voicemail.getAccount(user)["info"] == "own announcement"
    voicemail.setAnnouncement(user, b"")
    assert not voicemail.getAccount(user)["info"]
    voicemail.deleteAccount(user)
    refused(2000, voicemail.deleteAccount, user)
    refused(2000, voicemail.updateAccount, wanted)


def test_the_mailbox_goes_away_with_the_account(platform, user):
    platform.Voicemail.addAccount({"sipId": user, "name": "A"})
    platform.Sip.deleteAccount(user)
    platform.Sip.addAccount({"id": user})
    refused(2000, platform.Voicemail.getAccount, user)


def test_rating(platform, user):
    rating, entity = platform.Rating, "subscriber://{username}@{domain}".format(**user)
    for call in (rating.getEntityProfiles, rating.deleteEntityProfiles):
        refused(4001, call, entity)
        refused(4001, call, "")
    refused(4001, rating.setEntityProfiles, {"entity": "subscriber://nobody@example.com"})
    profiles = {
        "entity": entity,
        "profileWeekday": "1",
        "profileWeekend": "2",
        "timezone": "Europe/Amsterdam",
    }
    rating.setEntityProfiles(profiles)
    alternatives = {"profileWeekdayAlt": None, "profileWeekendAlt": None}
    assert rating.getEntityProfiles(entity) == {**profiles, **alternatives}
    rating.setEntityProfiles({**profiles, "profileWeekday": "7"})
    assert rating.getEntityProfiles(entity)["profileWeekday"] == "7"
    rating.deleteEntityProfiles(entity)
    refused(4001, rating.getEntityProfiles, entity)


def test_network(platform, user):
    statistics = json.loads(platform.Network.getStatistics())
    total = statistics["summary"]["sip_proxy"]["total_accounts"]
    assert total[user["domain"]] == 1
    nodes = json.loads(platform.Network.getStatus())
    roles = {role for node in nodes.values() for role in node["roles"]}
    assert {"sip_proxy", "media_relay", "voicemail_server"} <= roles
    assert set(statistics) - {"summary"} <= {node["ip"] for node in nodes.values()}
    assert [relay["status"] for relay in json.loads(platform.Sip.getMediaSummary())] == ["ok", "ok"]
    assert json.loads(platform.Sip.getMediaSessions()) == []


def test_presence_takes_the_sip_password(platform, user):
    presence = platform.Presence
    assert presence.getPresenceInformation(user, "s3cret") == {"activity": None, "note": None}
    presence.setPresenceInformation(user, "s3cret", {"activity": "busy", "note": "Back at <2>"})
    assert presence.getPresenceInformation(user, "s3cret") == {"activity": "busy", "note": "Back at <2>"}
    refused(9000, presence.getPresenceInformation, user, "wrong")
    refused(9000, presence.setPresenceInformation, user, "", {"activity": "idle"})
    refused(9002, presence.setPresenceInformation, user, "s3cret", {"activity": "asleep"})
    refused(1010, presence.getPresenceInformation, {**user, "username": "nobody"}, "s3cret")
    presence.deletePresenceInformation(user, "s3cret")
    assert presence.getPresenceInformation(user, "s3cret")["activity"] is None


def test_watchers_and_policy(platform, user):
    presence, watcher = platform.Presence, platform.account(user["domain"])
    assert presence.getWatchers(user, "s3cret") == []
    entry = {"uri": "sip:{username}@{domain}".format(**user), "name": "Friend"}
    platform.Sip.addPhonebookEntry(watcher, entry)
    name = "{username}@{domain}".format(**watcher)
    assert presence.getWatchers(user, "s3cret") == [name]
    assert presence.getPolicy(user, "s3cret") == {"allow": [], "deny": []}
    presence.setPolicy(user, "s3cret", {"allow": [], "deny": [f"sip:{name}"]})
    assert presence.getPolicy(user, "s3cret") == {"allow": [], "deny": [f"sip:{name}"]}
    assert presence.getWatchers(user, "s3cret") == []
