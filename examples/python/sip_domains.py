"""SIP domains: adds one for a customer, finds it, changes it, removes it.

    python sip_domains.py http://127.0.0.1:9200/ngnpro/

The platform is `ngnpro-server --seed demo`; put in the address, credentials and names of yours.
"""

import sys

from wsdlproxy import Fault, Proxy

url = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:9200/ngnpro/"
auth = {"username": "admin", "password": "secret"}
sip = Proxy(url + "wsdl", port="SipPort", auth=auth)
customers = Proxy(url + "wsdl", port="CustomerPort", auth=auth)

# A domain belongs to a customer, and what is made in it belongs to the same customer.
harbour = customers.getCustomers({"filter": {"username": "harbour"}}).accounts[0]
made = sip.addDomain({"domain": "fax.harbour.example.com", "customer": harbour.id, "reseller": harbour.reseller})
print(f"added {made.domain} for {harbour.organization}")

# Texts of a filter match with the wildcards % and _. `total` counts all matches, also those beyond the range.
page = sip.getDomains(
    {
        "filter": {"domain": "%.harbour.example.com", "customer": harbour.id},
        "orderBy": {"attribute": "domain", "direction": "ASC"},
        "range": {"start": 0, "count": 3},
    }
)
print(f"{len(page.domains)} of {page.total} domains:")
for domain in page.domains:
    print(f"  {domain.domain}")

# A change is the whole object with what is new; the server takes from it what may be changed.
made.match_ip_address = "192.0.2.0/24"
sip.updateDomain(made)
read = sip.getDomains({"filter": {"domain": made.domain}}).domains[0]
print(f"calls from {read.match_ip_address} belong to {read.domain}")

# What the server refuses is an exception, with a number to act on.
try:
    sip.addDomain({"domain": made.domain})
except Fault as fault:
    print(f"fault {fault.detail['exception'].errorcode}: {fault.string}")

sip.deleteDomain(made.domain)
print(f"{sip.getDomains({'filter': {'domain': made.domain}}).total} domains of that name are left")
