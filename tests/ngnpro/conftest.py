"""The server under test: the real binary on a free port, stopped when the tests are over."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

ROOT = Path(__file__).resolve().parents[2]
ADMIN = {"username": "admin", "password": "secret"}


def binary():
    """The server's binary: as the environment says, else the newest build."""
    if "NGNPRO_SERVER" in os.environ:
        return Path(os.environ["NGNPRO_SERVER"])
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    built = [path for mode in ("release", "debug") if (path := target / mode / "ngnpro-server").exists()]
    if not built:
        pytest.skip("ngnpro-server is not built")
    return max(built, key=lambda path: path.stat().st_mtime)


class Server:
    """A running server; `lines` are the lines it printed about where it listens."""

    def __init__(self, *options, lines=1):
        command = [str(binary()), "--port", "0", *map(str, options)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.lines = [self.process.stdout.readline().strip() for _ in range(lines)]
        if not all(self.lines):
            self.stop()
            raise RuntimeError(f"{command} ended early")
        self.url = self.lines[0].removeprefix("ngnpro-server listening on ")

    def stop(self):
        """Asks it to stop and returns how it ended."""
        self.process.terminate()
        try:
            return self.process.wait(timeout=15)
        finally:
            self.process.kill()
            self.process.stdout.close()


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
