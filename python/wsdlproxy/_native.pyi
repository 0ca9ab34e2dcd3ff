"""The native module: what a type checker needs to know of it."""

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from inspect import Signature
from typing import IO, Any, Literal, final

from ._bulk import Outcome
from ._message import Message
from ._struct import Struct

__version__: str

_WSDL = str | os.PathLike[str] | bytes | bytearray | IO[bytes] | IO[str] | "Definition"
_Seconds = float | timedelta | None
_Pem = str | os.PathLike[str] | bytes
_Pairs = Mapping[str, str] | Iterable[tuple[str, str]] | None

@final
class Operation:
    @property
    def __name__(self) -> str: ...
    @property
    def __qualname__(self) -> str: ...
    @property
    def __signature__(self) -> Signature: ...
    @property
    def info(self) -> Struct: ...
    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...
    def create_message(self, *args: Any, **kwargs: Any) -> bytes: ...

class Proxy:
    def __init__(
        self,
        wsdl: _WSDL,
        port: str | None = None,
        service: str | None = None,
        *,
        auth: Mapping[str, Any] | None = None,
        location: str | Mapping[str, str] | None = None,
        timeout: _Seconds = 60.0,
        connect_timeout: _Seconds = 10.0,
        verify: bool | str | os.PathLike[str] = True,
        ca_file: _Pem | Iterable[_Pem] | None = None,
        client_cert: _Pem | tuple[_Pem, _Pem | None] | None = None,
        proxy: str | bool | None = None,
        basic_auth: tuple[str, str] | Mapping[str, str] | None = None,
        headers: _Pairs = None,
        gzip: bool = True,
        user_agent: str | None = None,
        cookies: _Pairs = None,
        keep_cookies: bool = False,
        redirects: int = 5,
        strict: bool = True,
        unknown: Literal["skip", "keep"] = "skip",
        limits: Mapping[str, int] | None = None,
        trace: bool | Literal["full"] = False,
        soap_headers: Any = None,
        cache: str | os.PathLike[str] | bool | None = True,
        max_age: _Seconds = None,
        refresh: bool = False,
    ) -> None: ...
    def __getattr__(self, name: str) -> Operation: ...
    def call(self, operation: str, /, *args: Any, **kwargs: Any) -> Any: ...
    def create_message(self, operation: str, /, *args: Any, **kwargs: Any) -> bytes: ...
    def parse_response(
        self,
        operation: str,
        content: bytes | bytearray | str,
        content_type: str | None = None,
        *,
        status: int = 200,
    ) -> Any: ...
    def bulk(
        self,
        operation: str,
        arguments: Iterable[Any],
        *,
        concurrency: int = 16,
        ordered: bool = True,
        stop_on_error: bool = False,
        retry: int = 0,
        idempotent: bool | None = None,
        progress: bool = False,
    ) -> Bulk: ...
    def with_options(
        self,
        *,
        timeout: _Seconds = ...,
        impersonate: int | None = ...,
        headers: Mapping[str, str | None] | Iterable[tuple[str, str | None]] | None = ...,
        soap_headers: Any = ...,
        trace: bool | Literal["full"] = ...,
        location: str | Mapping[str, str] | None = ...,
        auth: Mapping[str, Any] | None = ...,
        strict: bool = ...,
        unknown: Literal["skip", "keep"] = ...,
    ) -> Proxy: ...
    @property
    def operations(self) -> dict[str, Operation]: ...
    @property
    def definition(self) -> Definition: ...
    @property
    def port(self) -> str: ...
    @property
    def service(self) -> str: ...
    @property
    def location(self) -> str: ...
    @property
    def last_request(self) -> Message | None: ...
    @property
    def last_response(self) -> Message | None: ...
    @property
    def last_headers(self) -> Struct | None: ...

@final
class Bulk:
    @property
    def sent(self) -> int: ...
    @property
    def done(self) -> int: ...
    @property
    def failed(self) -> int: ...
    @property
    def retried(self) -> int: ...
    @property
    def unknown(self) -> int: ...
    @property
    def index(self) -> int | None: ...
    @property
    def arguments(self) -> Any: ...
    def __iter__(self) -> Bulk: ...
    def __next__(self) -> Any: ...
    def outcomes(self) -> Iterator[Outcome]: ...
    def close(self) -> None: ...

@final
class Definition:
    @property
    def services(self) -> dict[str, Struct]: ...
    @property
    def ports(self) -> dict[str, Struct]: ...
    @property
    def operations(self) -> dict[str, Struct]: ...
    @property
    def types(self) -> dict[str, Struct]: ...
    @property
    def warnings(self) -> list[str]: ...
    @property
    def location(self) -> str: ...
    @property
    def target_namespace(self) -> str: ...
    @property
    def documentation(self) -> str: ...
    def proxy(self, port: str | None = None, service: str | None = None, **options: Any) -> Proxy: ...

def load(wsdl: _WSDL, **options: Any) -> Definition: ...
