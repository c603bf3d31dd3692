"""Days of rounds against YouTube: the archive says in the end what YouTube says, and not more."""

import datetime as dt

import pytest

from tests.lib.months import Month
from tests.lib.nightly import scale
from tests.lib.youtube_fake import KEY, Channel, Comment, Video, YouTubeFake

FJORDVIK = "UCfjordvik00000000000000"
ADDRESS = f"https://www.youtube.com/channel/{FJORDVIK}"


@pytest.fixture
def month(tmp_path, monkeypatch):
    made = Month(
        tmp_path, monkeypatch, platform="youtube", channel=FJORDVIK, address=ADDRESS, shows=KEY
    )
    made.send = YouTubeFake([Channel(FJORDVIK, "@fjordvik", subscribers=500)])
    return made


def video(month, number, **further):
    made = Video(f"video-{number:05}", FJORDVIK, month.now, title=f"Møte {number}", **further)
    month.send.videos.append(made)
    return made


def comment(month, video, number, text, **further):
    made = Comment(f"Ugxcomment{number:016}", text, month.now, **further)
    video.comments.append(made)
    return made


def test_what_is_said_edited_and_deleted_day_by_day(month):
    days = scale(2, 28)
    for day in range(days):
        made = video(month, day, likes=day)
        edited = comment(month, made, 10 * day, f"first words of {day}")
        deleted = comment(month, made, 10 * day + 1, f"regretted words of {day}")
        answer = Comment(f"Ugxcomment{10 * day + 2:016}", "Takk!", month.now, author=FJORDVIK)
        edited.answers.append(answer)
        month.round()
        month.hours(6)
        edited.text, edited.updated = f"second words of {day}", month.now
        month.round()
        month.hours(6)
        made.comments.remove(deleted)
        month.hours(12)
    month.round()
    month.hours(24)
    month.round()
    assert [row[0] for row in month.rows("posts", "native_id")] == [
        f"video-{day:05}" for day in range(days)
    ]
    held = month.rows("citizens", "text")
    assert {text for (text,) in held if text} == {f"second words of {d}" for d in range(days)} | {
        "Takk!"
    }
    regretted = [f"regretted words of {day}" for day in range(days)]
    older = [f"first words of {day}" for day in range(days)]
    assert month.says(*regretted, *older) == set()
    owners = [row for row in month.rows("replies", "native_id", "is_owner") if row[1]]
    assert len(owners) == days


def test_a_deleted_video_loses_its_words_within_a_day_and_keeps_its_counts(month):
    video(month, 1, likes=7)
    month.round()
    month.send.videos.clear()
    month.hours(24)
    month.round()
    assert month.says("Møte 1") == set()
    assert month.rows("snapshots", "likes") == [(7,)]


def test_when_the_days_units_are_used_up_the_next_day_goes_on(tmp_path, monkeypatch):
    month = Month(
        tmp_path,
        monkeypatch,
        platform="youtube",
        channel=FJORDVIK,
        address=ADDRESS,
        shows=KEY,
        more='\n[[follow.budget]]\nserver = "youtube"\ncalls = 600\nseconds = 60\nunits = 8\n',
    )
    month.send = YouTubeFake([Channel(FJORDVIK, "@fjordvik", subscribers=500)])
    for number in range(6):
        made = video(month, number)
        comment(month, made, number, f"words {number}")
    month.round()
    month.round()
    assert len(month.send.asked) == 8  # not one more
    asked = len(month.rows("citizens", "text"))
    assert asked < 6
    while month.now < dt.datetime(2026, 3, 3, 9, tzinfo=dt.UTC):  # past midnight in California
        month.hours(1)
    month.round()
    month.round()
    assert len(month.rows("citizens", "text")) == 6


def test_after_thirty_days_without_a_new_reading_nothing_is_kept(month):
    video(month, 1)
    month.round()
    month.hours(31 * 24)
    month.send.fails = dict.fromkeys(("channels", "playlistItems", "videos"), (403, "forbidden"))
    month.round()
    assert month.says("Møte 1") == set()
