"""Drop-in for the module of NGNPro's sample client: ``from WSDL import Proxy``.

    from WSDL import Proxy
    proxy = Proxy("https://example.net/ngnpro/wsdl", port="SipPort", auth=dict(username="…", password="…"))
    proxy.show_methods()
    proxy.addDomain(domain={"domain": "example.net"})

The proxy is that of ``wsdlproxy`` with the members that the older one had: ``methods``, ``show_methods()``
and a listing as its ``str``.
"""

import wsdlproxy
from wsdlproxy import *  # noqa: F403
from wsdlproxy import __all__ as _names

__all__ = ["CallInfo", "ParameterInfo", *_names]


class ParameterInfo:
    """A parameter or a result of an operation."""

    __slots__ = ("documentation", "name", "type")

    def __init__(self, name, type, documentation=""):  # noqa: A002
        self.name = name
        #: Namespace and local name.
        self.type = type
        self.documentation = documentation

    def __repr__(self):
        return f"<{self.name}: {self.type[1]}>"


class CallInfo:
    """How an operation is called."""

    __slots__ = (
        "documentation",
        "encodingStyle",
        "inparams",
        "location",
        "methodName",
        "namespace",
        "outparams",
        "soapAction",
        "transport",
        "use",
    )

    def __init__(self, record, location):
        self.methodName = record["name"]
        self.location = location
        self.namespace = record["namespace"]
        self.soapAction = record["action"]
        self.use = record["use"]
        self.encodingStyle = "http://schemas.xmlsoap.org/soap/encoding/" if self.use == "encoded" else None
        self.transport = "http://schemas.xmlsoap.org/soap/http"
        self.documentation = record["documentation"]
        self.inparams = [_parameter(item) for item in record["parameters"]]
        self.outparams = [_parameter(item) for item in record["results"]]

    def getInParameters(self):  # noqa: N802
        """The parameters."""
        return self.inparams

    def getOutParameters(self):  # noqa: N802
        """The results."""
        return self.outparams

    def __repr__(self):
        names = ", ".join(item.name for item in self.inparams)
        return f"<{self.methodName}({names})>"


def _parameter(record):
    name = record["type_name"] or record["type"]
    namespace, _, local = name[1:].rpartition("}") if name.startswith("{") else ("", "", name)
    return ParameterInfo(record["name"], (namespace or None, local), record["documentation"])


class Proxy(wsdlproxy.Proxy):
    """A proxy of one port of a WSDL; see ``wsdlproxy.Proxy`` for its arguments."""

    @property
    def methods(self):
        """Operation name to call info: methodName, location, namespace, soapAction, inparams, outparams."""
        return {name: CallInfo(operation.info, self.location) for name, operation in self.operations.items()}

    def show_methods(self):
        """Prints the operations with their parameters and results."""
        print(self)

    def __str__(self):
        lines = [repr(self)]
        for call in self.methods.values():
            lines += ["", f"Method Name: {call.methodName}"]
            lines += _listed("In", call.inparams)
            lines += _listed("Out", call.outparams)
        return "\n".join(lines)


def _listed(direction, parameters):
    for number, item in enumerate(parameters):
        namespace, local = item.type
        name = f"{{{namespace}}}{local}" if namespace else local
        yield f"   {direction} #{number}: {item.name}  ({name})"
