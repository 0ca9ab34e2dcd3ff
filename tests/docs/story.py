"""Runs the blocks of one page, from top to bottom, as a reader would.

The shell runs in a folder that looks like the root of the repository; servers that a block starts live until the page
ends. Python blocks share one interpreter, PHP blocks another. Well-known ports become free ones.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from free_port import free_port  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
EXTENSION = TARGET / "release/libwsdlproxy_php.so"
PORTS = ("9200", "9201", "9202", "9243")
#: Targets of make exist or not; to carry them out is not the business of these tests.
PRELUDE = 'set -e\nmake() { command make -n "$@" >/dev/null; }\ncargo() { :; }\n'


class Interpreter:
    """A process that runs one file after the other in the same variables, and tells what each printed."""

    END = "\x04"

    def __init__(self, command, folder):
        self.process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def run(self, file):
        assert self.process.poll() is None, "a block above failed"
        print(file, file=self.process.stdin, flush=True)
        printed = []
        for line in self.process.stdout:
            if line.rstrip("\n").endswith(self.END):
                printed.append(line.rstrip("\n")[: -len(self.END)])
                return "".join(printed)
            printed.append(line)
        raise AssertionError("".join(printed))

    def stop(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self.process.wait(timeout=20)
        self.process.stdout.close()


class Story:
    """The state of a page: its folder, its interpreters, the servers it started."""

    def __init__(self, folder):
        self.folder = folder / "root"
        self.folder.mkdir()
        for entry in [*ROOT.iterdir()]:
            if entry.name not in ("target", ".git"):
                (self.folder / entry.name).symlink_to(entry)
        (self.folder / "target").symlink_to(TARGET)
        self.scratch = folder
        self.ports = {port: str(free_port()) for port in PORTS}
        self.interpreters, self.imported, self.shells = {}, [], []

    def run(self, block):
        """Runs one block and returns what it printed."""
        text = re.sub(rf"\b({'|'.join(PORTS)})\b", lambda found: self.ports[found[0]], block.text)
        runs = {"sh": self.shell, "python": self.python, "php": self.php, "ini": self.settings}
        printed = runs[block.language](block, text)
        for port, free in self.ports.items():
            printed = printed.replace(free, port)
        return printed

    def file(self, block, text, end):
        file = self.scratch / f"{block.page.replace('/', '-')}-{block.line}.{end}"
        file.write_text(text)
        return file

    def interpreter(self, language, command):
        if language not in self.interpreters:
            self.interpreters[language] = Interpreter(command, self.folder)
        return self.interpreters[language]

    def python(self, block, text):
        # Empty lines put before it, so that errors name the line of the page.
        file = self.file(block, "\n" * (block.line - 1) + text, "py")
        return self.interpreter("python", [sys.executable, str(ROOT / "tests/docs/driver.py")]).run(file)

    def php(self, block, text):
        self.need_php()
        # A page reads as one script: what it imports above counts here too.
        imported = " ".join(self.imported)
        self.imported += re.findall(r"^use .*;$", text, flags=re.MULTILINE)
        file = self.file(block, f"<?php {imported}" + "\n" * (block.line - 1) + text, "php")
        path = f"include_path={ROOT / 'php/pear'}:/usr/share/php"
        command = ["php", "-d", f"extension={EXTENSION}", "-d", path, str(ROOT / "tests/docs/driver.php")]
        return self.interpreter("php", command).run(file)

    def need_php(self):
        if not shutil.which("php") or not EXTENSION.exists():
            pytest.skip("PHP or its extension is missing")

    def settings(self, block, text):
        self.need_php()
        check = "exit(parse_ini_file($argv[1]) ? 0 : 1);"
        subprocess.run(["php", "-r", check, self.file(block, text, "ini")], check=True, timeout=20)
        return ""

    def shell(self, block, text):
        if "php " in text:
            self.need_php()
        if not (TARGET / "release/ngnpro-server").exists():
            pytest.skip("ngnpro-server is not built")
        file = self.file(block, PRELUDE + text, "sh")
        with open(file.with_suffix(".out"), "w+") as out:
            shell = subprocess.Popen(
                ["bash", str(file)], cwd=self.folder, stdout=out, stderr=out, start_new_session=True
            )
            self.shells.append(shell.pid)
            # A block whose last line is a server in the foreground would not end.
            assert shell.wait(timeout=120) == 0, file.with_suffix(".out").read_text()
        for line in text.splitlines():
            if "ngnpro-server" in line and line.split("#")[0].rstrip().endswith("&"):
                self.wait_for(re.findall(r"port (\d+)", line))
        return file.with_suffix(".out").read_text()

    def wait_for(self, ports):
        end = time.monotonic() + 60
        for port in ports:
            while True:
                try:
                    socket.create_connection(("127.0.0.1", int(port)), timeout=1).close()
                    break
                except OSError:
                    assert time.monotonic() < end, f"nothing listens on port {port}"
                    time.sleep(0.05)

    def end(self):
        for interpreter in self.interpreters.values():
            interpreter.stop()
        for group in self.shells:
            try:
                os.killpg(group, signal.SIGTERM)
            except ProcessLookupError:
                pass
