"""Servers that the tests talk to: NGNPro's embedded one, PHP's SoapServer, and hostile ones made here."""

import os
import shutil
import socket
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WSDL = ROOT / "examples" / "ngnpro" / "ngnpro.wsdl"

sys.path.insert(0, str(ROOT / "tests"))

from free_port import free_port  # noqa: E402


def reachable(port, process, seconds=30):
    import time

    end = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"nothing listens on {port}")


def first_line(process, seconds=20):
    """The first line of a server's output; a timer ends a server that stays silent."""
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    try:
        line = process.stdout.readline()
    finally:
        timer.cancel()
    if not line:
        raise RuntimeError(f"the server ended with {process.wait(5)}")
    return line


def stop(process):
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(5)
    if process.stdout:
        process.stdout.close()


def ngnpro_binary():
    """The server's binary: as the environment says, else the newest build."""
    if "NGNPRO_SERVER" in os.environ:
        return Path(os.environ["NGNPRO_SERVER"])
    target = Path(os.environ.get("WSDLPROXY_TARGET") or os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    built = [target / kind / "ngnpro-server" for kind in ("release", "debug")]
    built = [path for path in built if path.exists()]
    return max(built, key=lambda path: path.stat().st_mtime) if built else None


class PhpServer:
    """PHP's own SoapServer over a WSDL; `seen()` is what its code was given."""

    def __init__(self, folder, wsdl, **env):
        if shutil.which("php") is None:
            pytest.skip("php is not installed: make setup")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self.log = folder / "seen.json"
        env = {**os.environ, "WSDL": str(wsdl), "SEEN": str(self.log), **env}
        router = Path(__file__).parent / "php" / "server.php"
        self.process = subprocess.Popen(
            ["php", "-d", "soap.wsdl_cache_enabled=0", "-S", f"127.0.0.1:{self.port}", router],
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        reachable(self.port, self.process)

    def seen(self):
        import json

        return json.loads(self.log.read_text())


class Scripted:
    """An HTTP server that answers as a test says: `answer` is a function of the handler."""

    def __init__(self):
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self):  # noqa: N802
                length = int(self.headers.get("Content-Length", 0))
                self.body = self.rfile.read(length)
                outer.requests.append(
                    (self.path, {name.lower(): value for name, value in self.headers.items()}, self.body)
                )
                outer.answer(self)

            do_GET = do_POST

            def log_message(self, *_):
                pass

            def reply(self, body, status=200, content_type="text/xml; charset=utf-8", **headers):
                self.send_response(status)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(body)))
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.end_headers()
                self.wfile.write(body)

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass

        self.requests = []
        self.answer = lambda handler: handler.reply(b"")
        self.server = Quiet(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def says(self, body, **options):
        if isinstance(body, str):
            body = body.encode()
        self.answer = lambda handler: handler.reply(body, **options)

    def close(self):
        self.server.shutdown()
        self.server.server_close()
