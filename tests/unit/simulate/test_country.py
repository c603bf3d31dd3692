"""A whole country: its records hang together and come from the seed alone."""

import datetime as dt
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from torg.collect import AUDIENCE, POSTS, REPLIES
from torg.simulate import World, simulate, simulate_weekly, write_country

FRAMES = ("posts", "replies", "audience", "truth")


@pytest.fixture(scope="module")
def country():
    return simulate(11, municipalities=60, weeks=6)


def test_the_same_seed_gives_the_same_country_and_another_seed_another(country):
    again = simulate(11, municipalities=60, weeks=6)
    other = simulate(12, municipalities=60, weeks=6)
    assert all(getattr(country, name).equals(getattr(again, name)) for name in FRAMES)
    assert country.register == again.register
    assert not country.posts.equals(other.posts)


def test_it_says_that_it_is_invented(country):
    assert country.invented
    assert {unit.country for unit in country.register.municipalities} == {"XX"}
    assert {channel.evidence for channel in country.register.channels} == {"invented"}


def test_records_have_the_columns_of_every_import(country):
    assert dict(country.posts.schema) == POSTS
    assert dict(country.replies.schema) == REPLIES
    assert dict(country.audience.schema) == AUDIENCE


def test_the_quick_way_tells_of_the_same_country(country):
    weekly = simulate_weekly(11, municipalities=60, weeks=6)
    assert weekly.truth.equals(country.truth)
    merged = {change.code: change.successor for change in country.register.changes}
    own = [c for c in country.register.channels if c.scope == "municipality"]
    page = {c.platform_id: merged.get(c.code, c.code) for c in own}
    there = country.posts.filter(pl.col("channel").is_in(list(page)))
    counted = there.group_by(municipality=pl.col("channel").replace_strict(page)).agg(
        posts=pl.len().cast(pl.Float64)
    )
    summed = (
        weekly.weekly.filter(measure="posts_per_week")
        .group_by("municipality")
        .agg(pl.col("numerator").sum())
    )
    both = summed.join(counted, on="municipality", how="left").fill_null(0)
    assert both["posts"].equals(both["numerator"], check_names=False)


def test_a_post_counts_every_reply_below_it(country):
    below = country.replies.group_by(native_id="post_native_id").agg(found=pl.len())
    both = country.posts.join(below, on="native_id", how="left").fill_null(0)
    assert both.filter(pl.col("comments") != pl.col("found")).is_empty()


def test_the_page_of_a_municipality_that_merged_falls_silent(country):
    merger = country.register.changes[0].date
    merged = {change.code for change in country.register.changes}
    pages = [c for c in country.register.channels if c.code in merged]
    assert pages
    assert {page.valid_to for page in pages} == {merger}
    for frame, at in ((country.posts, "published_at"), (country.audience, "read_at")):
        own = frame.filter(pl.col("channel").is_in([page.platform_id for page in pages]))
        assert own.height > 0
        assert own[at].max().date() < merger


def test_the_kinds_of_reactions_sum_to_all(country):
    kinds = ("likes", "loves", "wows", "hahas", "sads", "angrys", "cares")
    assert country.posts.filter(pl.sum_horizontal(kinds) != pl.col("reactions")).is_empty()


def test_replies_come_after_what_they_answer_and_before_the_export(country):
    posted = country.posts.select(post_native_id="native_id", posted="published_at")
    asked = country.replies.select(parent_native_id="native_id", asked="published_at")
    replies = country.replies.join(posted, on="post_native_id").join(
        asked, on="parent_native_id", how="left"
    )
    assert replies.height == country.replies.height
    assert replies.filter(pl.col("published_at") < pl.col("posted")).is_empty()
    assert replies.filter(pl.col("published_at") <= pl.col("asked")).is_empty()
    assert replies["published_at"].max() <= country.read_at


def test_owners_answer_in_office_hours_and_some_comments_never(country):
    local = pl.col("published_at").dt.convert_time_zone("Europe/Oslo")
    answers = country.replies.filter("is_owner").select(
        day=local.dt.weekday(), at=local.dt.time(), author="author"
    )
    assert answers.height > 100
    assert answers["day"].max() <= 5
    assert answers["at"].is_between(dt.time(8), dt.time(15, 30)).all()
    assert set(answers["author"]) <= {c.owner_name for c in country.register.channels}


def test_the_window_is_whole_weeks_and_the_youngest_post_is_a_week_old(country):
    zone = ZoneInfo("Europe/Oslo")
    assert (country.start.weekday(), country.end.weekday()) == (0, 6)
    first, last = country.posts["published_at"].min(), country.posts["published_at"].max()
    assert country.start <= first.astimezone(zone).date()
    assert last.astimezone(zone).date() <= country.end
    assert country.read_at - last >= dt.timedelta(days=7)


def test_only_what_asks_has_a_question_mark(country):
    citizens = country.replies.filter(~pl.col("is_owner"), pl.col("parent_native_id").is_null())
    share = citizens["text"].str.ends_with("?").mean()
    assert share == pytest.approx(World().question_share, abs=0.08)


def test_some_municipalities_have_no_page_and_some_have_a_mayors_beside():
    country = simulate(2, municipalities=200, weeks=2)
    channels = country.register.channels
    own = {c.code for c in channels if c.scope == "municipality"}
    assert 180 <= len(own) < 203
    assert {c.scope for c in channels} == {"municipality", "person", "service"}
    assert {c.code for c in channels} == own
    assert len({c.platform_id for c in channels}) == len(channels)
    assert len({c.address for c in channels}) == len(channels)


def test_files_have_the_same_bytes_each_time(country, tmp_path):
    for name in ("one", "two"):
        write_country(country, tmp_path / name)
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.csv"))
    assert [str(path) for path in files] == [
        "exports/audience_2024-02-26.csv",
        "exports/facebook_posts_2024-02-26.csv",
        "exports/replies_2024-02-26.csv",
        "register/changes.csv",
        "register/channels.csv",
        "register/municipalities.csv",
    ]
    for path in files:
        assert (tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes()


@pytest.mark.parametrize("asked", [{"municipalities": 0}, {"municipalities": 10**6}, {"weeks": 0}])
def test_a_country_that_cannot_be_is_refused(asked):
    with pytest.raises(ValueError, match="must be between 1 and"):
        simulate(1, **asked)


@pytest.mark.parametrize(
    "impossible",
    [{"week_memory": 1.0}, {"dormant_share": 0.99, "page_share": 0.5}, {"largest": 300}],
)
def test_a_world_that_cannot_be_is_refused(impossible):
    with pytest.raises(ValueError, match=r"must|cannot"):
        World(**impossible)
