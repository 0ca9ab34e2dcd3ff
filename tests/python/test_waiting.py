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
    def late(handler):
        time.sleep(0.5)
        handler.reply(GOOD)

    server.answer = late
    proxy = wsdlproxy.Proxy(WSDL, location=server.url)
    ticks = []
    done = threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(time.monotonic())
            time.sleep(0.01)

    thread = threading.Thread(target=tick)
    thread.start()
    assert proxy.echo("a") == "x"
    done.set()
    thread.join()
    assert len(ticks) > 15


def test_calls_from_many_threads_overlap(server):
    def late(handler):
        time.sleep(0.2)
        handler.reply(GOOD.replace(b">x<", b">" + handler.body[-60:].split(b">")[0][-1:] + b"<"))

    server.answer = late
    proxy = wsdlproxy.Proxy(WSDL, location=server.url)
    results = []
    threads = [threading.Thread(target=lambda: results.append(proxy.echo("a"))) for _ in range(10)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 10
    assert time.monotonic() - began < 1.5


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
        end = time.monotonic() + 10
        while not server.requests and time.monotonic() < end:
            time.sleep(0.01)
        sent = time.monotonic()
        child.send_signal(signal.SIGINT)
        assert child.stdout.readline().startswith("interrupted")
        assert time.monotonic() - sent < 1
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
    server.answer = lambda handler: release.wait(10)
    proxy = wsdlproxy.Proxy(WSDL, location=server.url)

    class Alarm(Exception):
        pass

    def ring(*_):
        raise Alarm

    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        with pytest.raises(Alarm):
            proxy.echo("a")
    finally:
        signal.signal(signal.SIGALRM, before)
        release.set()
