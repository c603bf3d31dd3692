"""What is public is meant: there, and documented. (That it is sorted, the linter holds.)"""

import importlib

import pytest

import torg
from tests.repo.source import PACKAGE

ROOMS = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))

PUBLIC = [
    "ArchiveError",
    "FileRefused",
    "LackingPart",
    "MeasureError",
    "OpenStudy",
    "QuestionError",
    "RegisterError",
    "StudyError",
    "TorgError",
    "UserError",
    "__version__",
    "create",
    "demo",
    "open",
]


def test_the_public_names_are_deliberate():
    assert sorted(torg.__all__) == sorted(PUBLIC)
    assert all(hasattr(torg, name) for name in torg.__all__)


@pytest.mark.parametrize("name", ROOMS)
def test_a_front_door_names_what_it_gives(name):
    package = importlib.import_module(f"torg.{name}")
    assert package.__doc__, f"torg.{name} has no docstring"
    assert all(hasattr(package, public) for public in package.__all__)


@pytest.mark.parametrize("name", ROOMS)
def test_what_a_front_door_gives_says_what_it_is(name):
    package = importlib.import_module(f"torg.{name}")
    for public in package.__all__:
        thing = getattr(package, public)
        if callable(thing) and getattr(thing, "__module__", "").startswith("torg."):
            assert thing.__doc__, f"torg.{name}.{public} has no docstring"
