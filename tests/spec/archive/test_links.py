"""Records of one post from different sources are tied, and the post counts once."""

import pytest

from tests.lib.archives import archive_in, rows
from tests.lib.records import batch, posts
from tests.lib.sources import put


@pytest.fixture
def archive(tmp_path):
    return archive_in(tmp_path)


def linked(archive):
    """The native ids of what is tied: the record that counts, and the other."""
    reading = archive.reading()
    names = dict(rows(reading, "posts", "post_key", "native_id"))
    ties = rows(reading, "links", "post_key", "same_as_key", "reason")
    return sorted((names[kept], names[same], reason) for kept, same, reason in ties)


def test_the_same_text_within_a_minute_on_the_same_channel(archive):
    put(
        archive,
        batch(
            posts("""
                native_id | published_at        | text
                1         | 2020-03-02 10:00:42 | Snow today!
                2         | 2020-03-05 10:00:00 | Snow today!
            """)
        ),
        content="CrowdTangle",
    )
    put(
        archive,
        batch(
            posts(
                """
                native_id | published_at     | text
                a         | 2020-03-02 10:00 | snow  TODAY!
                """,
                id_space="pfbid",
            )
        ),
        content="the page's own export",
    )
    assert linked(archive) == [("1", "a", "same text and minute")]


def test_the_same_address_where_the_text_is_cut(archive):
    drawn = "native_id | published_at | text | url\n"
    put(archive, batch(posts(drawn + "1 | 2020-03-02 10:00 | All of it | fb.com/p")), content="a")
    put(
        archive,
        batch(posts(drawn + "a | 2020-03-02 10:01 | All o... | fb.com/p", id_space="pfbid")),
        content="b",
    )
    assert linked(archive) == [("1", "a", "same address and minute")]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ("a | 2020-03-02 10:01:01 | 1 | Snow", "more than a minute apart"),
        ("a | 2020-03-02 10:00:00 | 2 | Snow", "another channel"),
        ("a | 2020-03-02 10:00:00 | 1 | Rain", "another text"),
        ("a | 2020-03-02 10:00:00 | 1 |", "no text at all"),
    ],
)
def test_what_is_not_tied(archive, other, why):
    drawn = "native_id | published_at | channel | text\n"
    put(archive, batch(posts(drawn + "1 | 2020-03-02 10:00 | 1 | Snow")), content="a")
    put(archive, batch(posts(drawn + other, id_space="pfbid")), content="b")
    assert linked(archive) == [], why


def test_each_record_has_one_partner_and_the_nearest_go_first(archive):
    drawn = "native_id | published_at | text\n"
    put(
        archive,
        batch(posts(drawn + "1 | 2020-03-02 10:00:10 | Vote!\n 2 | 2020-03-02 10:00:50 | Vote!")),
        content="a",
    )
    put(
        archive,
        batch(
            posts(
                drawn + "a | 2020-03-02 10:00:49 | Vote!\n b | 2020-03-02 10:00:00 | Vote!",
                id_space="pfbid",
            )
        ),
        content="b",
    )
    assert [tie[:2] for tie in linked(archive)] == [("1", "b"), ("2", "a")]


def test_a_third_way_is_tied_to_the_record_that_counts(archive):
    drawn = "native_id | published_at | text\n"
    for name, space in (("1", "post"), ("a", "pfbid"), ("x", "url")):
        put(
            archive,
            batch(posts(drawn + f"{name} | 2020-03-02 10:00 | Vote!", id_space=space)),
            content=space,
        )
    assert [tie[:2] for tie in linked(archive)] == [("1", "a"), ("1", "x")]


def test_a_tie_to_a_record_that_no_longer_counts_is_not_read(archive):
    drawn = "native_id | published_at | text\n"
    put(archive, batch(posts(drawn + "1 | 2020-03-02 10:00 | Vote!")), content="a", options="{}")
    other = posts(drawn + "a | 2020-03-02 10:00 | Vote!", id_space="pfbid")
    put(archive, batch(other), content="b")
    moved = posts(drawn + "1 | 2020-03-02 09:00 | Vote!", channel="2")
    put(archive, batch(moved), content="a", options='{"zone": "x"}')
    assert linked(archive) == []


def test_records_of_a_superseding_file_are_tied_anew(archive):
    drawn = "native_id | published_at | text\n"
    wrong = posts(drawn + "1 | 2020-03-02 10:00 | Vote!")
    put(archive, batch(wrong), content="a", options="{}")
    other = posts(drawn + "a | 2020-03-02 09:00 | Vote!", id_space="pfbid")
    put(archive, batch(other), content="b")
    assert linked(archive) == []
    right = posts(drawn + "1 | 2020-03-02 09:00 | Vote!")
    put(archive, batch(right), content="a", options='{"zone": "Europe/Oslo"}')
    assert [tie[:2] for tie in linked(archive)] == [("a", "1")]
