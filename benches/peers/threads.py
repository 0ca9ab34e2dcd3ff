"""Eight threads beside one: `threads.py URL WSDL COUNT BODY PAGE`.

Prints how many times as many calls they finish, how many times as many answers they receive that are no SOAP (the page
at PAGE, from which nothing is built), and the share of a call that holds no interpreter lock.
"""

import statistics
import sys
import time
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
    print(gain(call), gain(receiver(wsdl, page)), max(0.0, 1 - held / whole))


main()
