"""Eight threads beside one: `threads.py URL WSDL COUNT BODY` prints how many times as many calls they finish, and the
share of a call that holds no interpreter lock."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

import wsdlproxy

CALLS = 24


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main():
    url, wsdl, count, file = sys.argv[1:]
    proxy = wsdlproxy.Proxy(wsdl, location=url, cache=None)

    def call(_=None):
        proxy.getAccounts(int(count))

    call()
    with open(file, "rb") as body:
        body = body.read()
    # The lock is held while the request is written and while the answer is read.
    held = timed(lambda: [proxy.parse_response("getAccounts", body) for _ in range(CALLS)])
    one = timed(lambda: [call() for _ in range(CALLS)])
    with ThreadPoolExecutor(8) as pool:
        eight = timed(lambda: list(pool.map(call, range(CALLS))))
    print(one / eight, max(0.0, 1 - held / one))


main()
