"""Runs the PHP extension and the core's unsafe code under valgrind: no invalid access, no definite leak of ours.

check_deep.py SERVER_BINARY PHP_EXTENSION

A leak is ours if a frame of its allocation is in the extension, or in the crate `wsdlproxy` for the core. A child of
a fork gives up what it inherited, by design, so of children only the accesses count.
"""

import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

import demo

ROOT = demo.ROOT
ROUNDS = "200"
CORE = [
    ("plan_store", "a_file_that_is_replaced_or_removed_stays_as_it_was"),
    ("transport_fork", "children_and_grandchildren_make_calls"),
    ("transport_current", "threads_share_the_runtime"),
    ("transport_current", "children_make_calls"),
]


def reports(folder: str) -> list[tuple[int, ElementTree.Element]]:
    """Process id and content of each report that valgrind left in a folder."""
    found = []
    for name in sorted(os.listdir(folder)):
        # A child that ended by `_exit` may leave the last tag open.
        text = open(os.path.join(folder, name), encoding="utf-8", errors="replace").read()
        end = "</valgrindoutput>"
        found.append((int(name), ElementTree.fromstring(text if end in text else text + end)))
    return found


def frames(error: ElementTree.Element) -> list[str]:
    """What is known of each frame of an error's first stack."""
    stack = error.find("stack")
    parts = ("fn", "obj", "dir", "file", "line")
    return [" ".join(filter(None, (frame.findtext(part) for part in parts))) for frame in stack or ()]


def problems(folder: str, main: int, ours: str) -> list[str]:
    """The errors that count, in words."""
    found = []
    for pid, report in reports(folder):
        for error in report.iter("error"):
            kind = error.findtext("kind")
            stack = frames(error)
            is_leak = kind.startswith("Leak_")
            if is_leak and not (kind == "Leak_DefinitelyLost" and pid == main and any(ours in at for at in stack)):
                continue
            what = error.findtext("what") or error.findtext("xwhat/text")
            found.append("\n".join([f"{kind} in process {pid}: {what}", *(f"    {at}" for at in stack[:14])]))
    return found


def check(name: str, command: list[str], ours: str, status: int = 0, environment: dict | None = None) -> bool:
    """Whether a program ends as expected and without errors that count."""
    with tempfile.TemporaryDirectory() as folder:
        valgrind = ["valgrind", "--leak-check=full", "--show-leak-kinds=definite", "--num-callers=40", "--xml=yes"]
        valgrind.append(f"--suppressions={ROOT}/tests/deep/valgrind.supp")
        process = subprocess.Popen(
            [*valgrind, "--child-silent-after-fork=no", f"--xml-file={folder}/%p", *command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env={**os.environ, **(environment or {})},
        )
        try:
            output, _ = process.communicate(timeout=500)
        except subprocess.TimeoutExpired:
            process.kill()
            output, _ = process.communicate()
        found = problems(folder, process.pid, ours)
    if process.returncode != status:
        found.append(f"status {process.returncode} instead of {status}: {output[-2000:]}")
    for text in found:
        print(f"FAIL {name}: {text}", flush=True)
    print(f"{'FAIL' if found else 'ok  '} {name}", flush=True)
    return not found


def php_checks(extension: str, url: str) -> list[bool]:
    """Calls of every kind through both faces, and each way a process can end inside a callback."""
    # The compiler of regular expressions makes code that valgrind cannot judge; PHP's own pools would hide errors.
    php = ["php", "-n", "-d", f"extension={extension}", "-d", "pcre.jit=0"]
    for name in ("mbstring", "dom", "simplexml", "soap"):
        php += ["-d", f"extension={name}"]
    php += ["-d", f"include_path={ROOT}/php/pear:/usr/share/php", "-d", "display_errors=1"]
    environment = {"USE_ZEND_ALLOC": "0", "ZEND_DONT_UNLOAD_MODULES": "1"}
    # After a fatal error PHP leaves its own memory to the pools: it is tracked instead, ours is not.
    tracked = {**environment, "USE_TRACKED_ALLOC": "1"}
    deep = os.path.join(ROOT, "tests/deep")
    ours = os.path.basename(extension)
    results = [
        check(f"PHP, {face}", [*php, f"{deep}/{face}.php", url, ROUNDS], ours, 0, environment)
        for face in ("native", "pear")
    ]
    results.append(check("PHP, PEAR in memory", [*php, f"{ROOT}/tests/pear/leaks.php"], ours, 0, environment))
    for face in ("native", "items", "document", "signal", "bulk", "write", "read"):
        for ending, status in (("exit", 3), ("exception", 255), ("fatal", 255)):
            command = [*php, f"{deep}/endings.php", face, ending]
            results.append(check(f"PHP, {face}, {ending}", command, ours, status, tracked))
    return results


def core_checks() -> list[bool]:
    """The unsafe code of the core: the runtime shared by threads and given up after a fork, and stored plans."""
    tests = {name for name, _ in CORE}
    build = ["cargo", "test", "--quiet", "-p", "wsdlproxy", *(f"--test={name}" for name in sorted(tests))]
    built = subprocess.run(
        [*build, "--no-run", "--message-format=json"], cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True
    )
    programs = {}
    for line in built.stdout.splitlines():
        message = json.loads(line)
        if message.get("executable"):
            programs[message["target"]["name"]] = message["executable"]
    return [
        check(f"core, {test}", [programs[name], "--exact", test, "--test-threads=1"], "wsdlproxy::")
        for name, test in CORE
    ]


def main() -> int:
    binary, extension = sys.argv[1:3]
    server, url = demo.start(binary)
    try:
        results = php_checks(os.path.abspath(extension), url) + core_checks()
    finally:
        demo.stop(server)
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
