"""The measured figures as the tables of benches/README.md."""

import datetime
import os
import platform

from peers import CLIENTS, FLOORS
from workloads import WORKLOADS

BEGIN, END = "<!-- figures: written by make bench -->", "<!-- end of figures -->"
OURS = ("Python", "PHP")
BIG = ("accounts-100", "accounts", "mesh", "literal-accounts", "literal-mesh")
#: Workload, what is compared, with whom, at most how much of it, whose goal it is.
GOALS = (
    ("ping", "cpu", "ext/soap", 0.6, OURS),
    ("ping", "cpu", "http.client", 0.7, ("Python",)),
    *(
        (key, "wall", peer, most, OURS)
        for key in BIG
        for peer, most in (("gSOAP", 0.8), ("ext/soap", 0.15), ("zeep", 0.025))
    ),
    *((key, "wall", "gSOAP", 0.6, OURS) for key in ("ints", "doubles", "literal-ints", "literal-doubles")),
    ("binary", "wall", "ext/soap", 0.3, OURS),
    ("encode", "wall", "gSOAP", 0.5, OURS),
    ("ngnpro", "wall", "ext/soap", 0.5, OURS),
    ("large", "wall", "ext/soap", 0.5, OURS),
    ("ngnpro", "wall", "ext/soap", 0.03, ("Python cached", "PHP cached")),
    ("large", "wall", "ext/soap", 0.03, ("Python cached", "PHP cached")),
)
TITLES = {
    **{workload.key: workload.title for workload in WORKLOADS},
    "ngnpro": "load NGNPro's WSDL, 240 kB",
    "large": "load 1,000 operations, 5.6 MB",
    "process": "whole process: start, import, load, one call",
}


def rows(head, lines):
    out = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join(out + [f"| {' | '.join(line)} |" for line in lines])


def milliseconds(seconds):
    ms = seconds * 1000
    return f"{ms:,.0f}" if ms >= 100 else f"{ms:.1f}" if ms >= 1 else f"{ms:.3f}"


def cell(cells, name):
    found = cells.get(name)
    if not found:
        return ""
    if "failed" in found:
        return found["failed"].replace("|", "/")
    return f"{milliseconds(found['wall'])} ({milliseconds(found['cpu'])})"


def times(results, names):
    keys = [key for key in TITLES if any(name in results.get(key, {}) for name in names)]
    return rows(["", *names], [[TITLES[key], *(cell(results[key], name) for name in names)] for key in keys])


def ratio(results, key, measure, mine, other):
    """How much of the other's time; None where one of the two has no figure."""
    own, others = (results.get(key, {}).get(name, {}) for name in (mine, other))
    if measure not in own or measure not in others:
        return None
    return own[measure] / others[measure]


def judged(found, most):
    return "" if found is None else f"{found:.3f}{'' if found <= most else ' ✗'}"


def goals(results):
    """Each goal with what was reached; what is over it has a cross."""
    lines = []
    for key, measure, other, most, names in GOALS:
        reached = dict.fromkeys(OURS, "")
        for name in names:
            reached[name.split()[0]] = judged(ratio(results, key, measure, name, other), most)
        if any(reached.values()):
            title = TITLES[key] + (" from the plan cache" if "cached" in names[0] else "")
            unit = ", CPU" if measure == "cpu" else ""
            lines.append([title + unit, f"{most} × {other}", *reached.values()])
    lines += absolute(results) + memory_goal(results)
    return rows(["", "at most", *OURS], lines)


def absolute(results):
    """Goals that are no ratio."""
    lines = []
    for key in ("ngnpro", "large"):
        walls = [results.get(key, {}).get(f"{name} cached", {}).get("wall") for name in OURS]
        if any(walls):
            shown = [f"{wall * 1000:.2f}{'' if wall <= 0.002 else ' ✗'}" if wall else "" for wall in walls]
            lines.append([f"{TITLES[key]} from the plan cache", "2 ms", *shown])
    process = results.get("process", {})
    if "wall" in process.get("Python cached", {}):
        more = process["Python cached"]["wall"] - process["bare python"]["wall"]
        shown = f"{more * 1000:.1f}{'' if more <= 0.015 else ' ✗'}"
        lines.append([TITLES["process"], "bare `python -c pass` + 15 ms", shown, ""])
    return lines


def memory_goal(results):
    cells, body = results.get("accounts", {}), results.get("bodies", {}).get("accounts")
    if not body:
        return []
    shown = []
    for name in OURS:
        peak, held = cells.get(name, {}).get("memory", (0, 0))
        shown.append(judged((peak - body) / held, 1.2) if held else "")
    return [["peak memory of 10,000 accounts, without the body", "1.2 × the finished result", *shown]]


def memory(results):
    """Peak and what the finished result still takes, in MB."""
    lines = []
    for key in ("accounts", "mesh", "binary"):
        cells = results.get(key, {})
        pairs = [cells.get(name, {}).get("memory") for name in CLIENTS]
        lines.append([TITLES[key], *(f"{p[0] / 1e6:,.0f} ({p[1] / 1e6:,.0f})" if p else "" for p in pairs)])
    return rows(["", *CLIENTS], lines)


def threads(results):
    found = results.get("threads")
    if not found:
        return ""
    calls, received, free = found["calls"], found["received"], found["free"] * 100
    return (
        f"Eight Python threads with answers of 15.5 MB finish {calls:.2f} times as many calls as one; with pages of "
        f"that size, from which nothing is built, {received:.2f} times as many. Bare sockets, which receive the pages "
        f"and do nothing else, gain {found['bare']:.2f}: the server that sends them needs the same cores. {free:.0f} % "
        f"of the time of a call holds no interpreter lock.\n"
    )


def render(results, load):
    today, cores, python = datetime.date.today().isoformat(), os.cpu_count(), platform.python_version()
    return f"""
Measured on {today}, {cores} cores, CPython {python}, load average {load:.1f} before the start.

### Goals

{goals(results)}

### Time of one call

Milliseconds, with those of CPU in brackets.

{times(results, CLIENTS)}

{times(results, ("Python cached", "PHP cached", "bare python", "bare php"))}

### Floors

{times(results, FLOORS)}

### Peak memory

Megabytes over what the client had before the call, with those that the finished result still takes in brackets.

{memory(results)}

{threads(results)}"""


def write(path, results, load):
    text = path.read_text()
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n{render(results, load)}\n{END}{after}")
