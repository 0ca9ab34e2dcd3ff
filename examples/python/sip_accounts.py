"""SIP accounts: adds, numbers, lists, changes and removes them.

    python sip_accounts.py http://127.0.0.1:9200/ngnpro/

The platform is `ngnpro-server --seed demo`; put in the address, credentials and names of yours.
"""

import sys

from wsdlproxy import Fault, Proxy

url = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:9200/ngnpro/"
auth = {"username": "admin", "password": "secret"}
sip = Proxy(url + "wsdl", port="SipPort", auth=auth)

domain = "accounts.example.com"
sip.addDomain({"domain": domain})

# Set what you need; everything left out gets the platform's default.
alice = sip.addAccount(
    {
        "id": {"username": "alice", "domain": domain},
        "password": "wonderland",
        "firstName": "Alice",
        "lastName": "Liddell",
        "groups": ["free-pstn", "voicemail"],
        "acl": [{"ip": "192.0.2.0", "mask": 24, "tag": "office"}],
        "properties": [{"name": "language", "value": "en"}],
        "quota": 25,
    }
)
print(f"added {alice.id.username}@{alice.id.domain}, {alice.email}")

# The platform can number accounts itself; the answer has the name that it chose.
for _ in range(2):
    numbered = sip.addAccount({"id": {"username": "<autoincrement>", "domain": domain}, "password": "secret"})
    print(f"added {numbered.id.username}@{numbered.id.domain}")

page = sip.getAccounts(
    {
        "filter": {"domain": domain},
        "orderBy": {"attribute": "username", "direction": "ASC"},
        "range": {"start": 0, "count": 10},
    }
)
print(f"{page.total} accounts: {', '.join(account.id.username for account in page.accounts)}")

# Read, change, write back. Leave out the password unless you change it: it may be stored as a hash.
account = sip.getAccount(alice.id)
account.quota = 50
account.rpid = "0031208005100"
del account["password"]
sip.updateAccount(account)
account = sip.getAccount(alice.id)
print(f"quota {account.quota}, caller id {account.rpid}, groups {', '.join(account.groups)}")
print(f"may register from {account.acl[0].ip}/{account.acl[0].mask}")

sip.deleteAccount(alice.id)
try:
    sip.getAccount(alice.id)
except Fault as fault:
    print(f"fault {fault.detail['exception'].errorcode}: {fault.string}")

# The accounts of a domain go with it.
sip.deleteDomain(domain)
