"""Where in a document an error is."""

from typing import NamedTuple


class Position(NamedTuple):
    """A place in a document: byte offset, and line and column counted from 1."""

    byte: int
    line: int
    column: int


#: It is reached, and pickled, as a member of the module of the errors.
Position.__module__ = "wsdlproxy.errors"
