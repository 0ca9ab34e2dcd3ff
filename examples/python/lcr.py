"""Least cost routing: carriers, their gateways, rules for numbers, and routes by prefix.

    python lcr.py http://127.0.0.1:9200/ngnpro/

The platform is `ngnpro-server --seed demo`; put in the address, credentials and names of yours.
"""

import sys

from wsdlproxy import Proxy

url = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:9200/ngnpro/"
auth = {"username": "admin", "password": "secret"}
sip = Proxy(url + "wsdl", port="SipPort", auth=auth)

# A carrier has gateways, the machines that calls are sent to.
carriers = {name: sip.addCarrier({"name": name}).id for name in ("Cheap", "Reliable")}
for number, carrier in enumerate(carriers.values(), start=1):
    gateway = sip.addGateway({"name": "gw1", "carrier_id": carrier, "ip": f"192.0.2.{number}", "port": 5060})
    print(f"{gateway.carrier}: {gateway.name} at {gateway.transport}:{gateway.ip}:{gateway.port}")
    # Numbers arrive as 00 and E.164; this gateway wants them with a + instead.
    sip.addGatewayRule({"gateway_id": gateway.id, "prefix": "00", "strip": 2, "prepend": "+"})

rules = sip.getGatewayRules({"filter": {"carrier_id": carriers["Cheap"]}}).gateway_rules
print(f"{rules[0].carrier} {rules[0].gateway}: strip {rules[0].strip}, prepend {rules[0].prepend}")

# Routes come in lists that hold together: all of them are added, or none.
routes = [("0049", "Cheap", 1), ("0049", "Reliable", 2), ("", "Reliable", 9)]
sip.addRoutes([{"prefix": to, "carrier_id": carriers[name], "priority": priority} for to, name, priority in routes])


def show():
    """Prints the routes of both carriers; the lowest priority is tried first, an empty prefix matches all."""
    for name, carrier in carriers.items():
        order = {"attribute": "priority", "direction": "ASC"}
        for route in sip.getRoutes({"filter": {"carrier_id": carrier}, "orderBy": order}).routes:
            print(f"  {route.prefix or 'any':<6}{name}, priority {route.priority}")


print("routes:")
show()

found = sip.getRoutes({"filter": {"prefix": "0049", "carrier_id": carriers["Cheap"]}}).routes
found[0].priority = 3
sip.updateRoutes(found)
sip.deleteRoutes([{"id": route.id} for route in sip.getRoutes({"filter": {"carrier_id": carriers["Reliable"]}}).routes])
print("one changed, two removed:")
show()

# The gateways, rules and routes of a carrier go with it.
for carrier in carriers.values():
    sip.deleteCarrier(carrier)
