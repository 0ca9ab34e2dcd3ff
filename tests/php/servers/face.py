"""The Python face of the same library: reads cases as JSON from standard input, prints results as JSON."""

import datetime
import decimal
import json
import sys

from wsdlproxy import Error, Proxy


def plain(value):
    """A value as PHP's json_encode shows the same one."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, bytes):
        return value.decode("ascii")
    if isinstance(value, decimal.Decimal):
        return str(value)
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    return value


def run(case):
    proxy = Proxy(case["wsdl"], port=case["port"])
    try:
        if "content" in case:
            return plain(proxy.parse_response(case["operation"], case["content"].encode(), "text/xml"))
        given = case["arguments"]
        if isinstance(given, dict):
            return proxy.create_message(case["operation"], **given).decode()
        return proxy.create_message(case["operation"], *given).decode()
    except Error as error:
        return {"error": type(error).__name__, "path": getattr(error, "path", None)}


json.dump([run(case) for case in json.load(sys.stdin)], sys.stdout)
