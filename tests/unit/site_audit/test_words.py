"""Whatever is noted anywhere stands in the table of words, so that it can be translated."""

import ast
import re

import pytest

from tests.repo.source import ROOT
from torg.site.audit.words import DONE, NAMED, named

SITE = ROOT / "src" / "torg" / "site"

# Functions that hand what was done on to `note`, and which of their arguments it is.
NOTES = {"note": 1, "_note": None, "_ended": 3, "_change": 3, "_done_to_unit": 2}
NAMES = {"what"}  # where it is put into a variable, or given by name


def _noted(tree):
    """Every text that is noted; of f-strings, nothing."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", None)
            at = NOTES.get(name, -1)
            args = node.args if at is None else node.args[at : at + 1] if at >= 0 else []
            yield from _texts(*args, *(k.value for k in node.keywords if k.arg in NAMES))
        elif isinstance(node, ast.Assign) and _is_what(node.targets[0]):
            yield from _texts(node.value)


def _is_what(target):
    return isinstance(target, ast.Name) and target.id in NAMES


def _texts(*values):
    for value in values:
        for node in ast.walk(value):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
                yield node.value


@pytest.fixture(scope="module")
def noted():
    found = set()
    for path in sorted(SITE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "audit.actions import" in text:
            found |= set(_noted(ast.parse(text)))
    return found


def test_what_is_noted_stands_in_the_table(noted):
    assert len(noted) > 60
    assert {text for text in noted if not text.startswith("set a request to")} - set(DONE) == set()


def test_the_table_has_each_once():
    assert len(DONE) == len(set(DONE))


def test_who_and_what_are_said_with_their_number():
    assert named("room link 12") == ("link to the room %(n)s", "12")
    assert named("the site") == ("the site itself", "")
    assert named("2024-05-13-1") == (None, "")
    assert named("") == (None, "")


def test_whatever_is_noted_with_a_number_has_a_sentence():
    numbered = re.compile(r'(?:about|is_named)=f"([a-z -]+) \{|called="([a-z-]+)"')
    texts = (path.read_text(encoding="utf-8") for path in SITE.rglob("*.py"))
    found = {one or other for text in texts for one, other in numbered.findall(text)}
    assert len(found) > 10
    assert found - {"wave"} - NAMED.keys() == set()  # a wave is called by its own name
