"""Struct: a dict whose members read as attributes."""

import copy
import json
import pickle

import pytest
from wsdlproxy import Struct


@pytest.fixture
def account():
    return Struct(id=Struct(username="alice", domain="example.com"), quota=5, groups=["a", "b"])


def test_is_a_dict(account):
    assert isinstance(account, dict)
    assert account == {"id": {"username": "alice", "domain": "example.com"}, "quota": 5, "groups": ["a", "b"]}
    assert json.loads(json.dumps(account)) == account
    assert {**account}["quota"] == 5
    assert dict(account) == account
    assert list(account) == ["id", "quota", "groups"]


def test_attributes(account):
    assert account.id.username == "alice"
    account.quota = 6
    account.email = "x"
    assert account["quota"] == 6
    assert account["email"] == "x"
    del account.email
    assert "email" not in account
    assert hasattr(account, "quota")
    assert not hasattr(account, "email")
    assert getattr(account, "email", None) is None
    with pytest.raises(AttributeError):
        del account.email
    assert "quota" in dir(account)


def test_no_instance_has_a_dict_of_its_own(account):
    assert not hasattr(account, "__dict__")


def test_hints(account):
    with pytest.raises(AttributeError, match="no member 'quotta'; did you mean 'quota'"):
        _ = account.quotta
    with pytest.raises(AttributeError, match="there are: groups, id, quota"):
        _ = account.zzzzzz
    with pytest.raises(AttributeError, match="empty"):
        _ = Struct().x


def test_dict_methods_win():
    struct = Struct(items=[1])
    assert struct["items"] == [1]
    assert list(struct.items()) == [("items", [1])]


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickles(account, protocol):
    again = pickle.loads(pickle.dumps(account, protocol))
    assert again == account
    assert type(again) is Struct
    assert type(again.id) is Struct


def test_copies(account):
    for shallow in (copy.copy(account), account.copy()):
        assert type(shallow) is Struct
        assert shallow == account
        assert shallow.id is account.id
    deep = copy.deepcopy(account)
    assert type(deep.id) is Struct
    assert deep.id is not account.id


def test_a_cycle_can_be_copied_pickled_and_printed():
    loop = Struct(name="a")
    loop.me = loop
    assert copy.deepcopy(loop).me.me.name == "a"
    again = pickle.loads(pickle.dumps(loop))
    assert again.me is again
    assert repr(loop) == "Struct(name='a', me=Struct(...))"


def test_union(account):
    for both in (account | {"quota": 6, "new": 1}, {"quota": 7, "new": 1} | account):
        assert type(both) is Struct
        assert both.new == 1
    assert (account | {"quota": 6}).quota == 6
    assert account.quota == 5
    with pytest.raises(TypeError):
        account | [("a", 1)]


def test_names_for_help_and_completion(account):
    assert Struct.__module__ == "wsdlproxy"
    names = dir(Struct(items=1, quota=2))
    assert names.count("items") == names.count("quota") == 1


def test_repr(account):
    assert repr(account) == "Struct(id=Struct(username='alice', domain='example.com'), quota=5, groups=['a', 'b'])"
    assert repr(Struct()) == "Struct()"
    assert repr(Struct(a=(), b=(1,), c=(1, 2))) == "Struct(a=(), b=(1,), c=(1, 2))"
    assert repr(Struct({"@id": 1, "b": [{"c": 1}]})) == "Struct({'@id': 1, 'b': [{'c': 1}]})"
    assert eval(repr(account), {"Struct": Struct}) == account


@pytest.mark.parametrize("name", ["password", "Password", "ha1", "auth", "@password"])
def test_secrets_are_not_shown(name):
    for struct in (
        Struct({name: "s3cret"}),
        Struct(a=[Struct({name: "s3cret"})]),
        Struct(a=[{name: {"x": "s3cret"}}]),
        Struct(a=({name: "s3cret"},)),
    ):
        assert "s3cret" not in repr(struct)
        assert "s3cret" not in str(struct)
        assert "s3cret" not in f"{struct}"
        assert "'***'" in repr(struct)
    assert Struct({name: None})[name] is None
    assert "None" in repr(Struct({name: None}))
