"""Starts the embedded NGNPro server on a free port, runs the example scripts against it, and stops it.

demo.py SERVER_BINARY python|php [PHP_EXTENSION]
"""

import os
import signal
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# What operators do, one script each; the names are the same in both languages.
TOUR = (
    "sip_domains",
    "sip_accounts",
    "aliases",
    "groups",
    "voicemail",
    "call_diversions",
    "calls",
    "phones",
    "enum_numbers",
    "lcr",
    "portal",
)


def start(binary: str, *options: str) -> tuple[subprocess.Popen, str]:
    """The running server and its URL, from the first line that it prints."""
    command = [binary, "--port", "0", "--seed", "demo", *options]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    line = server.stdout.readline()
    if "http://" not in line:
        server.kill()
        raise SystemExit(f"the server did not start: {line!r}")
    return server, line[line.index("http://") :].split()[0]


def stop(server: subprocess.Popen) -> None:
    server.send_signal(signal.SIGTERM)
    server.wait(timeout=10)


def scripts(language: str, extension: str) -> list[list[str]]:
    """The commands of the demo, without the URL they all take."""
    folder = os.path.join(ROOT, "examples", language)
    start, end = [sys.executable], "py"
    if language == "php":
        start, end = ["php", "-d", f"extension={os.path.abspath(extension)}"], "php"
    return [[*start, os.path.join(folder, f"{name}.{end}")] for name in ("provision", *TOUR)]


def generated(extension: str, url: str) -> int:
    """PEAR's recipe: save a library made from the WSDL, then run a script written against it."""
    folder = os.path.join(ROOT, "examples/php/pear")
    path = f"include_path={os.path.join(ROOT, 'php/pear')}:/usr/share/php"
    php = ["php", "-d", f"extension={os.path.abspath(extension)}", "-d", path]
    with tempfile.TemporaryDirectory() as saved:
        library = os.path.join(saved, "library.php")
        print(f"$ examples/php/pear/generate.php {url}wsdl > library.php", flush=True)
        with open(library, "w") as out:
            made = subprocess.run(
                [*php, os.path.join(folder, "generate.php"), f"{url}wsdl"], stdout=out, timeout=60, check=False
            )
        if made.returncode:
            return made.returncode
        print(f"$ examples/php/pear/provision.php {url} library.php", flush=True)
        command = [*php, os.path.join(folder, "provision.php"), url, library]
        return subprocess.run(command, timeout=60, check=False).returncode


def main() -> int:
    binary, language = sys.argv[1:3]
    extension = sys.argv[3] if len(sys.argv) > 3 else ""
    server, url = start(binary)
    try:
        for command in scripts(language, extension):
            print(f"$ {os.path.relpath(command[-1], ROOT)} {url}", flush=True)
            code = subprocess.run([*command, url], timeout=300, check=False).returncode
            if code:
                return code
        if language == "php":
            return generated(extension, url)
    finally:
        stop(server)
    return 0


if __name__ == "__main__":
    sys.exit(main())
