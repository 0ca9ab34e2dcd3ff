"""Random messages of every WSDL that is committed, and of those in the folder `JUDGE_CORPUS`, if it is set.

Each message is made from the schemas alone and, where they are complete, valid by libxml2. What wsdlproxy
reads and writes again must say the same and be valid; what it decodes must have every leaf. Where zeep writes
another message than wsdlproxy does, that is a warning: zeep then differs from the message that it read.
"""

import glob
import os
import warnings

import pytest
from probe import Probe, program
from schemas import Unreadable
from verdict import Judge

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
CORPUS = os.environ.get("JUDGE_CORPUS")
SEED = int(os.environ.get("JUDGE_SEED", "1"))


def wsdls():
    found = glob.glob(os.path.join(ROOT, "tests/wsdl/**/*.wsdl"), recursive=True)
    found += glob.glob(os.path.join(ROOT, "examples/ngnpro/*.wsdl"))
    if CORPUS:
        found += glob.glob(os.path.join(CORPUS, "**/*.wsdl"), recursive=True)
    return sorted(map(os.path.abspath, found))


@pytest.fixture(scope="module")
def probe():
    if not os.path.exists(program()):
        pytest.fail(f"{program()} is missing: cargo build -p wsdlproxy-tests --bin codec_probe")
    probe = Probe(program())
    yield probe
    probe.close()


@pytest.mark.parametrize("path", wsdls(), ids=os.path.basename)
def test_messages(path, probe):
    loaded = probe.ask(do="load", wsdl=path)
    assert "panic" not in loaded
    try:
        judge = Judge(path, probe, SEED)
    except Unreadable as error:
        pytest.skip(f"{path}: {error}")
    if "error" in loaded and judge.zeep is None:
        pytest.skip(f"{path}: {loaded['error']}")
    assert "error" not in loaded
    tally = judge.run(rounds=4, limit=40)
    assert not tally.findings, [finding[:3] for finding in tally.findings[:5]]
    assert tally.right == tally.made
    assert tally.decoded == tally.answers
    for stranger in tally.strangers:
        warnings.warn(f"zeep: {os.path.basename(path)}: {stranger}", stacklevel=1)


def test_the_judge_sees_differences():
    from infoset import difference
    from lxml import etree

    def parsed(text):
        return etree.fromstring(f"<a xmlns:p='urn:p' xmlns:q='urn:p'>{text}</a>")

    same = [
        ("<p:b/>", "<q:b/>"),
        ("<b>1.0</b>", "<b>1</b>"),
        ("<b>true</b>", "<b> 1 </b>"),
        ("<b>p:x</b>", "<b>q:x</b>"),
    ]
    other = [("<b/>", "<p:b/>"), ("<b>1</b>", "<b>2</b>"), ("<b/><c/>", "<c/><b/>"), ("<b x='1'/>", "<b/>")]
    assert [difference(parsed(one), parsed(two)) for one, two in same] == [None] * 4
    assert all(difference(parsed(one), parsed(two)) for one, two in other)
