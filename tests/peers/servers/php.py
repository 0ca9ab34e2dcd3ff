"""Runs PHP's web server on a free port with one script; prints its URL, ends with its standard input."""

import socket
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from free_port import free_port  # noqa: E402


def main():
    php, script = sys.argv[1:]
    port = free_port()
    options = ["-d", "soap.wsdl_cache_enabled=0", "-d", "serialize_precision=-1"]
    server = subprocess.Popen(
        [php, *options, "-S", f"127.0.0.1:{port}", script],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(1000):
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                break
            except OSError:
                time.sleep(0.02)
        print(f"http://127.0.0.1:{port}/", flush=True)
        sys.stdin.read()
    finally:
        server.kill()
        server.wait()


main()
