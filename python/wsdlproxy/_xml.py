"""Elements of ElementTree and lxml as text, each through the module that it comes from."""

import copy
import sys


def text(value):
    """The XML of an element or a tree, without the text that follows it; None for what is neither."""
    for kind in type(value).__mro__:
        module = kind.__module__
        if module == "xml.etree.ElementTree" or module.startswith("lxml."):
            break
    else:
        return None
    library = sys.modules.get("lxml.etree" if module.startswith("lxml.") else module)
    if hasattr(value, "getroot"):
        value = value.getroot()
    if library is None or value is None:
        return None
    if value.tail:
        value = copy.copy(value)
        value.tail = None
    return library.tostring(value, encoding="unicode")
