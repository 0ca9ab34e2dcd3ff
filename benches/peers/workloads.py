"""The workloads: what is called, how much comes back, and the files that peers and server need for it."""

from pathlib import Path
from typing import NamedTuple

import messages
import wsdl


class Workload(NamedTuple):
    key: str
    title: str
    operation: str
    count: int
    encoded: bool = True

    @property
    def is_short(self):
        """Whether a call is so short that it matters how the memory of a process happens to lie."""
        return self.count <= 100

    def size(self):
        """What every peer must find in the answer."""
        return len(messages.value(self.operation, self.count)) if self.operation.startswith("get") else self.count


WORKLOADS = (
    Workload("ping", "one small call", "ping", 1),
    Workload("accounts-100", "100 accounts, 155 kB", "getAccounts", 100),
    Workload("accounts", "10,000 accounts, 15.5 MB", "getAccounts", 10_000),
    Workload("ints", "100,000 ints, 4 MB", "getInts", 100_000),
    Workload("doubles", "100,000 doubles, 5.5 MB", "getDoubles", 100_000),
    Workload("mesh", "100,000 structs of two ints and a double, 15 MB", "getMesh", 100_000),
    Workload("binary", "20 MB of binary as base64", "getBinary", 20 << 20),
    Workload("encode", "10,000 accounts sent", "setAccounts", 10_000),
    Workload("literal-accounts-100", "literal: 100 accounts", "getAccounts", 100, False),
    Workload("literal-accounts", "literal: 10,000 accounts, 9 MB", "getAccounts", 10_000, False),
    Workload("literal-ints", "literal: 100,000 ints", "getInts", 100_000, False),
    Workload("literal-doubles", "literal: 100,000 doubles", "getDoubles", 100_000, False),
    Workload("literal-mesh", "literal: 100,000 structs", "getMesh", 100_000, False),
)


def request(workload):
    """The message that a bare HTTP client sends."""
    name, kind = wsdl.parameter(workload.operation)
    value = messages.value("getAccounts", workload.count) if workload.operation == "setAccounts" else workload.count
    inner = messages.element(name, kind, value, workload.encoded)
    return messages.ENVELOPE.format(f"<b:{workload.operation}>{inner}</b:{workload.operation}>").encode()


def write(workload, folder, served):
    value = messages.value(workload.operation, workload.count)
    sent = messages.value("getAccounts", workload.count) if workload.operation == "setAccounts" else value
    (served / f"{workload.key}.xml").write_bytes(messages.answer(workload.operation, value, workload.encoded))
    (folder / f"{workload.key}.xml").symlink_to(served / f"{workload.key}.xml")
    (folder / f"{workload.key}.json").write_bytes(messages.as_json(sent))
    (folder / f"{workload.key}.request").write_bytes(request(workload))


def write_all(folder, workloads):
    """Fills the folder with everything; what the server serves is in its folder `served`."""
    folder, served = Path(folder), Path(folder) / "served"
    served.mkdir()
    for workload in workloads:
        write(workload, folder, served)
    (served / "page.html").write_bytes(b"<html>" + b"no SOAP " * (2 << 20) + b"</html>")
    nowhere = "http://127.0.0.1:1/"
    (served / "rpc.wsdl").write_text(wsdl.bench(True, nowhere))
    (served / "literal.wsdl").write_text(wsdl.bench(False, nowhere))
    (served / "large.wsdl").write_text(wsdl.large(nowhere))
    ngnpro = Path(__file__).resolve().parents[2] / "examples" / "ngnpro" / "ngnpro.wsdl"
    (served / "ngnpro.wsdl").write_bytes(ngnpro.read_bytes())
