"""Call information: calls placed, received and missed, with their cost.

    python calls.py http://127.0.0.1:9200/ngnpro/

The platform is `ngnpro-server --seed demo`; put in the address, credentials and names of yours.
"""

import quopri
import sys
import time

from wsdlproxy import Proxy

url = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:9200/ngnpro/"
auth = {"username": "admin", "password": "secret"}
sip = Proxy(url + "wsdl", port="SipPort", auth=auth)
account = {"username": "31208000004", "domain": "office.harbour.example.com"}


def text(encoded):
    """The texts of calls are quoted-printable."""
    return quopri.decodestring(encoded).decode()


def show(title, calls, who):
    """Prints calls, the newest first: when, with whom, seconds and SIP status."""
    print(f"{title}: {len(calls)}")
    for call in calls:
        when = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(call.startTime))
        print(f"  {when} {text(call[who])} {call.duration} s, {call.status}")


# The last two weeks, in seconds since 1970.
now = int(time.time())
period = {"fromDate": now - 14 * 86400, "toDate": now, "limit": 50}
calls = sip.getCalls(account, {"placed": period, "received": period})
show("placed", calls.placed, "toURI")
show("received", calls.received, "fromHeader")

# A missed call was received, has ended and was never talked in.
show("missed", [call for call in calls.received if call.stopTime and not call.duration], "fromURI")

statistics = sip.getCallStatistics(account, {"placed": {"limit": 1}})
print(f"{statistics.placed.calls} calls cost {statistics.placed.price:.4f}")
