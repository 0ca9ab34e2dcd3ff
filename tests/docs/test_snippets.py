"""Every block of code in the documentation does what it says: each page is run from top to bottom."""

import re

import pytest
from pages import blocks, pages
from story import ROOT, Story

BLOCKS = [block for page in pages() for block in blocks(page)]


@pytest.fixture(scope="module")
def stories(tmp_path_factory):
    """A story for each page, begun when its first block is run."""
    begun = {}

    def story(page):
        if page not in begun:
            begun[page] = Story(tmp_path_factory.mktemp("page"))
        return begun[page]

    yield story
    for each in begun.values():
        each.end()


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_block(stories, block):
    if block.reason:
        pytest.skip(block.reason)
    printed = stories(block.page).run(block)
    if block.prints is not None:
        assert printed == block.prints


def test_every_language_is_known():
    assert {block.language for block in BLOCKS} <= {"sh", "python", "php", "ini"}
    assert {"python", "php", "sh"} <= {block.language for block in BLOCKS}


@pytest.mark.parametrize("page", pages())
def test_links_lead_somewhere(page):
    text = re.sub(r"```.*?```|`[^`\n]*`", "", (ROOT / page).read_text(), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", text):
        if "://" not in target:
            assert ((ROOT / page).parent / target).exists(), target
