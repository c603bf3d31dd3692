"""Stated against observed, gross flows and nowcasts, as everybody may see them."""

from collections.abc import Iterable

import polars as pl

from torg.disclose.protect import protect
from torg.disclose.small_cells import LEAST_COMPARED, SUPPRESSED, is_guarded, least_of
from torg.survey import Questionnaire, Surveyed

_COUNTS = ("n", "says", "shows", "both")
_SHARES = ("stated", "observed", "difference", "low", "high", "p_value")
_PAIR = ("wave", "pair", "item")


def protect_stated(rows: pl.DataFrame, questionnaire: Questionnaire) -> pl.DataFrame:
    """The rows of stated against observed that may be published, in their order.

    At least five are compared; where the item's answers are shown as totals only, at least five of
    them say so and five do not. A group that all others and the whole would give away goes with
    another one, the smallest. Sensitivity and specificity are shown on five and more each. How many
    say and show what is left out altogether.
    """
    guarded = [name for name, item in questionnaire.items.items() if is_guarded(item)]
    silent = pl.col("n") - pl.col("says")
    few_say = pl.min_horizontal("says", silent) < LEAST_COMPARED
    is_few = (pl.col("n") < LEAST_COMPARED) | (pl.col("item").is_in(guarded) & few_say)
    marked = rows.with_row_index("place").with_columns(is_out=is_few & (pl.col("n") > 0))
    parts = marked.with_columns(family=pl.col("group").str.split(":").list.first()).partition_by(
        *_PAIR, maintain_order=True
    )
    hidden = [place for part in parts for place in _hidden(part)]
    is_out = pl.col("place").is_in(hidden)
    return marked.with_columns(
        *(pl.when(~is_out).then(name).alias(name) for name in ("n", *_SHARES)),
        sensitivity=pl.when(~is_out & (pl.col("shows") >= LEAST_COMPARED)).then("sensitivity"),
        specificity=pl.when(~is_out & (pl.col("n") - pl.col("shows") >= LEAST_COMPARED)).then(
            "specificity"
        ),
        missing=pl.when(is_out).then(pl.lit(SUPPRESSED)).otherwise("missing"),
        flags=pl.when(is_out).then(pl.lit("")).otherwise("flags"),
    ).select(name for name in rows.columns if name not in _COUNTS[1:])


def _hidden(pair: pl.DataFrame) -> list[int]:
    """The places of the rows of one pair to hide: the few, and one more of a family with one."""
    hidden = pair.filter("is_out")["place"].to_list()
    for family in pair.filter(pl.col("family") != "all").partition_by("family"):
        some = family.filter(pl.col("n") > 0)
        shown = some.filter(~pl.col("is_out")).sort("n", "group")
        if some.height - shown.height == 1 and shown.height:
            hidden.append(shown["place"][0])
    return hidden


def protect_flows(flows: pl.DataFrame, questionnaire: Questionnaire) -> pl.DataFrame:
    """Gross flows (wave, item, before, after, n, missing) that may be published, in their order.

    Of an item whose answers are shown as totals only, the whole table goes where a cell is small:
    with the net change beside it, so few cells would give one another away.
    """
    least = {
        name: least_of(item.question)
        for name, item in questionnaire.items.items()
        if is_guarded(item)
    }
    limit = pl.col("item").replace_strict(least, default=0, return_dtype=pl.Int64)
    is_small = (pl.col("n") > 0) & (pl.col("n") < limit)
    marked = flows.with_columns(is_out=is_small.fill_null(value=False).any().over("wave", "item"))
    is_out = pl.col("is_out")
    return marked.with_columns(
        n=pl.when(~is_out).then("n"),
        missing=pl.when(is_out).then(pl.lit(SUPPRESSED)).otherwise("missing"),
    ).drop("is_out")


def protect_nowcasts(
    nowcasts: pl.DataFrame, surveyed: Iterable[Surveyed], questionnaire: Questionnaire
) -> pl.DataFrame:
    """Nowcasts of which every figure of the waves they rest on ("2008, 2010") may be shown.

    Those that are made of figures that were protected themselves give nothing away.
    """
    by_wave = nowcasts.with_columns(wave=pl.col("waves").str.replace_all(", ", " - ", literal=True))
    return protect(by_wave, surveyed, questionnaire).select(nowcasts.columns)
