"""The archive as everybody may see it: as if the withheld had never been taken in."""

import datetime as dt

import ibis
import polars as pl
import pytest

from tests.lib import records
from tests.lib.disclosed import OWNERS, SEEN, archive_of, disclosed, figure, posts
from tests.lib.drawn_archive import register
from tests.lib.records import batch
from torg.disclose import WITHHELD, PublicReading, ledger
from torg.measure import Correction

TOWN = register(("town", "facebook", "page"), municipalities=[("town", 5000)])


def table(reading, name):
    backend = ibis.duckdb.connect()
    try:
        return pl.DataFrame(reading.tables(backend)[name].to_pyarrow())
    finally:
        backend.disconnect()


def public(archive, who=TOWN):
    reading = archive.reading()
    return PublicReading.of(reading, ledger(reading, who))


def test_what_an_owners_export_prints_beside_a_public_post_is_not_taken_over(tmp_path):
    """The owner's file came first and is the post's own source; it alone printed followers."""
    own = posts("page", 2).with_columns(followers=pl.lit(4711, pl.Int64))
    archive = archive_of(tmp_path, own=(batch(own), OWNERS), seen=(batch(posts("page", 2)), SEEN))
    found = table(public(archive), "posts")
    assert found["followers"].to_list() == [None, None]
    assert set(table(archive.reading(), "posts")["followers"]) == {4711}


def test_of_two_readings_of_one_moment_the_public_one_stays(tmp_path):
    """In the archive the larger of the two counts; here there is only one."""
    archive = archive_of(
        tmp_path,
        own=(batch(posts("page", 1, reactions=99)), OWNERS),
        seen=(batch(posts("page", 1, reactions=12)), SEEN),
    )
    assert table(public(archive), "snapshots")["reactions"].to_list() == [12]
    assert table(archive.reading(), "snapshots")["reactions"].to_list() == [99]


def test_a_channel_that_records_name_in_two_ways_is_one_channel(tmp_path):
    """An owner's comments under the id silence those that a scrape has under the handle."""
    said = "native_id | post_native_id | published_at | text\n{0}-c | {0}-1 | 2026-05-03 12:00 | Hi"
    named = register(
        ("town", "facebook", "page", {"address": "https://www.facebook.com/thetown"}),
        municipalities=[("town", 5000)],
    )
    archive = archive_of(
        tmp_path,
        own=(batch(replies=records.replies(said.format("page"), channel="page")), OWNERS),
        seen=(batch(replies=records.replies(said.format("@t"), channel="@thetown")), SEEN),
    )
    assert table(archive.reading(), "replies").height == 2
    assert table(public(archive, named), "replies").height == 0


def test_the_rows_of_sources_are_counted_without_the_withheld_replies(tmp_path):
    """Else the rest of a source would look as if it had repeated what others had brought."""
    said = "native_id | post_native_id | published_at | text\nc{0} | page-1 | 2026-05-03 12:00 | Hi"
    archive = archive_of(
        tmp_path,
        own=(batch(replies=records.replies(said.format(1), channel="page")), OWNERS),
        seen=(batch(posts("page", 3), records.replies(said.format(2), channel="page")), SEEN),
    )
    rows = dict(public(archive).sources.select("name", "rows_accepted").iter_rows())
    assert rows == {"own.csv": 0, "seen.csv": 3}


@pytest.mark.parametrize(("post", "applied"), [("page-1", 0), ("open-1", 1)])
def test_a_correction_of_what_is_withheld_is_passed_over_and_not_told(tmp_path, post, applied):
    channel = post.partition("-")[0]
    both = register(
        ("town", "facebook", "page"),
        ("isle", "facebook", "open"),
        municipalities=[("town", 5000), ("isle", 5000)],
    )
    archive = archive_of(
        tmp_path, own=(batch(posts("page", 2)), OWNERS), seen=(batch(posts("open", 2)), SEEN)
    )
    correction = Correction(
        platform="facebook",
        channel=channel,
        post=post,
        field="reactions",
        value=7321,
        who="A. Reader",
        when=dt.date(2026, 5, 20),
        why="Counted by hand",
    )
    found = disclosed(archive, both, corrections=(correction,))
    assert len(found.observed.corrections_applied) == applied
    assert figure(found, "town") == (None, WITHHELD)


def test_a_source_that_may_be_kept_no_longer_and_one_that_is_its_owners(tmp_path):
    """What the first told lives on only as far as a source that may be shown has told it again."""
    until = {"access": "public_page", "keep_until": dt.date(2026, 5, 31)}
    archive = archive_of(
        tmp_path,
        api=(batch(posts("page", 3)), until),
        own=(batch(posts("page", 2, reactions=99)), OWNERS),
        seen=(batch(posts("page", 1, reactions=12)), SEEN),
    )
    assert table(public(archive), "posts")["native_id"].to_list() == ["page-1"]
    assert table(public(archive), "snapshots")["reactions"].to_list() == [12]


def test_a_post_that_was_told_without_any_count_is_there(tmp_path):
    """A live stream tells of posts, not of counts."""
    bare = posts("open", 1).with_columns(
        pl.lit(None, pl.Int64).alias(name) for name in ("reactions", "comments", "shares")
    )
    both = register(
        ("town", "facebook", "page"), ("town", "facebook", "open"), municipalities=[("town", 5000)]
    )
    stream = {"access": "open_network", "kind": "run"}
    archive = archive_of(
        tmp_path, stream=(batch(bare), stream), own=(batch(posts("page", 1)), OWNERS)
    )
    whole = table(archive.reading(), "posts")["native_id"].to_list()
    assert sorted(whole) == ["open-1", "page-1"]
    assert table(public(archive, both), "posts")["native_id"].to_list() == ["open-1"]
