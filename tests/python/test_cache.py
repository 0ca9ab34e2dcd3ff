"""Compiled WSDLs are kept, and never trusted beyond the rule."""

import pytest
import wsdlproxy
import wsdls
from wsdlproxy import Proxy

ONE = wsdls.echo(wsdls.member("one", "xsd:int"))
TWO = wsdls.echo(wsdls.member("two", "xsd:int"))


def name(proxy):
    return proxy.echo.info.parameters[0].name


def files(folder):
    return sorted(folder.glob("*.plan")) if folder.exists() else []


def test_a_wsdl_is_kept_in_the_users_folder(server, cache):
    before = len(files(cache))
    server.says(ONE)
    # A path that no other test asks for: the port of a server that is gone may be given again.
    assert name(Proxy(server.url + "kept.wsdl")) == "one"
    assert len(files(cache)) == before + 1
    assert cache.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in files(cache))


def test_servers_on_this_machine_are_always_looked_at(server):
    for wsdl, expected in ((ONE, "one"), (TWO, "two"), (ONE, "one")):
        server.says(wsdl)
        assert name(Proxy(server.url)) == expected
    server.says("<html/>", content_type="text/html")
    with pytest.raises(wsdlproxy.WSDLError):
        Proxy(server.url)


def test_the_age_that_a_caller_allows(server, tmp_path):
    server.says(ONE)
    options = {"cache": tmp_path / "plans", "max_age": 3600}
    assert name(Proxy(server.url, **options)) == "one"
    server.says(TWO)
    requests = len(server.requests)
    assert name(Proxy(server.url, **options)) == "one"
    assert len(server.requests) == requests
    assert name(Proxy(server.url, refresh=True, **options)) == "two"
    assert name(Proxy(server.url, **options)) == "two"
    assert name(Proxy(server.url, **{**options, "max_age": 0})) == "two"
    assert len(files(tmp_path / "plans")) == 1


def test_no_cache(server, tmp_path, cache):
    before = files(cache)
    server.says(ONE)
    for off in (None, False):
        requests = len(server.requests)
        assert name(Proxy(server.url, cache=off)) == "one"
        assert len(server.requests) == requests + 1
    assert files(cache) == before


def test_files_are_always_looked_at(tmp_path):
    path = tmp_path / "service.wsdl"
    for wsdl, expected in ((ONE, "one"), (TWO, "two")):
        path.write_bytes(wsdl)
        assert name(Proxy(path, cache=tmp_path / "plans")) == expected


def test_a_damaged_file_is_made_again(server, tmp_path):
    server.says(ONE)
    options = {"cache": tmp_path / "plans", "max_age": 3600}
    Proxy(server.url, **options)
    (path,) = files(tmp_path / "plans")
    good = path.read_bytes()
    for bad in (b"", b"x", good[:-1], good[: len(good) // 2], good[:-1] + bytes([good[-1] ^ 1])):
        path.write_bytes(bad)
        assert name(Proxy(server.url, **options)) == "one"


def test_different_credentials_are_kept_apart(server, tmp_path):
    options = {"cache": tmp_path / "plans", "max_age": 3600}
    server.says(ONE)
    assert name(Proxy(server.url, basic_auth=("a", "b"), **options)) == "one"
    server.says(TWO)
    assert name(Proxy(server.url, basic_auth=("c", "d"), **options)) == "two"
    assert name(Proxy(server.url, basic_auth=("a", "b"), **options)) == "one"


def test_a_folder_that_cannot_be_written(server):
    server.says(ONE)
    assert name(Proxy(server.url, cache="/proc/nothing/here")) == "one"


def test_bad_options(server):
    for options in ({"cache": 5}, {"max_age": "x"}, {"max_age": -1}, {"refresh": 1}):
        with pytest.raises(wsdlproxy.UsageError):
            Proxy(server.url, **options)
    assert server.requests == []
