"""Nothing grows with the number of calls."""

import gc
import resource
import sys
import weakref

import pytest
import wsdlproxy
import wsdls


def peak():
    """Kilobytes in use at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def grows(work, kilobytes):
    """Whether memory grows by that much each time: the allocator and the system may take a piece at any time once."""
    for _ in range(3):
        before = peak()
        work()
        if peak() - before < kilobytes:
            return False
    return True


@pytest.fixture(scope="module")
def proxy():
    members = [
        wsdls.member("v", "xsd:string"),
        wsdls.member("w", "xsd:dateTime"),
        wsdls.member("x", "xsd:decimal"),
    ]
    return wsdlproxy.Proxy(wsdls.echo(*members, wsdls.member("many", "xsd:int", maxOccurs="unbounded")))


def test_decoding(proxy):
    many = "".join(f"<t:many>{n}</t:many>" for n in range(1000, 1050))
    head = "<t:v>text</t:v><t:w>2024-01-01T00:00:00+01:00</t:w><t:x>1.5</t:x>"
    content = wsdls.answer(head + many)

    def work(times):
        for _ in range(times):
            proxy.parse_response("echo", content)

    work(500)
    assert not grows(lambda: work(10_000), 2_000)


def test_encoding_and_errors(proxy):
    value = {"v": "text \u00e9", "many": list(range(100))}

    def work(times):
        for _ in range(times):
            proxy.create_message("echo", **value)
            with pytest.raises(wsdlproxy.EncodeError):
                proxy.create_message("echo", many=["x"])
            with pytest.raises(wsdlproxy.DecodeError):
                proxy.parse_response("echo", b"<a>")

    work(200)
    assert not grows(lambda: work(3_000), 2_000)


def test_live_calls(server, proxy):
    server.says(wsdls.answer("<t:v>x</t:v>"))
    calling = proxy.with_options(location=server.url, trace=True)

    def work(times):
        for _ in range(times):
            calling.echo("a")
            server.requests.clear()

    work(200)
    assert not grows(lambda: work(2_000), 4_000)


def test_references_are_given_back(proxy):
    text, items = "some text of its own", [object()]
    before = sys.getrefcount(text), sys.getrefcount(items), sys.getrefcount(None)
    for _ in range(1_000):
        proxy.create_message("echo", v=text)
        with pytest.raises(wsdlproxy.EncodeError):
            proxy.create_message("echo", many=items)
    gc.collect()
    assert sys.getrefcount(text) - before[0] < 3
    assert sys.getrefcount(items) - before[1] < 3


def test_proxies_end(proxy):
    import weakref

    made = proxy.with_options(timeout=5)
    operation = made.echo
    seen = weakref.ref(made), weakref.ref(operation)
    del made, operation
    gc.collect()
    assert [ref() for ref in seen] == [None, None]


def test_a_bulk_run_that_leads_back_to_itself_ends(proxy):
    class Import:
        def __init__(self):
            self.run = proxy.bulk("echo", self.rows())

        def rows(self):
            while self:
                yield {"v": "x"}

    work = Import()
    gone = weakref.ref(work)
    del work
    gc.collect()
    assert gone() is None
