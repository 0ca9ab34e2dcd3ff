"""Group membership: what an account may do, and how its calls are treated.

    python groups.py http://127.0.0.1:9200/ngnpro/

The platform is `ngnpro-server --seed demo`; put in the address, credentials and names of yours.
"""

import sys

from wsdlproxy import Fault, Proxy

url = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:9200/ngnpro/"
auth = {"username": "admin", "password": "secret"}
sip = Proxy(url + "wsdl", port="SipPort", auth=auth)
account = {"username": "31208000001", "domain": "office.harbour.example.com"}

print("member of", ", ".join(sip.getGroups(account)))
sip.addToGroup(account, "sms")
print("member of", ", ".join(sip.getGroups(account)))

# To be there already is a fault of its own; most programs are content with it.
try:
    sip.addToGroup(account, "sms")
except Fault as fault:
    if fault.detail["exception"].errorcode != 1030:
        raise
    print("was a member of sms already")

# Who is in a group: a filter of getAccounts, with one name.
page = sip.getAccounts({"filter": {"groups": ["sms"]}, "range": {"start": 0, "count": 10}})
print(f"{page.total} account in sms: {page.accounts[0].id.username}")

sip.removeFromGroup(account, "sms")
try:
    sip.removeFromGroup(account, "sms")
except Fault as fault:
    if fault.detail["exception"].errorcode != 1031:
        raise
    print("was no member of sms any more")
print("member of", ", ".join(sip.getGroups(account)))
