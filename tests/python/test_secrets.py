"""No message, repr or trace shows a credential."""

import logging
import pickle
import traceback

import pytest
import wsdlproxy
import wsdls
from peers import WSDL
from wsdlproxy import Proxy

SECRET = "s3cret-value"
AUTH = {"username": "u", "password": SECRET}
WHO = {"username": "a", "domain": "b"}


def told(error):
    """All that an exception tells by itself."""
    return f"{error!r} {error} {error.args} {''.join(traceback.format_exception_only(type(error), error))}"


@pytest.fixture
def sip(definition, server):
    return definition.proxy("SipPort", location=server.url, auth=AUTH, trace=True)


@pytest.mark.parametrize(
    "account",
    [
        {"id": WHO, "password": SECRET + "\x00"},
        {"id": WHO, "password": [SECRET]},
        {"id": WHO, "password": {"x": SECRET}},
        {"id": WHO, "password": SECRET.encode()},
        {"id": WHO, "password": SECRET, "quota": "x"},
        {"password": SECRET},
    ],
)
def test_errors_while_encoding(sip, server, account):
    with pytest.raises(wsdlproxy.EncodeError) as caught:
        sip.addAccount(account=account)
    assert SECRET not in told(caught.value)
    assert server.requests == []


@pytest.mark.parametrize("auth", [{**AUTH, "password": SECRET + "\x00"}, {**AUTH, "password": SECRET + "\ud800"}])
def test_credentials_that_cannot_be_sent(definition, auth):
    with pytest.raises((wsdlproxy.Error, UnicodeError)) as caught:
        definition.proxy("SipPort", auth=auth).create_message("getMediaSummary")
    assert SECRET not in f"{caught.value!r} {caught.value}"


def test_errors_while_decoding(sip, server):
    for body in (
        f"<a><password>{SECRET}</password>",
        wsdls.answer(f"<password>{SECRET}</password>", name="addAccountResponse").decode()[:-30],
    ):
        server.says(body)
        with pytest.raises(wsdlproxy.Error) as caught:
            sip.addAccount(account={"id": WHO, "password": SECRET})
        assert SECRET not in told(caught.value)
        assert SECRET not in sip.last_request
        assert SECRET not in sip.last_response


def test_traces(sip, server):
    server.says(f"<x><password>{SECRET}</password><n:auth xmlns:n='n' a='{SECRET}'>{SECRET}</n:auth></x>")
    with pytest.raises(wsdlproxy.Error):
        sip.addAccount(account={"id": WHO, "password": SECRET})
    for message in (sip.last_request, sip.last_response):
        again = pickle.loads(pickle.dumps(message))
        for text in (message.text, str(message), repr(message), again.text, str(again.headers), str(bytes(message))):
            assert SECRET not in text
    assert b"***" in sip.last_request
    assert sip.last_request.headers["Content-Type"].startswith("text/xml")


def test_headers_and_urls(server):
    server.says(wsdls.answer("<t:v>x</t:v>"))
    url = server.url.replace("://", f"://me:{SECRET}@") + f"?token={SECRET}"
    proxy = Proxy(wsdls.echo(wsdls.member("v", "xsd:string")), location=url, headers={"X-Api-Key": SECRET}, trace=True)
    assert proxy.echo("x") == "x"
    shown = f"{proxy!r} {proxy.location} {proxy.last_request.url} {proxy.last_request.headers}"
    assert SECRET not in shown
    assert server.requests[0][1]["x-api-key"] == SECRET
    assert server.requests[0][1]["authorization"].startswith("Basic ")
    full = proxy.with_options(trace="full")
    full.echo("x")
    assert full.last_request.headers["X-Api-Key"] == SECRET


def test_nothing_is_logged_or_printed(definition, server, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    server.says(wsdls.fault(f"<password>{SECRET}</password>"), status=500)
    with pytest.raises(wsdlproxy.Fault) as caught:
        definition.proxy("SipPort", location=server.url, auth=AUTH).getMediaSummary()
    assert caught.value.detail["password"] == SECRET
    assert SECRET not in told(caught.value)
    assert SECRET not in repr(caught.value.detail)
    assert SECRET not in caplog.text + "".join(capfd.readouterr())


def test_options(definition):
    for proxy in (
        definition.proxy("SipPort", auth=AUTH),
        Proxy(WSDL, "EnumPort", basic_auth=("me", SECRET), headers={"Authorization": SECRET}),
    ):
        assert SECRET not in f"{proxy!r} {proxy} {proxy.definition!r} {proxy.operations!r} {vars(proxy)}"


def test_outcomes_of_a_bulk_run():
    outcome = wsdlproxy.Outcome(1, {"id": WHO, "password": SECRET}, [{"ha1": SECRET}], None)
    assert SECRET not in f"{outcome!r} {outcome}"
    assert repr(outcome).startswith("Outcome(index=1, arguments={'id': {'username': 'a', 'domain': 'b'}, 'password'")
    assert outcome.arguments["password"] == SECRET


@pytest.mark.parametrize(
    "page",
    [
        '{"error": "refused", "password": "s3cret-value"}',
        "cannot log in with username=u&password=s3cret-value",
        "<html>your request was &lt;auth&gt;&lt;password&gt;s3cret-value&lt;/password&gt;&lt;/auth&gt;</html>",
        "<log><![CDATA[<password>s3cret-value</password>]]></log>",
        "array('ha1' => 's3cret-value')",
    ],
)
@pytest.mark.parametrize("status", [200, 500])
def test_answers_that_repeat_the_request(sip, server, page, status):
    server.says(page, status=status, content_type="text/html" if page.startswith("<h") else "text/plain")
    with pytest.raises(wsdlproxy.Error) as caught:
        sip.addAccount(account={"id": WHO, "password": SECRET})
    assert SECRET not in f"{told(caught.value)} {vars(caught.value)} {pickle.dumps(caught.value)}"
    assert SECRET not in sip.last_response


def test_what_a_name_says_is_a_secret_is_hidden():
    struct = wsdlproxy.Struct(
        properties=[{"name": "web_password", "value": "GEHEIM"}, {"name": "language", "value": "fr"}],
        entries=wsdlproxy.Struct(key="ha1", value="GEHEIM"),
        newPassword="GEHEIM",
        client_secret="GEHEIM",
    )
    assert "GEHEIM" not in repr(struct) and "fr" in repr(struct)
    assert struct["properties"][0]["value"] == "GEHEIM"
