"""Asks the core, through the program `lexical_probe`, about texts."""

import functools
import json
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


@functools.cache
def program():
    """The path of the program, which is built first unless LEXICAL_PROBE names one."""
    if given := os.environ.get("LEXICAL_PROBE"):
        return given
    command = ["cargo", "build", "--quiet", "-p", "wsdlproxy-tests", "--bin", "lexical_probe"]
    subprocess.run(command, cwd=ROOT, check=True, timeout=1800)
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    return str(target / "debug" / "lexical_probe")


def ask(questions):
    """For each (type, text, facets or None): the texts written back, or None if the text is refused."""
    lines = []
    for type_name, text, facets in questions:
        line = f"{type_name}\t{escape(text)}"
        lines.append(line if facets is None else f"{line}\t{json.dumps(facets)}")
    done = subprocess.run(
        [program()], input="\n".join(lines) + "\n", encoding="utf-8", capture_output=True, check=True, timeout=300
    )
    # Only line feeds end a line: a text may hold other characters that Python takes for line ends.
    answers = [line.split("\t") for line in done.stdout.split("\n")[:-1]]
    assert len(answers) == len(lines)
    return [tuple(map(unescape, texts)) if verdict == "ok" else None for verdict, *texts in answers]


def escape(text):
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def unescape(text):
    out, chars = [], iter(text)
    for char in chars:
        if char == "\\":
            char = next(chars)
            char = {"n": "\n", "t": "\t", "r": "\r"}.get(char, char)
        out.append(char)
    return "".join(out)
