"""Conversations under posts from small drawn tables, as the views that a formula sees.

::

    conversation('''
        reply | parent | at               | by      | asks
        1     |        | 2024-03-04 10:00 | citizen | yes
        2     | 1      | 2024-03-04 12:00 | owner   |
    ''', until="2024-03-10 10:00")

Instants are UTC; `offset_hours` is what the reader's clock is ahead of it. `by` is owner, citizen,
the name of a citizen, or ? where the owner is not known. `asks` is yes, no or empty (no text).
Columns not drawn take their default: municipality 0301, channel "1", in the window, no parent.
"""

import datetime as dt
from functools import cache
from typing import Any

import polars as pl
from ibis import Table

from torg.measure.engine import Engine, connect
from torg.measure.groups import groups
from torg.measure.views import CHANNEL, MUNICIPALITY, Formula, Span, Views
from torg.study import Office

INT = pl.Int64()
REPLIES = {
    "channel_no": pl.Int32(), "reply_key": INT, "post_key": INT, "parent_key": INT,
    "published_s": INT, "local_s": INT, "day": INT, "week": INT, "in_window": pl.Boolean(),
    "is_owner": pl.Boolean(), "is_question": pl.Boolean(), "question_rule": pl.String(),
    "observed_until_s": INT, "observed_until_local_s": INT, "access": pl.String(),
}  # fmt: skip
POSTS = {
    "channel_no": pl.Int32(), "post_key": INT, "day": INT, "week": INT, "type": pl.String(),
    "followers_x2": INT, "reactions": INT, "comments": INT, "shares": INT, "at_age": pl.Boolean(),
    "kind": pl.String(), "access": pl.String(),
}  # fmt: skip
CHANNELS = {
    "channel_no": pl.Int32(), "country": pl.String(), "municipality": pl.String(),
    "platform": pl.String(), "channel": pl.String(),
}  # fmt: skip
RULE = "nb+nn-1"


@cache
def shared_engine() -> Engine:
    """One engine for all conversations of a test run: to open one takes longer than to ask it."""
    return connect("duckdb", threads=2)


def drawn(table: str) -> list[dict[str, str]]:
    """The rows of a drawn table; an empty cell is an empty text."""
    lines = [line for line in table.strip().splitlines() if line.strip()]
    cells = [[cell.strip() for cell in line.split("|")] for line in lines]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[1:]]


def seconds(at: str) -> int:
    return int(dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC).timestamp())


def conversation(table: str, *, until: str, **settings: Any) -> Views:
    """The views of a drawn conversation, followed until the instant `until`."""
    said = [
        {
            "municipality": row.get("municipality") or "0301",
            "channel": row.get("channel") or "1",
            "reply": int(row["reply"]),
            "parent": int(row["parent"]) if row.get("parent") else None,
            "at": seconds(row["at"]),
            "by": row["by"],
            "asks": {"yes": True, "no": False, "": None}[row.get("asks", "")],
            "in_window": row.get("in_window") != "no",
            "until": seconds(row.get("until") or until),
        }
        for row in drawn(table)
    ]
    return views(said, **settings)


def views(
    said: list[dict[str, Any]],
    *,
    posts: dict[str, int] | None = None,  # channel -> number of posts, all in the first week
    country: str = "NO",
    offset_hours: int = 0,
    office: Office | None = None,
    own_hours: dict[tuple[str, str], Office] | None = None,
    signed: bool = False,
    rule: str = RULE,
    access: str = "public_page",
    engine: Engine | None = None,
) -> Views:
    engine = engine or shared_engine()
    places = sorted(
        {(s["municipality"], s["channel"]) for s in said}
        | {
            ("0301", channel)
            for channel in (posts or {})
            if channel not in {s["channel"] for s in said}
        }
    )
    numbers = {place: number for number, place in enumerate(places)}
    offset = offset_hours * 3600
    replies = [
        _reply(s, numbers[s["municipality"], s["channel"]], offset, rule, access) for s in said
    ]
    days = [row["day"] for row in replies] or [0]
    span = Span(
        first_day=min(days), last_day=max(days), start_s=min(days) * 86400,
        stop_s=(max(days) + 1) * 86400, weeks=tuple(week_range(days)),
    )  # fmt: skip
    named = [_place(place, number, country) for place, number in numbers.items()]
    many = [
        {"channel_no": numbers[place], "post_key": number, "week": span.weeks[0]}
        for place in places
        for number in range((posts or {}).get(place[1], 0))
    ]
    citizens = [
        {"reply_key": s["reply"], "author_key": s["by"]}
        for s in said
        if signed and s["by"] not in ("owner", "citizen", "?")
    ]
    names = pl.DataFrame(named, schema=CHANNELS)
    channels = names.with_columns(population=pl.lit(1000), observed=pl.lit(True))
    return Views(
        municipalities=engine.table(
            channels.select(*MUNICIPALITY, "population").unique().sort(MUNICIPALITY)
        ),
        channels=engine.table(channels),
        groups=engine.table(groups(names).members.join(channels, on="channel_no")),
        posts=engine.table(pl.DataFrame(many, schema=POSTS)),
        replies=engine.table(pl.DataFrame(replies, schema=REPLIES)),
        citizens=engine.table(
            pl.DataFrame(citizens, schema={"reply_key": INT, "author_key": pl.String()})
        ),
        audience=engine.table(channels),
        span=span,
        engine=engine,
        office=office or Office(),
        own_hours=own_hours or {},
    )


def week_range(days: list[int]) -> range:
    """The Monday-based weeks that hold some days (since 1970-01-01)."""
    return range((min(days) + 3) // 7, (max(days) + 3) // 7 + 1)


def measured(views: Views, formulas: tuple[Formula, ...]) -> pl.DataFrame:
    """The municipalities' own rows of some formulas, sorted."""
    frames = [_named(views, formula.rows(views)) for formula in formulas]
    return pl.concat(frames).sort(*MUNICIPALITY, "measure")


def weekly(views: Views, formulas: tuple[Formula, ...]) -> pl.DataFrame:
    frames = [_named(views, f.weekly(views)) for f in formulas if f.weekly]
    return pl.concat(frames).sort(*MUNICIPALITY, "measure", "week")


def _named(views: Views, rows: Table) -> pl.DataFrame:
    """Rows of groups under the municipalities whose own groups they are."""
    channels = views.engine.fetch(views.channels.select("channel_no", *CHANNEL))
    named = groups(channels).named.filter(pl.col("platform").is_null())
    return named.select(*MUNICIPALITY, "group_no").join(views.engine.fetch(rows), on="group_no")


def _place(place: tuple[str, str], number: int, country: str) -> dict[str, Any]:
    return {
        "country": country,
        "municipality": place[0],
        "platform": "facebook",
        "channel": place[1],
        "channel_no": number,
    }


def _reply(s: dict[str, Any], number: int, offset: int, rule: str, access: str) -> dict[str, Any]:
    local = s["at"] + offset
    return {
        "channel_no": number,
        "reply_key": s["reply"],
        "post_key": 1,
        "parent_key": s["parent"],
        "published_s": s["at"],
        "local_s": local,
        "day": local // 86400,
        "week": (local // 86400 + 3) // 7,
        "in_window": s["in_window"],
        "is_owner": None if s["by"] == "?" else s["by"] == "owner",
        "is_question": s["asks"],
        "question_rule": rule,
        "observed_until_s": s["until"],
        "observed_until_local_s": s["until"] + offset,
        "access": access,
    }
