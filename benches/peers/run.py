"""Compares wsdlproxy with other clients and writes the tables of benches/README.md: `run.py [--quick] [--only KEY]`.

Each workload starts one process for each peer, for short calls several. They take turns, so that what else the machine
does hits all alike, and the figures are medians. A peer that takes long runs once; one that fails shows why.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import table
from peers import CLIENTS, FLOORS, Missing, Peers
from process import Failed, Peer, whole
from workloads import WORKLOADS, write_all

ROOT = Path(__file__).resolve().parents[2]
#: Seconds that one peer may take for one run.
LONGEST = 60
#: Processes of each peer for short calls, three runs each.
PROCESSES = 7
#: Seconds that a run of short calls takes, so that what happens by the way is small beside it.
RUN = 0.05
#: A run that takes longer than this is not repeated.
ONCE = 1.5
#: Workloads that take suds a quarter of a minute each and tell nothing new.
SLOW = ("mesh", "literal-accounts", "literal-mesh")


class Bench:
    def __init__(self, folder, target, quick):
        self.folder = Path(folder)
        self.peers = Peers(folder, target)
        self.quick = quick
        self.rounds, self.seconds = (3, 0.6) if quick else (9, 3.0)
        self.end = time.monotonic() + (180 if quick else 600)
        self.address = ""

    def left(self):
        left = self.end - time.monotonic()
        if left < 1:
            raise Failed("not run: out of time")
        return min(left, LONGEST)

    def start(self, name, workload):
        wsdl = self.folder / "served" / ("rpc.wsdl" if workload.encoded else "literal.wsdl")
        url = f"{self.address}/{workload.key}.xml"
        self.left()
        return Peer(self.peers.command(name, workload.operation, workload.count, url, wsdl, self.folder / workload.key))

    def workload(self, workload):
        """Name of a peer to its figures or to what went wrong."""
        cells = {}
        for _ in range(PROCESSES if workload.is_short else 1):
            self.processes(workload, cells)
        for cell in cells.values():
            if "failed" not in cell:
                cell["runs"] = len(cell["walls"])
                cell["wall"], cell["cpu"] = map(statistics.median, (cell.pop("walls"), cell.pop("cpus")))
        return cells

    def processes(self, workload, cells):
        """One process for each peer; adds what is measured to the cells."""
        running = {}
        try:
            for name in CLIENTS + FLOORS:
                if workload.operation == "setAccounts" and name in ("lxml", "expat", "quick-xml"):
                    continue
                if "failed" in cells.get(name, {}):
                    continue
                if name == "suds" and (self.quick or workload.key in SLOW):
                    cells[name] = {"failed": "not run: slow"}
                    continue
                try:
                    running[name] = self.start(name, workload)
                    memory = self.warm(name, running[name], workload)
                    cells.setdefault(name, {"memory": memory, "walls": [], "cpus": []})
                except (Failed, Missing) as error:
                    cells[name] = {"failed": f"skipped: {error}" if isinstance(error, Missing) else str(error)}
                    if name in running:
                        running.pop(name).stop()
            self.take_turns(workload, running, cells)
            for name, peer in running.items():
                if "failed" not in cells[name]:
                    cells[name]["walls"] += peer.walls
                    cells[name]["cpus"] += peer.cpus
        finally:
            for peer in running.values():
                peer.stop()

    def warm(self, name, peer, workload):
        expected = workload.size() if name in CLIENTS else None
        memory = peer.first_run(1, self.left(), expected)
        if peer.walls[0] < ONCE:
            # The first call is slower than those after it; the second tells how many make a run.
            peer.run(1, self.left())
            peer.calls = max(1, round(RUN / peer.walls[1]))
            peer.forget()
        return memory

    def take_turns(self, workload, running, cells):
        spent = dict.fromkeys(running, 0.0)
        for _ in range(3 if workload.is_short else self.rounds):
            for name, peer in running.items():
                if peer.walls and (spent[name] > self.seconds or peer.walls[0] > ONCE) or "failed" in cells[name]:
                    continue
                try:
                    peer.run(peer.calls, self.left())
                    spent[name] += peer.walls[-1] * peer.calls
                except Failed as error:
                    if not peer.walls:
                        cells[name]["failed"] = str(error)

    def load(self, file):
        """Loading a WSDL: each run is a process of its own, as a process keeps what it has loaded."""
        path = str(self.folder / "served" / file)
        cells = {}
        names = ("Python", "Python cached", "PHP", "PHP cached", *CLIENTS[3:])
        once = {}
        for turn in range(self.rounds if self.rounds < 5 else 5):
            for name in names:
                wsdl = f"{self.address}/{file}" if "cached" in name else path
                if once.get(name, 0) > ONCE or "failed" in cells.get(name, {}):
                    continue
                try:
                    command = self.peers.command(name, "load", 0, "http://127.0.0.1:1/", wsdl, self.folder / file)
                    _, _, printed = whole(command, self.left())
                    wall, cpu, _ = printed.split()
                    if turn or "cached" not in name:
                        cells.setdefault(name, []).append((float(wall), float(cpu)))
                    once[name] = float(wall)
                except (Failed, Missing) as error:
                    cells[name] = {"failed": str(error)}
        return summed(cells)

    def process(self):
        """Whole processes: start, import, load a small WSDL, one call."""
        url, wsdl = f"{self.address}/ping.xml", self.folder / "served" / "rpc.wsdl"
        names = ("Python cached", "PHP cached", "gSOAP", "ext/soap", "zeep", "suds")
        commands = {"bare python": [sys.executable, "-c", "pass"], "bare php": ["php", "-r", ";"]}
        cells = {}
        for name in names:
            try:
                commands[name] = self.peers.command(name, "ping", 1, url, wsdl, self.folder / "process")
            except Missing as error:
                cells[name] = {"failed": str(error)}
        for _ in range(self.rounds + 2):
            for name, command in commands.items():
                if "failed" in cells.get(name, {}):
                    continue
                try:
                    # The C client reads how often to call; with an empty input it would not call at all.
                    full = ["sh", "-c", 'echo 1 | "$0" "$@"', *command] if name == "gSOAP" else command
                    wall, cpu, _ = whole(full, self.left())
                    cells.setdefault(name, []).append((wall, cpu))
                except Failed as error:
                    cells[name] = {"failed": str(error)}
        return summed(cells)

    def threads(self):
        script, wsdl = Path(__file__).with_name("threads.py"), self.folder / "served" / "rpc.wsdl"
        body = self.folder / "served" / "accounts.xml"
        urls = [f"{self.address}/{file}" for file in ("accounts.xml", "page.html")]
        command = [sys.executable, str(script), urls[0], str(wsdl), "10000", str(body), urls[1]]
        _, _, printed = whole(command, self.left())
        return dict(zip(("calls", "received", "free", "bare"), map(float, printed.split())))


def summed(cells):
    """Lists of times to medians."""
    medians = {}
    for name, runs in cells.items():
        if isinstance(runs, dict):
            medians[name] = runs
        else:
            wall, cpu = (statistics.median(times) for times in zip(*runs))
            medians[name] = {"wall": wall, "cpu": cpu, "runs": len(runs)}
    return medians


def measure(bench, only):
    results = {}
    for workload in WORKLOADS:
        if not only or workload.key in only:
            results[workload.key] = bench.workload(workload)
            show(workload.title, results[workload.key])
    for key, file in (("ngnpro", "ngnpro.wsdl"), ("large", "large.wsdl")):
        if not only or key in only:
            results[key] = bench.load(file)
            show(f"load {file}", results[key])
    if not only or "process" in only:
        results["process"] = bench.process()
        show("whole process", results["process"])
    if not only or "threads" in only:
        results["threads"] = bench.threads()
        print(f"eight threads: {results['threads']}", flush=True)
    return results


def show(title, cells):
    print(f"{title}:")
    for name, cell in cells.items():
        figures = cell.get("failed") or f"{cell['wall'] * 1000:10.3f} ms, CPU {cell['cpu'] * 1000:10.3f} ms"
        print(f"  {name:15} {figures}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer runs; nothing is written")
    parser.add_argument("--only", action="append", help="one workload by its key; nothing is written")
    options = parser.parse_args()
    target = os.environ.get("CARGO_TARGET_DIR", ROOT / "target")
    with tempfile.TemporaryDirectory(prefix="wsdlproxy-bench-") as folder:
        write_all(folder, WORKLOADS)
        served = Path(folder) / "served"
        server = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("server.py")), str(served)], stdout=subprocess.PIPE
        )
        try:
            bench = Bench(folder, target, options.quick)
            bench.address = f"http://127.0.0.1:{int(server.stdout.readline())}"
            load = os.getloadavg()[0]
            results = measure(bench, options.only)
            results["bodies"] = {"accounts": (served / "accounts.xml").stat().st_size}
        finally:
            server.kill()
            server.wait()
            server.stdout.close()
    if options.quick or options.only:
        print(table.goals(results))
    else:
        table.write(ROOT / "benches" / "README.md", results, load)


if __name__ == "__main__":
    main()
