"""What is due when: each table is a channel's history, and what is asked of it next.

Moments are hours before now; now is noon on 2 March 2026.
"""

import datetime as dt

import pytest

from tests.lib.platforms import board_platform
from torg.collect.platforms import Followed
from torg.follow import Held, Last, Post, Reply, due
from torg.study import Follow, Study, Window

NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
TOWN = Followed("bluesky", "did:1", "town.example", "https://bsky.app/profile/town.example")
STUDY = Study(folder="/", id="a", title="A", follow=Follow(contact="https://example.org"))


def ago(hours):
    return NOW - dt.timedelta(hours=hours)


def asked(hours, outcome="ok", *, failures=0, ok=None, mark=None):
    """A visit so many hours ago."""
    went_well = outcome in ("ok", "partial")
    ok_at = ago(hours) if went_well else (ago(ok) if ok is not None else None)
    return Last(ago(hours), outcome, ok_at, failures or int(outcome == "failed"), mark)


def post(name, age, *read, comments=None):
    """A post so many hours old, read so many hours ago."""
    return Post(name, ago(age), tuple(ago(hours) for hours in read), comments)


def tasks(*, visits=(), posts=(), replies=(), study=STUDY, platform=None, followed=(TOWN,)):
    key = TOWN.platform, TOWN.channel
    known = Held(
        visits={(*key, *what): last for what, last in dict(visits).items()},
        posts={key: tuple(posts)},
        replies={key: tuple(replies)},
    )
    platforms = {"bluesky": platform or board_platform()}
    return due(followed, known, study=study, platforms=platforms, now=NOW)


FRESH = {("profile", None): asked(1), ("posts", None): asked(1), ("presence", None): asked(1)}


def whats(**known):
    return [(task.what, task.subjects) for task in tasks(**known)]


# -- the channel as a whole --


def test_a_new_channel_is_asked_for_its_profile_and_the_posts_of_thirty_days():
    profile, posts = tasks()
    assert (profile.what, posts.what) == ("profile", "posts")
    assert posts.since == ago(30 * 24)


def test_the_first_look_goes_back_to_the_windows_first_day():
    """Midnight on 1 January in Oslo is eleven in the evening before, in UTC."""
    study = STUDY.model_copy(update={"window": Window(**{"from": dt.date(2026, 1, 1)})})
    posts = tasks(study=study)[1]
    assert posts.since == dt.datetime(2025, 12, 31, 23, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("what", "hours", "is_due"),
    [
        ("profile", 22.7, False),
        ("profile", 22.9, True),  # a twentieth early, or a round an hour would make it 25
        ("posts", 5.6, False),
        ("posts", 5.8, True),
    ],
)
def test_followers_daily_and_posts_every_six_hours(what, hours, is_due):
    visits = {**FRESH, (what, None): asked(hours)}
    assert whats(visits=visits) == ([(what, ())] if is_due else [])


def test_posts_are_asked_for_from_a_day_before_the_last_look_that_went_well():
    """The last look failed; the one before, 30 hours ago, did not. Its mark is still there."""
    visits = {**FRESH, ("posts", None): asked(7, "failed", ok=30, mark="cursor")}
    [task] = tasks(visits=visits)
    assert (task.since, task.mark) == (ago(54), "cursor")


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(1, 15), (2, 60), (3, 4 * 60), (4, 6 * 60), (5, 6 * 60), (99, 6 * 60)],
)
def test_after_failures_it_rests_longer_and_longer(failures, minutes):
    """A twentieth early, as all that is due, so that rounds at fixed hours do not miss it."""
    for waited, is_due in ((minutes * 0.94, False), (minutes * 0.96, True)):
        visits = {**FRESH, ("posts", None): asked(waited / 60, "failed", failures=failures)}
        assert bool(tasks(visits=visits)) is is_due


def test_of_a_channel_that_is_gone_only_the_profile_is_asked():
    visits = {("profile", None): asked(2, "gone"), ("posts", None): asked(100)}
    assert whats(visits=visits, posts=[post("a", 30)]) == []
    visits = {("profile", None): asked(25, "gone"), ("posts", None): asked(100)}
    assert whats(visits=visits) == [("profile", ())]


def test_a_visit_from_the_future_counts_for_nothing():
    """The clock was a year ahead, and has been set right."""
    visits = {**FRESH, ("posts", None): asked(-365 * 24)}
    [task] = tasks(visits=visits)
    assert (task.what, task.since) == ("posts", ago(30 * 24))


def test_the_channel_that_has_waited_longest_comes_first():
    late, never = Followed("bluesky", "did:2", None, ""), Followed("bluesky", "did:3", None, "")
    known = Held(
        visits={
            ("bluesky", "did:1", "posts", None): asked(10),
            ("bluesky", "did:2", "posts", None): asked(20),
        }
    )
    found = due(
        [TOWN, late, never], known, study=STUDY, platforms={"bluesky": board_platform()}, now=NOW
    )
    assert list(dict.fromkeys(task.followed.channel for task in found)) == [
        "did:3", "did:2", "did:1",
    ]  # fmt: skip


# -- counts at the ages of 24 hours, 7 days, 30 days --


@pytest.mark.parametrize(
    ("age", "read", "is_due"),
    [
        (23, [20], False),  # not yet a day old
        (24, [20], True),
        (30, [6.5], False),  # read at 23.5 hours: near enough, the slack of a day being one hour
        (30, [7.5], True),
        (30, [5], False),
        (100, [1], False),
        (100, [99], True),  # the day's reading was missed: it is read now, at its real age
        (168, [140], True),
        (168, [1], False),  # read at 167 hours, the slack of a week being seven
        (700, [300], False),
        (720, [300], True),
        (720 + 14 * 24, [500], True),
        (720 + 16 * 24, [500], False),  # too late even for the last age
        (24, [], True),
    ],
)
def test_counts_are_read_when_an_age_is_passed(age, read, is_due):
    found = whats(visits=FRESH, posts=[post("a", age, *read)])
    assert (("counts", ("a",)) in found) is is_due


def test_counts_of_several_posts_are_asked_for_together():
    known = [post(name, 30, 29, comments=0) for name in "abc"]
    visits = FRESH
    found = [t for t in whats(visits=visits, posts=known) if t[0] == "counts"]
    assert found == [("counts", ("a", "b")), ("counts", ("c",))]


def test_a_post_whose_counts_are_hidden_is_not_asked_again_and_again():
    """The answer had no count, so no reading is there; the visit is."""
    visits = {**FRESH, ("counts", "a"): asked(2)}
    assert "counts" not in [what for what, _ in whats(visits=visits, posts=[post("a", 30)])]


def test_a_post_that_a_look_at_new_posts_will_show_is_left_to_it():
    """That look goes back to 30 hours ago: to a day before the one of six hours ago."""
    visits = {**FRESH, ("posts", None): asked(6)}
    known = [post("in", 29, 28, comments=0), post("out", 31, 30, comments=0)]
    counts = [subjects for what, subjects in whats(visits=visits, posts=known) if what == "counts"]
    assert counts == [("out",)]


def test_a_reading_of_the_future_is_none():
    assert ("counts", ("a",)) in whats(visits=FRESH, posts=[post("a", 30, 29, -8760)])


def test_a_post_that_is_gone_is_not_asked_about():
    visits = {**FRESH, ("counts", "a"): asked(40, "gone"), ("replies", "a"): asked(40, "gone")}
    assert {what for what, _ in whats(visits=visits, posts=[post("a", 80, 79)])} <= {"presence"}


# -- replies --


@pytest.mark.parametrize(
    ("age", "heard", "is_due"),
    [
        (2, None, True),
        (20, 5, False),
        (20, 6, True),  # in the first day every six hours
        (60, 11, False),
        (60, 12, True),  # until the third every twelve
        (150, 22, False),
        (150, 24, True),  # until the seventh daily
        (400, 60, False),
        (400, 72, True),  # until the thirtieth every three days
        (721, 2, True),  # once more at the end
        (721, 0.5, False),
        (730, 3, False),
        (730 + 16 * 24, 400, False),
    ],
)
def test_replies_are_looked_for_less_and_less_often(age, heard, is_due):
    visits = dict(FRESH)
    if heard is not None:
        visits["replies", "a"] = asked(heard)
    found = tasks(visits=visits, posts=[post("a", age, 0.1, comments=3)])
    assert any(task.what == "replies" for task in found) is is_due


def test_a_post_without_comments_is_not_asked_for_them():
    """Six hours ago a reading said that there were none: looked at as if asked then."""
    for read, is_due in ((5, False), (6, True)):
        found = whats(visits=FRESH, posts=[post("a", 20, read, comments=0)])
        assert (("replies", ("a",)) in found) is is_due


def test_the_post_that_has_waited_longest_comes_first():
    known = [post(name, 20, 0.1, comments=3) for name in "abc"]
    visits = {**FRESH, ("replies", "a"): asked(7), ("replies", "b"): asked(9)}
    found = [subjects for what, subjects in whats(visits=visits, posts=known) if what == "replies"]
    assert found == [("c",), ("b",), ("a",)]


# -- are they still there? --


def test_posts_and_kept_replies_are_asked_for_daily_some_at_a_time():
    known = [post(name, 40 * 24, 9 * 24, comments=0) for name in "abc"]
    visits = {**FRESH, ("presence", None): asked(24)}
    found = [
        (t.of, t.subjects)
        for t in tasks(visits=visits, posts=known, replies=[Reply("r", "a")])
        if t.what == "presence"
    ]
    assert found == [("posts", ("a", "b")), ("posts", ("c",)), ("replies", ("r",))]


def test_kept_replies_are_asked_for_though_a_list_was_read_lately():
    """That a list does not name a reply is no sign that it is gone, so none is spared."""
    visits = {**FRESH, ("presence", None): asked(24), ("replies", "a"): asked(1)}
    known = [post("a", 40, 1, comments=2)]
    found = tasks(visits=visits, posts=known, replies=[Reply("r", "a"), Reply("s", "a")])
    assert [t.subjects for t in found if t.of == "replies"] == [("r", "s")]


def test_it_goes_on_where_it_came_to():
    """What each task leaves as its mark is what the next round begins with."""
    known = [post(name, 40 * 24, 9 * 24, comments=0) for name in "abcde"]
    visits = {k: v for k, v in FRESH.items() if k[0] != "presence"}
    first, second, third = tasks(visits=visits, posts=known)
    assert [t.subjects for t in (first, second, third)] == [("a", "b"), ("c", "d"), ("e",)]
    for left, still in ((first, [second, third]), (second, [third]), (third, [])):
        visits["presence", None] = asked(1, mark=left.leaves)
        again = tasks(visits=visits, posts=known)
        assert [t.subjects for t in again] == [t.subjects for t in still]
    # A day after it began it begins anew.
    visits["presence", None] = asked(24, mark=third.leaves.replace("03-02T", "03-01T"))
    assert len(tasks(visits=visits, posts=known)) == 3


def test_after_a_failure_it_goes_on_from_before_it():
    known = [post(name, 40 * 24, 9 * 24, comments=0) for name in "abc"]
    visits = {k: v for k, v in FRESH.items() if k[0] != "presence"}
    _, second = tasks(visits=visits, posts=known)
    visits["presence", None] = asked(1, "failed", mark=second.mark)
    assert [t.subjects for t in tasks(visits=visits, posts=known)] == [("c",)]


def test_a_post_that_was_just_read_is_there():
    visits = {k: v for k, v in FRESH.items() if k[0] != "presence"}
    assert tasks(visits=visits, posts=[post("a", 40 * 24, 3, comments=0)]) == ()


def test_where_ids_name_people_their_replies_are_listed_anew_instead():
    """No id is kept that could be asked for: the post's replies are, daily, while words are."""
    platform = board_platform(ids_name_authors=True)
    visits = {**FRESH, ("replies", "old"): asked(24), ("replies", "new"): asked(23 * 0.95)}
    known = [Reply("h:1", "old"), Reply("h:2", "old"), Reply("h:3", "new"), Reply("h:4", None)]
    found = whats(
        visits={**visits, ("replies", "new"): asked(20)}, replies=known, platform=platform
    )
    assert found == [("replies", ("old",))]


def test_what_a_platform_cannot_be_asked_is_not():
    platform = board_platform()
    only = board_platform(visits={"posts": platform.visits["posts"]})
    assert whats(platform=only, posts=[post("a", 50)]) == [("posts", ())]
