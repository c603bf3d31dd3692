"""What may be kept until a day only: after it, it is nowhere, unless another has told it again."""

import datetime as dt

import pytest

from tests.lib.archives import archive_in, rows
from tests.lib.folders import holding
from tests.lib.records import audience, batch, posts, rejects, replies
from tests.lib.runs import KEY, VISITED, collected
from tests.lib.sources import put

LAST_DAY = dt.date(2024, 2, 1)
LATER_DAY = dt.date(2024, 3, 1)
PLACE = {"platform": "youtube", "channel": "UC1"}
POST = "native_id | text       | comments\n 1 | Snow today | 3"
REPLY = "native_id | post_native_id | author | text\n 9 | 1 | Kari | Why so late?"


@pytest.fixture
def archive(tmp_path):
    return archive_in(tmp_path)


def told(archive, *, keep_until, hour=0, **frames):
    usual = {
        "posts": posts(POST, **PLACE, read_at=VISITED + dt.timedelta(hours=hour)),
        "replies": replies(REPLY, **PLACE),
    }
    return collected(archive, about={"keep_until": keep_until}, **(frames or usual))


def on(archive, day):
    archive.now.today = dt.datetime.combine(day, dt.time(), dt.UTC)


def seen(archive):
    reading = archive.reading()
    return {
        table: len(rows(reading, table, key))
        for table, key in (
            ("posts", "post_key"),
            ("snapshots", "post_key"),
            ("replies", "reply_key"),
            ("citizens", "reply_key"),
            ("audience", "channel"),
        )
    }


NOTHING = dict.fromkeys(("posts", "snapshots", "replies", "citizens", "audience"), 0)


@pytest.mark.parametrize("compacts", [False, True])
def test_after_its_last_day_nothing_is_read_and_then_nothing_is_there(archive, compacts):
    told(
        archive,
        keep_until=LAST_DAY,
        posts=posts(POST, **PLACE),
        replies=replies(REPLY, **PLACE),
        audience=audience("channel_name | followers\n Town | 70", **PLACE),
        rejects=rejects("line | reason | row\n 7 | No id | {Snow today}"),
    )
    if compacts:
        archive.compact()
    on(archive, LAST_DAY - dt.timedelta(days=1))
    assert seen(archive) == {**dict.fromkeys(NOTHING, 1)}
    on(archive, LAST_DAY + dt.timedelta(days=1))
    assert seen(archive) == NOTHING  # at once
    assert holding(archive.folder, "Snow today") != []
    archive.honour()
    assert seen(archive) == NOTHING
    for word in ("Snow today", "Why so late?", KEY.author_key("Kari"), "Town"):
        assert holding(archive.folder, word) == []
    [source] = archive.reading().sources.rows(named=True)
    assert (source["rows_read"], source["rows_rejected"]) == (4, 1)
    assert archive.check() == ()


def test_what_is_told_again_survives_and_is_then_the_others(archive):
    told(archive, keep_until=LAST_DAY)
    second = told(archive, keep_until=LATER_DAY, hour=1)
    on(archive, LAST_DAY + dt.timedelta(days=1))
    for _ in range(2):  # before and after the rewriting
        assert seen(archive) == {**NOTHING, "posts": 1, "snapshots": 1, "replies": 1, "citizens": 1}
        assert rows(archive.reading(), "posts", "text") == [("Snow today",)]
        assert rows(archive.reading(), "citizens", "text") == [("Why so late?",)]
        archive.honour()
    assert rows(archive.reading(), "replies", "source_id") == [(second.source_id,)]
    assert archive.check() == ()
    on(archive, LATER_DAY + dt.timedelta(days=1))
    assert seen(archive) == NOTHING
    archive.compact()
    assert seen(archive) == NOTHING
    assert holding(archive.folder, "Why so late?") == []


@pytest.mark.parametrize("refreshed", [dt.date(2024, 1, 20), LAST_DAY])
def test_telling_again_with_no_later_day_saves_nothing(archive, refreshed):
    told(archive, keep_until=LAST_DAY)
    told(archive, keep_until=refreshed, hour=1)
    on(archive, LAST_DAY + dt.timedelta(days=1))
    assert seen(archive) == NOTHING
    archive.honour()
    assert holding(archive.folder, "Snow today") == []


def test_a_file_that_may_be_kept_for_good_saves_what_it_tells(archive):
    told(archive, keep_until=LAST_DAY)
    put(archive, batch(posts(POST, **PLACE), replies(REPLY, **PLACE)), pseudonyms=KEY)
    on(archive, dt.date(2034, 1, 1))
    archive.honour()
    assert {name for name, found in seen(archive).items() if found} == {
        "posts", "snapshots", "replies", "citizens",
    }  # fmt: skip


def test_an_edit_that_is_seen_again_survives_with_its_post(archive):
    drawn = "native_id | edited_at | text | comments\n 1 | {} | {} | 3"
    first, second = drawn.format("", "First"), drawn.format("2020-05-01 10:00", "Second")
    told(archive, keep_until=LAST_DAY, posts=posts(first, **PLACE))
    told(archive, keep_until=LAST_DAY, posts=posts(second, **PLACE))
    told(archive, keep_until=LATER_DAY, posts=posts(second, **PLACE))
    on(archive, LAST_DAY + dt.timedelta(days=1))
    for _ in range(2):
        assert rows(archive.reading(), "posts", "text") == [("Second",)]
        archive.honour()
    on(archive, LATER_DAY + dt.timedelta(days=1))
    archive.honour()
    assert holding(archive.folder, "Second") == []


def test_refreshed_every_day_for_months_nothing_is_lost_and_no_reading_is_older_than_allowed(
    archive,
):
    day = dt.date(2024, 1, 1)
    for _ in range(12):
        on(archive, day)
        told(archive, keep_until=day + dt.timedelta(days=30), hour=(day.toordinal() % 1000))
        day += dt.timedelta(days=10)
    found = seen(archive)
    assert (found["posts"], found["replies"], found["citizens"]) == (1, 1, 1)
    assert found["snapshots"] == 3  # those of the last thirty days
    assert archive.check() == ()


def test_what_lapsed_may_come_again_with_a_later_day(archive):
    put(archive, batch(posts(POST, **PLACE)), keep_until=LAST_DAY)
    on(archive, LAST_DAY + dt.timedelta(days=2))
    assert put(archive, batch(posts(POST, **PLACE)), keep_until=LAST_DAY).source_id is None
    assert seen(archive) == NOTHING
    assert put(archive, batch(posts(POST, **PLACE)), keep_until=LATER_DAY).posts_new == 1
    assert seen(archive)["posts"] == 1


def test_other_sources_files_are_left_alone(archive):
    put(archive, batch(posts("native_id | comments\n 5 | 3")), content="kept")
    told(archive, keep_until=LAST_DAY)
    kept = list((archive.folder / "posts").glob("*.parquet"))
    on(archive, LAST_DAY + dt.timedelta(days=1))
    archive.honour()
    assert len([path for path in kept if path.exists()]) == 1
    assert rows(archive.reading(), "posts", "native_id") == [("5",)]
