"""SOAP clients written by others, made to work without a network.

zeep wants to fetch the schema of the SOAP encoding from the network; suds carries a copy, so zeep gets
that one.
"""

import shutil
import subprocess
from pathlib import Path

import pytest
import suds.client
import suds.store
import zeep

SOAP_ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"
WSDL = Path(__file__).resolve().parents[2] / "examples" / "ngnpro" / "ngnpro.wsdl"
PHP_SCRIPTS = Path(__file__).resolve().parent / "php"


class OfflineTransport(zeep.Transport):
    """Answers the one well-known address from suds' own copy."""

    def load(self, url):
        if url == SOAP_ENCODING:
            return suds.store.defaultDocumentStore.open(url)
        return super().load(url)


def zeep_client(wsdl):
    return zeep.Client(str(wsdl), transport=OfflineTransport(timeout=20, operation_timeout=60))


def suds_client(wsdl):
    return suds.client.Client(str(wsdl), cache=None, timeout=60)


def php(script, *arguments, timeout=120):
    """Runs a PHP script of this folder and returns what it printed; skips without PHP and its soap."""
    interpreter = shutil.which("php")
    if interpreter is None:
        pytest.skip("php is not installed")
    modules = subprocess.run([interpreter, "-m"], capture_output=True, text=True, timeout=30).stdout.split()
    if "soap" not in modules:
        pytest.skip("php lacks its soap extension")
    command = [
        interpreter,
        "-d",
        "soap.wsdl_cache_enabled=0",
        "-d",
        "display_errors=stderr",
        str(PHP_SCRIPTS / script),
    ]
    done = subprocess.run([*command, *arguments], capture_output=True, text=True, timeout=timeout)
    assert done.returncode == 0, f"{script}: {done.stdout}\n{done.stderr}"
    return done.stdout
