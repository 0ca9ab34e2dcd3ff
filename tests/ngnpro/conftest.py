"""Servers for the tests; each is stopped when the tests that use it are over."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from running_server import Server  # noqa: E402


@pytest.fixture
def start():
    """Starts servers with options of the test's own."""
    running = []

    def run(*options, lines=1):
        running.append(Server(*options, lines=lines))
        return running[-1]

    yield run
    for server in running:
        server.stop()


@pytest.fixture(scope="session")
def server():
    """A server all tests share; each uses names of its own."""
    running = Server()
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="session")
def platform(server):
    from platform_client import Platform

    return Platform(server.url)
