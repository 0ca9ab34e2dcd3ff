"""A SOAP client that makes a proxy from any WSDL at run time.

>>> from wsdlproxy import Proxy
>>> sip = Proxy("https://example.net/ngnpro/wsdl", port="SipPort", auth={"username": "me", "password": "…"})
>>> account = sip.getAccount({"username": "alice", "domain": "example.net"})
>>> account.email

Operations are methods: ``dir(sip)`` lists them and ``help(sip.getAccount)`` explains one.
"""

from ._native import Bulk, Definition, Operation, Proxy, __version__, load
from ._struct import Struct
from .errors import (
    ConnectionError,
    DecodeError,
    DocumentError,
    EncodeError,
    Error,
    Fault,
    HTTPError,
    PortError,
    Timeout,
    TLSError,
    TransportError,
    UnknownOperation,
    UnknownOption,
    UsageError,
    WSDLError,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._bulk import Outcome
    from ._message import Message
    from ._position import Position

#: What few programs need, by the module that has it; these import much of the standard library.
_LATER = {"Message": "_message", "Outcome": "_bulk", "Position": "errors"}

__all__ = [
    "Bulk",
    "ConnectionError",
    "DecodeError",
    "Definition",
    "DocumentError",
    "EncodeError",
    "Error",
    "Fault",
    "HTTPError",
    "Message",
    "Operation",
    "Outcome",
    "PortError",
    "Position",
    "Proxy",
    "Struct",
    "TLSError",
    "Timeout",
    "TransportError",
    "UnknownOperation",
    "UnknownOption",
    "UsageError",
    "WSDLError",
    "__version__",
    "load",
]


def _later(name):
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(f".{_LATER[name]}", __name__), name)
    globals()[name] = value
    return value


if not TYPE_CHECKING:
    # Type checkers take any name for one that this has.
    __getattr__ = _later


def __dir__():
    return sorted({*globals(), *_LATER})
