"""What was observed of every unit of a frame, whether it answered the survey or not."""

import datetime as dt

import polars as pl

from torg.register import Register
from torg.survey import OBSERVED

HAS_PAGE = "has_page:"  # and the platform
REGISTER = "register"  # how a page is known: its address stands there
NO_PAGE = "no_page"  # not a tier: somebody looked, and there is no page to observe

_NAMES = ("country", "unit")
_CELL = (*_NAMES, "measure")

# What is counted in all is nothing where there is no page. Everything else (a share of comments,
# reactions a post, the longest silence) is then not defined, which is not the same as unknown.
_NOTHING_WITHOUT_A_PAGE = (
    "active_weeks",
    "commenters",
    "comments_received",
    "followers",
    "followers_per_1000",
    "owner_replies",
    "posts",
    "posts_per_week",
)
# Reasons that a page which is not there would explain.
_LACKS_A_PAGE = ("no_channel", "not_applicable", "not_collected", "not_observed")


def observed_of(
    measured: pl.DataFrame,
    frame: pl.DataFrame,
    register: Register,
    *,
    day: dt.date,
    by_hand: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """OBSERVED rows: each unit of the `frame` (FRAME) with each measure, sorted.

    `measured` has MEASURE_COLUMNS. A municipality's own rows keep the measure's name, those of its
    platforms become "posts_per_week:bluesky", those of single channels are passed over. What the
    `register` knows on the `day` is "has_page:facebook" = 1; that it knows none is not 0. `by_hand`
    are OBSERVED rows of observers: they fill in what is not known otherwise, and they alone can say
    that there is no page. Of a unit that has none on any platform that was measured, what is
    counted is 0, and what is not defined is missing as "no_page"; the access is "no_page" in both.
    """
    hand = pl.DataFrame(schema=dict(OBSERVED)) if by_hand is None else by_hand
    looked_for = hand.filter(pl.col("measure").str.starts_with(HAS_PAGE))
    pages = _filled(_pages(frame, register, day, looked_for["measure"]), looked_for)
    platforms = _platforms(measured, pages)
    others = hand.filter(~pl.col("measure").str.starts_with(HAS_PAGE))
    grid = _filled(_grid(measured, frame, also=others["measure"]), others)
    known = _without_a_page(grid, _lacking(pages, platforms))
    return pl.concat([pages, known]).select(*OBSERVED).cast(pl.Schema(OBSERVED)).sort(_CELL)


def _pages(frame: pl.DataFrame, register: Register, day: dt.date, also: pl.Series) -> pl.DataFrame:
    """A row for each unit and platform: 1 where the register knows the whole unit's page.

    Of the platforms that any unit is known on, and those of the measures named in `also`.
    """
    known = register.channel_frame(day).filter(pl.col("scope") == "municipality")
    held = known.select(
        "country", unit="municipality", measure=HAS_PAGE + pl.col("platform")
    ).unique()
    asked = held.join(frame, on=_NAMES, how="semi").select("measure")
    measures = pl.concat([asked, also.to_frame("measure")]).unique()
    grid = frame.select(_NAMES).join(measures, how="cross")
    has = grid.join(held.with_columns(value=pl.lit(1.0)), on=_CELL, how="left")
    is_known = pl.col("value").is_not_null()
    return has.with_columns(
        access=pl.when(is_known).then(pl.lit(REGISTER)),
        missing=pl.when(~is_known).then(pl.lit("no_channel")),
    )


def _grid(measured: pl.DataFrame, frame: pl.DataFrame, also: pl.Series) -> pl.DataFrame:
    """Each unit with each measure; what the archive does not have of it was not collected."""
    whole = measured.filter(pl.col("channel").is_null()).select(
        "country",
        pl.col("municipality").alias("unit"),
        measure=pl.concat_str("measure", "platform", separator=":", ignore_nulls=True),
        value="value",
        access="access",
        missing="missing",
        is_there=pl.lit(value=True),
    )
    measures = pl.concat([whole.select("measure"), also.to_frame("measure")]).unique()
    grid = frame.select(_NAMES).join(measures, how="cross")
    rows = grid.join(whole, on=_CELL, how="left")
    of_platform = pl.col("measure").str.contains(":", literal=True)
    absent = pl.when(of_platform).then(pl.lit("no_channel")).otherwise(pl.lit("not_collected"))
    return rows.with_columns(
        missing=pl.when(pl.col("is_there").is_null()).then(absent).otherwise("missing")
    ).drop("is_there")


def _filled(rows: pl.DataFrame, by_hand: pl.DataFrame) -> pl.DataFrame:
    """The rows, with what observers saw, or why they could not, where nothing else is known."""
    unknown = rows.filter(pl.col("value").is_null())
    seen = by_hand.filter(pl.col("value").is_not_null()).join(unknown, on=_CELL, how="semi")
    blank = unknown.filter(pl.col("missing").is_in(_LACKS_A_PAGE))
    why = by_hand.filter(pl.col("value").is_null(), pl.col("missing").is_not_null())
    new = pl.concat([seen, why.join(blank, on=_CELL, how="semi")])
    rest = rows.join(new, on=_CELL, how="anti")
    return pl.concat([rest.select(*OBSERVED), new.select(*OBSERVED)])


def _platforms(measured: pl.DataFrame, pages: pl.DataFrame) -> list[str]:
    """The platforms on which a page would have been measured: all, where no row names any."""
    named = measured["platform"].drop_nulls().unique().to_list()
    known = pages["measure"].str.strip_prefix(HAS_PAGE).unique().to_list()
    return sorted(named or known)


def _lacking(pages: pl.DataFrame, platforms: list[str]) -> pl.DataFrame:
    """The units without a page: country, unit, of (":facebook", or "" for all platforms)."""
    of = ":" + pl.col("measure").str.strip_prefix(HAS_PAGE)
    none = pages.filter(pl.col("value") == 0).select(*_NAMES, of=of)
    there = [f":{name}" for name in platforms]
    alone = none.filter(pl.col("of").is_in(there)).group_by(_NAMES).len()
    nowhere = alone.filter(pl.col("len") == max(len(there), 1))
    return pl.concat([none, nowhere.select(*_NAMES, of=pl.lit(""))])


def _without_a_page(rows: pl.DataFrame, lacking: pl.DataFrame) -> pl.DataFrame:
    """The rows, with the units that have no page to observe told from those nobody looked at."""
    parts = pl.col("measure").str.split_exact(":", 1)
    named = rows.with_columns(
        what=parts.struct.field("field_0"),
        of=pl.when(parts.struct.field("field_1").is_null())
        .then(pl.lit(""))
        .otherwise(":" + parts.struct.field("field_1")),
    ).join(lacking.with_columns(none=pl.lit(value=True)), on=[*_NAMES, "of"], how="left")
    is_none = pl.col("none").fill_null(value=False) & pl.col("missing").is_in(_LACKS_A_PAGE)
    counts = pl.col("what").is_in(_NOTHING_WITHOUT_A_PAGE)
    return named.with_columns(
        value=pl.when(is_none & counts).then(0.0).otherwise("value"),
        access=pl.when(is_none).then(pl.lit(NO_PAGE)).otherwise("access"),
        missing=pl.when(~is_none).then("missing").when(~counts).then(pl.lit(NO_PAGE)),
    ).select(*OBSERVED)
