"""What Python values become in a request."""

import dataclasses
import datetime as dt
import decimal
import enum
import pathlib
import re
import types
import uuid
from collections import ChainMap, OrderedDict, deque, namedtuple

import pytest
import wsdlproxy
import wsdls
from wsdlproxy import EncodeError, Struct

KINDS = [
    "string",
    "int",
    "integer",
    "decimal",
    "double",
    "float",
    "boolean",
    "base64Binary",
    "hexBinary",
    "dateTime",
    "date",
    "time",
    "duration",
    "anyURI",
    "gYear",
    "QName",
]


@pytest.fixture(scope="module")
def proxy():
    nested = (
        '<xsd:complexType name="Point"><xsd:sequence>'
        '<xsd:element name="x" type="xsd:int"/><xsd:element name="y" type="xsd:int" minOccurs="0"/>'
        "</xsd:sequence></xsd:complexType>"
    )
    members = [wsdls.member(f"a_{kind}", f"xsd:{kind}") for kind in KINDS]
    members.append(wsdls.member("point", "t:Point", nillable="true"))
    members.append(wsdls.member("many", "xsd:string", maxOccurs="unbounded"))
    return wsdlproxy.Proxy(wsdls.echo(*members, types=nested))


def sent(proxy, **values):
    """The text of the first member in the request."""
    text = proxy.create_message("echo", **values).decode()
    return re.search(r"<ns\d+:echo>(.*)</ns\d+:echo>", text).group(1)


def text(proxy, kind, value):
    return re.fullmatch(r"<(ns\d+:\w+)[^>]*>(.*)</\1>", sent(proxy, **{f"a_{kind}": value})).group(2)


class Colour(enum.Enum):
    RED = "red"


class Level(enum.IntEnum):
    HIGH = 9


class Tag(str, enum.Enum):
    A = "a"


ZONE = dt.timezone(dt.timedelta(hours=5, minutes=30))


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("string", "a<b>&\u00e9\U0001f600", "a&lt;b&gt;&amp;\u00e9\U0001f600"),
        ("string", 5, "5"),
        ("string", True, "true"),
        ("string", decimal.Decimal("1.50"), "1.50"),
        ("string", uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        ("string", Colour.RED, "red"),
        ("string", Tag.A, "a"),
        ("string", type("Sub", (str,), {})("x"), "x"),
        ("anyURI", pathlib.PurePosixPath("/a/b"), "/a/b"),
        ("int", 5, "5"),
        ("int", "-7", "-7"),
        ("int", Level.HIGH, "9"),
        ("int", 5.0, "5"),
        ("int", True, "1"),
        ("integer", 10**30, "1" + "0" * 30),
        ("integer", -(2**63) - 1, "-9223372036854775809"),
        ("decimal", decimal.Decimal("1E+3"), "1000"),
        ("decimal", decimal.Decimal("-0.10"), "-0.10"),
        ("decimal", 3, "3"),
        ("double", 1.5, "1.5"),
        ("double", float("inf"), "INF"),
        ("double", float("-inf"), "-INF"),
        ("double", float("nan"), "NaN"),
        ("double", decimal.Decimal("Infinity"), "INF"),
        ("boolean", True, "true"),
        ("boolean", 0, "false"),
        ("boolean", "1", "1"),
        ("base64Binary", b"\x00\xff", "AP8="),
        ("base64Binary", bytearray(b"ab"), "YWI="),
        ("base64Binary", memoryview(b"abcd")[::2], "YWM="),
        ("hexBinary", b"\x00\xff", "00FF"),
        ("dateTime", dt.datetime(2024, 2, 29, 1, 2, 3), "2024-02-29T01:02:03"),
        ("dateTime", dt.datetime(2024, 2, 29, 1, 2, 3, 450000, dt.timezone.utc), "2024-02-29T01:02:03.45Z"),
        ("dateTime", dt.datetime(1, 1, 1, tzinfo=ZONE), "0001-01-01T00:00:00+05:30"),
        ("dateTime", "2024-02-29T01:02:03Z", "2024-02-29T01:02:03Z"),
        ("date", dt.date(2024, 2, 29), "2024-02-29"),
        ("date", dt.datetime(2024, 2, 29, 5), "2024-02-29"),
        ("time", dt.time(1, 2, 3, 4), "01:02:03.000004"),
        ("duration", dt.timedelta(days=1, seconds=2), "P1DT2S"),
        ("duration", -dt.timedelta(microseconds=1), "-PT0.000001S"),
        ("duration", "P1Y", "P1Y"),
        ("gYear", "2024", "2024"),
    ],
)
def test_leaves(proxy, kind, value, expected):
    assert text(proxy, kind, value) == expected


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("int", "x"),
        ("int", 2**31),
        ("int", 1.5),
        ("int", [1]),
        ("int", {"a": 1}),
        ("int", b"1"),
        ("decimal", decimal.Decimal("NaN")),
        ("decimal", decimal.Decimal("1E+999999999")),
        ("boolean", "yes"),
        ("boolean", 2),
        ("date", "2023-02-29"),
        ("dateTime", dt.datetime(2024, 1, 1, tzinfo=dt.timezone(dt.timedelta(seconds=30)))),
        ("string", "\ud800"),
        ("string", "\x00"),
        ("string", object()),
    ],
)
def test_what_does_not_fit(proxy, kind, value):
    with pytest.raises(EncodeError) as caught:
        proxy.create_message("echo", **{f"a_{kind}": value})
    assert caught.value.path == f"a_{kind}"
    assert str(caught.value).startswith(f"a_{kind}: ")


def test_errors_name_the_python_type(proxy):
    with pytest.raises(EncodeError, match=r'^a_int: expected xsd:int, got str "x"$'):
        proxy.create_message("echo", a_int="x")
    with pytest.raises(EncodeError, match=r"got float 1.5$"):
        proxy.create_message("echo", a_int=1.5)
    with pytest.raises(EncodeError) as caught:
        proxy.create_message("echo", a_int="x" * 500)
    assert len(str(caught.value)) < 120


Pair = namedtuple("Pair", "x y")


@dataclasses.dataclass
class Point:
    x: int
    y: int = 2
    _private: int = 0


class Slotted:
    __slots__ = ("x", "y")

    def __init__(self):
        self.x = 1
        self.y = 2


class Property:
    def __init__(self):
        self.y = 2

    @property
    def x(self):
        return 1


@pytest.mark.parametrize(
    "value",
    [
        {"x": 1, "y": 2},
        {"y": 2, "x": 1},
        OrderedDict(x=1, y=2),
        ChainMap({"x": 1}, {"y": 2}),
        types.MappingProxyType({"x": 1, "y": 2}),
        Struct(x=1, y=2),
        types.SimpleNamespace(x=1, y=2),
        Point(1),
        Pair(1, 2),
        Slotted(),
        Property(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_records(proxy, value):
    assert re.fullmatch(r"<(ns\d+):point><\1:x>1</\1:x><\1:y>2</\1:y></\1:point>", sent(proxy, point=value)), value


def test_an_exception_of_a_property_comes_through(proxy):
    class Broken:
        @property
        def x(self):
            raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        proxy.create_message("echo", point=Broken())


def test_methods_are_no_members(proxy):
    class Busy:
        def x(self):
            return 1

    with pytest.raises(EncodeError, match="^point: expected Point, got Busy$"):
        proxy.create_message("echo", point=Busy())


@pytest.mark.parametrize(
    "value",
    [
        ["a", "b"],
        ("a", "b"),
        deque("ab"),
        {"a": 1, "b": 2}.keys(),
        iter(["a", "b"]),
        (letter for letter in "ab"),
        map(str, ["a", "b"]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_lists(proxy, value):
    assert re.findall(r">(\w)</ns\d+:many>", sent(proxy, many=value)) == ["a", "b"]


def test_one_bare_item_and_a_set(proxy):
    assert re.findall(r">(\w+)</ns\d+:many>", sent(proxy, many="abc")) == ["abc"]
    assert re.findall(r">(\w+)</ns\d+:many>", sent(proxy, many={"x"})) == ["x"]


def test_null(proxy):
    assert 'xsi:nil="true"' in sent(proxy, point=None)
    assert "a_int" not in proxy.create_message("echo", a_int=None).decode()


def test_a_value_that_contains_itself_ends(proxy):
    loop = {"x": 1}
    loop["x"] = loop
    with pytest.raises(EncodeError):
        proxy.create_message("echo", point=loop)
    loop = []
    loop.append(loop)
    with pytest.raises(EncodeError):
        proxy.create_message("echo", many=loop)


def test_numpy_like_scalars(proxy):
    class Int64:
        def __index__(self):
            return 7

    class Float32:
        def __float__(self):
            return 1.5

    assert text(proxy, "int", Int64()) == "7"
    assert text(proxy, "double", Float32()) == "1.5"


def test_a_hint_for_a_misspelt_member(proxy):
    with pytest.raises(EncodeError, match="did you mean"):
        proxy.create_message("echo", point={"x": 1, "Y": 2})
    with pytest.raises(EncodeError, match=r'did you mean "a_int"'):
        proxy.create_message("echo", a_itn=1)
