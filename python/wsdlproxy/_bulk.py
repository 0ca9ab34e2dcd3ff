"""What `bulk` shows and yields besides results."""

import sys
import time
from typing import Any, NamedTuple, Optional

from ._struct import _value


class Outcome(NamedTuple):
    """What became of one item of a bulk run."""

    #: Its position in the iterable, from 0.
    index: int
    arguments: Any
    value: Any
    error: Optional[Exception]

    def __repr__(self):
        shown = ", ".join(f"{name}={_value(value)}" for name, value in zip(self._fields, self))
        return f"Outcome({shown})"


def outcomes(bulk):
    """The results of a bulk run with the items that they belong to."""
    for result in bulk:
        error = result if isinstance(result, Exception) else None
        yield Outcome(bulk.index, bulk.arguments, None if error else result, error)


class Progress:
    """A bar on a terminal: of tqdm if it is installed, else a plain line; nothing elsewhere."""

    #: Seconds between two states of the plain line.
    PAUSE = 0.2

    def __init__(self, name, total, stream=None):
        self.stream = stream if stream is not None else sys.stderr
        self.name, self.total = name, total
        self.bar = self.shown = None
        self.is_shown = self.stream.isatty()
        if self.is_shown:
            try:
                from tqdm import tqdm
            except ImportError:
                self.began = time.monotonic()
            else:
                self.bar = tqdm(desc=name, total=total, file=self.stream)

    def update(self, done, failed):
        """Shows how many results there are."""
        if self.bar is not None:
            self.bar.update(done + failed - self.bar.n)
            if failed:
                self.bar.set_postfix(failed=failed, refresh=False)
        elif self.is_shown and (self.shown is None or time.monotonic() - self.shown >= self.PAUSE):
            self.line(done, failed)

    def line(self, done, failed):
        """Writes the plain line over the last one."""
        self.shown = time.monotonic()
        rate = (done + failed) / max(self.shown - self.began, 1e-9)
        of = f"/{self.total}" if self.total is not None else ""
        self.stream.write(f"\r{self.name}: {done + failed}{of}, {failed} failed, {rate:.0f}/s ")
        self.stream.flush()

    def close(self, done, failed):
        """Shows the end state; may be called more than once."""
        if self.bar is not None:
            self.bar.close()
        elif self.is_shown:
            self.line(done, failed)
            self.stream.write("\n")
        self.bar, self.is_shown = None, False
