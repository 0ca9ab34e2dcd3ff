"""The shared cases through the Python face."""

import base64
import datetime as dt
import decimal
import io
import json
import math
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import wsdlproxy

CASES = Path(__file__).resolve().parents[1] / "cases"
FOLDERS = sorted(path.parent for path in CASES.glob("*/*/input.json"))
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
QNAMES = {f"{XSI}type", "{http://schemas.xmlsoap.org/soap/encoding/}arrayType"}


def duration(text):
    """Days, hours, minutes and seconds of the texts that the cases use."""
    days, hours, minutes, seconds = re.fullmatch(
        r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?", text
    ).groups()
    return dt.timedelta(int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0), seconds=float(seconds or 0))


def moment(text):
    """Fractions of any length and Z, which older versions of Python do not read."""
    head, dot, rest = text.replace("Z", "+00:00").partition(".")
    digits = len(rest) - len(rest.lstrip("0123456789"))
    return dt.datetime.fromisoformat(head + dot + rest[:digits].ljust(6, "0")[:6] * bool(dot) + rest[digits:])


LEAVES = {
    "$integer": int,
    "$decimal": decimal.Decimal,
    "$bytes": base64.b64decode,
    "$dateTime": moment,
    "$date": dt.date.fromisoformat,
    "$time": dt.time.fromisoformat,
    "$duration": duration,
    "$double": lambda text: {"INF": math.inf, "-INF": -math.inf, "NaN": math.nan}[text],
}


def native(record):
    """A JSON object as Python value."""
    if len(record) == 1:
        ((name, value),) = record.items()
        if name in LEAVES:
            return LEAVES[name](value)
    return record


def read(path):
    return json.loads(path.read_text("utf-8"), object_hook=native)


def kinds(value):
    """A value with the types of its leaves, as 1, True and 1.0 are equal."""
    if isinstance(value, dict):
        return {name: kinds(item) for name, item in value.items()}
    if isinstance(value, list):
        return [kinds(item) for item in value]
    return type(value).__name__, repr(value)


def infoset(text):
    """Names, attributes, texts and children; QNames in attributes by their meaning."""
    scopes, stack, pending, root = [{}], [], [], None
    for event, item in ET.iterparse(io.BytesIO(text), events=("start", "end", "start-ns")):
        if event == "start-ns":
            pending.append(item)
        elif event == "start":
            scope = {**scopes[-1], **dict(pending)}
            pending = []
            scopes.append(scope)
            node = {"name": item.tag, "attributes": {}, "text": "", "children": []}
            for name, value in item.attrib.items():
                if name in QNAMES:
                    prefix, colon, local = value.rpartition(":")
                    value = f"{{{scope.get(prefix, '')}}}{local}" if colon else f"{{{scope.get('', '')}}}{value}"
                node["attributes"][name] = value
            if stack:
                stack[-1]["children"].append(node)
            else:
                root = node
            stack.append(node)
        else:
            scopes.pop()
            node = stack.pop()
            node["text"] = (item.text or "").strip() if node["children"] else (item.text or "")
    return root


@pytest.fixture(scope="module")
def proxies():
    made = {}

    def proxy(folder):
        path = next(path for path in (folder / "service.wsdl", folder.parent / "service.wsdl") if path.exists())
        if path not in made:
            made[path] = wsdlproxy.Proxy(path)
        return made[path]

    return proxy


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_case(folder, proxies):
    given, proxy = read(folder / "input.json"), proxies(folder)
    error = read(folder / "error.json") if (folder / "error.json").exists() else None
    request, response = folder / "request.xml", folder / "response.xml"
    checked = 0
    if request.exists() or (error and error["kind"] == "encode"):
        calling = proxy.with_options(soap_headers=given["headers"]) if "headers" in given else proxy
        encode = lambda: calling.create_message(  # noqa: E731
            given["operation"], *given.get("positional", []), **given.get("named", {})
        )
        if error:
            refused(encode, wsdlproxy.EncodeError, error)
        else:
            assert infoset(encode()) == infoset(request.read_bytes())
        checked += 1
    if response.exists():
        decode = lambda: proxy.parse_response(given["operation"], response.read_bytes())  # noqa: E731
        if error:
            refused(decode, wsdlproxy.DecodeError, error)
        else:
            answered(decode, read(folder / "output.json"))
        checked += 1
    assert checked


def refused(call, kind, error):
    with pytest.raises(kind) as caught:
        call()
    if "path" in error:
        assert caught.value.path == error["path"]


def answered(call, expected):
    if isinstance(expected, dict) and set(expected) == {"fault"}:
        with pytest.raises(wsdlproxy.Fault) as caught:
            call()
        assert {name: getattr(caught.value, name) for name in expected["fault"]} == expected["fault"]
    else:
        assert kinds(call()) == kinds(expected)


def test_there_are_cases():
    assert len(FOLDERS) >= 30
