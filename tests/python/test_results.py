"""What comes back as which Python value."""

import datetime as dt
import decimal
import math
import random

import pytest
import wsdlproxy
import wsdls
from wsdlproxy import DecodeError, Struct

UTC = dt.timezone.utc


def read(kind, text):
    proxy = wsdlproxy.Proxy(wsdls.echo(wsdls.member("v", f"xsd:{kind}")))
    return proxy.parse_response("echo", wsdls.answer(f"<t:v>{text}</t:v>"))


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("string", "a&lt;&#233;<![CDATA[<b>]]> ", "a<\u00e9<b> "),
        ("token", "  a   b ", "a b"),
        ("int", " 5\n", 5),
        ("integer", "1" + "0" * 30, 10**30),
        ("unsignedLong", "18446744073709551615", 2**64 - 1),
        ("decimal", "1.50", decimal.Decimal("1.50")),
        ("double", "1.5E3", 1500.0),
        ("double", "-INF", -math.inf),
        ("float", "0.1", 0.1),
        ("boolean", "1", True),
        ("boolean", "false", False),
        ("base64Binary", "AP8=", b"\x00\xff"),
        ("hexBinary", "00ff", b"\x00\xff"),
        ("dateTime", "2024-02-29T01:02:03Z", dt.datetime(2024, 2, 29, 1, 2, 3, tzinfo=UTC)),
        ("dateTime", "2024-02-29T01:02:03.1234567", dt.datetime(2024, 2, 29, 1, 2, 3, 123456)),
        (
            "dateTime",
            "2024-02-29T01:02:03-03:30",
            dt.datetime(2024, 2, 29, 1, 2, 3, tzinfo=dt.timezone(-dt.timedelta(hours=3, minutes=30))),
        ),
        ("dateTime", "12024-02-29T01:02:03", "12024-02-29T01:02:03"),
        ("dateTime", "-0001-02-28T01:02:03", "-0001-02-28T01:02:03"),
        ("dateTime", "2024-02-29T24:00:00", "2024-02-29T24:00:00"),
        ("date", "2024-02-29", dt.date(2024, 2, 29)),
        ("date", "2024-02-29Z", "2024-02-29Z"),
        ("time", "01:02:03.5", dt.time(1, 2, 3, 500000)),
        ("time", "01:02:03Z", dt.time(1, 2, 3, tzinfo=UTC)),
        ("duration", "P1DT2.5S", dt.timedelta(days=1, seconds=2.5)),
        ("duration", "-PT1M", dt.timedelta(seconds=-60)),
        ("duration", "P1Y2M", "P1Y2M"),
        ("duration", "P9999999999D", "P9999999999D"),
        ("gYear", "2024", "2024"),
        ("NMTOKENS", "a b", ["a", "b"]),
    ],
)
def test_leaves(kind, text, expected):
    value = read(kind, text)
    assert value == expected
    assert type(value) is type(expected)


def test_nan():
    assert math.isnan(read("double", "NaN"))


def test_a_qname():
    proxy = wsdlproxy.Proxy(wsdls.echo(wsdls.member("v", "xsd:QName")))
    assert proxy.parse_response("echo", wsdls.answer("<t:v>xsd:int</t:v>")) == ("{http://www.w3.org/2001/XMLSchema}int")


def test_an_integer_with_more_digits_than_python_reads():
    digits = "9" * 10_000
    assert read("integer", digits) in (digits, 10**10_000 - 1)


@pytest.mark.parametrize(
    ("kind", "text"), [("int", "x"), ("int", "2147483648"), ("date", "2023-02-29"), ("boolean", "yes")]
)
def test_what_is_no_value_of_its_type(kind, text):
    with pytest.raises(DecodeError) as caught:
        read(kind, text)
    assert caught.value.path.endswith("v")
    assert caught.value.position.line == 1
    assert caught.value.position.byte > 100


@pytest.fixture(scope="module")
def proxy():
    types = """<xsd:complexType name="Point"><xsd:sequence><xsd:element name="x" type="xsd:int"/>
        <xsd:element name="label" type="xsd:string" nillable="true" minOccurs="0"/></xsd:sequence>
        <xsd:attribute name="id" type="xsd:int"/></xsd:complexType>"""
    members = wsdls.member("points", "t:Point", maxOccurs="unbounded"), wsdls.member("total", "xsd:int")
    return wsdlproxy.Proxy(wsdls.echo(*members, types=types))


def test_structs_and_lists(proxy):
    content = '<t:points id="7"><t:x>1</t:x><t:label xsi:nil="true"/></t:points><t:points><t:x>2</t:x></t:points>'
    answer = proxy.parse_response("echo", wsdls.answer(f"{content}<t:total>2</t:total>"))
    assert type(answer) is Struct
    assert answer == {"points": [{"x": 1, "label": None, "id": 7}, {"x": 2}], "total": 2}
    assert type(answer.points) is list
    assert type(answer.points[0]) is Struct
    assert answer.points[0].x == answer["points"][0]["x"] == 1


def test_a_list_without_items_is_empty(proxy):
    assert proxy.parse_response("echo", wsdls.answer("<t:total>0</t:total>")) == {"points": [], "total": 0}


def test_unknown_elements(proxy):
    content = "<t:points><t:x>1</t:x><t:more>2</t:more></t:points>"
    assert proxy.parse_response("echo", wsdls.answer(content)).points == [{"x": 1}]
    keeps = proxy.with_options(unknown="keep")
    assert keeps.parse_response("echo", wsdls.answer(content)).points == [{"x": 1, "more": "2"}]


def test_bytes_text_and_encodings(proxy):
    xml = wsdls.answer("<t:total>1</t:total>").decode()
    for content in (xml, xml.encode(), bytearray(xml, "ascii"), xml.encode("utf-16")):
        assert proxy.parse_response("echo", content).total == 1
    declared = (
        '<?xml version="1.0" encoding="ISO-8859-1"?>'
        + wsdls.answer("<t:points><t:x>1</t:x><t:label>\u00e9</t:label></t:points>").decode()
    )
    assert proxy.parse_response("echo", declared).points[0].label == "\u00e9"
    assert proxy.parse_response("echo", declared.encode("latin-1")).points[0].label == "\u00e9"
    other = declared.split("?>", 1)[1].encode("cp1252")
    assert proxy.parse_response("echo", other, "text/xml; charset=windows-1252").points[0].label == "\u00e9"
    with pytest.raises(wsdlproxy.UsageError):
        proxy.parse_response("echo", 5)


def test_one_member_is_the_value_itself():
    proxy = wsdlproxy.Proxy(wsdls.echo(wsdls.member("v", "xsd:int")))
    assert proxy.parse_response("echo", wsdls.answer("<t:v>3</t:v>")) == 3


def test_references_keep_identity_and_cycles(sip):
    content = f"""<e:Envelope xmlns:e="{wsdls.SOAP}"><e:Body xmlns:n="urn:AGProjects:NGNPro:Sip">
      <n:getRejectMembersResponse><result href="#a"/></n:getRejectMembersResponse>
      <a id="a" xmlns:c="http://schemas.xmlsoap.org/soap/encoding/" c:arrayType="xsd:string[2]"
         xmlns:xsd="http://www.w3.org/2001/XMLSchema"><item href="#b"/><item href="#b"/></a>
      <b id="b">text</b></e:Body></e:Envelope>"""
    assert sip.parse_response("getRejectMembers", content) == ["text", "text"]


NODE = """<xsd:complexType name="Node"><xsd:sequence>
  <xsd:element name="a" type="xsd:int" minOccurs="0"/><xsd:element name="b" type="xsd:string" minOccurs="0"/>
  <xsd:element name="inner" type="t:Node" minOccurs="0"/><xsd:element name="c" type="xsd:int" minOccurs="0"/>
  <xsd:element name="many" type="t:Node" minOccurs="0" maxOccurs="unbounded"/></xsd:sequence></xsd:complexType>"""


def node(chance, depth):
    """A random record of a type that contains itself, and its XML."""
    value, xml = {}, ""
    for name in ("a", "b", "inner", "c"):
        if chance.random() < 0.3 or name == "inner" and depth == 0:
            continue
        inner = node(chance, depth - 1) if name == "inner" else (chance.choice([1, 2]), None)
        value[name] = inner[0] if name != "b" else str(inner[0])
        xml += f"<t:{name}>{inner[0] if inner[1] is None else inner[1]}</t:{name}>"
    many = [node(chance, depth - 1) for _ in range(chance.randrange(3) if depth else 0)]
    value["many"] = [value for value, _ in many]
    return value, xml + "".join(f"<t:many>{xml}</t:many>" for _, xml in many)


def test_records_inside_records_of_their_type():
    """Records begin as copies of those before them; a record inside may change what that is."""
    proxy = wsdlproxy.Proxy(wsdls.echo(wsdls.member("v", "t:Node", maxOccurs="unbounded"), types=NODE))
    chance = random.Random(7)
    for _ in range(300):
        nodes = [node(chance, chance.randrange(4)) for _ in range(chance.randrange(1, 8))]
        answer = proxy.parse_response("echo", wsdls.answer("".join(f"<t:v>{xml}</t:v>" for _, xml in nodes)))
        assert answer == [value for value, _ in nodes]
        # Members are in the order of the answer.
        assert [list(got) for got in answer] == [list(value) for value, _ in nodes]
