"""Objects as records: what they may have besides, what is a typing error, and what is no record at all."""

import collections
import dataclasses
import re
import types

import pytest
import wsdlproxy
import wsdls
from wsdlproxy import EncodeError, Struct


@dataclasses.dataclass
class Filter:
    username: str = None
    domain: str = None


@dataclasses.dataclass
class Misspelt:
    username: str = None
    domian: str = None


class Row:
    """What an ORM gives: the members and much else."""

    def __init__(self, **attributes):
        self.__dict__.update(attributes)

    def save(self):
        raise AssertionError


class Slots:
    __slots__ = ("domain", "owner")


@pytest.fixture(scope="module")
def proxy():
    members = [wsdls.member(name, "xsd:string") for name in ("username", "domain", "id")]
    turns = [wsdls.member(name, "xsd:string") for name in ("circle", "square")]
    kinds = (
        f'<xsd:complexType name="Filter"><xsd:sequence>{"".join(members)}</xsd:sequence></xsd:complexType>'
        f'<xsd:complexType name="Shapes"><xsd:choice minOccurs="0" maxOccurs="9">{"".join(turns)}</xsd:choice>'
        "</xsd:complexType>"
    )
    own = [wsdls.member("filter", "t:Filter"), wsdls.member("extra", "xsd:anyType")]
    return wsdlproxy.Proxy(wsdls.echo(*own, wsdls.member("shapes", "t:Shapes"), types=kinds))


def sent(proxy, **values):
    text = proxy.create_message("echo", **values).decode()
    return re.sub(r"ns\d+:|xsi:type=\"[^\"]*\"", "", re.search(r"<ns\d+:echo>(.*)</ns\d+:echo>", text).group(1))


MEANT = r'^filter\.{}: unknown member; did you mean "{}"\?$'


@pytest.mark.parametrize(
    ("value", "wrong", "meant"),
    [
        (Misspelt("u", "d"), "domian", "domain"),
        (Row(usernme="u", domain="d"), "usernme", "username"),
        (Row(user_name="u", pk=5), "user_name", "username"),
        (collections.namedtuple("N", "username domin")("u", "d"), "domin", "domain"),
        (types.SimpleNamespace(domian="d"), "domian", "domain"),
    ],
    ids=repr,
)
def test_a_misspelt_attribute_is_an_error(proxy, value, wrong, meant):
    with pytest.raises(EncodeError, match=MEANT.format(wrong, meant)):
        proxy.create_message("echo", filter=value)
    assert wrong not in proxy.with_options(strict=False).create_message("echo", filter=value).decode()


def test_an_object_may_have_more_than_the_type(proxy):
    both = Row(domain="d", domains=["x"], created=5, ip="1", _domian="x", lines=iter("ab"))
    assert sent(proxy, filter=both) == "<filter><domain>d</domain></filter>"
    assert next(both.lines) == "a"
    # None says nothing, so nothing of it can get lost.
    assert sent(proxy, filter=Misspelt(username="u")) == "<filter><username>u</username></filter>"
    with pytest.raises(EncodeError, match='domian: unknown member; did you mean "domain"'):
        proxy.create_message("echo", {"filter": {"domian": None}})


def test_a_misspelt_attribute_in_a_turn(proxy):
    assert sent(proxy, shapes={"_choice": [Row(circle="c", owner="x")]}) == "<shapes><circle>c</circle></shapes>"
    with pytest.raises(EncodeError, match=r'_choice\[1\].sqare: unknown member; did you mean "square"'):
        proxy.create_message("echo", shapes={"_choice": [{"circle": "c"}, Row(sqare="s")]})


def test_a_namespace_is_a_plain_record(proxy):
    assert sent(proxy, filter=types.SimpleNamespace(domain="d")) == "<filter><domain>d</domain></filter>"
    assert sent(proxy, extra=types.SimpleNamespace(x=1)) == "<extra><x >1</x></extra>"
    with pytest.raises(EncodeError, match=r"^filter\.colour: unknown member$"):
        proxy.create_message("echo", filter=types.SimpleNamespace(colour="red"))


@pytest.mark.parametrize("value", [ValueError("x"), 3j, object(), Row(), Row(colour="red"), Slots, len], ids=repr)
def test_what_is_no_record(proxy, value):
    kind = type(value).__name__
    with pytest.raises(EncodeError, match=rf"^filter: expected Filter, got {kind}$"):
        proxy.create_message("echo", filter=value)


@pytest.mark.parametrize("value", [ValueError("x"), 3j, object(), Row(), lambda: 1, Row], ids=repr)
def test_what_is_no_value_of_any_type(proxy, value):
    for path, given in (("extra", value), (r"extra\.a", {"a": value})):
        with pytest.raises(EncodeError, match=rf"^{path}: expected a value, got {type(value).__name__}$"):
            proxy.create_message("echo", extra=given)


@pytest.mark.parametrize("value", [{}, Struct(), types.SimpleNamespace(), Filter(), Slots()], ids=repr)
def test_what_is_an_empty_record(proxy, value):
    assert sent(proxy, filter=value) == "<filter></filter>"


def test_a_value_that_contains_itself(proxy):
    record = {}
    record["again"] = record
    with pytest.raises(EncodeError, match="the value contains itself") as caught:
        proxy.create_message("echo", extra=record)
    assert len(str(caught.value)) < 200
    assert "…" in caught.value.path
