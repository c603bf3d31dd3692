"""What files and runs tell again: the archive keeps enough of it to measure by."""

import datetime as dt

import pytest

from tests.lib.archives import archive_in
from tests.lib.drawn_archive import register, study
from tests.lib.records import batch, posts, replies
from tests.lib.runs import collected, visits
from tests.lib.sources import put
from torg.measure import observe

OLD = """
native_id | published_at     | reactions | read_at
7         | 2024-01-15 10:00 | {count}   | {read}
"""
HEAD = """
native_id | post_native_id | published_at     | is_owner
"""
FIRST = (
    HEAD
    + """\
1         | 7              | 2024-05-31 21:00 | false
"""
)
LATER = "2         | 8              | 2024-06-10 10:00 | false\n"


def exported(month, day):
    return {"exported_at": dt.datetime(2024, month, day, 22, tzinfo=dt.UTC)}


def measured(archive):
    towns = register(("0301", "facebook", "1"))
    rows = observe(archive.reading(), towns, study("2024-05-01", "2024-05-31")).rows
    own = rows.filter(rows["platform"].is_null()).to_dicts()
    return {row["measure"]: row for row in own}


def an_archive(folder, *files):
    archive = archive_in(folder)
    for number, (made, about) in enumerate(files):
        put(archive, made, content=f"file {number}", **about)
    return archive


def test_an_export_without_new_posts_has_seen_that_there_were_none(tmp_path):
    march = batch(posts=posts(OLD.format(count=3, read="2024-03-01 00:00"), channel="1"))
    june = batch(posts=posts(OLD.format(count=4, read="2024-06-15 00:00"), channel="1"))
    found = measured(an_archive(tmp_path, (march, exported(3, 1)), (june, exported(6, 15))))
    assert found["posts"]["value"] == 0


@pytest.mark.parametrize(("text", "followed"), [(FIRST + LATER, 1), (HEAD + LATER, 0)])
def test_a_comment_is_followed_by_a_file_that_holds_it_again(tmp_path, text, followed):
    may = batch(replies=replies(FIRST, channel="1"))
    june = batch(replies=replies(text, channel="1"))
    found = measured(an_archive(tmp_path, (may, exported(5, 31)), (june, exported(6, 30))))
    assert found["comments_received"]["value"] == 1
    assert found["answered_24h"]["n"] == followed


def test_a_file_of_known_replies_alone_follows_their_comments(tmp_path):
    may, june = (batch(replies=replies(FIRST, channel="1")) for _ in range(2))
    found = measured(an_archive(tmp_path, (may, exported(5, 31)), (june, exported(6, 30))))
    assert found["answered_24h"]["n"] == 1


@pytest.mark.parametrize(
    ("asked", "followed"),
    [
        ("subject | outcome\n 7 | ok", 1),
        ("subject | outcome\n 7 | partial", 0),
        ("subject | outcome\n 8 | ok", 0),
    ],
)
def test_a_comment_is_followed_by_a_run_that_asked_for_all_under_its_post(
    tmp_path, asked, followed
):
    june = exported(6, 30)["exported_at"]
    first = {"posts": posts(OLD.format(count=1, read="2024-05-31 22:00"), channel="1")}
    may = batch(**first, replies=replies(FIRST, channel="1"))
    archive = an_archive(tmp_path, (may, exported(5, 31)))
    collected(
        archive,
        # What it brings of another post, and again of this one, says nothing of the whole list.
        replies=replies(FIRST + LATER, channel="1"),
        visits=visits(asked, what="replies", visited_at=june),
        about={"exported_at": june},
    )
    assert measured(archive)["answered_24h"]["n"] == followed
