"""Records as they come back from a server."""

from __future__ import annotations

import reprlib

#: Members whose values are never shown.
SECRETS = frozenset(("ha1", "ha1b", "auth", "pwd"))
#: A name with one of these in it.
SECRET_PARTS = ("password", "passwd", "passphrase", "secret")


class Struct(dict):
    """A dict whose members also read as attributes: ``account.id.username`` is ``account["id"]["username"]``.

    A member that has the name of a dict method, such as ``items``, is read as ``account["items"]``.
    Printing it shows no value that stands under ``auth``, ``ha1`` or a name with ``password`` in it, nor the value of
    a property of such a name.
    """

    __slots__ = ()

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(_missing(self, name)) from None

    def __setattr__(self, name, value):
        self[name] = value

    def __delattr__(self, name):
        try:
            del self[name]
        except KeyError:
            raise AttributeError(_missing(self, name)) from None

    def __dir__(self):
        return list({*super().__dir__(), *(name for name in self if isinstance(name, str))})

    def __repr__(self):
        return _show(self)

    def copy(self) -> Struct:
        """A shallow copy, a Struct again."""
        return type(self)(self)

    __copy__ = copy

    def __or__(self, other: dict) -> Struct:
        merged = super().__or__(other)
        return merged if merged is NotImplemented else type(self)(merged)

    def __ror__(self, other: dict) -> Struct:
        merged = super().__ror__(other)
        return merged if merged is NotImplemented else type(self)(merged)


#: Where users know it from, also in help and pickles.
Struct.__module__ = "wsdlproxy"


def _missing(struct, name):
    if name.startswith("__"):
        return name
    import difflib

    names = [known for known in struct if isinstance(known, str)]
    near = difflib.get_close_matches(name, names, 1)
    if near:
        return f"no member {name!r}; did you mean {near[0]!r}?"
    shown = ", ".join(sorted(names)[:20])
    return f"no member {name!r}; there are: {shown}" if shown else f"no member {name!r}; the struct is empty"


@reprlib.recursive_repr("Struct(...)")
def _show(struct):
    """As a call with keywords, or with a dict where a name cannot be one."""
    if all(isinstance(name, str) and name.isidentifier() for name in struct):
        return f"Struct({', '.join(f'{name}={_masked(struct, name, value)}' for name, value in struct.items())})"
    return f"Struct({_dict(struct)})"


@reprlib.recursive_repr("{...}")
def _dict(record):
    return f"{{{', '.join(f'{name!r}: {_masked(record, name, value)}' for name, value in record.items())}}}"


@reprlib.recursive_repr("[...]")
def _list(items):
    return f"[{', '.join(map(_value, items))}]"


@reprlib.recursive_repr("(...)")
def _tuple(items):
    return f"({', '.join(map(_value, items))}{',' if len(items) == 1 else ''})"


def _value(value):
    """Plain dicts and lists that a user put into a Struct hide the same members."""
    if type(value) is dict:
        return _dict(value)
    if type(value) is list:
        return _list(value)
    if type(value) is tuple:
        return _tuple(value)
    return repr(value)


def _is_secret(name):
    if not isinstance(name, str):
        return False
    name = name.lower().lstrip("@")
    return name in SECRETS or any(part in name for part in SECRET_PARTS)


def _masked(record, name, value):
    """The value of a member; of a property or an entry of a map, what its name is tells whether to hide it."""
    told = name == "value" and (_is_secret(record.get("name")) or _is_secret(record.get("key")))
    if value is not None and (told or _is_secret(name)):
        return "'***'"
    return _value(value)
