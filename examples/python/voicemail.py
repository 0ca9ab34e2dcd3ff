"""Voicemail accounts: a mailbox for an account, its options and its announcement.

    python voicemail.py http://127.0.0.1:9200/ngnpro/

The platform is `ngnpro-server --seed demo`; put in the address, credentials and names of yours. If your voicemail
server is another machine, give its address too: location={"VoicemailPort": "https://vm.example.com:9200/"}.
"""

import sys

from wsdlproxy import Fault, Proxy

url = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:9200/ngnpro/"
auth = {"username": "admin", "password": "secret"}
voicemail = Proxy(url + "wsdl", port="VoicemailPort", auth=auth)
account = {"username": "31208000001", "domain": "office.harbour.example.com"}


def mailbox():
    """The account's mailbox, or None: to have none is fault 2000."""
    try:
        return voicemail.getAccount(account)
    except Fault as fault:
        if fault.detail["exception"].errorcode == 2000:
            return None
        raise


print("has a mailbox" if mailbox() else "has no mailbox")
voicemail.addAccount(
    {
        "sipId": account,
        "name": "Bram Smith",
        "password": "1234",
        "email": "bram@harbour.example.com",
        "options": {"delete": False},
    }
)
box = mailbox()
print(f"messages of {box.name} go to {box.email}")

# Remove messages from the server once they are sent by e-mail. The mailbox number is the server's to choose.
box.email = "fax@harbour.example.com"
box.options.delete = True
voicemail.updateAccount(box)
box = mailbox()
print(f"messages go to {box.email}, {'then away' if box.options.delete else 'and stay'}")

# The announcement is a sound file.
voicemail.setAnnouncement(account, b"RIFF....WAVEfmt ")
print(mailbox().info)

voicemail.deleteAccount(account)
print("has a mailbox" if mailbox() else "has no mailbox")
