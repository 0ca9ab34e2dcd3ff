"""Live calls to a spyne service with the WSDL that it makes itself: document/literal, SOAP 1.1 and 1.2."""

import datetime as dt
import importlib.util
import sys
from decimal import Decimal

import processes
import pytest
from wsdlproxy import EncodeError, Fault, Proxy

ORDER = {
    "currency": "EUR",
    "id": 7,
    "name": "<&> \u00e9 \u4e2d",
    "price": Decimal("1.50"),
    "ratio": 0.1,
    "when": dt.datetime(2024, 2, 29, 1, 2, 3, 500000, tzinfo=dt.timezone.utc),
    "day": dt.date(2024, 2, 29),
    "hour": dt.time(1, 2, 3),
    "paid": True,
    "blob": b"\x00\xff",
    "kind": "gold",
    "tag": ["a", "b"],
    "lines": {"Line": [{"sku": "x", "count": 2}, {"sku": "y", "count": 10**30}]},
}


@pytest.fixture(scope="module")
def spyne():
    if importlib.util.find_spec("spyne") is None:
        pytest.skip("spyne is not installed: make setup")
    with processes.started(sys.executable, "-W", "ignore", processes.SERVERS / "spyne_server.py") as url:
        yield url


@pytest.fixture(scope="module", params=["11", "12"], ids=["1.1", "1.2"])
def proxy(request, spyne):
    return Proxy(f"{spyne}{request.param}/?wsdl", cache=None)


def test_everything_comes_back(proxy):
    assert proxy.echo(ORDER) == ORDER
    assert proxy.echo_bare(ORDER) == ORDER


def test_what_is_absent_stays_absent(proxy):
    assert proxy.echo({"id": 1}) == {"id": 1, "tag": []}
    assert proxy.echo({"id": 1, "tag": [None, "x"]}).tag == [None, "x"]


def test_a_derived_type_is_seen_and_comes_back(proxy):
    rush = {**ORDER, "_type": "Rush", "hours": 3}
    assert proxy.describe(rush).startswith("Rush Rush(currency='EUR', id=7")
    answer = proxy.echo(rush)
    assert answer["_type"] == "{urn:peers:registry}Rush" and answer.hours == 3
    assert proxy.describe(answer) == proxy.describe(rush)


def test_arrays(proxy):
    orders = [{**ORDER, "lines": [{"sku": "z", "count": count}, {"sku": "", "count": 1}]} for count in (1, 2)]
    assert proxy.total(orders) == Decimal("7.50")
    assert proxy.names().string == ["a", "<&>", "\u00e9 \u4e2d"]


def test_several_results_and_none(proxy):
    assert proxy.divide(7, 2) == {"quotient": 3, "remainder": 1}
    assert proxy.forget("x") is None


def test_headers_both_ways(proxy):
    assert proxy.whoami() == "nobody"
    known = proxy.with_options(soap_headers={"Auth": {"user": "u", "token": "t"}}, trace=True)
    assert known.whoami() == "u/t"
    assert known.last_headers["Auth"].user == "server"


def test_a_fault(proxy):
    with pytest.raises(Fault) as caught:
        proxy.divide(7, 0)
    assert caught.value.string == "division by <zero>"
    assert caught.value.detail == {"a": "7"}


def test_what_the_schema_forbids_is_not_sent(proxy):
    for order, path in (
        ({"id": 1, "kind": "silver"}, "order.kind"),
        ({"id": "x"}, "order.id"),
        ({"id": 1, "lines": [{"sku": None}]}, "order.lines.Line[0].sku"),
        ({"name": "x"}, "order.id"),
    ):
        with pytest.raises(EncodeError) as caught:
            proxy.echo(order)
        assert caught.value.path == path
