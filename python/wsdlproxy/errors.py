"""What can go wrong, one class for each kind. All of them can be pickled.

No message quotes a value that stands under ``auth``, ``ha1`` or a name with ``password`` in it.
"""

from __future__ import annotations

import builtins

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._position import Position


def _later(name):
    """`Position` is a named tuple, and the module for those takes longer to import than all of this package."""
    if name == "Position":
        from ._position import Position

        return Position
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


if not TYPE_CHECKING:
    # Type checkers take any name for one that this has.
    __getattr__ = _later


class Error(Exception):
    """Above all errors of this package."""

    def __init__(self, message="", **members):
        super().__init__(message)
        self.__dict__.update(members)

    def __reduce__(self):
        return _restore, (type(self), self.args, dict(self.__dict__))


def _restore(cls, args, members):
    error = cls(*args)
    error.__dict__.update(members)
    return error


class WSDLError(Error):
    """The WSDL or one of its schemas is missing, malformed or contradictory."""

    #: Where the document came from, if known.
    document: str | None = None
    #: The place in that document, if known.
    position: Position | None = None


class UsageError(Error, ValueError):
    """An option that does not exist or has a value that makes no sense."""


class UnknownOption(UsageError, TypeError):
    """A keyword that is no option; the message has the nearest one."""


class PortError(UsageError, WSDLError):
    """A service or port that is not in the WSDL or must be named, or credentials it has no place for."""


class UnknownOperation(UsageError, AttributeError):
    """A name that no operation of the port has; the message has the nearest one."""


class EncodeError(Error, ValueError):
    """A value does not fit the type it is to be sent as. Nothing was sent."""

    #: Where in the arguments: ``account.contacts[2].port``.
    path: str = ""


class DecodeError(Error, ValueError):
    """An answer is not what SOAP or the WSDL says, or it exceeds a limit."""

    #: Where in the answer, if known: ``return.accounts[3].id``.
    path: str = ""
    #: The place in the answer's text, if known.
    position: Position | None = None


class Fault(Error):
    """The server answered with a SOAP fault."""

    #: ``faultcode`` as sent, with its prefix.
    code: str = ""
    #: ``faultstring``.
    string: str = ""
    #: ``faultactor``, if sent.
    actor: str | None = None
    #: The decoded detail: a Struct of its entries by name, a text, or None.
    detail: Any = None
    #: The further codes of SOAP 1.2, outermost first.
    subcodes: tuple[str, ...] = ()
    #: The name of the fault in the WSDL, if the detail is one of those declared.
    name: str | None = None

    def __str__(self):
        return f"{self.code}: {self.string}" if self.code else self.string

    def __repr__(self):
        return f"Fault(code={self.code!r}, string={self.string!r})"


class TransportError(Error):
    """The request did not get through, or no answer came back."""

    #: False if it is certain that nothing of the request was sent; else the server may have acted on it.
    sent: bool = True


class Timeout(TransportError, TimeoutError):
    """A time limit passed. The server may have acted on the request."""


class ConnectionError(TransportError, builtins.ConnectionError):
    """No connection, or it was lost."""


class TLSError(TransportError):
    """The TLS handshake or the verification of the certificate failed."""


class HTTPError(TransportError):
    """The server answered with a status or a content that is not SOAP."""

    #: The HTTP status.
    status: int = 0
    #: The media type, if sent.
    content_type: str | None = None
    #: The first bytes of the body.
    body: bytes = b""


class DocumentError(WSDLError, HTTPError):
    """A server answered with something else where the WSDL or one of its schemas should be."""
