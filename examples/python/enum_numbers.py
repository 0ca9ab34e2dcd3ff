"""ENUM: ranges of telephone numbers, and what each number leads to.

    python enum_numbers.py http://127.0.0.1:9200/ngnpro/

The platform is `ngnpro-server --seed demo`; put in the address, credentials and names of yours.
"""

import sys

from wsdlproxy import Fault, Proxy

url = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:9200/ngnpro/"
auth = {"username": "admin", "password": "secret"}
enum = Proxy(url + "wsdl", port="EnumPort", auth=auth)

# A range says which numbers there may be; numbers are digits without +.
made = enum.addRange(
    {
        "id": {"prefix": "4930", "tld": "e164.arpa"},
        "minDigits": 11,
        "maxDigits": 12,
        "size": 100,
        "nameservers": ["ns1.example.com", "ns2.example.com"],
        "info": "Berlin",
    }
)
print(f"added range {made.id.prefix}, TTL {made.ttl}, {made.used} of {made.size} used")

number = {"number": "49301234567", "tld": "e164.arpa"}
try:
    enum.getNumber(number)
except Fault as fault:
    print(f"fault {fault.detail['exception'].errorcode}: {fault.string}")

enum.addNumber({"id": number, "mappings": [{"type": "sip", "mapto": "sip:alice@example.com"}]})

# A mapping more: read, append, write back.
entry = enum.getNumber(number)
entry.mappings.append({"type": "mailto", "mapto": "mailto:alice@example.com", "priority": 10, "ttl": 600})
enum.updateNumber(entry)
for mapping in enum.getNumber(number).mappings:
    print(f"  {mapping.type}: {mapping.mapto}, priority {mapping.priority}, TTL {mapping.ttl}")

page = enum.getNumbers(
    {"filter": {"number": "4930%", "type": "sip", "mapto": "alice@example.com"}, "range": {"start": 0, "count": 10}}
)
print(f"{page.total} number leads to alice: {page.numbers[0].id.number}")
print(f"{enum.getRanges({'filter': {'prefix': '4930'}}).ranges[0].used} of {made.size} used")

# The numbers of a range go with it; one alone would be enum.deleteNumber(number).
enum.deleteRange(made.id)
print(f"{enum.getNumbers({'filter': {'number': '4930%'}}).total} numbers are left")
