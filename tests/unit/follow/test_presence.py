"""Marks of how far a going-through came: read back as written, and never trusted."""

import datetime as dt

import pytest

from torg.follow.presence import Pass, Passes

NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def test_a_mark_is_read_as_it_was_written():
    passes = Passes({"posts": Pass(NOW, "å"), "replies": Pass(NOW)})
    assert Passes.read(passes.mark()) == passes


@pytest.mark.parametrize(
    "mark", [None, "", "{", "[]", "3", '{"posts": 3}', '{"posts": ["x", null]}', '{"posts": []}']
)
def test_a_mark_that_is_not_ours_says_nothing(mark):
    assert Passes.read(mark) == Passes()


def test_a_pass_from_the_future_begins_anew():
    early = Pass(NOW + dt.timedelta(days=400), "b")
    current, rest = early.rest(["a", "b", "c"], every=dt.timedelta(days=1), now=NOW)
    assert (current, list(rest)) == (Pass(NOW), ["a", "b", "c"])
