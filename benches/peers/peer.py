"""The Python peers: `peer.py PEER OPERATION COUNT URL WSDL FILES`.

Prints `ready`; then, for each line with a number, makes that many calls and prints how many items the last answer
had. `FILES` is the path of the workload's files without their endings. With the operation `load` it loads the WSDL
once and prints the seconds of time and of CPU that it took; with `call` it makes one call and ends.
"""

import sys
import time

peer, operation, count, url, wsdl, files = sys.argv[1:]
CACHE = files + ".plans"


def argument():
    if operation != "setAccounts":
        return int(count)
    # Here, since importing it would count as part of a whole process.
    import json

    with open(files + ".json", "rb") as file:
        return json.load(file)


def contents(ending):
    with open(files + ending, "rb") as file:
        return file.read()


def wsdlproxy(cache=None):
    import wsdlproxy

    if operation == "load":
        return lambda: wsdlproxy.load(wsdl, cache=cache, max_age=3600) if cache else wsdlproxy.load(wsdl, cache=None)
    proxy = wsdlproxy.Proxy(wsdl, location=url, cache=cache)
    method, given = getattr(proxy, operation), argument()
    return lambda: method(given)


def wsdlproxy_cached():
    return wsdlproxy(CACHE)


def offline():
    """zeep's transport, with the schema of SOAP encoding from this tree: zeep would fetch it from its author."""
    import pathlib

    from zeep.transports import Transport

    root = pathlib.Path(__file__).resolve().parents[2]
    schema = (root / "core/src/xsd/wellknown/soap11-encoding.xsd").read_bytes()

    class Offline(Transport):
        def _load_remote_data(self, address):
            return schema if "schemas.xmlsoap.org" in address else super()._load_remote_data(address)

    return Offline()


def zeep():
    import zeep

    settings = zeep.Settings(xml_huge_tree=True)
    if operation == "load":
        return lambda: zeep.Client(wsdl, transport=offline(), settings=settings)
    client = zeep.Client(wsdl, transport=offline(), settings=settings)
    method = getattr(client.create_service("{urn:bench}Bench", url), operation)
    given = argument()
    if operation == "setAccounts":
        # Its arrays are made of elements that it is told to be arrays.
        given = {"_value_1": [{"Account": item} for item in given]}
    return lambda: method(given)


def suds():
    import suds.client

    if operation == "load":
        return lambda: suds.client.Client(wsdl if "://" in wsdl else f"file://{wsdl}", cache=None)
    client = suds.client.Client(f"file://{wsdl}", cache=None, location=url)
    method, given = getattr(client.service, operation), argument()
    return lambda: method(given)


def http():
    import http.client
    import urllib.parse

    address = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname, address.port)
    body = contents(".request")
    headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""'}

    def call():
        connection.request("POST", address.path, body, headers)
        connection.getresponse().read()

    return call


def orjson():
    import orjson

    if operation == "setAccounts":
        given = argument()
        return lambda: len(orjson.dumps(given)) and None
    text = contents(".json")
    return lambda: orjson.loads(text)


def lxml():
    import lxml.etree

    text, parser = contents(".xml"), lxml.etree.XMLParser(huge_tree=True)
    return lambda: len(lxml.etree.fromstring(text, parser)) and None


def expat():
    import xml.parsers.expat

    text = contents(".xml")
    return lambda: xml.parsers.expat.ParserCreate().Parse(text, True) and None


def size(result):
    """How many items an answer has; 0 where a peer has nothing to count."""
    if result is None:
        return 0
    if isinstance(result, dict) and "item" in result:
        return len(result["item"])
    if hasattr(result, "item"):
        return len(result.item)
    return result if isinstance(result, int) else len(result)


def main():
    prepared = globals()[peer]()
    if operation == "load":
        wall, cpu = time.perf_counter(), time.process_time()
        kept = prepared()
        print(time.perf_counter() - wall, time.process_time() - cpu, bool(kept))
        return
    if files.endswith("process"):
        print(size(prepared()))
        return
    print("ready", flush=True)
    for line in sys.stdin:
        result = None
        for _ in range(int(line)):
            # As the answer before is given up, so that memory shows one answer.
            result = None
            result = prepared()
        print(size(result), flush=True)


main()
