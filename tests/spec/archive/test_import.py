"""What an import changes, and what it does not."""

import datetime as dt

import polars as pl
import pytest

from tests.lib.archives import archive_in, rows
from tests.lib.records import audience, batch, posts, rejects, replies
from tests.lib.sources import put


@pytest.fixture
def archive(tmp_path):
    return archive_in(tmp_path)


def test_a_file_is_counted_as_it_goes_in(archive):
    done = put(
        archive,
        batch(
            posts("""
                native_id | text  | comments
                1         | Hello | 3
                2         |       | 0
            """),
            rejects=rejects("""
                line | reason          | row
                4    | No instant here | {}
            """),
        ),
    )
    assert (done.read, done.accepted, done.rejected) == (3, 2, 1)
    assert (done.posts_new, done.snapshots_new, done.replies_new) == (2, 2, 0)
    assert done.channels == {("facebook", "1")}
    assert rows(archive.reading(), "posts", "native_id", "text") == [("1", "Hello"), ("2", None)]
    assert archive.rejects().select("line", "reason").rows() == [(4, "No instant here")]


def test_the_same_file_twice_changes_nothing(archive):
    told = batch(
        posts("""
            native_id | comments
            1         | 3
        """)
    )
    first = put(archive, told)
    before = archive.reading()
    again = put(archive, told)
    assert again.source_id is None
    assert (again.read, again.accepted) == (first.read, first.accepted) == (1, 1)
    assert (again.posts_new, again.snapshots_new, again.replies_new) == (0, 0, 0)
    assert again.channels == first.channels
    assert archive.reading().digest == before.digest
    assert archive.reading().versions == before.versions


def test_a_later_export_adds_snapshots_and_an_unchanged_reading_is_a_reading(archive):
    drawn = "native_id | comments\n" + "\n".join(f"{n} | 5" for n in range(28))
    later = "native_id | comments\n" + "\n".join(f"{n} | {5 + (n < 25)}" for n in range(28))
    put(archive, batch(posts(drawn)), content="March")
    done = put(
        archive,
        batch(posts(later, read_at=dt.datetime(2020, 9, 1, tzinfo=dt.UTC))),
        content="September",
    )
    assert (done.posts_new, done.snapshots_new) == (0, 28)
    reading = archive.reading()
    assert len(rows(reading, "posts", "native_id")) == 28
    assert len(rows(reading, "snapshots", "post_key")) == 28 + 28


def test_an_equal_reading_of_the_same_moment_is_not_kept_twice(archive):
    put(archive, batch(posts("native_id | comments\n 1 | 3")), content="one export")
    done = put(
        archive,
        batch(posts("native_id | comments\n 1 | 3 \n 2 | 8")),
        content="a wider export of the same moment",
    )
    assert (done.posts_new, done.snapshots_new) == (1, 1)
    assert rows(archive.reading(), "snapshots", "comments") == [(3,), (8,)]


def test_a_post_that_stands_twice_in_a_file_is_one_post_with_its_largest_reading(archive):
    done = put(
        archive,
        batch(
            posts("""
                native_id | comments
                1         | 3
                2         | 7
                1         | 4
            """)
        ),
        batch(posts("native_id | comments\n 2 | 6")),
    )
    assert (done.read, done.posts_new, done.snapshots_new) == (4, 2, 2)
    assert rows(archive.reading(), "snapshots", "comments") == [(4,), (7,)]


def test_of_two_readings_of_one_moment_the_larger_counts_whatever_came_first(archive):
    put(archive, batch(posts("native_id | reactions | comments\n 1 | 9 | 1")), content="one")
    put(archive, batch(posts("native_id | reactions | comments\n 1 | 8 | 5")), content="two")
    assert rows(archive.reading(), "snapshots", "reactions", "comments") == [(9, 1)]


def test_a_missing_count_is_not_zero(archive):
    put(archive, batch(posts("native_id | comments\n 1 | ")))
    assert rows(archive.reading(), "snapshots", "comments", "shares") == [(None, None)]


def test_a_file_read_anew_with_other_options_supersedes_what_it_brought(archive):
    at_ten = posts("native_id | published_at | comments\n 1 | 2020-03-02 10:00 | 3")
    at_nine = posts("native_id | published_at | comments\n 1 | 2020-03-02 09:00 | 3")
    first = put(archive, batch(at_ten), options='{"zone": "UTC"}')
    before = archive.now()
    second = put(archive, batch(at_nine), options='{"zone": "Europe/Oslo"}')
    assert (second.posts_new, second.snapshots_new) == (1, 1)
    nine = dt.datetime(2020, 3, 2, 9, tzinfo=dt.UTC)
    assert rows(archive.reading(), "posts", "published_at") == [(nine,)]
    assert archive.reading().sources["supersedes"].to_list() == [first.source_id]
    ten = dt.datetime(2020, 3, 2, 10, tzinfo=dt.UTC)
    assert rows(archive.reading(as_of=before), "posts", "published_at") == [(ten,)]


def test_a_post_that_another_file_had_too_stays_when_its_file_is_read_anew_without_it(archive):
    both = posts("native_id | comments\n 1 | 3 \n 2 | 4")
    put(archive, batch(both), content="A", options="{}")
    later = dt.datetime(2021, 1, 1, tzinfo=dt.UTC)
    put(archive, batch(posts("native_id | comments\n 2 | 9", read_at=later)), content="B")
    put(archive, batch(posts("native_id | comments\n 1 | 3")), content="A", options='{"x": 1}')
    reading = archive.reading()
    assert rows(reading, "posts", "native_id") == [("1",), ("2",)]
    assert rows(reading, "snapshots", "comments") == [(3,), (9,)]
    assert archive.check() == ()


def test_a_post_goes_when_the_last_file_that_read_it_is_read_anew_without_it(archive):
    put(archive, batch(posts("native_id | comments\n 1 | 3 \n 2 | 4")), content="A", options="{}")
    later = dt.datetime(2021, 1, 1, tzinfo=dt.UTC)
    second = posts("native_id | comments\n 2 | 9 \n 3 | 1", read_at=later)
    put(archive, batch(second), content="B", options="{}")
    put(archive, batch(posts("native_id | comments\n 1 | 3")), content="A", options='{"x": 1}')
    only = posts("native_id | comments\n 3 | 1", read_at=later)
    put(archive, batch(only), content="B", options='{"x": 1}')
    reading = archive.reading()
    assert rows(reading, "posts", "native_id") == [("1",), ("3",)]
    assert rows(reading, "snapshots", "comments") == [(1,), (3,)]


def test_the_past_can_be_read(archive):
    put(archive, batch(posts("native_id\n 1")), content="first")
    between = archive.now()
    put(archive, batch(posts("native_id\n 2")), content="second")
    assert rows(archive.reading(as_of=between), "posts", "native_id") == [("1",)]
    assert rows(archive.reading(), "posts", "native_id") == [("1",), ("2",)]


def test_a_reading_is_pinned(archive):
    put(archive, batch(posts("native_id\n 1")), content="first")
    pinned = archive.reading()
    put(archive, batch(posts("native_id\n 2")), content="second")
    archive.compact()
    assert rows(pinned, "posts", "native_id") == [("1",)]


def test_replies_hang_on_their_post_and_on_what_they_answer(archive):
    put(
        archive,
        batch(
            posts("native_id\n 1"),
            replies("""
                native_id | post_native_id | parent_native_id | is_owner | text
                11        | 1              |                  | false    | Når åpner det?
                12        | 1              | 11               | true     | Klokka ti.
                13        | 1              |                  | false    |
            """),
        ),
    )
    reading = archive.reading()
    [(post_key,)] = rows(reading, "posts", "post_key")
    asked, answered, silent = sorted(
        rows(reading, "replies", "native_id", "reply_key", "post_key", "parent_key", "is_question",
             "question_rule", "length")
    )  # fmt: skip
    assert asked[2:] == (post_key, None, True, "nb-1", 14)
    assert answered[2:4] == (post_key, asked[1])
    assert silent[4:] == (None, "nb-1", None)


def test_audience_is_read_once_per_moment(archive):
    told = audience("followers | kind\n 1200 | followers\n 1100 | likes")
    put(archive, batch(audience=told), content="one")
    put(archive, batch(audience=told), content="two")
    found = rows(archive.reading(), "audience", "kind", "followers")
    assert found == [("followers", 1200), ("likes", 1100)]


def test_an_archive_without_a_folder_is_empty_and_typed(archive):
    reading = archive.reading()
    assert reading.sources.height == 0
    assert rows(reading, "snapshots", "post_key", "comments") == []
    assert rows(reading, "citizens", "text") == []
    assert set(reading.versions.values()) == {-1}
    assert archive.check() == ()
    assert not archive.folder.exists()


def test_channels_that_the_register_does_not_know_are_unclaimed(archive):
    put(
        archive,
        batch(
            posts("""
                native_id | channel | channel_name | published_at
                1         | 10      | Old name     | 2019-01-01 10:00
                2         | 10      | New name     | 2020-01-01 10:00
                3         | 20      | Known        | 2020-01-01 10:00
                4         | @cabin  | By handle    | 2020-01-01 10:00
            """),
            replies("native_id | channel | post_native_id\n 9 | 10 | 1"),
        ),
    )
    known = pl.DataFrame(
        {"platform": ["facebook"] * 2, "channel": ["20", None], "handle": [None, "Cabin"]}
    )
    assert archive.unclaimed(known).rows() == [("facebook", "10", "New name", 2, 1)]


def test_a_file_read_a_third_time_stands_for_itself_alone(archive):
    for options in ("{}", '{"x": 1}', '{"x": 2}'):
        done = put(archive, batch(posts("native_id | comments\n 1 | 3")), options=options)
        assert (done.posts_new, done.snapshots_new) == (1, 1)
        assert rows(archive.reading(), "posts", "native_id") == [("1",)]
    assert archive.reading().sources["options"].to_list() == ['{"x": 2}']


def test_a_reading_that_two_files_had_stays_when_one_is_read_anew_without_it(archive):
    put(archive, batch(posts("native_id | comments\n 1 | 3")), content="A", options="{}")
    put(archive, batch(posts("native_id | comments\n 1 | 3")), content="B")
    put(archive, batch(posts("native_id | comments\n 2 | 5")), content="A", options='{"x": 1}')
    reading = archive.reading()
    assert rows(reading, "posts", "native_id") == [("1",), ("2",)]
    assert rows(reading, "snapshots", "comments") == [(3,), (5,)]
    assert archive.check() == ()
