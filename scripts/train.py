"""Uses a build that counts, the way users do: `train.py SERVER_BINARY PHP_EXTENSION`, and the linked Python package.

What runs here is what the compiler makes fast, so it is wide rather than long: the tours of the examples in both
languages, calls over TLS, lists of every kind received and sent, WSDLs loaded, and PEAR's calls. Where there is no
extension, PHP is left out.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import demo

ROOT = Path(demo.ROOT)
PEERS = ROOT / "benches" / "peers"
sys.path.insert(0, str(PEERS))
from workloads import Workload, write_all  # noqa: E402 (from the folder just named)

#: Operation, items of its answer, and calls.
LISTS = (
    ("ping", 1, 2000),
    ("getAccounts", 100, 60),
    ("getAccounts", 2000, 3),
    ("getInts", 20_000, 2),
    ("getDoubles", 20_000, 2),
    ("getMesh", 10_000, 2),
    ("getBinary", 1 << 20, 2),
    ("setAccounts", 1000, 4),
)
#: What calls over TLS, again and again, read from the list of accounts.
SECURE = """
import sys
from wsdlproxy import Proxy
url, authority = sys.argv[1:]
auth = {"username": "admin", "password": "secret"}
sip = Proxy(url + "wsdl", port="SipPort", location=url, ca_file=authority, auth=auth)
for start in range(200):
    assert sip.getAccounts(query={"range": {"start": start, "count": 20}}).accounts
"""


def run(command, text=None):
    print("$", " ".join(map(str, command))[:200], flush=True)
    subprocess.run(command, input=text, text=True, check=True, timeout=300)


class Training:
    def __init__(self, server, extension, folder):
        self.server, self.folder = server, folder
        self.tour = [["python"]]
        self.languages = [[sys.executable, str(PEERS / "peer.py")]]
        if os.path.exists(extension):
            php = ["php", "-d", "memory_limit=-1", "-d", f"extension={os.path.abspath(extension)}"]
            self.tour.append(["php", extension])
            self.languages.append([*php, str(PEERS / "peer.php")])

    def tours(self):
        for arguments in self.tour:
            run([sys.executable, str(ROOT / "scripts" / "demo.py"), self.server, *arguments])

    def secure(self):
        tls = self.folder / "tls"
        server, _ = demo.start(self.server, "--tls", str(tls))
        try:
            words = server.stdout.readline().split()
            run([sys.executable, "-c", SECURE, words[3], words[-1]])
        finally:
            demo.stop(server)

    def lists(self, address):
        for workload, calls in workloads():
            wsdl = self.folder / "served" / ("rpc.wsdl" if workload.encoded else "literal.wsdl")
            url, files = f"{address}/{workload.key}.xml", self.folder / workload.key
            for peer in self.languages:
                run([*peer, "wsdlproxy", workload.operation, str(workload.count), url, wsdl, files], f"{calls}\n")

    def loads(self, address):
        for file in ("ngnpro.wsdl", "large.wsdl"):
            files = self.folder / file
            for peer in self.languages:
                run([*peer, "wsdlproxy", "load", "0", "http://127.0.0.1:1/", self.folder / "served" / file, files])
                for _ in range(3):
                    run([*peer, "wsdlproxy_cached", "load", "0", "http://127.0.0.1:1/", f"{address}/{file}", files])


def workloads():
    for encoded in (True, False):
        for operation, count, calls in LISTS:
            key = f"{operation}-{count}-{'encoded' if encoded else 'literal'}"
            yield Workload(key, key, operation, count, encoded), calls


def main():
    with tempfile.TemporaryDirectory() as name:
        # What the tours load is kept there, not where the user's plans are.
        os.environ["XDG_CACHE_HOME"] = name
        training = Training(*sys.argv[1:], Path(name))
        write_all(training.folder, [workload for workload, _ in workloads()])
        command = [sys.executable, str(PEERS / "server.py"), str(training.folder / "served")]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            address = f"http://127.0.0.1:{int(server.stdout.readline())}"
            training.tours()
            training.secure()
            training.lists(address)
            training.loads(address)
        finally:
            server.kill()
            server.wait()


if __name__ == "__main__":
    main()
