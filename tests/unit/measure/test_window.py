"""Where the window is open, the archive closes it; where it cannot, the user is asked."""

import datetime as dt
from pathlib import Path

import pytest

from tests.lib.drawn_archive import DrawnReading, instant, posts_and_snapshots, register, source
from torg.errors import MeasureError
from torg.measure.build import build
from torg.measure.engine import connect
from torg.study import Study

TOWN = register(("0301", "facebook", "1"))
OPEN = Study(folder=Path(), id="open", title="Open")


def reply(key, channel, published):
    place = {"source_id": "a", "platform": "facebook", "channel": channel}
    return {**place, "reply_key": key, "post_key": 1, "published_at": instant(published)}


def archive(folder):
    rows = posts_and_snapshots("post | published | reactions\n1 | 2024-03-04 10:00 | 5")
    replies = [reply(1, "1", "2024-03-06 23:30"), reply(2, "unclaimed", "2025-03-06 23:30")]
    return DrawnReading(folder, {**rows, "replies": replies, "sources": [source()]})


def test_an_open_window_holds_all_posts_and_comments_of_eligible_channels(tmp_path):
    built = build(archive(tmp_path), TOWN, OPEN, connect("duckdb"))
    assert (built.start, built.end) == (dt.date(2024, 3, 4), dt.date(2024, 3, 7))  # Oslo's days
    assert built.population_date == built.end


def test_days_that_are_given_come_before_the_archives(tmp_path):
    built = build(archive(tmp_path), TOWN, OPEN, connect("duckdb"), end=dt.date(2024, 3, 31))
    assert (built.start, built.end) == (dt.date(2024, 3, 4), dt.date(2024, 3, 31))


def test_an_open_window_over_nothing_is_a_question_to_the_user(tmp_path):
    with pytest.raises(MeasureError, match="--from and --to"):
        build(DrawnReading(tmp_path, {"sources": [source()]}), TOWN, OPEN, connect("duckdb"))
