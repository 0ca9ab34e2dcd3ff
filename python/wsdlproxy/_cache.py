"""Where compiled WSDLs are kept unless the caller says otherwise."""

import os
import sys


def folder():
    """The user's own cache folder, or None if there is none to be found."""
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = os.path.join(home, "Library", "Caches")
    else:
        # The XDG specification: a relative path there is to be ignored.
        base = os.environ.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(base):
            base = os.path.join(home, ".cache")
    return os.path.join(base, "wsdlproxy") if base and os.path.isabs(base) else None
