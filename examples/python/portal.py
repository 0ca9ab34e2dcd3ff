"""A page of a customer portal: lists the customer's SIP accounts and edits one.

    python portal.py http://127.0.0.1:9200/ngnpro/           # what a visitor would see, as text
    python portal.py http://127.0.0.1:9200/ngnpro/ 8080      # the same for a browser, on port 8080

The platform is `ngnpro-server --seed demo`. The customer's own login is used, so that the platform itself sees to it
that nobody else's accounts are shown or changed.
"""

import sys
from urllib.parse import parse_qsl, urlencode
from wsgiref.simple_server import make_server
from xml.sax.saxutils import escape

from wsdlproxy import EncodeError, Fault, Proxy

url = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:9200/ngnpro/"
sip = Proxy(url + "wsdl", port="SipPort", auth={"username": "harbour", "password": "demo"})
ROWS = 5
FIELDS = {"firstName": "First name", "lastName": "Last name", "email": "E-mail", "quota": "Quota"}


def h(value):
    """A value as text of an HTML page."""
    return escape(str(value if value is not None else ""), {'"': "&quot;"})


def list_page(search, start):
    """A page of the accounts whose last name begins with `search`, and a link to the next one."""
    page = sip.getAccounts(
        {
            "filter": {"lastName": f"{search}%"},
            "orderBy": {"attribute": "username", "direction": "ASC"},
            "range": {"start": start, "count": ROWS},
        }
    )
    yield f"<p>Accounts {start + 1} to {start + len(page.accounts)} of {page.total}</p>"
    for account in page.accounts:
        link = h("?" + urlencode({"username": account.id.username, "domain": account.id.domain}))
        yield f'<li><a href="{link}">{h(account.id.username)}</a> {h(account.firstName)} {h(account.lastName)}</li>'
    if start + ROWS < page.total:
        yield f'<a href="{h("?" + urlencode({"search": search, "start": start + ROWS}))}">more</a>'


def edit_page(who, form):
    """The form of one account; a form that was sent is saved before."""
    account = sip.getAccount(who)
    if form:
        account.update({name: form.get(name, "") for name in FIELDS})
        # What is not changed here need not travel.
        account.pop("password", None)
        try:
            sip.updateAccount(account)
            yield "<p>Saved.</p>"
        except EncodeError as error:
            # The value cannot be sent: nothing was, and the path says which member it is.
            yield f"<p>{h(error.path)} has no such value.</p>"
    yield f'<form method="post"><h1>{h(who["username"])}</h1>'
    for name, title in FIELDS.items():
        yield f'<label>{title} <input name="{name}" value="{h(account[name])}"></label>'
    yield "<button>Save</button></form>"


def page(query, form=None):
    """The lines of the page that a query string and a sent form ask for."""
    try:
        if "username" in query:
            yield from edit_page({"username": query["username"], "domain": query.get("domain", "")}, form)
        else:
            yield from list_page(query.get("search", ""), int(query.get("start", 0)))
    except Fault as fault:
        yield f"<p>The platform says: {h(fault.string)}</p>"


def serve(environ, start_response):
    """The page as a WSGI application."""
    query = dict(parse_qsl(environ["QUERY_STRING"]))
    sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
    form = dict(parse_qsl(sent)) if environ["REQUEST_METHOD"] == "POST" else None
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [f"{line}\n".encode() for line in page(query, form)]


if len(sys.argv) > 2:
    make_server("127.0.0.1", int(sys.argv[2]), serve).serve_forever()

who = {"username": "31208000002", "domain": "office.harbour.example.com"}
visit = [
    ({"search": "O'N"}, None),
    ({"search": "O'N", "start": "5"}, None),
    (who, None),
    (who, {"firstName": 'Carla "C"', "lastName": "O'Neill & Co", "email": "carla@harbour.example.com", "quota": "75"}),
    (who, {"firstName": "Carla", "lastName": "O'Neill", "email": "carla@harbour.example.com", "quota": "a lot"}),
    (who, {"firstName": "Carla", "lastName": "O'Neill", "email": "user0002@office.harbour.example.com", "quota": "0"}),
    ({"username": "31208003000", "domain": "office.summit.example.com"}, None),
]
for query, form in visit:
    print("POST" if form else "GET", "?" + urlencode(query))
    for line in page(query, form):
        print("  " + line)
