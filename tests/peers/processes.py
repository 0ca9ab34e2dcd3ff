"""Starting other people's servers, each in a process that ends with the tests."""

import os
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVERS = Path(__file__).resolve().parent / "servers"


def command(name):
    """The path of a command; where the machine has none, the test is skipped and says so."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed: make setup")
    return path


def first_line(process, seconds=30):
    """What a server prints first; a timer ends one that stays silent."""
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    try:
        line = process.stdout.readline().strip()
    finally:
        timer.cancel()
    if not line:
        raise RuntimeError(f"{process.args} ended with {process.wait(5)}")
    return line


@contextmanager
def started(*arguments, **environment):
    """The URL that the server prints; it ends when its standard input does."""
    process = subprocess.Popen(
        [str(argument) for argument in arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )
    try:
        yield first_line(process)
    finally:
        process.stdin.close()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)
        process.stdout.close()


@contextmanager
def php(wsdl, **environment):
    """PHP's own web server with SoapServer behind it."""
    script = SERVERS / "registry.php"
    with started(sys.executable, SERVERS / "php.py", command("php"), script, WSDL=str(wsdl), **environment) as url:
        yield url


@contextmanager
def node(wsdl, version):
    """node-soap, from the folder where `make setup` puts it."""
    modules = ROOT / ".node" / "node_modules"
    if not (modules / "soap").exists():
        pytest.skip("node-soap is not installed: make setup, with npm on the machine")
    with started(command("node"), SERVERS / "registry.js", wsdl, version, NODE_PATH=str(modules)) as url:
        yield url
