"""Week by week: what each municipality wrote and was told, and which weeks nobody saw the end of.

A week counts as seen where every channel that spoke for the municipality in it, and was collected
at all, was looked at on the last of the week's days in the window or later. Of a week that was not
seen nothing is said: no post in it would look like none written.
"""

import datetime as dt
from zoneinfo import ZoneInfo

import polars as pl
from ibis import Table

from torg.measure.build import Built
from torg.measure.clock import midnight_s
from torg.measure.formulas import posts_by_week, replies_of_weeks
from torg.measure.views import BY_WEEK, MUNICIPALITY, Span, Views

WEEK_COLUMNS: dict[str, type[pl.DataType]] = {
    "country": pl.String,
    "municipality": pl.String,
    "week": pl.Date,  # its Monday
    "days": pl.Int64,  # of the week in the window
    "posts": pl.Int64,
    "posts_missing": pl.String,  # a code of REASONS where posts is null
    "reactions": pl.Int64,  # to the week's posts, of one platform only
    "reactions_of": pl.Int64,  # posts whose reactions are known
    "reactions_missing": pl.String,
    "comments": pl.Int64,  # citizens' comments on the top level, written in the week
    "comments_missing": pl.String,
    "owner_replies": pl.Int64,
    "owner_replies_missing": pl.String,
}

NOT_SEEN = "week_not_seen"
_EPOCH = dt.date(1970, 1, 1)
_KEYS = (*MUNICIPALITY, "week_no")


def weeks(built: Built, *, zone: ZoneInfo) -> pl.DataFrame:
    """WEEK_COLUMNS: a row for every week of the window and municipality with a known channel."""
    named = built.groups.named.filter(pl.col("platform").is_null())
    calendar = _calendar(built.views.span, zone)
    grid = named.select(*MUNICIPALITY, "group_no").join(calendar, how="cross")
    counted = grid.join(_counted(built.views), on=["group_no", "week_no"], how="left")
    whole = counted.join(_looks(built, calendar), on=list(_KEYS), how="left")
    told = whole.with_columns(_why_no_posts(), _why_no_replies()).with_columns(_why_no_reactions())
    return told.select(*_shown()).sort("country", "municipality", "week")


def _calendar(span: Span, zone: ZoneInfo) -> pl.DataFrame:
    """week_no, week (Monday), days, and in seconds: from, the last day's beginning, to."""
    rows = []
    for week in span.weeks:
        monday = week * 7 - 3
        first, last = max(monday, span.first_day), min(monday + 6, span.last_day)
        edges = (midnight_s(_day(day), zone) for day in (first, last, last + 1))
        rows.append((week, _day(monday), last - first + 1, *edges))
    names = ("from_s", "last_day_s", "to_s")
    schema = {"week_no": pl.Int64, "week": pl.Date, "days": pl.Int64}
    return pl.DataFrame(rows, {**schema, **dict.fromkeys(names, pl.Int64)}, orient="row")


def _day(number: int) -> dt.date:
    return _EPOCH + dt.timedelta(days=number)


def _counted(views: Views) -> pl.DataFrame:
    """Posts and replies by group and week; is_observed and platforms are of the window."""
    posts = _fetched(
        views,
        posts_by_week(views),
        posts="sum_posts",
        reactions="sum_reactions",
        reactions_of="sum_known_reactions",
        platforms="platforms",
    ).with_columns(is_observed=pl.lit(value=True))
    replies = _fetched(
        views,
        replies_of_weeks(views),
        comments="of_citizens",
        owner_replies="of_owner",
        unknown="of_unknown",
    )
    return posts.join(replies, on=["group_no", "week_no"], how="full", coalesce=True)


def _fetched(views: Views, table: Table, **columns: str) -> pl.DataFrame:
    wanted = {name: table[column] for name, column in columns.items()}
    return views.engine.fetch(table.select(*BY_WEEK, **wanted)).rename({"week": "week_no"})


def _looks(built: Built, calendar: pl.DataFrame) -> pl.DataFrame:
    """By municipality and week: is_seen, and of the replies are_replies_seen; null: of nobody."""
    spoke = _spoke(built, calendar).join(_until(built.views), on="channel_no", how="left")
    last = pl.col("last_day_s")
    return spoke.group_by(_KEYS).agg(
        is_seen=_all_reach(pl.col("seen_until_s"), last),
        are_replies_seen=_all_reach(pl.col("heard_until_s"), last),
    )


def _all_reach(until: pl.Expr, last: pl.Expr) -> pl.Expr:
    """Whether all that were looked at were on the last day or later; null where none was."""
    reach = (until >= last).drop_nulls()
    return pl.when(reach.len() > 0).then(reach.all())


def _spoke(built: Built, calendar: pl.DataFrame) -> pl.DataFrame:
    """Which channels were eligible on some day of each week."""
    who = built.population
    periods = who.periods.select("channel_no", start_s="from_s", stop_s="to_s").unique()
    pairs = who.channels.join(periods, on="channel_no").join(calendar, how="cross")
    within = pairs.filter(pl.col("start_s") < pl.col("to_s"), pl.col("stop_s") > pl.col("from_s"))
    return within.select(*_KEYS, "channel_no", "last_day_s").unique()


def _until(views: Views) -> pl.DataFrame:
    """Until when each channel was looked at, and until when the replies to it."""
    replies = views.replies
    heard = replies.group_by("channel_no").aggregate(heard_until_s=replies.observed_until_s.max())
    seen = views.engine.fetch(views.channels.select("channel_no", "seen_until_s"))
    return seen.join(views.engine.fetch(heard), on="channel_no", how="left")


def _why_no_posts() -> pl.Expr:
    return (
        pl.when(pl.col("is_observed").is_null())
        .then(pl.lit("not_collected"))
        .when(~pl.col("is_seen").fill_null(value=False))
        .then(pl.lit(NOT_SEEN))
        .alias("posts_missing")
    )


def _why_no_reactions() -> pl.Expr:
    return (
        pl.when(pl.col("posts_missing").is_not_null())
        .then("posts_missing")
        .when(pl.col("platforms") > 1)
        .then(pl.lit("several_platforms"))
        .when((pl.col("posts") > 0) & (pl.col("reactions_of") == 0))
        .then(pl.lit("no_reactions_in_week"))
        .alias("reactions_missing")
    )


def _why_no_replies() -> pl.Expr:
    """As of the whole window: who speaks must be known of all replies."""
    heard = pl.col("comments").is_not_null().any().over(MUNICIPALITY)
    unknown = (pl.col("unknown").fill_null(0) > 0).any().over(MUNICIPALITY)
    return (
        pl.when(pl.col("is_observed").is_null())
        .then(pl.lit("not_collected"))
        .when(~heard)
        .then(pl.lit("no_replies_collected"))
        .when(unknown)
        .then(pl.lit("owner_unknown"))
        .when(~pl.col("are_replies_seen").fill_null(value=False))
        .then(pl.lit(NOT_SEEN))
        .alias("replies_missing")
    )


def _shown() -> list[pl.Expr]:
    is_there = pl.col("posts_missing").is_null()
    are_heard = pl.col("replies_missing").is_null()
    columns = {
        "posts": pl.when(is_there).then("posts"),
        "reactions": pl.when(pl.col("reactions_missing").is_null()).then("reactions"),
        "reactions_of": pl.when(is_there & (pl.col("platforms") <= 1)).then("reactions_of"),
        "comments": pl.when(are_heard).then(pl.col("comments").fill_null(0)),
        "comments_missing": pl.col("replies_missing"),
        "owner_replies": pl.when(are_heard).then(pl.col("owner_replies").fill_null(0)),
        "owner_replies_missing": pl.col("replies_missing"),
    }
    return [
        columns.get(name, pl.col(name)).cast(kind).alias(name)
        for name, kind in WEEK_COLUMNS.items()
    ]
