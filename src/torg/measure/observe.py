"""All measures of a study over a window: the front of the package."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from torg.archive import Reading
from torg.measure.build import Built, build
from torg.measure.corrections import Correction
from torg.measure.engine import connect
from torg.measure.formulas import FORMULAS
from torg.measure.intervals import intervals
from torg.measure.views import MUNICIPALITY, Formula, Views
from torg.measure.weeks import weeks
from torg.register import Register
from torg.study import Ranking, Study

MEASURE_COLUMNS: dict[str, type[pl.DataType]] = {
    "country": pl.String,
    "municipality": pl.String,  # the official code
    "platform": pl.String,  # null for the municipality as a whole
    "channel": pl.String,  # null for a platform as a whole
    "measure": pl.String,
    "period": pl.String,  # first/last day of the window, as ISO 8601 has it
    "value": pl.Float64,
    "low": pl.Float64,  # the interval, of municipalities' own rows of additive measures only
    "high": pl.Float64,
    "n": pl.Int64,
    "base": pl.String,  # what n counts
    "access": pl.String,  # access tier of the sources; "mixed" for several
    "missing": pl.String,  # a code of REASONS where value is null
    "at_age_share": pl.Float64,  # share of the posts whose counts were read at seven days of age
}
WEEKLY_COLUMNS: dict[str, type[pl.DataType]] = {
    "country": pl.String,
    "municipality": pl.String,
    "access": pl.String,
    "measure": pl.String,
    "week": pl.Int64,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
}
_SORT = ("country", "municipality", "platform", "channel", "measure")


@dataclass(frozen=True, kw_only=True)
class Observed:
    """What was measured.

    `rows` has MEASURE_COLUMNS: one row per measure for every municipality of the population date,
    then for each of its platforms and channels. `weekly` has WEEKLY_COLUMNS, for municipalities'
    own rows of additive measures: value = sum(numerator) / sum(denominator), and a row for each
    week of the window. `by_week` has WEEK_COLUMNS: counts, and which weeks were not seen.
    """

    rows: pl.DataFrame
    weekly: pl.DataFrame
    by_week: pl.DataFrame
    start: dt.date
    end: dt.date
    population_date: dt.date
    weeks: tuple[int, ...]
    question_rules: tuple[str, ...]
    corrections_applied: tuple[Correction, ...]


def observe(
    reading: Reading,
    register: Register,
    study: Study,
    *,
    start: dt.date | None = None,
    end: dt.date | None = None,
    engine: str = "duckdb",
    threads: int | None = None,
    corrections: Sequence[Correction] = (),
    in_part: bool = False,
) -> Observed:
    """Compute every measure over a window (the study's, unless given), on an engine.

    `in_part`: the reading is a part of the archive; corrections of what it lacks are passed over.

    The same archive, register, study and corrections give the same frames on every engine and
    number of threads. Raises MeasureError for a window or an engine that cannot be,
    and for a correction that fits nothing in the archive.
    """
    opened = connect(engine, threads=threads)
    built = build(
        reading,
        register,
        study,
        opened,
        start=start,
        end=end,
        corrections=corrections,
        in_part=in_part,
    )
    rows = _complete(_figures(built), built)
    weekly = _weekly(built, rows)
    return Observed(
        rows=_with_intervals(rows, weekly, study.ranking),
        weekly=weekly,
        by_week=weeks(built, zone=study.zone),
        start=built.start,
        end=built.end,
        population_date=built.population_date,
        weeks=built.views.span.weeks,
        question_rules=_question_rules(built.views),
        corrections_applied=built.fixes.applied,
    )


def _figures(built: Built) -> pl.DataFrame:
    """The rows of all formulas, and a missing row for each that they leave out."""
    parts = [_rows_of(formula, built.views) for formula in FORMULAS]
    known = pl.concat(parts, how="diagonal")
    grid = _everyone(built).join(_expected(FORMULAS), how="cross")
    return grid.join(known, on=["group_no", "measure"], how="left", maintain_order="left")


def _rows_of(formula: Formula, views: Views) -> pl.DataFrame:
    return views.engine.fetch(formula.rows(views)).with_columns(known=True)


def _expected(formulas: Iterable[Formula]) -> pl.DataFrame:
    rows = [(measure, formula.absent) for formula in formulas for measure in formula.measures]
    return pl.DataFrame(rows, {"measure": pl.String, "absent": pl.String}, orient="row")


def _everyone(built: Built) -> pl.DataFrame:
    """All names on all levels: *CHANNEL, group_no, observed (null where no channel is known)."""
    groups = built.views.engine.fetch(built.views.groups.select("group_no", "observed"))
    observed = groups.group_by("group_no").agg(pl.col("observed").any())
    named = built.groups.named
    known = named.filter(pl.col("platform").is_null())
    others = built.population.municipalities.join(known, on=MUNICIPALITY, how="anti")
    everyone = pl.concat([named, others.select(MUNICIPALITY)], how="diagonal")
    return everyone.join(observed, on="group_no", how="left")


def _complete(figures: pl.DataFrame, built: Built) -> pl.DataFrame:
    left_out = (
        pl.when(pl.col("observed").is_null())
        .then(pl.lit("no_channel"))
        .when(~pl.col("observed"))
        .then(pl.lit("not_collected"))
        .otherwise("absent")
    )
    period = f"{built.start.isoformat()}/{built.end.isoformat()}"
    blank = [pl.lit(None, dtype=pl.Float64).alias(name) for name in ("low", "high")]
    return figures.with_columns(
        *blank,
        missing=pl.when(pl.col("known").is_null()).then(left_out).otherwise("missing"),
        n=pl.col("n").fill_null(0),
        period=pl.lit(period),
    )


def _weekly(built: Built, rows: pl.DataFrame) -> pl.DataFrame:
    """The additive form of the municipalities' own rows that have a value, dense over the weeks."""
    views = built.views
    parts = [views.engine.fetch(f.weekly(views)) for f in FORMULAS if f.weekly is not None]
    whole = built.groups.named.filter(pl.col("platform").is_null())
    sums = pl.concat(
        part.select("group_no", "measure", "week", "numerator", "denominator") for part in parts
    ).join(whole.select(*MUNICIPALITY, "group_no"), on="group_no")
    own = rows.filter(pl.col("platform").is_null(), pl.col("value").is_not_null())
    additive = sums.select("measure").unique()
    weeks = pl.DataFrame({"week": views.span.weeks}, {"week": pl.Int64})
    grid = (
        own.select(*MUNICIPALITY, "access", "measure")
        .join(additive, on="measure", how="semi")
        .join(weeks, how="cross")
    )
    dense = grid.join(sums, on=[*MUNICIPALITY, "measure", "week"], how="left")
    filled = dense.with_columns(pl.col("numerator", "denominator").fill_null(0.0))
    return filled.select(*WEEKLY_COLUMNS).sort(*MUNICIPALITY, "access", "measure", "week")


def _with_intervals(rows: pl.DataFrame, weekly: pl.DataFrame, ranking: Ranking) -> pl.DataFrame:
    found = intervals(weekly, confidence=ranking.confidence).with_columns(
        pl.lit(None, dtype=pl.String).alias("platform")
    )
    on = [*MUNICIPALITY, "platform", "measure"]
    joined = rows.drop("low", "high").join(found, on=on, how="left", nulls_equal=True)
    # The restricted mean also uses comments that were followed for less; its weeks do not.
    around = joined.with_columns(
        low=pl.when(pl.col("low").is_not_null()).then(pl.min_horizontal("low", "value")),
        high=pl.when(pl.col("high").is_not_null()).then(pl.max_horizontal("high", "value")),
    )
    return (
        around.select(*MEASURE_COLUMNS)
        .cast(pl.Schema(MEASURE_COLUMNS))
        .sort(_SORT, nulls_last=False)
    )


def _question_rules(views: Views) -> tuple[str, ...]:
    rules = views.replies.select("question_rule").distinct()
    return tuple(sorted(views.engine.fetch(rules)["question_rule"].drop_nulls()))
