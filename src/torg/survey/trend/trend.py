"""The trend of each item over the editions, with its breaks and its gaps.

An edition that did not ask an item is a gap and never a zero. A line is drawn only within a
`stretch`: it ends where the wording changed, or where other kinds of units were asked.
"""

from collections.abc import Mapping

import polars as pl

from torg.errors import SurveyError
from torg.survey.questionnaire import Questionnaire
from torg.survey.tables import ESTIMATES, Schema

TREND: Schema = {
    **ESTIMATES,
    "day": pl.Date(),  # the middle of the wave's time in the field
    "stretch": pl.Int64(),  # counted from 1; figures of several do not compare
}

SUPPRESSED = "suppressed"  # as ESTIMATES has it
_LINE = ("item", "category", "group", "is_weighted")


def trend(
    estimates: Mapping[str, pl.DataFrame],
    questionnaire: Questionnaire,
    *,
    frames: Mapping[str, pl.DataFrame] | None = None,
) -> pl.DataFrame:
    """The rows of `estimates` (ESTIMATES, by wave) as lines: TREND, by item, group and wave.

    Waves that lack a row have one with what is missing. The flag "break" marks the first figure
    that does not compare with those before: the question says so (`break_at`), its base is another,
    or the kinds of units in `frames` (FRAME, by wave) are. Raises SurveyError for a wave that the
    questionnaire does not have.
    """
    known = {wave.id for wave in questionnaire.waves}
    if strange := sorted(set(estimates) - known):
        raise SurveyError(
            f"wave '{strange[0]}' is not in the questionnaire: its waves are "
            f"{', '.join(sorted(known))}."
        )
    given = pl.concat([pl.DataFrame(schema=dict(ESTIMATES)), *_in_order(estimates)])
    rows = _with_gaps(_named(given), questionnaire, tuple(estimates))
    return _shaped(_with_breaks(rows, questionnaire, frames or {}))


def _in_order(estimates: Mapping[str, pl.DataFrame]) -> list[pl.DataFrame]:
    return [estimates[wave].select(list(ESTIMATES)) for wave in sorted(estimates)]


def _named(given: pl.DataFrame) -> pl.DataFrame:
    """Only rows of a category, or of a number's mean: `_with_gaps` draws the others.

    Weighted and unweighted figures of one item are two lines.
    """
    is_taken_out = pl.col("missing").fill_null("") == SUPPRESSED  # a figure, though not shown
    has_figure = pl.col("estimate").is_not_null() | pl.col("category").is_not_null() | is_taken_out
    is_weighted = pl.col("weighted_by").fill_null("") != ""
    return given.filter(has_figure).with_columns(is_weighted=is_weighted)


def _with_gaps(
    given: pl.DataFrame, questionnaire: Questionnaire, waves: tuple[str, ...]
) -> pl.DataFrame:
    lines = given.select(_LINE).unique()
    days = pl.DataFrame(
        [(w.id, w.opens + (w.closes - w.opens) / 2) for w in questionnaire.waves if w.id in waves],
        schema={"wave": pl.String(), "day": pl.Date()},
        orient="row",
    )
    asked = pl.DataFrame(
        [
            (item.id, wave, item.question.is_asked_in(wave))
            for item in questionnaire.items.values()
            for wave in waves
        ],
        schema={"item": pl.String(), "wave": pl.String(), "is_asked": pl.Boolean()},
        orient="row",
    )
    drawn = lines.join(days, how="cross").join(asked, on=["item", "wave"], how="left")
    joined = drawn.join(given, on=[*_LINE, "wave"], how="left", nulls_equal=True)
    lacks = pl.col("estimate").is_null() & pl.col("missing").is_null()
    reason = pl.when(pl.col("is_asked")).then(pl.lit("no_answers")).otherwise(pl.lit("not_asked"))
    return joined.with_columns(
        missing=pl.when(lacks).then(reason).otherwise(pl.col("missing")),
        n=pl.col("n").fill_null(0),
        flags=pl.col("flags").fill_null(""),
    )


def _with_breaks(
    rows: pl.DataFrame, questionnaire: Questionnaire, frames: Mapping[str, pl.DataFrame]
) -> pl.DataFrame:
    """Rows by line and day, with `is_first` where a figure does not compare with that before."""
    worded = pl.DataFrame(
        [(i.id, wave) for i in questionnaire.items.values() for wave in i.question.break_at],
        schema={"item": pl.String(), "wave": pl.String()},
        orient="row",
    ).with_columns(reworded=pl.lit(value=True))
    kinds = pl.DataFrame(
        [(wave, " ".join(sorted(frame["kind"].unique()))) for wave, frame in frames.items()],
        schema={"wave": pl.String(), "kinds": pl.String()},
        orient="row",
    )
    marked = rows.join(worded, on=["item", "wave"], how="left").join(kinds, on="wave", how="left")
    order = ("item", "group", "category", "is_weighted", "day")
    return marked.sort(order, nulls_last=False).with_columns(
        broke=pl.col("reworded").fill_null(value=False) | _changed("base") | _changed("kinds")
    )


def _changed(column: str) -> pl.Expr:
    """Whether a row's value is known, one before it is, and they differ."""
    before = pl.col(column).forward_fill().shift(1).over(_LINE)
    return (pl.col(column) != before).fill_null(value=False)


def _shaped(rows: pl.DataFrame) -> pl.DataFrame:
    # A break in an edition without a figure shows at the next one that has a figure.
    stretch = rows.with_columns(
        stretch=1 + (pl.col("broke") & ~_is_first()).cum_sum().over(_LINE).cast(pl.Int64)
    )
    has = pl.col("estimate").is_not_null()
    before = pl.when(has).then(pl.col("stretch")).forward_fill().shift(1).over(_LINE)
    breaks = (has & (pl.col("stretch") != before)).fill_null(value=False)
    return stretch.with_columns(flags=_flagged(breaks)).select(
        pl.col(name).cast(kind) for name, kind in TREND.items()
    )


def _is_first() -> pl.Expr:
    return pl.int_range(pl.len()).over(_LINE) == 0


def _flagged(breaks: pl.Expr) -> pl.Expr:
    words = pl.col("flags").str.split(" ").list.eval(pl.element().filter(pl.element() != ""))
    own = words.list.concat(pl.when(breaks).then(pl.lit(["break"])).otherwise(pl.lit([])))
    return own.list.unique().list.sort().list.join(" ")
