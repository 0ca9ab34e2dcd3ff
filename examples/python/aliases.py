"""SIP aliases: further addresses of an account.

    python aliases.py http://127.0.0.1:9200/ngnpro/

The platform is `ngnpro-server --seed demo`; put in the address, credentials and names of yours.
"""

import sys

from wsdlproxy import Fault, Proxy

url = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:9200/ngnpro/"
auth = {"username": "admin", "password": "secret"}
sip = Proxy(url + "wsdl", port="SipPort", auth=auth)
account = {"username": "31208000001", "domain": "office.harbour.example.com"}


def show():
    """Prints the aliases that lead to the account."""
    found = sip.getAliases(
        {
            "filter": {"targetUsername": account["username"], "targetDomain": account["domain"]},
            "orderBy": {"attribute": "aliasUsername", "direction": "ASC"},
        }
    )
    names = [f"{alias.id.username}@{alias.id.domain}" for alias in found.aliases]
    print(f"{found.total} aliases: {', '.join(names)}")


for username in ("info", "desk"):
    sip.addAlias({"id": {"username": username, "domain": account["domain"]}, "target": account})
show()

alias = sip.getAlias({"username": "info", "domain": account["domain"]})
print(f"{alias.id.username} leads to {alias.target.username}")

# An alias moves to another account when its target changes.
alias.target.username = "31208000002"
sip.updateAlias(alias)
show()

try:
    sip.addAlias({"id": alias.id, "target": account})
except Fault as fault:
    print(f"fault {fault.detail['exception'].errorcode}: {fault.string}")

for username in ("info", "desk"):
    sip.deleteAlias({"username": username, "domain": account["domain"]})
show()
