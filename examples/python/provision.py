"""Provisions a SIP domain, accounts, aliases and groups on an NGNPro platform.

    python provision.py http://127.0.0.1:9200/ngnpro/

Copy it, put in your server's address and credentials, and change the dicts.
"""

import sys

from wsdlproxy import Fault, Proxy

url = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:9200/ngnpro/"
auth = {"username": "admin", "password": "secret"}
domain = "example.com"
people = [("alice", "Alice", "Liddell"), ("bob", "Bob", "Builder"), ("carol", "Carol", "Danvers")]

# The WSDL says which operations there are; each is a method of the proxy.
sip = Proxy(url.rstrip("/") + "/wsdl", port="SipPort", location=url, auth=auth)
methods = [name for name in dir(sip) if name.startswith(("add", "get", "update", "delete"))]
print(f"{len(methods)} methods, such as {', '.join(methods[:6])}")

sip.addDomain({"domain": domain})
print(f"added domain {domain}")

for username, first, last in people:
    account = sip.addAccount(
        account={
            "id": {"username": username, "domain": domain},
            "password": f"{username}-wonders",
            "firstName": first,
            "lastName": last,
            "email": f"{username}@{domain}",
            "groups": ["free-pstn"],
            "quota": 25,
        }
    )
    # The answer is what the server stored; members read as attributes and as keys.
    print(f"added account {account.id.username}@{account['id']['domain']}")

sip.addAlias(alias={"id": {"username": "info", "domain": domain}, "target": {"username": "alice", "domain": domain}})
sip.addToGroup(sipId={"username": "bob", "domain": domain}, group="anonymous")
groups = sip.getGroups(sipId={"username": "bob", "domain": domain})
print(f"bob is in {', '.join(groups)}; info@{domain} leads to alice@{domain}")

# A page of accounts: a filter, an order and a range, and the total of all that match.
page = sip.getAccounts(
    query={
        "filter": {"domain": domain},
        "orderBy": {"attribute": "username", "direction": "ASC"},
        "range": {"start": 0, "count": 2},
    }
)
print(f"accounts 1 to {len(page.accounts)} of {page.total}:")
for account in page.accounts:
    name = f"{account.firstName} {account.lastName}"
    print(f"  {account.id.username:<10} {name:<20} {account.email:<24} {account.quota:>4}")

# What the server refuses comes as a Fault.
try:
    sip.addAccount(account={"id": {"username": "alice", "domain": domain}, "password": "again"})
except Fault as fault:
    exception = fault.detail["exception"]
    print(f"fault {exception.errorcode}: {exception.errorstring}")
