"""The real binary on a free port."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


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
