"""Eight threads beside one: `threads.py URL WSDL COUNT BODY PAGE`.

Prints how many times as many calls they finish, how many times as many answers they receive that are no SOAP (the page
at PAGE, from which nothing is built), the share of a call that holds no interpreter lock, and how many times as many
pages eight bare sockets receive as one, which is what the machine and the server have to give.
"""

import socket
import statistics
import sys
import threading
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

import wsdlproxy

CALLS = 24
ROUNDS = 3


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def receiver(wsdl, page):
    proxy = wsdlproxy.Proxy(wsdl, location=page, cache=None)

    def receive(_=None):
        try:
            proxy.ping(1)
        except wsdlproxy.HTTPError:
            return
        raise SystemExit("the page was read as SOAP")

    return receive


def bare(page):
    """Receives the page into one buffer and looks at nothing; a socket and a buffer for each thread."""
    url = urllib.parse.urlsplit(page)
    request = f"POST {url.path} HTTP/1.1\r\nHost: {url.netloc}\r\nContent-Length: 0\r\n\r\n".encode()
    kept = threading.local()

    def receive(_=None):
        if not hasattr(kept, "socket"):
            kept.socket = socket.create_connection((url.hostname, url.port))
            kept.buffer = memoryview(bytearray(32 << 20))
        kept.socket.sendall(request)
        have = kept.socket.recv_into(kept.buffer)
        head, _, rest = bytes(kept.buffer[: min(have, 4096)]).partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        left = length - (have - len(head) - 4)
        while left > 0:
            left -= kept.socket.recv_into(kept.buffer)

    return receive


def gain(work):
    """How many times as many turns eight threads take as one in the same time."""
    work()
    gains = []
    with ThreadPoolExecutor(8) as pool:
        for _ in range(ROUNDS):
            one = timed(lambda: [work() for _ in range(CALLS)])
            gains.append(one / timed(lambda: list(pool.map(work, range(CALLS)))))
    return statistics.median(gains)


def main():
    url, wsdl, count, file, page = sys.argv[1:]
    proxy = wsdlproxy.Proxy(wsdl, location=url, cache=None)
    with open(file, "rb") as body:
        body = body.read()

    def call(_=None):
        proxy.getAccounts(int(count))

    call()
    # The lock is held while the request is written and while the answer is read.
    pairs = [(timed(call), timed(lambda: proxy.parse_response("getAccounts", body))) for _ in range(CALLS)]
    whole, held = (statistics.median(times) for times in zip(*pairs))
    print(gain(call), gain(receiver(wsdl, page)), max(0.0, 1 - held / whole), gain(bare(page)))


main()
