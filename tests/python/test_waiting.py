"""While a call waits: other threads run, Ctrl-C ends it, forks work."""

import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest
import wsdlproxy
import wsdls

WSDL = wsdls.echo(wsdls.member("v", "xsd:string"))
GOOD = wsdls.answer("<t:v>x</t:v>")


def test_other_threads_run_while_a_call_waits(server):
    asked, ticked = threading.Event(), threading.Event()

    def late(handler):
        asked.set()
        if ticked.wait(20):
            handler.reply(GOOD)

    server.answer = late
    proxy = wsdlproxy.Proxy(WSDL, location=server.url)

    def tick():
        if asked.wait(20):
            for _ in range(15):
                time.sleep(0.01)
            ticked.set()

    thread = threading.Thread(target=tick)
    thread.start()
    # The answer comes when the other thread has run for a while.
    assert proxy.echo("a") == "x"
    thread.join()


def test_calls_from_many_threads_overlap(server):
    together = threading.Barrier(10)

    def late(handler):
        # No answer before all have asked.
        together.wait(20)
        handler.reply(GOOD)

    server.answer = late
    proxy = wsdlproxy.Proxy(WSDL, location=server.url)
    results = []
    threads = [threading.Thread(target=lambda: results.append(proxy.echo("a"))) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == ["x"] * 10


def test_many_threads_share_a_proxy(server):
    server.answer = lambda handler: handler.reply(handler.body.replace(b":echo", b":echoResponse"))
    proxy = wsdlproxy.Proxy(WSDL, location=server.url, trace=True)
    wrong = []

    def work(number):
        for step in range(20):
            if proxy.echo(f"{number}-{step}") != f"{number}-{step}":
                wrong.append((number, step))
            _ = proxy.last_request, proxy.last_response

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


CALL = """
    import signal, sys, time, wsdlproxy
    # A shell starts what runs in its background with SIGINT ignored, and Python then leaves it so.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    proxy = wsdlproxy.Proxy(sys.argv[1], location=sys.argv[2])
    print("ready", flush=True)
    began = time.monotonic()
    try:
        proxy.echo("a")
    except KeyboardInterrupt:
        print("interrupted", time.monotonic() - began, flush=True)
"""


@pytest.mark.parametrize("what", ["call", "load"])
def test_ctrl_c(server, tmp_path, what):
    release = threading.Event()
    server.answer = lambda handler: release.wait(20)
    path = tmp_path / "service.wsdl"
    path.write_bytes(WSDL)
    code = textwrap.dedent(CALL)
    if what == "load":
        code = code.replace("proxy = wsdlproxy.Proxy(sys.argv[1], location=sys.argv[2])", "")
        code = code.replace('proxy.echo("a")', "wsdlproxy.load(sys.argv[2])")
    child = subprocess.Popen([sys.executable, "-c", code, str(path), server.url], stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout.readline() == "ready\n"
        end = time.monotonic() + 30
        while not server.requests and time.monotonic() < end:
            time.sleep(0.01)
        assert server.requests
        sent = time.monotonic()
        child.send_signal(signal.SIGINT)
        assert child.stdout.readline().startswith("interrupted")
        # The server would be silent for twice as long.
        assert time.monotonic() - sent < 10
        assert child.wait(10) == 0
    finally:
        release.set()
        child.kill()
        child.wait()
        child.stdout.close()


def call_in_child(proxy, queue):
    try:
        queue.put(proxy.echo("a"))
    except Exception as error:
        queue.put(repr(error))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_forked_processes_call_with_the_parents_proxy(server):
    server.says(GOOD)
    proxy = wsdlproxy.Proxy(WSDL, location=server.url)
    assert proxy.echo("a") == "x"
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    children = [context.Process(target=call_in_child, args=(proxy, queue)) for _ in range(4)]
    for child in children:
        child.start()
    results = [queue.get(timeout=20) for _ in children]
    for child in children:
        child.join(20)
    assert results == ["x"] * 4
    assert [child.exitcode for child in children] == [0] * 4
    assert proxy.echo("a") == "x"


def test_a_handler_that_raises_ends_the_call(server):
    release = threading.Event()

    def ring_and_wait(handler):
        # Only now does the call wait for certain.
        os.kill(os.getpid(), signal.SIGALRM)
        release.wait(10)

    server.answer = ring_and_wait
    proxy = wsdlproxy.Proxy(WSDL, location=server.url)

    class Alarm(Exception):
        pass

    def ring(*_):
        raise Alarm

    before = signal.signal(signal.SIGALRM, ring)
    try:
        with pytest.raises(Alarm):
            proxy.echo("a")
    finally:
        signal.signal(signal.SIGALRM, before)
        release.set()
