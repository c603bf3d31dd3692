"""The measures of `bench.measures` by hand: in SQL for DuckDB as one would write it, and in pandas.

The SQL knows the generated data (one source, one channel a municipality, no links, corrections or
audience readings), so it may leave out what Torg must look for. It computes the same figures for
the same three levels, both clocks of the dialogue included; it draws no intervals.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import duckdb
import holidays

LEVELS = ("municipality", "municipality, platform", "municipality, platform, channel")
COUNTS = ("reactions", "comments", "shares")
OPENS, CLOSES = 8 * 3600, 15 * 3600 + 1800
FIRST, LAST = 19_730, 19_847  # 8 January and 5 May 2024 as days since 1970
CHANGE_S = 1_711_846_800  # Oslo's summer time began
LOCAL = f"(s + CASE WHEN s < {CHANGE_S} THEN 3600 ELSE 7200 END)"

POSTS = f"""
CREATE TEMP TABLE posts AS
WITH read AS (
  SELECT p.channel, p.platform, p.type, p.followers, epoch_us(p.published_at) // 1000000 AS s,
    post_key, s.reactions, s.comments, s.shares, epoch_us(s.read_at) // 1000000 AS read_s
  FROM read_parquet('{{folder}}/posts.parquet') p
  LEFT JOIN read_parquet('{{folder}}/snapshots.parquet') s USING (post_key)),
ordered AS (
  SELECT *, row_number() OVER (PARTITION BY post_key ORDER BY
    CASE WHEN read_s - s BETWEEN 518400 AND 777600 THEN abs(read_s - s - 604800)
    ELSE 1099511627776 - (read_s - s) END) AS place,
    read_s - s BETWEEN 518400 AND 777600 AS at_age FROM read)
SELECT substr(channel, -4) AS municipality, platform, channel, type, followers, reactions, comments,
  shares, at_age, {LOCAL} // 86400 AS day, ({LOCAL} // 86400 + 3) // 7 AS week
FROM ordered WHERE place = 1 AND {LOCAL} // 86400 BETWEEN {FIRST} AND {LAST}
"""

SUMS = ", ".join(
    f"count({c}) AS n_{c}, count(*) FILTER ({c} > 0) AS some_{c}, sum({c}) AS sum_{c}, "
    f"sum({c}) FILTER (followers IS NOT NULL) AS f_{c}, sum(followers) FILTER ({c} IS NOT NULL) "
    f"AS of_{c}"
    for c in COUNTS
)
TYPES = ", ".join(
    f"count(*) FILTER (type IN {types}) AS t_{n}"
    for n, types in enumerate(("('photo', 'album')", "('video', 'live')", "('link')", "('text')"))
)
DAYS = f"""
CREATE TEMP TABLE days AS
SELECT municipality, platform, channel, day, week, count(*) AS posts, sum(at_age::INT) AS at_age,
  {SUMS}, {TYPES}, count(type) AS typed, sum(reactions + comments + shares) AS interactions,
  arg_max(followers, day) AS last_followers
FROM posts GROUP BY ALL
"""

REPLIES = f"""
CREATE TEMP TABLE written AS
SELECT reply_key, parent_key, is_owner, is_question, question_rule, substr(channel, -4)
  AS municipality, platform, channel, epoch_us(published_at) // 1000000 AS s
FROM read_parquet('{{folder}}/replies.parquet');
CREATE TEMP TABLE comments AS
WITH answers AS (
  SELECT parent_key, min(s) AS answer_s FROM written
  WHERE is_owner AND parent_key IS NOT NULL GROUP BY 1),
waited AS (
  SELECT municipality, platform, channel, is_question, s, answer_s, {LOCAL} AS l,
    ({LOCAL} // 86400 + 3) // 7 AS week,
    (answer_s + CASE WHEN answer_s < {CHANGE_S} THEN 3600 ELSE 7200 END) AS answer_l
  FROM written LEFT JOIN answers ON answers.parent_key = reply_key
  WHERE written.parent_key IS NULL AND NOT is_owner
    AND {LOCAL} // 86400 BETWEEN {FIRST} AND {LAST})
SELECT municipality, platform, channel, week, is_question, answer_s - s AS seconds,
  1721952000 - s AS followed,
  b.before + greatest(0, least(answer_l % 86400, {CLOSES}) - {OPENS}) * b.is_open
    - a.before - greatest(0, least(l % 86400, {CLOSES}) - {OPENS}) * a.is_open AS office_seconds,
  (SELECT max(before) FROM office WHERE day = 1721952000 // 86400)
    - a.before - greatest(0, least(l % 86400, {CLOSES}) - {OPENS}) * a.is_open AS office_followed
FROM waited JOIN office a ON a.day = l // 86400 LEFT JOIN office b ON b.day = answer_l // 86400
"""

ANSWERED = """
SELECT {keys}, count(*), count({clock}seconds),
  count(*) FILTER ({clock}followed >= 86400),
  count(*) FILTER ({clock}followed >= 86400 AND {clock}seconds <= 86400),
  count(*) FILTER ({clock}followed >= 259200),
  count(*) FILTER ({clock}followed >= 259200 AND {clock}seconds <= 259200),
  median({clock}seconds)
FROM comments WHERE {chosen} GROUP BY {keys}
"""
KAPLAN_MEIER = """
WITH ends AS (
  SELECT {keys}, coalesce({clock}seconds, {clock}followed) AS t, count(*) AS leaving,
    count({clock}seconds) AS answered FROM comments WHERE {chosen} GROUP BY ALL),
risk AS (
  SELECT *, sum(leaving) OVER (PARTITION BY {keys} ORDER BY t DESC) AS at_risk FROM ends),
curve AS (
  SELECT {keys}, t, exp(sum(CASE WHEN at_risk = answered THEN -99 ELSE
    ln((at_risk - answered) / at_risk) END) OVER (PARTITION BY {keys} ORDER BY t)) AS survival,
    lead(t) OVER (PARTITION BY {keys} ORDER BY t) AS later
  FROM risk WHERE answered > 0)
SELECT {keys}, min(t) FILTER (survival <= 0.5),
  sum(survival * (least(coalesce(later, 259200), 259200) - least(t, 259200))) + min(t)
FROM curve GROUP BY {keys}
"""
SILENCE = f"""
SELECT {{keys}}, count(DISTINCT week), max(gap) FROM (
  SELECT *, day - lag(day, 1, {FIRST - 1}) OVER (PARTITION BY {{keys}} ORDER BY day) - 1 AS gap
  FROM days) GROUP BY {{keys}}
"""
WRITTEN = """
SELECT {keys}, count(*) FILTER (parent_key IS NULL AND NOT is_owner),
  count(*) FILTER (is_owner), min(question_rule), max(question_rule)
FROM written GROUP BY {keys}
"""


def by_hand(folder: Path, *, threads: int) -> None:
    """Every measure of three levels, in SQL."""
    con = duckdb.connect(config={"threads": threads, "preserve_insertion_order": False})
    con.execute("SET TimeZone = 'UTC'")
    con.execute("CREATE TEMP TABLE office (day BIGINT, before BIGINT, is_open BIGINT)")
    con.executemany("INSERT INTO office VALUES (?, ?, ?)", _office())
    for statement in (POSTS, DAYS, REPLIES):
        con.execute(statement.format(folder=folder))
    for keys in LEVELS:
        for query in _of_level(keys):
            con.sql(query).to_arrow_table()
    con.execute("SELECT municipality, week, sum(posts) FROM days GROUP BY ALL").fetchall()


def _of_level(keys: str) -> Iterator[str]:
    yield (
        f"SELECT {keys}, sum(COLUMNS(* EXCLUDE ({keys}))) FROM (SELECT * EXCLUDE "
        + (
            f"({', '.join({'municipality', 'platform', 'channel'} - set(keys.split(', ')))}) "
            if keys != LEVELS[2]
            else "(day) "
        )
        + f"FROM days) GROUP BY {keys}"
    )
    yield SILENCE.format(keys=keys)
    medians = ", ".join(f"median({count})" for count in COUNTS)
    yield f"SELECT {keys}, {medians} FROM posts GROUP BY {keys}"
    yield WRITTEN.format(keys=keys)
    for clock in ("", "office_"):
        for chosen in ("true", "is_question"):
            yield ANSWERED.format(keys=keys, clock=clock, chosen=chosen)
            yield KAPLAN_MEIER.format(keys=keys, clock=clock, chosen=chosen)


def _office() -> Iterator[tuple[int, int, int]]:
    free = holidays.country_holidays("NO", years=(2024, 2025))
    before = 0
    for day in range(FIRST - 1, LAST + 200):
        date = dt.date(1970, 1, 1) + dt.timedelta(days=day)
        is_open = int(date.weekday() < 5 and date not in free)
        yield day, before, is_open
        before += is_open * (CLOSES - OPENS)


def by_pandas(folder: Path) -> None:
    """Sums and medians of three levels and the answered shares; less than Torg computes."""
    import pandas as pd

    posts = pd.read_parquet(folder / "posts.parquet").merge(
        pd.read_parquet(folder / "snapshots.parquet"), on="post_key"
    )
    posts["municipality"] = posts["channel"].str[-4:]
    local = posts["published_at"].dt.tz_convert("Europe/Oslo")
    posts["day"] = local.dt.floor("D", ambiguous="NaT", nonexistent="shift_forward")
    replies = pd.read_parquet(folder / "replies.parquet")
    replies["municipality"] = replies["channel"].str[-4:]
    answers = replies[replies["is_owner"]].groupby("parent_key")["published_at"].min()
    comments = replies[replies["parent_key"].isna() & ~replies["is_owner"]]
    comments = comments.join(answers.rename("answered_at"), on="reply_key")
    waited = (comments["answered_at"] - comments["published_at"]).dt.total_seconds()
    comments = comments.assign(seconds=waited, in_a_day=waited <= 86_400)
    for level in LEVELS:
        keys = level.split(", ")
        counts = posts.groupby(keys)[list(COUNTS)]
        counts.sum(), counts.median(), counts.agg(lambda values: (values > 0).mean())
        posts.groupby([*keys, "day"]).size()
        for chosen in (comments, comments[comments["is_question"]]):
            found = chosen.groupby(keys)
            found["seconds"].median(), found["in_a_day"].mean(), found["seconds"].count()
