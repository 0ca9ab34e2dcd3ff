"""The Python face of the same library: reads cases as JSON from standard input, prints results as JSON."""

import datetime
import decimal
import json
import sys

from wsdlproxy import Error, Proxy, load


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


def described(location):
    """What both faces can tell of a WSDL."""
    try:
        definition = load(location)
    except Error as error:
        return {"error": type(error).__name__}
    return {
        "services": {name: list(service.ports) for name, service in definition.services.items()},
        "ports": {
            name: {
                "service": port.service,
                "location": port.location,
                "soap": port.soap,
                "operations": {
                    key: {
                        "style": row.style,
                        "use": row.use,
                        "action": row.action,
                        "documentation": row.documentation,
                        "parameters": {
                            one.name: {part: one[part] for part in ("type", "required", "repeated")}
                            for one in row.parameters
                        },
                    }
                    for key, row in port.operations.items()
                },
                "documentation": port.documentation,
            }
            for name, port in definition.ports.items()
        },
        "types": len(definition.types),
        "warnings": definition.warnings,
    }


def run(case):
    if "describe" in case:
        return described(case["describe"])
    proxy = Proxy(case["wsdl"], port=case["port"], service=case.get("service"))
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
