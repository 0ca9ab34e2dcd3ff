"""Call diversions: where calls go when they are not answered.

    python call_diversions.py http://127.0.0.1:9200/ngnpro/

The platform is `ngnpro-server --seed demo`; put in the address, credentials and names of yours.
"""

import sys

from wsdlproxy import Proxy

url = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:9200/ngnpro/"
auth = {"username": "admin", "password": "secret"}
sip = Proxy(url + "wsdl", port="SipPort", auth=auth)
account = {"username": "31208000001", "domain": "office.harbour.example.com"}
conditions = {
    "FUNC": "always",
    "FNOL": "when not online",
    "FBUS": "when busy",
    "FNOA": "when not answered",
    "FUNV": "when unavailable",
}


def show():
    """Prints the diversions that are set; a condition without one is None."""
    diversions = sip.getCallDiversions(account)
    for condition, when in conditions.items():
        if diversions[condition]:
            print(f"  {when}: {diversions[condition]}")


# All conditions are written at once: what is left out is cleared.
sip.setCallDiversions(account, {"FBUS": "<voice-mailbox>", "FNOA": "sip:31208000002@office.harbour.example.com"})
print("diverted")
show()

# To change one, read all and write all.
diversions = sip.getCallDiversions(account)
diversions.FNOL = "sip:+31208005100@harbour.example.com"
sip.setCallDiversions(account, diversions)
print("diverted when not online too")
show()

sip.setCallDiversions(account, {})
print("not diverted")
show()
