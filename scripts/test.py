"""Runs every test suite and adds up what they report.

Each suite prints as it goes; the last line is `N passed, N failed, N skipped`. A suite that exits with an error
without a failed test counts as one failure, so that nothing is lost.
"""

import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TARGET = os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target"))
EXTENSION = os.path.join(TARGET, "release", "libwsdlproxy_php.so")
COUNTS = {"passed": 0, "failed": 0, "skipped": 0}


def suites() -> list[tuple[str, list[str]]]:
    """Name and command of each suite, in the order they run."""
    php = ["php", "-d", f"extension={EXTENSION}"]
    found = [
        (
            "rust",
            [
                "cargo",
                "test",
                "--no-fail-fast",
                "--workspace",
                "--exclude",
                "wsdlproxy-python",
                "--exclude",
                "wsdlproxy-php",
            ],
        )
    ]
    # One process a folder: each has helper modules of its own, some of the same name.
    python = os.path.join(ROOT, ".venv/bin/python")
    for folder in sorted(os.listdir(os.path.join(ROOT, "tests"))):
        tests = os.path.join(ROOT, "tests", folder)
        if os.path.isdir(tests) and any(
            name.startswith("test_") and name.endswith(".py") for name in os.listdir(tests)
        ):
            name = f"pytest {folder}" if folder != "python" else "python"
            found.append((name, [python, "-m", "pytest", "-q", "-rs", f"tests/{folder}"]))
    if os.path.exists(os.path.join(ROOT, "tests/php/run.php")):
        found.append(("php", [*php, "tests/php/run.php"]))
    if os.path.exists(os.path.join(ROOT, "tests/pear/run.php")):
        pear = [*php, "tests/pear/run.php"]
        found += [
            ("pear", pear),
            # The second run also proves, for each expectation, that the judge notices when it is changed.
            ("pear keep-alive", [*pear, "--keep-alive", "--mutate"]),
            ("pear own", [*pear, "tests/pear/own", "--mutate"]),
            ("pear load", [*php, "tests/pear/load.php"]),
            ("pear leaks", [*php, "tests/pear/leaks.php"]),
        ]
    return found


def count(line: str) -> dict[str, int]:
    """The numbers of a suite's closing line; empty for any other line."""
    if not re.search(r"\b\d+ (passed|failed|skipped|ignored)\b", line):
        return {}
    is_closing = re.match(r"test result: |=*\s*\d+ (passed|failed|skipped|error)", line.strip())
    if not is_closing:
        return {}
    numbers = {name: int(number) for number, name in re.findall(r"(\d+) (passed|failed|skipped|ignored|error)", line)}
    skipped = numbers.get("skipped", 0) + numbers.get("ignored", 0)
    failed = numbers.get("failed", 0) + numbers.get("error", 0)
    return {"passed": numbers.get("passed", 0), "failed": failed, "skipped": skipped}


def run(name: str, command: list[str]) -> bool:
    print(f"\n== {name}: {' '.join(command)}", flush=True)
    before = COUNTS["failed"]
    environment = {**os.environ, "WSDLPROXY_EXTENSION": EXTENSION, "WSDLPROXY_TARGET": TARGET}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    for line in process.stdout:
        sys.stdout.write(line)
        sys.stdout.flush()
        for key, number in count(line).items():
            COUNTS[key] += number
    process.wait()
    if process.returncode != 0 and COUNTS["failed"] == before:
        COUNTS["failed"] += 1
    return process.returncode == 0


def main() -> int:
    wanted = sys.argv[1:]
    results = [(name, run(name, command)) for name, command in suites() if not wanted or name in wanted]
    print()
    for name, passed in results:
        print(f"{name}: {'ok' if passed else 'FAILED'}")
    print(f"{COUNTS['passed']} passed, {COUNTS['failed']} failed, {COUNTS['skipped']} skipped")
    return 0 if COUNTS["failed"] == 0 and all(passed for _, passed in results) else 1


if __name__ == "__main__":
    sys.exit(main())
