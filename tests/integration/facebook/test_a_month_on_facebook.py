"""Days of rounds against a Facebook page: what is deleted goes, what is refused stays."""

import pytest

from tests.lib.graph_fake import Comment, GraphFake, Page, Post, Token
from tests.lib.months import Month
from tests.lib.nightly import scale

PAGE = "1001"
ADDRESS = f"https://www.facebook.com/{PAGE}"


@pytest.fixture
def month(tmp_path, monkeypatch):
    made = Month(
        tmp_path, monkeypatch, platform="facebook", channel=PAGE, address=ADDRESS, shows="own"
    )
    made.send = GraphFake(
        pages=[Page(PAGE, "Fjordvik", followers=50, fans=40)],
        tokens={"own": Token("PAGE", (PAGE,))},
    )
    return made


def post(month, number, **further):
    made = Post(f"50{number:04}", month.now, message=f"Innlegg {number}", **further)
    month.send.pages[0].posts.append(made)
    return made


def comment(month, post, number, text, **further):
    made = Comment(f"{post.id}_{number}", text, month.now, **further)
    post.comments.append(made)
    return made


def test_what_is_said_and_deleted_day_by_day(month):
    days = scale(2, 28)
    for day in range(days):
        made = post(month, day, reactions={"LIKE": day})
        comment(month, made, 1, f"words of {day}")
        regretted = comment(month, made, 2, f"regretted words of {day}")
        comment(month, made, 3, f"answer of {day}", parent=f"{made.id}_1", author=PAGE)
        month.round()
        month.hours(12)
        made.comments.remove(regretted)
        month.hours(12)
    month.round()
    month.hours(24)
    month.round()
    assert len(month.rows("posts", "native_id")) == days
    held = {text for (text,) in month.rows("citizens", "text") if text}
    assert held == {f"{w} of {d}" for d in range(days) for w in ("words", "answer")}
    assert month.says(*(f"regretted words of {day}" for day in range(days))) == set()


def test_a_token_that_is_taken_back_makes_nothing_vanish(month):
    made = post(month, 1)
    comment(month, made, 1, "words")
    month.round()
    month.round()
    month.send.tokens["own"].taken_back = True
    month.hours(25)
    month.round()
    visits = month.archive.reading().visits()
    assert "refused" in set(visits["outcome"])
    assert any("taken Torg's app out" in detail for detail in visits["detail"].drop_nulls())
    assert month.says("Innlegg 1", "words") == {"Innlegg 1", "words"}
    month.send.tokens["own"].taken_back = False
    made.comments.clear()
    month.hours(25)
    month.round()
    month.hours(25)
    month.round()
    assert {text for (text,) in month.rows("citizens", "text") if text} == set()


def test_followers_and_likes_are_kept_apart_day_by_day(month):
    month.round()
    month.hours(25)
    month.send.pages[0].followers = 60
    month.round()
    assert sorted(month.rows("audience", "kind", "followers")) == [
        ("followers", 50),
        ("followers", 60),
        ("likes", 40),
        ("likes", 40),
    ]
