"""The module of NGNPro's sample client."""

import pytest
import WSDL as module
import wsdlproxy
from peers import WSDL
from WSDL import Proxy

AUTH = {"username": "admin", "password": "s3cret"}


@pytest.fixture(scope="module")
def proxy():
    return Proxy(str(WSDL), port="SipPort", auth=AUTH, location="http://127.0.0.1:9/ngnpro/")


def test_is_a_proxy(proxy):
    assert module.Proxy is Proxy
    assert isinstance(proxy, wsdlproxy.Proxy)
    assert b"<username" in proxy.create_message("getMediaSummary")
    assert module.Fault is wsdlproxy.Fault


def test_methods(proxy):
    assert len(proxy.methods) == 60
    call = proxy.methods["addToGroup"]
    assert call.methodName == "addToGroup"
    assert call.location == "http://127.0.0.1:9/ngnpro/"
    assert call.namespace == "urn:AGProjects:NGNPro:Sip"
    assert call.soapAction == ""
    assert [item.name for item in call.inparams] == ["sipId", "group"]
    assert call.inparams[0].type == ("urn:AGProjects:NGNPro", "SipId")
    assert call.inparams[1].type == ("http://www.w3.org/2001/XMLSchema", "string")
    assert call.outparams == []
    assert proxy.methods["addAccount"].outparams[0].type[1] == "SipAccount"
    assert call.getInParameters() is call.inparams


def test_listing(proxy, capsys):
    proxy.show_methods()
    printed = capsys.readouterr().out
    assert printed == f"{proxy}\n"
    assert "Method Name: addToGroup" in printed
    assert "In #1: group  ({http://www.w3.org/2001/XMLSchema}string)" in printed
    assert "s3cret" not in printed
    assert "s3cret" not in repr(proxy.methods)


def test_against_the_server(ngnpro):
    proxy = module.Proxy(
        ngnpro.rstrip("/") + "/wsdl",
        port="SipPort",
        location=ngnpro,
        auth={"username": "admin", "password": "secret"},
    )
    proxy.addDomain(domain={"domain": "dropin.example"})
    found = proxy.getDomains(query={"filter": {"domain": "dropin.example"}})
    assert found.total == 1
    assert found["domains"][0]["domain"] == "dropin.example"
