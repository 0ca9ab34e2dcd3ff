"""Registered phones: where accounts can be reached, and with what.

    python phones.py http://127.0.0.1:9200/ngnpro/

The platform is `ngnpro-server --seed demo`; put in the address, credentials and names of yours.
"""

import sys

from wsdlproxy import Proxy

url = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:9200/ngnpro/"
auth = {"username": "admin", "password": "secret"}
sip = Proxy(url + "wsdl", port="SipPort", auth=auth)

page = sip.getAccounts(
    {
        "filter": {"domain": "office.harbour.example.com"},
        "orderBy": {"attribute": "username", "direction": "ASC"},
        "range": {"start": 0, "count": 8},
    }
)
accounts = [account.id for account in page.accounts]

# One call for a whole page of accounts; the answer runs parallel to the question.
for account, found in zip(accounts, sip.getSipDeviceLocations(accounts)):
    print(f"{account.username}: {len(found.locations)} phones")
    for phone in found.locations:
        # Behind a router the phone has a public address too.
        seen = f" behind {phone.publicAddress}:{phone.publicPort}" if phone.publicAddress else ""
        print(f"  {phone.userAgent} at {phone.transport}:{phone.address}:{phone.port}{seen}")
