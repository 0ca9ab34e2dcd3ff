"""ENUM ranges and numbers."""

import itertools

import pytest
from platform_client import refused

prefixes = itertools.count(3120800)
PAGE = {"start": 0, "count": 20}


@pytest.fixture
def reseller(platform):
    return platform.reseller()["id"]


@pytest.fixture
def range_(platform, reseller):
    """A range for three numbers of eleven digits."""
    return platform.Enum.addRange(
        {
            "id": {"prefix": str(next(prefixes)), "tld": "E164.arpa"},
            "info": "Amsterdam",
            "minDigits": 11,
            "maxDigits": 11,
            "size": 3,
            "nameservers": ["ns1.example.com", "ns2.example.com"],
            "customer": reseller,
        }
    )


def number(range_, end, **more):
    target = {"type": "sip", "mapto": "sip:alice@example.com", "ttl": 3600, "priority": 5}
    identifier = {"number": range_["id"]["prefix"] + end, "tld": "e164.arpa"}
    return {"id": identifier, "mappings": [target], **more}


def test_ranges(platform, reseller, range_):
    enum = platform.Enum
    assert (range_["ttl"], range_["used"], range_["reseller"]) == (3600, 0, reseller)
    query = {"filter": {**range_["id"], "info": "", "customer": 0, "reseller": reseller}, "range": PAGE}
    assert enum.getRanges(query) == {"ranges": [range_], "total": 1}
    refused(3011, enum.addRange, {"id": range_["id"]})
    enum.updateRange({**range_, "size": 50, "used": 77, "nameservers": []})
    read = enum.getRanges(query)["ranges"][0]
    assert (read["size"], read["used"], read["nameservers"]) == (50, 0, [])
    assert read["serial"] > range_["serial"]
    enum.deleteRange(range_["id"])
    refused(3010, enum.deleteRange, range_["id"])
    refused(3010, enum.updateRange, range_)
    refused(9002, enum.addRange, {"id": {"prefix": "12a", "tld": "e164.arpa"}})


def test_add_or_extend_a_number(platform, range_):
    """CDRTool asks for the number first and adds it on 3002."""
    enum, wanted = platform.Enum, number(range_, "0101", info="Desk")
    refused(3002, enum.getNumber, wanted["id"])
    made = enum.addNumber(wanted)
    assert enum.getNumber(wanted["id"]) == made
    assert (made["customer"], made["mappings"][0]["mapto"]) == (range_["customer"], "sip:alice@example.com")
    refused(3001, enum.addNumber, wanted)
    added = {"type": "mailto", "mapto": "mailto:alice@example.com"}
    enum.updateNumber({**made, "mappings": [*made["mappings"], added]})
    first, second = enum.getNumber(wanted["id"])["mappings"]
    assert first == made["mappings"][0]
    assert second["id"] != first["id"] and (second["priority"], second["ttl"]) == (5, 3600)
    enum.updateNumber({**made, "mappings": [second]})
    assert enum.getNumber(wanted["id"])["mappings"] == [second]
    enum.deleteNumber(wanted["id"])
    refused(3002, enum.deleteNumber, wanted["id"])


def test_limits_and_counter(platform, range_):
    enum = platform.Enum
    query = {"filter": {"prefix": range_["id"]["prefix"]}}
    for end in ("0001", "0002", "0003"):
        enum.addNumber(number(range_, end))
    read = enum.getRanges(query)["ranges"][0]
    assert read["used"] == 3
    refused(3012, enum.addNumber, number(range_, "0004"))
    enum.deleteNumber(number(range_, "0001")["id"])
    assert enum.getRanges(query)["ranges"][0]["used"] == 2
    refused(9002, enum.addNumber, number(range_, "4"))
    refused(3010, enum.addNumber, {**number(range_, "0004"), "id": {"number": "99", "tld": "e164.arpa"}})


def test_search(platform, range_):
    enum, customer = platform.Enum, range_["customer"]
    mail = {"type": "mailto", "mapto": "mailto:bob@example.com"}
    enum.addNumber(number(range_, "0001", owner=customer))
    enum.addNumber(number(range_, "0002", mappings=[mail]))

    def found(**filters):
        query = {
            "filter": {"customer": customer, "number": "", **filters},
            "orderBy": {"attribute": "number", "direction": "ASC"},
        }
        return [n["id"]["number"][-1] for n in enum.getNumbers(query)["numbers"]]

    assert found() == ["1", "2"]
    assert found(number="31%2") == ["2"]
    assert found(type="sip") == ["1"]
    assert found(type="sip", mapto="alice@example.com") == ["1"]
    assert found(mapto="sip:alice@example.com") == ["1"]
    assert found(type="sip", mapto="bob@example.com") == []
    assert found(mapto="%@example.com") == ["1", "2"]
    assert found(owner=customer) == ["1"]


def test_ownership_and_cascade(platform, range_):
    other = platform.reseller()
    stranger = platform.act_as(other["username"], "pw").Enum
    made = platform.Enum.addNumber(number(range_, "0001"))
    refused(9001, stranger.getNumber, made["id"])
    refused(9001, stranger.addNumber, number(range_, "0002"))
    refused(9001, stranger.deleteRange, range_["id"])
    platform.Enum.updateRange({**range_, "customer": other["id"]})
    assert stranger.getNumber(made["id"])["customer"] == other["id"]
    stranger.deleteRange(range_["id"])
    refused(3002, platform.Enum.getNumber, made["id"])
