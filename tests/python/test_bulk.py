"""Many calls at once: order, bounds, accounting, repetition, giving up."""

import io
import itertools
import os
import signal
import socket
import sys
import threading
import time

import pytest
import wsdlproxy
import wsdls
from peers import WSDL
from wsdlproxy import ConnectionError, EncodeError, Fault, Proxy, Timeout, UsageError
from wsdlproxy._bulk import Progress


def service(operation):
    """One operation that gives back the number it was given."""
    content = wsdls.member("v", "xsd:int", minOccurs="1")
    body = f"<xsd:complexType><xsd:sequence>{content}</xsd:sequence></xsd:complexType>"
    names = (operation, f"{operation}Response")
    schema = "".join(f'<xsd:element name="{name}">{body}</xsd:element>' for name in names)
    return wsdls.document(schema, *names, operation=operation)


class Numbers:
    """Answers with the number of the request, after `delay(number)`, unless `special` says otherwise."""

    def __init__(self, server):
        self.delay = lambda number: 0
        self.special = lambda handler, number, seen: False
        self.seen = []
        self.now = self.most = 0
        self.lock = threading.Lock()
        server.answer = self.answer

    def answer(self, handler):
        number = int(handler.body.split(b":v>")[1].split(b"<")[0])
        with self.lock:
            self.seen.append(number)
            count = self.seen.count(number)
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(self.delay(number))
        # Whoever has the answer may send the next request at once, so that this one counts no more.
        with self.lock:
            self.now -= 1
        if not self.special(handler, number, count):
            handler.reply(wsdls.answer(f"<t:v>{number}</t:v>", name="addThingResponse"))


@pytest.fixture
def numbers(server):
    return Numbers(server)


@pytest.fixture
def proxy(server):
    return Proxy(service("addThing"), location=server.url, timeout=30)


def test_in_order(numbers, proxy):
    numbers.delay = lambda number: 0.05 if number % 5 == 0 else 0
    bulk = proxy.bulk("addThing", range(40), concurrency=8)
    assert list(bulk) == list(range(40))
    assert (bulk.sent, bulk.done, bulk.failed, bulk.retried, bulk.unknown) == (40, 40, 0, 0, 0)
    assert 1 < numbers.most <= 8
    assert repr(bulk) == "<Bulk addThing: 40 sent, 40 done, 0 failed, 0 retried, 0 unknown>"
    assert list(bulk) == []


def held_back(wanted, event):
    """A delay that holds the answer to one number back until the event is set."""

    def delay(number):
        if number == wanted:
            event.wait(20)
        return 0

    return delay


def test_as_completed(numbers, proxy):
    others = threading.Event()
    numbers.delay = held_back(0, others)
    bulk = proxy.bulk("addThing", range(20), concurrency=8, ordered=False)
    results = []
    for result in bulk:
        assert bulk.index == bulk.arguments == result
        results.append(result)
        if len(results) == 19:
            others.set()
    assert sorted(results) == list(range(20))
    assert results[-1] == 0


def test_outcomes(numbers, proxy):
    items = [{"v": 1}, (2,), {"v": "x"}, 4]
    outcomes = list(proxy.bulk("addthing", items).outcomes())
    assert [outcome.index for outcome in outcomes] == [0, 1, 2, 3]
    assert [outcome.arguments for outcome in outcomes] == items
    assert [outcome.value for outcome in outcomes] == [1, 2, None, 4]
    assert [type(outcome.error) for outcome in outcomes] == [type(None), type(None), EncodeError, type(None)]
    assert sorted(numbers.seen) == [1, 2, 4]


def test_a_record_is_the_argument_unless_it_names_the_parameters(definition, server):
    server.says(b"", status=500)
    sip = definition.proxy("SipPort", location=server.url)
    who = {"username": "a", "domain": "b"}
    list(sip.bulk("deleteAccount", [who, {"sipId": who}, (who,)]))
    bodies = {body for _, _, body in server.requests}
    assert bodies == {sip.create_message("deleteAccount", who)}
    assert len(server.requests) == 3


def test_faults_are_results(numbers, proxy):
    def broken(handler, number, _):
        if number == 3:
            handler.reply(wsdls.fault("<n>3</n>"), status=500)
            return True

    numbers.special = broken
    bulk = proxy.bulk("addThing", range(6))
    results = list(bulk)
    assert isinstance(results[3], Fault)
    assert results[:3] + results[4:] == [0, 1, 2, 4, 5]
    assert (bulk.sent, bulk.done, bulk.failed, bulk.unknown) == (6, 5, 1, 0)


def test_stop_on_error(numbers, proxy):
    def broken(handler, number, _):
        if number == 5:
            handler.reply(wsdls.fault(), status=500)
            return True

    numbers.special = broken
    numbers.delay = lambda number: 0.01
    bulk = proxy.bulk("addThing", range(1000), concurrency=4, stop_on_error=True)
    results = list(bulk)
    assert len(results) < 30
    assert sum(isinstance(result, Fault) for result in results) == bulk.failed == 1
    assert bulk.sent == bulk.done + bulk.failed == len(results) == len(numbers.seen)


def test_memory_is_bounded_and_the_iterable_is_read_as_needed(numbers, proxy):
    taken = itertools.count()
    ahead = []

    def items():
        for number in range(10_000):
            next(taken)
            yield number

    numbers.delay = lambda number: 0.3 if number == 0 else 0
    bulk = proxy.bulk("addThing", items(), concurrency=4)
    for result in itertools.islice(bulk, 50):
        ahead.append(next(taken) - result)
    assert max(ahead) < 100
    bulk.close()
    assert bulk.sent < 200
    left = list(bulk)
    assert bulk.done == 50 + len(left)
    assert bulk.sent == bulk.done + bulk.unknown
    assert list(bulk) == []


def test_an_iterable_that_raises(numbers, proxy):
    def items():
        yield from range(5)
        raise LookupError("mine")

    results = []
    bulk = proxy.bulk("addThing", items())
    with pytest.raises(LookupError, match="mine"):
        for result in bulk:
            results.append(result)
    assert results == list(range(5))
    assert bulk.done == 5


def drop(handler):
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True
    return True


def test_a_write_that_may_have_been_executed_is_not_repeated(numbers, proxy):
    numbers.special = lambda handler, number, seen: number == 2 and drop(handler)
    bulk = proxy.bulk("addThing", range(4), retry=3)
    results = list(bulk)
    assert isinstance(results[2], ConnectionError)
    assert results[2].sent
    assert numbers.seen.count(2) == 1
    assert (bulk.sent, bulk.done, bulk.failed, bulk.retried, bulk.unknown) == (4, 3, 1, 0, 1)


def test_unless_the_caller_says_so(numbers, proxy):
    numbers.special = lambda handler, number, seen: number == 2 and seen < 3 and drop(handler)
    bulk = proxy.bulk("addThing", range(4), retry=3, idempotent=True)
    assert list(bulk) == [0, 1, 2, 3]
    assert numbers.seen.count(2) == 3
    assert (bulk.sent, bulk.done, bulk.retried, bulk.unknown) == (4, 4, 2, 0)


def test_reading_is_repeated(server):
    answers = iter([503, 502])

    def answer(handler):
        status = next(answers, None)
        good = wsdls.answer("<t:v>1</t:v>", name="getThingResponse")
        handler.reply(good if status is None else b"busy", status=status or 200)

    server.answer = answer
    proxy = Proxy(service("getThing"), location=server.url)
    bulk = proxy.bulk("getThing", [1], retry=5)
    assert list(bulk) == [1]
    assert bulk.retried == 2


def test_what_was_not_sent_is_repeated(definition):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        proxy = definition.proxy("SipPort", location=f"http://127.0.0.1:{taken.getsockname()[1]}/")
        bulk = proxy.bulk("deleteDomain", ["a"], retry=2)
        (error,) = bulk
        assert isinstance(error, ConnectionError)
        assert error.sent is False
        assert (bulk.sent, bulk.retried, bulk.failed, bulk.unknown) == (0, 2, 1, 0)


def test_what_is_no_answer_is_unknown(server):
    pages = iter([(504, b"<html>gateway</html>"), (200, b"<x>"), (500, wsdls.fault())])

    def answer(handler):
        status, body = next(pages)
        handler.reply(body, status=status)

    server.answer = answer
    bulk = Proxy(service("addThing"), location=server.url).bulk("addThing", [1, 2, 3], concurrency=1)
    assert [type(result).__name__ for result in bulk] == ["HTTPError", "DecodeError", "Fault"]
    assert (bulk.sent, bulk.done, bulk.failed, bulk.unknown) == (3, 0, 3, 2)


def test_timeouts_are_unknown(numbers, proxy):
    over = threading.Event()
    numbers.delay = held_back(1, over)
    # Enough for the answers to the others on a busy machine.
    bulk = proxy.with_options(timeout=2).bulk("addThing", range(3))
    results = list(bulk)
    over.set()
    assert isinstance(results[1], Timeout)
    assert (bulk.done, bulk.failed, bulk.unknown) == (2, 1, 1)


def test_waiting_lets_others_run_and_signals_through(numbers, proxy):
    class Alarm(Exception):
        pass

    def ring(*_):
        raise Alarm

    rung = threading.Event()

    def rings(number):
        if number == 0:
            os.kill(os.getpid(), signal.SIGALRM)
            rung.wait(10)
        return 0

    numbers.delay = rings
    bulk = proxy.bulk("addThing", range(3))
    before = signal.signal(signal.SIGALRM, ring)
    try:
        with pytest.raises(Alarm):
            next(bulk)
    finally:
        signal.signal(signal.SIGALRM, before)
        rung.set()
    assert list(bulk) == [0, 1, 2]


def test_one_iteration_at_a_time(numbers, proxy):
    asked, tried = threading.Event(), threading.Event()

    def waits(number):
        asked.set()
        tried.wait(20)
        return 0

    numbers.delay = waits
    bulk = proxy.bulk("addThing", range(1))
    thread = threading.Thread(target=lambda: list(bulk))
    thread.start()
    assert asked.wait(20)
    with pytest.raises(ValueError, match="iterated"):
        next(bulk)
    tried.set()
    thread.join()
    assert bulk.done == 1


@pytest.mark.parametrize(
    "options", [{"concurrency": 0}, {"concurrency": 10**6}, {"retry": -1}, {"ordered": "x"}, {"progress": 5}]
)
def test_bad_options(proxy, options):
    with pytest.raises(UsageError):
        proxy.bulk("addThing", [], **options)


def test_bad_calls(proxy):
    with pytest.raises(TypeError, match='did you mean "concurrency"'):
        proxy.bulk("addThing", [], concurency=5)
    with pytest.raises(AttributeError, match="addThing"):
        proxy.bulk("addThink", [])
    with pytest.raises(UsageError, match="iterable"):
        proxy.bulk("addThing", 5)


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress(monkeypatch, numbers, proxy):
    monkeypatch.setitem(sys.modules, "tqdm", None)
    shown = Terminal()
    monkeypatch.setattr("sys.stderr", shown)
    assert list(proxy.bulk("addThing", range(5), progress=True)) == list(range(5))
    assert shown.getvalue().endswith("\n")
    assert "addThing: 5/5, 0 failed" in shown.getvalue()
    silent = io.StringIO()
    progress = Progress("op", None, silent)
    progress.update(1, 0)
    progress.close(1, 0)
    assert silent.getvalue() == ""


def test_progress_with_tqdm():
    pytest.importorskip("tqdm")
    shown = Terminal()
    progress = Progress("op", 3, shown)
    progress.update(1, 0)
    progress.update(2, 1)
    progress.close(2, 1)
    assert "3/3" in shown.getvalue()


def test_thousand_accounts(ngnpro):
    auth = {"username": "admin", "password": "secret"}
    sip = Proxy(WSDL, "SipPort", location=ngnpro, auth=auth)
    sip.addDomain(domain={"domain": "bulk.example"})
    rows = ({"id": {"username": f"u{n % 990}", "domain": "bulk.example"}, "password": "x"} for n in range(1000))
    bulk = sip.bulk("addAccount", rows, concurrency=32)
    faults = [result for result in bulk if isinstance(result, wsdlproxy.Error)]
    assert [fault.detail["exception"].errorcode for fault in faults] == [1011] * 10
    assert (bulk.sent, bulk.done, bulk.failed, bulk.unknown) == (1000, 990, 10, 0)
    found = sip.getAccounts(query={"filter": {"domain": "bulk.example"}, "range": {"start": 0, "count": 1}})
    assert found.total == bulk.done
