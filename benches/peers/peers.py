"""Who is compared, and how each is started."""

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
#: Clients, as columns of the tables.
CLIENTS = ("Python", "PHP", "gSOAP", "ext/soap", "zeep", "suds")
#: What does a part of the work, so that nothing can be faster than it.
FLOORS = ("http.client", "libcurl", "reqwest", "orjson", "json_decode", "lxml", "expat", "quick-xml")
IN_PYTHON = {"Python": "wsdlproxy", "Python cached": "wsdlproxy_cached", "http.client": "http"}
IN_PHP = {"PHP": "wsdlproxy", "PHP cached": "wsdlproxy_cached", "ext/soap": "soap", "json_decode": "json"}
PYTHON_PEERS = ("zeep", "suds", "orjson", "lxml", "expat", *IN_PYTHON)
PHP_PEERS = ("libcurl", *IN_PHP)


class Missing(Exception):
    """A peer that this machine lacks."""


class Peers:
    def __init__(self, folder, target):
        self.folder, self.target = Path(folder), Path(target)
        self.extension = self.target / "release" / "libwsdlproxy_php.so"
        self.gsoap = {}

    def command(self, name, operation, count, url, wsdl, files):
        """The command line of a peer; raises Missing."""
        arguments = [operation, str(count), url, str(wsdl), str(files)]
        if name in PYTHON_PEERS:
            return [sys.executable, str(HERE / "peer.py"), IN_PYTHON.get(name, name), *arguments]
        if name in PHP_PEERS:
            if not shutil.which("php"):
                raise Missing("no PHP")
            native = ["-d", f"extension={self.extension}"] if name.startswith("PHP") else []
            settings = ["-d", "memory_limit=-1", *native]
            return ["php", *settings, str(HERE / "peer.php"), IN_PHP.get(name, name), *arguments]
        if name == "gSOAP":
            return [self.compiled("literal" if "literal" in str(wsdl) else "rpc", wsdl), url, operation, str(count)]
        program, *given = ["post", url, f"{files}.request"] if name == "reqwest" else ["tokens", f"{files}.xml"]
        path = self.target / "release" / "examples" / program
        if not path.exists():
            raise Missing("not built")
        return [str(path), *given]

    def compiled(self, style, wsdl):
        """The C client that gSOAP's own tools make of a WSDL."""
        if style not in self.gsoap:
            self.gsoap[style] = self.compile(style, wsdl)
        if self.gsoap[style] is None:
            raise Missing("no gsoap, libgsoap-dev or gcc")
        return self.gsoap[style]

    def compile(self, style, wsdl):
        folder = self.folder / f"gsoap-{style}"
        folder.mkdir()
        source = str(HERE / "gsoap.c")
        define = ["-DLITERAL"] if style == "literal" else []
        steps = (
            ["wsdl2h", "-c", "-x", "-n", "b", "-o", "bench.h", str(wsdl)],
            ["soapcpp2", "-c", "-C", "-L", "-x", "bench.h"],
            ["gcc", "-O3", "-w", "-I.", "-o", "client", *define, source, "soapC.c", "soapClient.c", "-lgsoap"],
        )
        for step in steps:
            try:
                subprocess.run(step, cwd=folder, check=True, capture_output=True, timeout=120)
            except (OSError, subprocess.SubprocessError):
                return None
        return str(folder / "client")
