"""Bulk provisioning against a slow platform: `bulk.py [--write]`, the latter into benches/README.md.

The embedded server waits 20 ms before each call. The ideal is what that many callers reach who each wait for their
answer and lose no time: calls in flight divided by the time of one call alone. The floor are bare sockets that send the
same bytes, prepared before, and do not look at the answers. After each run the server's own count of accounts must be
the client's.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from wsdlproxy import Proxy

ROOT = Path(__file__).resolve().parents[1]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
BEGIN, END = "<!-- bulk: written by benches/bulk.py -->\n", "<!-- end of bulk -->\n"
ACCOUNTS, RUNS = 5000, 3
#: Calls in flight, and how many accounts are added.
LEVELS = ((1, 200), (16, ACCOUNTS), (64, ACCOUNTS))


def start():
    """A platform that waits before each call, and its address."""
    command = [str(TARGET / "release/ngnpro-server"), "--port", "0", "--latency", "20ms"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    return server, server.stdout.readline().split()[-1]


async def post(url, requests, concurrency):
    """Sends prepared requests over as many connections, each after the answer to the one before."""
    place, waiting = urlsplit(url), iter(requests)

    async def caller():
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        for body in waiting:
            head = f"POST {place.path} HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Type: text/xml; charset=utf-8\r\n"
            writer.write(f'{head}SOAPAction: ""\r\nContent-Length: {len(body)}\r\n\r\n'.encode() + body)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
        writer.close()

    await asyncio.gather(*(caller() for _ in range(concurrency)))


def floor(sip, concurrency, count):
    """Seconds that bare sockets need."""
    requests = [sip.create_message("addAccount", account(f"bare{number}")) for number in range(count)]
    began = time.perf_counter()
    asyncio.run(post(sip.location, requests, concurrency))
    return time.perf_counter() - began


def once(concurrency, count):
    """Seconds of one call alone, of a bulk run on a fresh platform, and of bare sockets."""
    server, url = start()
    try:
        sip = Proxy(url + "wsdl", "SipPort", auth={"username": "admin", "password": "secret"})
        sip.addDomain({"domain": "bulk.example.com"})
        alone = []
        for number in range(20):
            began = time.perf_counter()
            sip.addAccount(account(f"alone{number}"))
            alone.append(time.perf_counter() - began)
        began = time.perf_counter()
        bulk = sip.bulk("addAccount", map(account, range(count)), concurrency=concurrency, ordered=False)
        errors = [result for result in bulk if isinstance(result, Exception)]
        elapsed = time.perf_counter() - began
        there = sip.getAccounts({"filter": {"username": "user%"}, "range": {"start": 0, "count": 1}}).total
        if errors or not there == bulk.done == count:
            raise SystemExit(f"the server has {there} accounts, the client counts {bulk}")
        return statistics.median(alone), elapsed, floor(sip, concurrency, count)
    finally:
        server.terminate()
        server.wait(timeout=20)


def account(number):
    username = f"user{number}" if isinstance(number, int) else number
    return {"id": {"username": username, "domain": "bulk.example.com"}, "password": "secret", "groups": ["free-pstn"]}


def table():
    """The lines of the table; one for each number of calls in flight."""
    yield "| in flight | accounts | one call alone | all | a second | of the ideal | bare sockets, of the ideal |"
    yield "|---|---|---|---|---|---|---|"
    for concurrency, count in LEVELS:
        runs = [once(concurrency, count) for _ in range(RUNS)]
        alone, elapsed, bare = (statistics.median(each) for each in zip(*runs))
        ideal = count * alone / concurrency
        yield (
            f"| {concurrency} | {count} | {alone * 1000:.1f} ms | {elapsed:.2f} s | {count / elapsed:.0f} "
            f"| {ideal / elapsed:.2f}{' ✗' if ideal / elapsed < 0.9 else ''} | {ideal / bare:.2f} |"
        )


def main():
    lines = []
    for line in table():
        print(line, flush=True)
        lines.append(line)
    if "--write" in sys.argv:
        page = ROOT / "benches/README.md"
        before, rest = page.read_text().split(BEGIN)
        page.write_text(before + BEGIN + "\n" + "\n".join(lines) + "\n\n" + END + rest.split(END)[1])


if __name__ == "__main__":
    main()
