"""What is sent in the comparison: values, the same values as JSON, and the XML of answers.

Every value is made from its number, so each peer gets the same bytes in each run.
"""

import base64
import json

ENVELOPE = (
    '<?xml version="1.0" encoding="UTF-8"?><SOAP-ENV:Envelope '
    'xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" '
    'xmlns:b="urn:bench"><SOAP-ENV:Body>{}</SOAP-ENV:Body></SOAP-ENV:Envelope>'
)
#: Member and type of an account; what begins with `b:` is in the WSDL, a list in brackets has such items.
ACCOUNT = (
    ("id", "b:AccountId"),
    *((name, "xsd:string") for name in ("firstName", "lastName", "password", "email")),
    ("owner", "xsd:int"),
    *((name, "xsd:string") for name in ("timezone", "rpid")),
    ("groups", "[xsd:string]"),
    ("prepaid", "xsd:boolean"),
    *((name, "xsd:int") for name in ("quota", "callLimit", "timeout", "answerTimeout")),
    ("properties", "[b:Property]"),
    *((name, "xsd:string") for name in ("region", "quickdialPrefix", "createDate", "changeDate")),
    *((name, "xsd:integer") for name in ("customer", "reseller")),
)
STRUCTS = {
    "b:Account": ACCOUNT,
    "b:AccountId": (("username", "xsd:string"), ("domain", "xsd:string")),
    "b:Property": (("name", "xsd:string"), ("value", "xsd:string")),
    "b:Mesh": (("x", "xsd:int"), ("y", "xsd:int"), ("z", "xsd:double")),
}
#: Operation and the type of its answer.
ANSWERS = {
    "ping": "xsd:int",
    "getAccounts": "[b:Account]",
    "getInts": "[xsd:int]",
    "getDoubles": "[xsd:double]",
    "getMesh": "[b:Mesh]",
    "getBinary": "xsd:base64Binary",
    "setAccounts": "xsd:int",
}


def account(at):
    return {
        "id": {"username": f"user{at}", "domain": "example.com"},
        "firstName": "Grace",
        "lastName": "Hopper",
        "password": "s3cr3t",
        "email": f"user{at}@example.com",
        "owner": 7,
        "timezone": "Europe/Amsterdam",
        "rpid": "31208005169",
        "groups": ["free-pstn", "anonymous"],
        "prepaid": False,
        "quota": 50,
        "callLimit": 4,
        "timeout": 7200,
        "answerTimeout": 35,
        "properties": [{"name": "language", "value": "en"}, {"name": "mobile_number", "value": "0031612345678"}],
        "region": "",
        "quickdialPrefix": "",
        "createDate": "2026-01-02 03:04:05",
        "changeDate": "2026-01-02 03:04:05",
        "customer": 3,
        "reseller": 2,
    }


def value(operation, count):
    """What the answer of an operation holds; of binary the `count` is bytes."""
    if operation == "getAccounts":
        return [account(at) for at in range(count)]
    if operation == "getInts":
        return [at * 37 - 1_000_000 for at in range(count)]
    if operation == "getDoubles":
        return [at * 1.37 / 7 - 500 for at in range(count)]
    if operation == "getMesh":
        return [{"x": at, "y": at * 3 % 1000, "z": at / 8 + 0.1} for at in range(count)]
    if operation == "getBinary":
        return bytes(range(256)) * (count // 256)
    return count


def text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)


def element(name, kind, value, encoded):
    if kind.startswith("["):
        inner = kind[1:-1]
        items = "".join([element("item", inner, item, encoded) for item in value])
        mark = f' xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="{inner}[{len(value)}]"' if encoded else ""
        return f"<{name}{mark}>{items}</{name}>"
    mark = f' xsi:type="{kind}"' if encoded else ""
    if kind in STRUCTS:
        content = "".join([element(name, kind, value[name], encoded) for name, kind in STRUCTS[kind]])
    else:
        content = text(value)
    return f"<{name}{mark}>{content}</{name}>"


def answer(operation, value, encoded):
    """The envelope of an answer: rpc/encoded with a type on every element, or document/literal."""
    result = element("result", ANSWERS[operation], value, encoded)
    if encoded:
        return ENVELOPE.format(f"<b:{operation}Response>{result}</b:{operation}Response>").encode()
    return ENVELOPE.format(f'<{operation}Response xmlns="urn:bench">{result}</{operation}Response>').encode()


def as_json(value):
    return json.dumps(value, default=text, separators=(",", ":")).encode()
