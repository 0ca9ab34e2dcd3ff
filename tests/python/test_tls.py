"""TLS: verified unless told otherwise, with a certificate authority of one's own, with client certificates."""

import base64
import shutil
import socket
import ssl
import subprocess
import threading

import pytest
import wsdlproxy
import wsdls
from peers import Scripted
from wsdlproxy import Proxy, TLSError

WSDL = wsdls.echo(wsdls.member("v", "xsd:string"))


def openssl(folder, *arguments):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True, timeout=60)


def certificate(folder, name, extension, days=2):
    """A key and a certificate of the authority in this folder."""
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", f"{name}.key"]
    openssl(folder, "req", *key, "-subj", f"/CN={name}", "-out", f"{name}.csr")
    (folder / f"{name}.ext").write_text(extension)
    authority = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", str(days)]
    openssl(folder, "x509", "-req", "-in", f"{name}.csr", *authority, "-extfile", f"{name}.ext", "-out", f"{name}.pem")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed: make setup")
    folder = tmp_path_factory.mktemp("tls")
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", "ca.key"]
    openssl(folder, "req", "-x509", *key, "-subj", "/CN=Test CA", "-days", "2", "-out", "ca.pem")
    certificate(folder, "server", "subjectAltName=IP:127.0.0.1")
    certificate(folder, "expired", "subjectAltName=IP:127.0.0.1", days=-1)
    certificate(folder, "client", "extendedKeyUsage=clientAuth")
    return folder


def secured(folder, *, clients=False, name="server"):
    server = Scripted()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / f"{name}.pem", folder / f"{name}.key")
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


def test_an_expired_certificate_is_refused(folder):
    server = secured(folder, name="expired")
    try:
        options = {"location": server.url, "ca_file": folder / "ca.pem"}
        with pytest.raises(TLSError, match="expired"):
            Proxy(WSDL, **options).echo("x")
        assert Proxy(WSDL, verify=False, **options).echo("x") == "x"
    finally:
        server.close()


class Tunnel:
    """An HTTP proxy that only knows CONNECT, and wants a password; `asked` is what it was asked."""

    def __init__(self, token):
        self.token, self.asked = token, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.authority = f"127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            head = b""
            while b"\r\n\r\n" not in head:
                head += client.recv(65536)
            self.asked.append(head)
            if b"Basic " + self.token not in head:
                client.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
                client.close()
                continue
            host, port = head.split()[1].decode().rsplit(":", 1)
            server = socket.create_connection((host, int(port)))
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            for one, other in ((client, server), (server, client)):
                threading.Thread(target=self.copy, args=(one, other), daemon=True).start()

    @staticmethod
    def copy(one, other):
        while data := one.recv(65536):
            other.sendall(data)
        other.close()


def test_through_a_proxy_with_a_password(server, folder):
    tunnel = Tunnel(base64.b64encode(b"me:s3cret"))
    options = {"location": server.url, "ca_file": folder / "ca.pem"}
    try:
        assert Proxy(WSDL, proxy=f"http://me:s3cret@{tunnel.authority}", **options).echo("x") == "x"
        assert len(tunnel.asked) == len(server.requests) == 1
        # The body, and with it all credentials, is none of the proxy's business.
        assert b"echo" not in tunnel.asked[0]
        with pytest.raises(wsdlproxy.ConnectionError) as caught:
            Proxy(WSDL, proxy=f"http://me:wr0ng@{tunnel.authority}", **options).echo("x")
        assert f"the proxy {tunnel.authority}" in str(caught.value)
        assert "wr0ng" not in str(caught.value)
        assert not caught.value.sent
    finally:
        tunnel.listener.close()
