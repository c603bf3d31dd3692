"""Files that hold again what is known: what the archive keeps of them is enough to measure by."""

import datetime as dt

import pytest

from tests.lib.archives import archive_in
from tests.lib.drawn_archive import register, study
from tests.lib.records import batch, posts, replies
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
