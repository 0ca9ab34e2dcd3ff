"""zeep as a client of the server: `Platform(url).Sip.getDomains(query={...})`.

`act_as` gives a sibling with other credentials. Answers are plain dicts and lists; a fault is a `Refused`.
"""

import itertools

import pytest
import zeep
import zeep.exceptions
from strangers import zeep_client
from zeep.helpers import serialize_object

PORTS = ("Sip", "Voicemail", "Enum", "Dns", "Rating", "Customer", "Network", "Presence")
names = itertools.count(1)


def fresh(prefix):
    """A name no other test uses."""
    return f"{prefix}{next(names)}"


class Refused(Exception):
    """A fault of the platform."""

    def __init__(self, fault):
        super().__init__(fault.message)
        self.side = fault.code
        self.code = int(fault.detail.findtext(".//errorcode"))
        self.text = fault.detail.findtext(".//errorstring")


def sendable(value):
    """zeep cannot write an empty array; nil means the same to the server."""
    if isinstance(value, dict):
        return {name: sendable(member) for name, member in value.items()}
    if isinstance(value, list):
        return [sendable(item) for item in value] or zeep.xsd.Nil
    return value


def refused(code, call, *arguments, **named):
    """Asserts that a call ends in this error code; returns the fault."""
    with pytest.raises(Refused) as caught:
        call(*arguments, **named)
    assert caught.value.code == code, caught.value.text
    return caught.value


class Port:
    def __init__(self, proxy, auth):
        self._proxy, self._auth = proxy, auth

    def __getattr__(self, operation):
        call = getattr(self._proxy, operation)
        # zeep writes arrays inside positional arguments wrongly, so that all are given by name.
        parts = [name for name, _ in self._proxy._binding.get(operation).input.body.type.elements]
        headers = {"_soapheaders": {"auth": self._auth}} if self._auth else {}

        def run(*arguments, **named):
            given = {name: sendable(value) for name, value in zip(parts, arguments)}
            given |= {name: sendable(value) for name, value in named.items()}
            try:
                return serialize_object(call(**given, **headers), dict)
            except zeep.exceptions.Fault as fault:
                raise Refused(fault) from None

        return run


class Platform:
    def __init__(self, url, client=None, **auth):
        self.url = url
        self.client = client or zeep_client(url + "wsdl")
        self.auth = auth or {"username": "admin", "password": "secret"}
        for name in PORTS:
            service = "SoapSIMPLEProxy" if name == "Presence" else "NGNPro"
            proxy = self.client.bind(service, name + "Port")
            setattr(self, name, Port(proxy, None if name == "Presence" else self.auth))

    def act_as(self, username=None, password=None, **more):
        auth = dict(self.auth) if username is None else {"username": username, "password": password}
        return Platform(self.url, self.client, **{**auth, **more})

    def reseller(self, **more):
        """Makes a reseller and returns its account."""
        return self.customer(resellerActive=True, **more)

    def customer(self, **more):
        return self.Customer.addAccount({"username": fresh("customer"), "password": "pw", **more})

    def domain(self, **more):
        """Makes a domain and returns its name."""
        return self.Sip.addDomain({"domain": fresh("d") + ".example.com", **more})["domain"]

    def account(self, domain, **more):
        """Makes an account and returns its identifier."""
        return self.Sip.addAccount({"id": {"username": fresh("user"), "domain": domain}, **more})["id"]
