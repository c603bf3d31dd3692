"""A run of collecting is a source like a file, and remembers what it asked and where it ended."""

import datetime as dt

import polars as pl
import pytest

from tests.lib.archives import archive_in, rows
from tests.lib.records import batch, posts, replies
from tests.lib.runs import KEY, VISITED, collected, visits
from tests.lib.sources import put
from torg.errors import LackingPart

BLUESKY = {"platform": "bluesky", "channel": "did:town", "id_space": "post"}
LATER = VISITED + dt.timedelta(hours=1)


@pytest.fixture
def archive(tmp_path):
    return archive_in(tmp_path)


def shown(frame, *columns):
    return frame.select(columns).rows()


def test_a_run_is_a_source_with_its_mark(archive):
    collected(archive, posts=posts("native_id | comments\n 1 | 3"), about={"mark": "cursor-7"})
    sources = archive.reading().sources
    assert sources["kind"].to_list() == ["run"]
    assert rows(archive.reading(), "posts", "native_id") == [("1",)]
    assert archive.reading().mark("facebook", "graph.facebook.com") == "cursor-7"
    assert archive.reading().mark("facebook", "elsewhere") is None


def test_the_mark_is_that_of_the_last_run_that_left_one(archive):
    for mark in ("a", "b", None):
        collected(archive, visits=visits("what\n posts"), about={"mark": mark})
    assert archive.reading().mark("facebook", "graph.facebook.com") == "b"


def test_the_same_run_twice_is_taken_once(archive):
    about = {"identity": "one"}
    collected(archive, posts=posts("native_id | comments\n 1 | 3"), about=about)
    done = collected(archive, posts=posts("native_id | comments\n 1 | 3"), about=about)
    assert done.source_id is None
    assert archive.reading().sources.height == 1


def test_the_latest_visit_is_that_of_the_last_commit_and_knows_the_failures_before(archive):
    for hour, outcome in enumerate(("ok", "partial", "refused", "failed")):
        at = VISITED - dt.timedelta(hours=hour)  # the clock is set back from run to run
        collected(archive, visits=visits(f"outcome\n {outcome}", visited_at=at))
    [(outcome, at, ok_at, failures)] = shown(
        archive.reading().visits(), "outcome", "visited_at", "ok_at", "failures"
    )
    assert (outcome, at) == ("failed", VISITED - dt.timedelta(hours=3))
    assert (ok_at, failures) == (VISITED - dt.timedelta(hours=1), 2)
    every = archive.reading().visits(latest=False)
    assert every["outcome"].to_list() == ["ok", "partial", "refused", "failed"]
    assert every["failures"].to_list() == [0, 0, 1, 2]


def test_a_channel_that_is_gone_is_no_failure(archive):
    for outcome in ("failed", "gone"):
        collected(archive, visits=visits(f"outcome\n {outcome}"))
    assert shown(archive.reading().visits(), "ok_at", "failures") == [(None, 0)]


def test_visits_of_channel_post_and_kind_stand_apart(archive):
    told = visits("what | subject\n posts | \n replies | 1\n replies | 2\n replies | 1")
    collected(archive, visits=told)
    assert archive.reading().visits().height == 3


def test_a_file_is_known_as_having_looked_though_it_brings_nothing_new(archive):
    told = batch(posts("native_id\n 1"), replies("native_id | post_native_id | text\n 9 | 1 | Hi"))
    put(archive, told, content="a")
    put(archive, told, content="b")
    found = archive.reading().visits(latest=False)
    assert sorted(shown(found, "what", "channel", "subject", "outcome")) == [
        ("file", "1", None, "ok"),
        ("file", "1", None, "ok"),
        ("replies", "1", None, "ok"),
        ("replies", "1", None, "ok"),
    ]


def test_whole_lists_of_replies_are_known_by_post_and_those_of_files_by_channel(archive):
    held = batch(replies=replies("native_id | post_native_id\n 7 | 1"))
    put(archive, held, exported_at=VISITED)
    for at, outcome in ((VISITED, "ok"), (LATER, "ok"), (LATER, "partial")):
        asked = f"what | subject | outcome\n replies | 1 | {outcome}"
        collected(archive, visits=visits(asked, visited_at=at))
    reading = archive.reading()
    assert shown(reading.listed_replies(), "subject", "visited_at") == [
        (None, VISITED),
        ("1", LATER),
    ]
    first, _, last, _ = reading.sources["source_id"]
    assert reading.listed_replies()["source_id"].to_list() == [first, last]
    # A source that listed replies told of the channel, though it brought none.
    assert (last, 0, 0) in shown(reading.held(), "source_id", "readings", "replies")


def test_known_posts_tell_when_each_was_read(archive):
    drawn = "native_id | published_at | comments\n 1 | 2020-05-30 10:00 | {}"
    for hours, comments in ((2, 8), (0, 3)):
        at = VISITED + dt.timedelta(hours=hours)
        collected(archive, posts=posts(drawn.format(comments), read_at=at))
    old = "native_id | published_at | comments\n 2 | 2020-03-30 10:00 | 1"
    collected(archive, posts=posts(old))
    known = archive.reading().known_posts(since=dt.datetime(2020, 5, 1, tzinfo=dt.UTC))
    read = [VISITED, VISITED + dt.timedelta(hours=2)]
    assert shown(known, "native_id", "readings", "comments") == [("1", read, 8)]


def test_a_post_that_a_stream_told_without_counts_is_known_and_has_no_reading(archive):
    drawn = "native_id | published_at | comments\n 1 | 2020-05-30 10:00 | "
    collected(archive, posts=posts(drawn))
    assert rows(archive.reading(), "posts", "native_id") == [("1",)]
    assert rows(archive.reading(), "snapshots", "comments") == []
    known = archive.reading().known_posts(since=dt.datetime(2020, 5, 1, tzinfo=dt.UTC))
    assert shown(known, "native_id", "readings", "comments") == [("1", [], None)]
    assert known.schema["readings"] == pl.List(pl.Datetime("us", "UTC"))


def test_kept_replies_are_those_of_which_something_personal_is_held(archive):
    told = replies("""
        native_id | post_native_id | author | text | published_at     | is_owner
        9         | 1              | Kari   | Why? | 2020-05-30 10:00 | false
        8         | 1              |        | So.  | 2020-05-01 10:00 | false
        7         | 1              | Town   |      | 2020-05-30 10:00 | true
    """)
    collected(archive, posts=posts("native_id\n 1"), replies=told)
    kept = archive.reading().kept_replies()
    assert shown(kept, "native_id", "post_native_id") == [("8", "1"), ("9", "1")]
    since = dt.datetime(2020, 5, 20, tzinfo=dt.UTC)
    assert archive.reading().kept_replies(since=since)["native_id"].to_list() == ["9"]


def test_ids_that_name_people_are_hidden_and_still_the_same_reply(archive):
    told = replies(
        """
        native_id          | post_native_id | parent_native_id   | text
        at://did:kari/1    | at://did:town/1 |                   | Why?
        at://did:ola/2     | at://did:town/1 | at://did:kari/1   | Because
    """,
        **BLUESKY,
    )
    about = {"ids_name_authors": True}
    for _ in range(2):
        done = collected(
            archive,
            posts=posts("native_id\n at://did:town/1", **BLUESKY),
            replies=told,
            about=about,
        )
    assert done.replies_new == 0
    [second, first] = sorted(
        rows(archive.reading(), "replies", "native_id", "reply_key", "parent_key"),
        key=lambda row: row[2] is None,
    )
    assert {first[0], second[0]} == {
        KEY.hidden_id("at://did:kari/1"),
        KEY.hidden_id("at://did:ola/2"),
    }
    assert second[2] == first[1]
    assert rows(archive.reading(), "posts", "native_id") == [("at://did:town/1",)]
    assert archive.check() == ()


def test_without_the_key_such_replies_are_refused_and_posts_go_in(archive):
    about = {"ids_name_authors": True}
    told = replies("native_id | post_native_id | text\n at://did:kari/1 | 1 | Why?", **BLUESKY)
    with pytest.raises(LackingPart, match="author key"):
        collected(archive, replies=told, pseudonyms=None, about=about)
    done = collected(archive, posts=posts("native_id\n 1"), pseudonyms=None, about=about)
    assert done.posts_new == 1


def test_commits_follow_each_other_though_the_clock_is_set_back(tmp_path):
    archive = archive_in(tmp_path)
    told = []
    for back in (0, 400, 30):
        archive.now.today -= dt.timedelta(days=back)
        drawn = f"native_id | comments\n {back} | 1"
        collected(archive, posts=posts(drawn), visits=visits("what\n posts"))
        told.append(back)
    reading = archive.reading()
    assert reading.sources["committed_at"].is_sorted()
    assert reading.sources["committed_at"].n_unique() == 3
    assert len(rows(reading, "posts", "native_id")) == 3
    assert reading.visits()["committed_at"].to_list() == [reading.sources["committed_at"][-1]]
    assert archive.check() == ()
