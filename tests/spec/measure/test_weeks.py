"""Week by week: what was counted, and which weeks nobody saw the end of."""

import datetime as dt

import pytest

from tests.lib.drawn_archive import (
    DrawnReading,
    posts_and_snapshots,
    register,
    source,
    study,
)
from torg.measure import WEEK_COLUMNS, observe

POSTS = """
    post | published        | reactions
    1    | 2024-03-04 10:00 | 5
    2    | 2024-03-05 10:00 | -
    3    | 2024-03-18 10:00 | 2
"""
MONDAYS = [dt.date(2024, 3, day) for day in (4, 11, 18, 25)]


def by_week(tmp_path, *, exported="2024-06-01 00:00", channel=None, **more):
    rows = {**posts_and_snapshots(POSTS), "sources": [source(exported=exported)], **more}
    who = register(("0301", "facebook", "1", channel or {}))
    return observe(DrawnReading(tmp_path, rows), who, study()).by_week


def reply(key, published, *, owner=False, parent=None):
    at = dt.datetime.fromisoformat(published).replace(tzinfo=dt.UTC)
    return {
        "source_id": "a", "reply_key": key, "post_key": 1, "parent_key": parent,
        "platform": "facebook", "channel": "1", "native_id": str(key), "id_space": "reply",
        "published_at": at, "is_owner": owner, "is_question": False, "question_rule": "nb-1",
    }  # fmt: skip


def test_each_week_of_the_window_has_a_row(tmp_path):
    found = by_week(tmp_path)
    assert found.columns == list(WEEK_COLUMNS)
    assert found["week"].to_list() == MONDAYS
    assert found["days"].to_list() == [7, 7, 7, 7]
    assert found["posts"].to_list() == [2, 0, 1, 0]  # 2 + 0 + 1 + 0 = 3 posts
    assert found["reactions"].to_list() == [5, 0, 2, 0]
    assert found["reactions_of"].to_list() == [1, 0, 1, 0]  # those of the second are not known


def test_a_week_that_nobody_saw_the_end_of_is_missing_and_not_zero(tmp_path):
    found = by_week(tmp_path, exported="2024-03-23 12:00")  # a Saturday
    assert found["posts"].to_list() == [2, 0, None, None]
    assert found["posts_missing"].to_list() == [None, None, "week_not_seen", "week_not_seen"]
    assert found["reactions"].to_list() == [5, 0, None, None]
    assert found["reactions_missing"].to_list() == [None, None, "week_not_seen", "week_not_seen"]


def test_a_look_on_the_weeks_last_day_is_enough(tmp_path):
    found = by_week(tmp_path, exported="2024-03-24 08:00")  # the Sunday
    assert found["posts"].to_list() == [2, 0, 1, None]


def test_before_a_channel_spoke_for_the_municipality_nothing_is_said(tmp_path):
    found = by_week(tmp_path, channel={"valid_from": dt.date(2024, 3, 18)})
    assert found["posts"].to_list() == [None, None, 1, 0]
    assert found["posts_missing"][0] == "week_not_seen"


def test_who_was_never_collected_has_no_week(tmp_path):
    rows = {**posts_and_snapshots(POSTS), "sources": [source()]}
    who = register(
        ("0301", "facebook", "1"),
        ("0302", "facebook", "2"),
        municipalities=[("0301", 2000), ("0302", 2000), ("0303", 2000)],
    )
    found = observe(DrawnReading(tmp_path, rows), who, study()).by_week
    other = found.filter(municipality="0302")
    assert other["posts_missing"].to_list() == ["not_collected"] * 4
    assert other["posts"].null_count() == 4
    assert "0303" not in set(found["municipality"])  # no channel is known: no row at all


def test_comments_and_the_owners_replies_by_the_week_they_were_written_in(tmp_path):
    found = by_week(
        tmp_path,
        replies=[
            reply(1, "2024-03-05 12:00"),
            reply(2, "2024-03-12 12:00"),
            reply(3, "2024-03-12 13:00", owner=True, parent=2),
            reply(4, "2024-03-12 14:00", parent=2),  # not on the top level
        ],
    )
    assert found["comments"].to_list() == [1, 1, 0, 0]
    assert found["owner_replies"].to_list() == [0, 1, 0, 0]


def test_without_replies_collected_comments_are_missing(tmp_path):
    found = by_week(tmp_path)
    assert found["comments"].to_list() == [None] * 4
    assert set(found["comments_missing"]) == {"no_replies_collected"}
    assert set(found["owner_replies_missing"]) == {"no_replies_collected"}


@pytest.mark.parametrize("column", ["comments", "owner_replies"])
def test_where_it_is_not_known_who_replied_neither_is_counted(tmp_path, column):
    unknown = {**reply(1, "2024-03-05 12:00"), "is_owner": None}
    found = by_week(tmp_path, replies=[unknown])
    assert found[column].null_count() == 4
    assert set(found[f"{column}_missing"]) == {"owner_unknown"}


def test_reactions_of_two_platforms_are_not_added_up(tmp_path):
    one = posts_and_snapshots(POSTS)
    other = posts_and_snapshots(
        "post | published | reactions\n9 | 2024-03-06 10:00 | 4", platform="instagram", channel="7"
    )
    rows = {name: one[name] + other[name] for name in one} | {"sources": [source()]}
    who = register(("0301", "facebook", "1"), ("0301", "instagram", "7"))
    found = observe(DrawnReading(tmp_path, rows), who, study()).by_week
    assert found["posts"].to_list() == [3, 0, 1, 0]
    assert found["reactions"].null_count() == 4
    assert set(found["reactions_missing"]) == {"several_platforms"}


def test_a_week_whose_posts_reactions_are_not_known_says_so(tmp_path):
    found = by_week(tmp_path, **posts_and_snapshots(POSTS.replace("| 2\n", "| -\n")))
    assert found["reactions"].to_list() == [5, 0, None, 0]
    assert found["reactions_of"].to_list() == [1, 0, 0, 0]
    assert found["reactions_missing"].to_list() == [None, None, "no_reactions_in_week", None]
