"""A spyne service over HTTP, SOAP 1.1 at /11/ and SOAP 1.2 at /12/; prints its URL, ends with its standard input."""

import logging
import sys
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

from spyne import (
    Application,
    Array,
    Boolean,
    ByteArray,
    ComplexModel,
    Date,
    DateTime,
    Decimal,
    Double,
    Enum,
    Fault,
    Integer,
    Long,
    Service,
    Time,
    Unicode,
    XmlAttribute,
    rpc,
)
from spyne.protocol.soap import Soap11, Soap12
from spyne.server.wsgi import WsgiApplication

NS = "urn:peers:registry"
Kind = Enum("basic", "gold", type_name="Kind")


class Line(ComplexModel):
    __namespace__ = NS
    sku = Unicode(min_occurs=1, nillable=False)
    count = Integer


class Order(ComplexModel):
    __namespace__ = NS
    currency = XmlAttribute(Unicode)
    id = Long(min_occurs=1, nillable=False)
    name = Unicode
    price = Decimal
    ratio = Double
    when = DateTime
    day = Date
    hour = Time
    paid = Boolean
    blob = ByteArray
    kind = Kind
    tag = Unicode(max_occurs="unbounded")
    lines = Array(Line)


class Rush(Order):
    __namespace__ = NS
    hours = Integer


class Auth(ComplexModel):
    __namespace__ = NS
    user = Unicode
    token = Unicode


class Registry(Service):
    __in_header__ = Auth
    __out_header__ = Auth

    @rpc(Order, _returns=Order)
    def echo(ctx, order):
        return order

    @rpc(Integer, Integer, _returns=Integer)
    def add(ctx, a, b):
        return a + b

    @rpc(Integer, Integer, _returns=(Integer, Integer), _out_variable_names=("quotient", "remainder"))
    def divide(ctx, a, b):
        if b == 0:
            raise Fault(faultcode="Client.Zero", faultstring="division by <zero>", detail={"a": str(a)})
        return divmod(a, b)

    @rpc(Array(Order), _returns=Decimal)
    def total(ctx, orders):
        return sum(order.price * sum(line.count for line in order.lines) for order in orders)

    @rpc(_returns=Array(Unicode))
    def names(ctx):
        return ["a", "<&>", "\u00e9 \u4e2d"]

    @rpc(Order, _returns=Unicode)
    def describe(ctx, order):
        return f"{type(order).__name__} {order!r}"

    @rpc(_returns=Unicode)
    def whoami(ctx):
        ctx.out_header = Auth(user="server", token="t")
        return f"{ctx.in_header.user}/{ctx.in_header.token}" if ctx.in_header else "nobody"

    @rpc(Order, _returns=Order, _body_style="bare")
    def echo_bare(ctx, order):
        return order

    @rpc(Unicode)
    def forget(ctx, name):
        pass


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


def application(protocol):
    made = Application([Registry], NS, in_protocol=protocol(validator="lxml"), out_protocol=protocol(polymorphic=True))
    return WsgiApplication(made)


def main():
    logging.disable(logging.CRITICAL)
    versions = {"11": application(Soap11), "12": application(Soap12)}

    def route(environ, start_response):
        return versions[environ["PATH_INFO"].strip("/")](environ, start_response)

    server = make_server("127.0.0.1", 0, route, handler_class=Quiet)
    print(f"http://127.0.0.1:{server.server_port}/", flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


main()
