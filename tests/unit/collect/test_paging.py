"""Lists by page end, whatever the server says, and are gone on with where they were cut."""

import datetime as dt
from dataclasses import replace

import pytest

from torg.collect.platforms.mastodon.marks import MOST, Gap, Mark
from torg.collect.platforms.paging import PAGES, Cut, Place, pages
from torg.collect.platforms.refused import Refused

MARCH, JUNE = (dt.datetime(2026, month, 1, tzinfo=dt.UTC) for month in (3, 6))


def test_pages_until_there_is_no_next():
    following = {None: "b", "b": "c", "c": None}
    assert list(pages(lambda at: (at, following[at]))) == [None, "b", "c"]
    assert list(pages(lambda at: (at, following[at]), after="c")) == ["c"]


def test_a_list_without_an_end_is_cut_and_says_where_it_goes_on():
    read = []
    with pytest.raises(Cut) as cut:
        for number in pages(lambda at: (int(at or 0), str(int(at or 0) + 1))):
            read.append(number)
    assert read == list(range(PAGES))
    assert cut.value.after == str(PAGES)
    assert cut.value.refusal.outcome == "partial"


def test_cursors_in_a_circle_are_no_whole_list():
    """Who took it for one would take for deleted what its other pages hold."""
    following = {None: "a", "a": "b", "b": "a"}
    read = []
    with pytest.raises(Refused, match="lead back") as refused:
        for at in pages(lambda at: (at, following[at])):
            read.append(at)
    assert read == [None, "a", "b"]
    assert refused.value.refusal.outcome == "partial"
    assert not refused.value.refusal.is_missing


def test_a_mark_is_a_moment_and_after_a_cut_also_the_cursor():
    fresh = Place.read(None, since=MARCH)
    assert (fresh.newest, fresh.after, fresh.since) == (MARCH, None, MARCH)
    assert Place.read("2026-06-01T00:00:00+00:00", since=MARCH).since == JUNE
    mark = fresh.further(Cut("odd cursor=/"), newest=JUNE, mark=None)
    assert Place.read(mark, since=None) == Place(JUNE, "odd cursor=/", MARCH)
    assert Place.read(Place(None, "c", None).mark, since=JUNE) == Place(None, "c", None)


def test_a_cursor_that_was_refused_is_forgotten_and_the_list_read_anew():
    refused = Refused(Cut("x").refusal)
    again = Place(JUNE, "c9", MARCH).further(refused, newest=JUNE, mark="as it was")
    assert Place.read(again, since=None) == Place(MARCH, None, MARCH)
    assert Place(JUNE, None, JUNE).further(refused, newest=JUNE, mark="as it was") == "as it was"


def test_a_mark_of_mastodons_keeps_twenty_gaps_and_leaves_no_post_out():
    """The oldest are joined: from where the first of them began to where the last ends."""
    mark = Mark("1", JUNE)
    for number in range(MOST + 5):
        begun = mark.beginning(MARCH + number * dt.timedelta(days=1))
        mark = replace(begun, gaps=(Gap(str(number), begun.gaps[0].floor), *begun.gaps[1:]))
    assert len(mark.gaps) == MOST
    assert mark.gaps[0].below == str(MOST + 4)
    assert mark.gaps[-1] == Gap("5", MARCH)  # the oldest six in one
