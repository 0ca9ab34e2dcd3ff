"""Four clients behind one method.

`call("Sip.getAccount", {"sipId": …}, auth)` gives plain values, or raises `Denied` for a fault.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import wsdlproxy
from platform_client import Platform, Refused
from running_server import ROOT

SCRIPT = ROOT / "tests/ngnpro/php/drive.php"
EXTENSION = Path(os.environ.get("WSDLPROXY_EXTENSION", ROOT / "target/release/libwsdlproxy_php.so"))


class Denied(Exception):
    """A fault, by its code."""

    def __init__(self, code):
        super().__init__(f"fault {code}")
        self.code = code


class Python:
    """wsdlproxy in Python."""

    def __init__(self, url):
        self.definition = wsdlproxy.load(url + "wsdl")

    def call(self, operation, arguments, auth):
        port, name = operation.split(".")
        proxy = self.definition.proxy(port + "Port", auth=None if port == "Presence" else auth)
        try:
            return proxy.call(name, **as_bytes(arguments))
        except wsdlproxy.Fault as fault:
            raise Denied(fault.detail["exception"].errorcode) from None

    def stop(self):
        pass


class Zeep:
    """A stranger in Python."""

    def __init__(self, url):
        self.platform = Platform(url)

    def call(self, operation, arguments, auth):
        port, name = operation.split(".")
        platform = Platform(self.platform.url, self.platform.client, **auth)
        try:
            value = getattr(getattr(platform, port), name)(**self.typed(as_bytes(arguments)))
        except Refused as refused:
            raise Denied(refused.code) from None
        # zeep takes the only member of a struct for the struct.
        return {"entries": value} if name == "getCreditHistory" else value

    def typed(self, arguments):
        """zeep writes an array within an array only from its own objects."""
        rules = arguments.get("rules")
        if rules:
            rule = self.platform.client.get_type("{urn:AGProjects:NGNPro}AcceptRule")
            rules = {**rules, "persistent": [rule(**each) for each in rules["persistent"]]}
            return {**arguments, "rules": rules}
        return arguments

    def stop(self):
        pass


class Php:
    """A PHP process that makes the calls it reads, line by line."""

    def __init__(self, url, client, options=()):
        if not shutil.which("php"):
            pytest.skip("php is not installed")
        command = ["php", "-d", "soap.wsdl_cache_enabled=0", "-d", "display_errors=stderr", *options]
        self.process = subprocess.Popen(
            [*command, str(SCRIPT), client, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def call(self, operation, arguments, auth):
        port, name = operation.split(".")
        print(json.dumps([port, name, arguments, auth]), file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        assert line, f"PHP ended in {operation}"
        answer = json.loads(line)
        assert "error" not in answer, f"{operation}: {answer['error']}"
        if "fault" in answer:
            raise Denied(answer["fault"])
        return answer["value"]

    def stop(self):
        self.process.stdin.close()
        self.process.wait(timeout=20)
        self.process.stdout.close()


def php(url):
    """wsdlproxy in PHP."""
    if not EXTENSION.exists():
        pytest.skip("the PHP extension is not built")
    return Php(url, "wsdlproxy", ["-d", f"extension={EXTENSION}"])


def soap_client(url):
    """A stranger in PHP."""
    return Php(url, "SoapClient")


def as_bytes(arguments):
    """JSON has no bytes: a sound travels as text."""
    message = arguments.get("message")
    return {**arguments, "message": message.encode()} if message else arguments


DRIVERS = {"Python": Python, "PHP": php, "zeep": Zeep, "SoapClient": soap_client}
