"""TLS: verified unless told otherwise, with a certificate authority of one's own, with client certificates."""

import shutil
import ssl
import subprocess

import pytest
import wsdlproxy
import wsdls
from peers import Scripted
from wsdlproxy import Proxy, TLSError

WSDL = wsdls.echo(wsdls.member("v", "xsd:string"))


def openssl(folder, *arguments):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True, timeout=60)


def certificate(folder, name, extension):
    """A key and a certificate of the authority in this folder."""
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", f"{name}.key"]
    openssl(folder, "req", *key, "-subj", f"/CN={name}", "-out", f"{name}.csr")
    (folder / f"{name}.ext").write_text(extension)
    authority = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2"]
    openssl(folder, "x509", "-req", "-in", f"{name}.csr", *authority, "-extfile", f"{name}.ext", "-out", f"{name}.pem")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed: make setup")
    folder = tmp_path_factory.mktemp("tls")
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", "ca.key"]
    openssl(folder, "req", "-x509", *key, "-subj", "/CN=Test CA", "-days", "2", "-out", "ca.pem")
    certificate(folder, "server", "subjectAltName=IP:127.0.0.1")
    certificate(folder, "client", "extendedKeyUsage=clientAuth")
    return folder


def secured(folder, *, clients=False):
    server = Scripted()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    if clients:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(folder / "ca.pem")
    server.server.socket = context.wrap_socket(server.server.socket, server_side=True)
    server.url = server.url.replace("http:", "https:")
    server.says(wsdls.answer("<t:v>x</t:v>"))
    return server


@pytest.fixture
def server(folder):
    made = secured(folder)
    try:
        yield made
    finally:
        made.close()


def test_an_unknown_issuer_is_refused(server):
    with pytest.raises(TLSError, match="ca_file"):
        Proxy(WSDL, location=server.url).echo("x")
    with pytest.raises(TLSError):
        wsdlproxy.load(server.url)
    assert server.requests == []


@pytest.mark.parametrize("option", ["ca_file", "verify"])
def test_an_authority_of_ones_own(server, folder, option):
    assert Proxy(WSDL, location=server.url, **{option: folder / "ca.pem"}).echo("x") == "x"
    assert Proxy(WSDL, location=server.url, **{option: str(folder / "ca.pem")}).echo("x") == "x"
    assert Proxy(WSDL, location=server.url, **{option: (folder / "ca.pem").read_bytes()}).echo("x") == "x"


def test_verification_turned_off(server):
    assert Proxy(WSDL, location=server.url, verify=False).echo("x") == "x"


def test_another_host_name_is_refused(server, folder):
    with pytest.raises(TLSError, match="host name"):
        Proxy(WSDL, location=server.url.replace("127.0.0.1", "localhost"), ca_file=folder / "ca.pem").echo("x")


def test_plain_http_where_tls_is_expected(folder):
    plain = Scripted()
    try:
        with pytest.raises(TLSError):
            Proxy(WSDL, location=plain.url.replace("http:", "https:"), ca_file=folder / "ca.pem").echo("x")
    finally:
        plain.close()


def test_client_certificates(folder):
    server = secured(folder, clients=True)
    try:
        options = {"location": server.url, "ca_file": folder / "ca.pem"}
        pair = (folder / "client.pem", folder / "client.key")
        assert Proxy(WSDL, client_cert=pair, **options).echo("x") == "x"
        both = pair[0].read_bytes() + pair[1].read_bytes()
        assert Proxy(WSDL, client_cert=both, **options).echo("x") == "x"
        with pytest.raises(wsdlproxy.TransportError):
            Proxy(WSDL, **options).echo("x")
    finally:
        server.close()
