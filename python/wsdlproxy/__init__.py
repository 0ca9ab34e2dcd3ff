"""A SOAP client that makes a proxy from any WSDL at run time.

>>> from wsdlproxy import Proxy
>>> sip = Proxy("https://example.net/ngnpro/wsdl", port="SipPort", auth={"username": "me", "password": "…"})
>>> account = sip.getAccount({"username": "alice", "domain": "example.net"})
>>> account.email

Operations are methods: ``dir(sip)`` lists them and ``help(sip.getAccount)`` explains one.
"""

from ._bulk import Outcome
from ._message import Message
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
    Position,
    Timeout,
    TLSError,
    TransportError,
    UnknownOperation,
    UsageError,
    WSDLError,
)

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
    "UsageError",
    "WSDLError",
    "__version__",
    "load",
]
