"""Functions of about eight lines, modules that hold one idea."""

import statistics

import pytest

from tests.repo.source import functions, length, modules, place

LONGEST_MODULE = 400
LONGEST_FUNCTION = 60
NINE_IN_TEN = 35
MEDIAN = 9


def written():
    """The modules that people write: migrations are Django's."""
    return [path for path in modules() if path.parent.name != "migrations"]


@pytest.mark.parametrize("path", written(), ids=place)
def test_a_module_has_at_most_400_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", modules(), ids=place)
def test_no_function_is_longer_than_60_lines(path):
    too_long = [f"{f.name} ({length(f)})" for f in functions(path) if length(f) > LONGEST_FUNCTION]
    assert not too_long


def test_functions_are_short_on_the_whole():
    lengths = sorted(length(f) for path in modules() for f in functions(path))
    assert statistics.median(lengths) <= MEDIAN
    assert lengths[int(len(lengths) * 0.9)] <= NINE_IN_TEN
