"""Fixtures: the servers that the tests talk to, and the WSDL of NGNPro."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from peers import WSDL, PhpServer, Scripted, first_line, ngnpro_binary, stop  # noqa: E402


@pytest.fixture(scope="session", autouse=True)
def cache():
    """Nothing is kept between two runs, nor mixed with what the user keeps."""
    before = os.environ.get("XDG_CACHE_HOME")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        yield Path(folder) / "wsdlproxy"
    if before is None:
        del os.environ["XDG_CACHE_HOME"]
    else:
        os.environ["XDG_CACHE_HOME"] = before


@pytest.fixture(scope="session")
def ngnpro():
    """URL of NGNPro's embedded server with an empty platform."""
    binary = ngnpro_binary()
    if binary is None:
        pytest.skip("ngnpro-server is not built: make build")
    process = subprocess.Popen([binary, "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        yield first_line(process).split()[-1]
    finally:
        stop(process)


@pytest.fixture(scope="session")
def php(tmp_path_factory):
    """PHP's SoapServer with the WSDL of NGNPro."""
    server = PhpServer(tmp_path_factory.mktemp("php"), WSDL)
    try:
        yield server
    finally:
        stop(server.process)


@pytest.fixture
def server():
    """A server that answers as the test says."""
    made = Scripted()
    try:
        yield made
    finally:
        made.close()


@pytest.fixture(scope="session")
def definition():
    """The WSDL of NGNPro, loaded once."""
    import wsdlproxy

    return wsdlproxy.load(WSDL)


@pytest.fixture(scope="session")
def sip(definition):
    """A proxy that never sends."""
    return definition.proxy("SipPort", location="http://127.0.0.1:9/", auth={"username": "u", "password": "s3cret"})
