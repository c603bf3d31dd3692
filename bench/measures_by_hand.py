"""The measures of `bench.measures` by hand: in SQL for DuckDB as one would write it.

The SQL knows the generated data, and leaves out what Torg must look for: one source, one channel a
municipality (so that three levels are one), every answer right below its comment and after it, no
links, corrections or audience readings, a type and counts for every post. It draws no intervals and
says no reasons. Every scan and every figure is made once; `bench.measures` holds its figures
against Torg's before it takes the time.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import duckdb
import holidays
import polars as pl

COUNTS = {"p": "reactions", "c": "comments", "v": "shares"}
KINDS = {
    f"{asks}{clock}": (clock, "is_question" if asks else "true")
    for asks in ("", "question_")
    for clock in ("", "office_")
}
OPENS, CLOSES = 8 * 3600, 15 * 3600 + 1800
FIRST, LAST = 19_730, 19_848  # 8 January and 5 May 2024 as days since 1970
DAYS, PEOPLE = LAST - FIRST + 1, 5000
CHANGE_S = 1_711_846_800  # Oslo's summer time began
EXPORTED_S = 1_721_952_000
LOCAL = f"(s + CASE WHEN s < {CHANGE_S} THEN 3600 ELSE 7200 END)"

POSTS = f"""
CREATE TEMP TABLE posts AS
WITH written AS (
  SELECT post_key, channel::BIGINT AS unit, type, followers, epoch_us(published_at) // 1000000 AS s
  FROM read_parquet('{{folder}}/posts.parquet')),
read AS (
  SELECT p.*, reactions, comments, shares, epoch_us(read_at) // 1000000 - s AS age
  FROM written p LEFT JOIN read_parquet('{{folder}}/snapshots.parquet') USING (post_key))
SELECT unit, type, followers, reactions, comments, shares, s, {LOCAL} // 86400 AS day
FROM read WHERE day BETWEEN {FIRST} AND {LAST}
QUALIFY row_number() OVER (PARTITION BY post_key ORDER BY
  CASE WHEN age BETWEEN 518400 AND 777600 THEN abs(age - 604800) ELSE 1099511627776 - age END) = 1
"""
TYPES = {
    "photo": "('photo', 'album')",
    "video": "('video', 'live')",
    "link": "('link')",
    "text": "('text')",
}
DAILY = ", ".join(
    [
        "count(*) AS posts",
        "count(type) AS typed",
        *(f"count(*) FILTER (type IN {types}) AS {name}" for name, types in TYPES.items()),
        *(
            f"count({c}) AS known_{c}, count(*) FILTER ({c} > 0) AS some_{c}, sum({c}) AS sum_{c}, "
            f"sum({c}) FILTER (followers IS NOT NULL) AS f_{c}, "
            f"sum(followers) FILTER ({c} IS NOT NULL) AS of_{c}"
            for c in COUNTS.values()
        ),
        "sum(reactions + comments + shares) AS interactions",
        "sum(reactions + comments + shares) FILTER (followers IS NOT NULL) AS f_interactions",
        "sum(followers) FILTER (reactions + comments + shares IS NOT NULL) AS f",
    ]
)
DAILY_POSTS = f"""
CREATE TEMP TABLE days AS
SELECT unit, day, (day + 3) // 7 AS week, {DAILY}, arg_max(followers, s) AS last FROM posts
GROUP BY unit, day
"""

REPLIES = f"""
CREATE TEMP TABLE written AS
SELECT channel::BIGINT AS unit, reply_key, parent_key, is_owner, is_question,
  epoch_us(published_at) // 1000000 AS s, {LOCAL} // 86400 BETWEEN {FIRST} AND {LAST} AS inside
FROM read_parquet('{{folder}}/replies.parquet')
"""
COMMENTS = f"""
CREATE TEMP TABLE comments AS
WITH answers AS (
  SELECT parent_key, min(s) AS answer_s FROM written
  WHERE is_owner AND parent_key IS NOT NULL GROUP BY parent_key),
waited AS (
  SELECT unit, is_question, s, answer_s, {LOCAL} AS l,
    (answer_s + CASE WHEN answer_s < {CHANGE_S} THEN 3600 ELSE 7200 END) AS answer_l
  FROM written LEFT JOIN answers ON answers.parent_key = reply_key
  WHERE written.parent_key IS NULL AND NOT is_owner AND inside)
SELECT unit, (l // 86400 + 3) // 7 AS week, is_question, (answer_s - s)::INT AS seconds,
  ({EXPORTED_S} - s)::INT AS followed,
  (b.before + greatest(0, least(answer_l % 86400, {CLOSES}) - {OPENS}) * b.is_open
    - a.before - greatest(0, least(l % 86400, {CLOSES}) - {OPENS}) * a.is_open)::INT
    AS office_seconds,
  ({{until}} - a.before - greatest(0, least(l % 86400, {CLOSES}) - {OPENS}) * a.is_open)::INT
    AS office_followed
FROM waited JOIN office a ON a.day = l // 86400 LEFT JOIN office b ON b.day = answer_l // 86400
"""
TALLIES = ", ".join(
    f"count(*) FILTER ({chosen}) AS {prefix}n, "
    f"count({clock}seconds) FILTER ({chosen}) AS {prefix}answered, "
    + ", ".join(
        f"count(*) FILTER ({chosen} AND {clock}followed >= {h * 3600}) AS {prefix}old_{h}, "
        f"count(*) FILTER ({chosen} AND {clock}followed >= {h * 3600} "
        f"AND {clock}seconds <= {h * 3600}) AS {prefix}within_{h}"
        for h in (24, 72)
    )
    + f", sum(least(coalesce({clock}seconds, 259200), 259200)) "
    f"FILTER ({chosen} AND {clock}followed >= 259200) AS {prefix}capped"
    for prefix, (clock, chosen) in KINDS.items()
)
CURVE = """
WITH ends AS (
  SELECT unit, coalesce({clock}seconds, {clock}followed) AS t, count(*) AS leaving,
    count({clock}seconds) AS answered FROM comments WHERE {chosen} GROUP BY ALL),
risk AS (
  SELECT *, sum(leaving) OVER (PARTITION BY unit ORDER BY t DESC) AS at_risk FROM ends),
curve AS (
  SELECT unit, t, answered, exp(sum(CASE WHEN at_risk = answered THEN -99 ELSE
    ln((at_risk - answered) / at_risk) END) OVER w) AS survival,
    sum(answered) OVER w AS so_far, sum(answered) OVER (PARTITION BY unit) AS whole,
    lead(t) OVER w AS later
  FROM risk WHERE answered > 0 WINDOW w AS (PARTITION BY unit ORDER BY t))
SELECT unit,
  min(t) FILTER (survival <= 0.5 + 1e-12) / 3600 AS {prefix}answer_hours_median,
  (sum(survival * (least(coalesce(later, 259200), 259200) - least(t, 259200)))
    + least(min(t), 259200)) / 3600 AS restricted,
  (min(t) FILTER (so_far * 2 >= whole) + min(t) FILTER (so_far * 2 > whole)) / 7200
    AS {prefix}answer_hours_answered_median
FROM curve GROUP BY unit
"""
RESTRICTED = """
SELECT * EXCLUDE (restricted), coalesce(restricted, 72) AS {prefix}answer_hours_rmst72
FROM (SELECT DISTINCT unit FROM comments) LEFT JOIN ({curve}) USING (unit)
"""
SILENCE = f"""
SELECT unit, count(DISTINCT week) AS active_weeks,
  greatest(max(gap), {LAST} - max(day)) AS longest_silence_days
FROM (SELECT *, day - lag(day, 1, {FIRST - 1}) OVER (PARTITION BY unit ORDER BY day) - 1 AS gap
  FROM days) GROUP BY unit
"""
RATIOS = ", ".join(
    [
        f"posts, posts * 7 / {DAYS} AS posts_per_week",
        *(f"{name} / typed AS media_share_{name}" for name in TYPES),
        f"(typed - {' - '.join(TYPES)}) / typed AS media_share_other",
        *(
            f"some_{c} / known_{c} AS {x}1, sum_{c} / known_{c} AS {x}2, "
            f"f_{c} * 1000 / of_{c} AS {x}3"
            for x, c in COUNTS.items()
        ),
        "f_interactions * 1000 / f AS e",
        f"interactions * 1000 * 30.4375::DOUBLE / ({PEOPLE} * {DAYS}) AS engagement_per_1000",
        f"followers, followers * 1000 / {PEOPLE} AS followers_per_1000",
        "followers - at_start AS follower_growth",
        "(followers - at_start) / at_start AS follower_growth_rate",
    ]
)
SHARES = ", ".join(
    [
        *(f"{prefix}answered / {prefix}n AS {prefix}answered_share" for prefix in KINDS),
        *(
            f"{prefix}within_{h} / {prefix}old_{h} AS {prefix}answered_{h}h"
            for prefix in KINDS
            for h in (24, 72)
        ),
    ]
)


def by_hand(folder: Path, *, threads: int, spill: Path) -> pl.DataFrame:
    """Every value by channel (unit, measure, value), in SQL; the weeks are added up beside."""
    config = {
        "threads": threads,
        "preserve_insertion_order": False,
        "temp_directory": str(spill),
    }
    con = duckdb.connect(config=config)
    con.execute("SET TimeZone = 'UTC'")
    con.execute("CREATE TEMP TABLE office (day BIGINT, before BIGINT, is_open BIGINT)")
    office = list(_office())
    con.executemany("INSERT INTO office VALUES (?, ?, ?)", office)
    until = next(
        before + is_open * min(max((EXPORTED_S + 7200) % 86400 - OPENS, 0), CLOSES - OPENS)
        for day, before, is_open in office
        if day == (EXPORTED_S + 7200) // 86400
    )
    for statement in (POSTS, DAILY_POSTS, REPLIES, COMMENTS):
        con.execute(statement.format(folder=folder, until=until))
    return _long(_figures(con))


def _figures(con: duckdb.DuckDBPyConnection) -> Iterator[pl.DataFrame]:
    """Frames of one row a unit."""
    no_names = "* EXCLUDE (unit, day, week, last)"
    sums = f"SELECT unit, {{by}} sum(COLUMNS({no_names})) FROM days GROUP BY ALL"
    _frame(con, sums.format(by="week,"))
    stock = "arg_max(last, day) AS followers, arg_min(last, day) AS at_start"
    whole = f"SELECT unit, {stock}, sum(COLUMNS({no_names})) FROM days GROUP BY unit"
    yield _frame(con, f"SELECT unit, {RATIOS} FROM ({whole})")
    yield _frame(con, SILENCE)
    medians = ", ".join(f"median({c}) AS {c}_median" for c in COUNTS.values())
    yield _frame(con, f"SELECT unit, {medians} FROM posts GROUP BY unit")
    yield _frame(
        con,
        "SELECT *, owner_replies / (owner_replies + posts) AS two_way_ratio FROM (SELECT unit, "
        "count(*) FILTER (parent_key IS NULL AND NOT is_owner) AS comments_received, "
        "count(*) FILTER (is_owner) AS owner_replies FROM written WHERE inside GROUP BY unit) "
        "JOIN (SELECT unit, sum(posts) AS posts FROM days GROUP BY unit) USING (unit)",
    ).drop("posts")
    tallies = _frame(con, f"SELECT unit, week, {TALLIES} FROM comments GROUP BY unit, week")
    con.register("tallies", tallies.to_arrow())
    whole = "SELECT unit, sum(COLUMNS(* EXCLUDE (unit, week))) FROM tallies GROUP BY unit"
    shares = _frame(con, f"SELECT unit, {SHARES} FROM ({whole})")
    yield shares.drop(f"{prefix}answered_share" for prefix in KINDS if "office" in prefix).rename(
        lambda name: name.removesuffix("_share")
    )
    for prefix, (clock, chosen) in KINDS.items():
        curve = CURVE.format(prefix=prefix, clock=clock, chosen=chosen)
        yield _frame(con, RESTRICTED.format(prefix=prefix, curve=curve))


def _frame(con: duckdb.DuckDBPyConnection, query: str) -> pl.DataFrame:
    return pl.DataFrame(pl.from_arrow(con.sql(query).to_arrow_table()))


def _long(frames: Iterator[pl.DataFrame]) -> pl.DataFrame:
    parts = [
        frame.cast(pl.Float64)
        .unpivot(index="unit", variable_name="measure")
        .with_columns(pl.col("unit").cast(pl.Int64))
        for frame in frames
    ]
    return pl.concat(parts)


def _office() -> Iterator[tuple[int, int, int]]:
    free = holidays.country_holidays("NO", years=(2024, 2025))
    before = 0
    for day in range(FIRST - 1, LAST + 200):
        date = dt.date(1970, 1, 1) + dt.timedelta(days=day)
        is_open = int(date.weekday() < 5 and date not in free)
        yield day, before, is_open
        before += is_open * (CLOSES - OPENS)
