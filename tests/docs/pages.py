"""Reads the fenced blocks of a page of the documentation."""

import re
from typing import NamedTuple, Optional

from story import ROOT

FENCE = re.compile(r"^```(\w*)$")
#: What stands above a block that is not run, for readers as for tests.
NOT_RUN = re.compile(r"^\*Not run by the tests: (.+)\*$")


class Block(NamedTuple):
    page: str
    #: The line of the first line of code, from 1.
    line: int
    language: str
    text: str
    reason: Optional[str]
    #: What it must print, if a block of plain text follows it.
    prints: Optional[str] = None

    @property
    def name(self):
        return f"{self.page}:{self.line} {self.language}"


def blocks(page):
    """The blocks of a page in order; plain text belongs to the block before it."""
    found, language, lines, above, reason = [], None, [], "", None
    for number, line in enumerate((ROOT / page).read_text().splitlines(), start=1):
        fence = FENCE.match(line)
        if language is not None:
            if line != "```":
                lines.append(line)
                continue
            block = Block(page, number - len(lines), language, "\n".join(lines) + "\n", reason)
            if language == "text" and found and above == "```":
                found[-1] = found[-1]._replace(prints=block.text)
            else:
                found.append(block)
            language, above = None, "```"
        elif fence:
            language, lines = fence[1], []
            marked = NOT_RUN.match(above)
            reason = marked[1] if marked else None
        elif line:
            above = line
    return found


def pages():
    """The pages whose blocks are run."""
    patterns = (
        "README.md",
        "CONTRIBUTING.md",
        "docs/*.md",
        "python/README.md",
        "php/README.md",
        "examples/**/README.md",
    )
    return sorted(str(path.relative_to(ROOT)) for pattern in patterns for path in ROOT.glob(pattern))
