"""What sets the top of a ranking apart: registered comparisons, and no effects.

Whoever is at the top was put there by figures of the same weeks. So that the top is above in a
measure that made the ranking says little, and in one that did not still says nothing of why. Each
row tells the measure's part in the ranking (`in_ranking`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from torg.compare.dominance import Dominance, dominance, holm
from torg.compare.registered import Hypothesis
from torg.measure import DEFINITIONS

CONTRASTS: Mapping[str, pl.DataType] = {
    "hypothesis": pl.String(),
    "measure": pl.String(),
    "direction": pl.String(),  # expected of the top: "higher", "lower", "different"
    "registered_by": pl.String(),  # "study", "torg"
    "top": pl.Int64(),  # the first so many; null: the ranking's top set
    "access": pl.String(),  # the one access tier that is compared
    "n_top": pl.Int64(),  # municipalities of the top that were compared
    "n_contrast": pl.Int64(),  # others of the same size classes
    "top_median": pl.Float64(),
    "contrast_median": pl.Float64(),
    "difference": pl.Float64(),  # of a pair of the same size class, in the middle
    "low": pl.Float64(),
    "high": pl.Float64(),
    "delta": pl.Float64(),  # share of pairs with the top above, less share with it below
    "p_value": pl.Float64(),  # exact, in the registered direction
    "p_holm": pl.Float64(),  # among all that were registered together
    "in_ranking": pl.String(),  # "criterion", "family" (of one); null: no part in it
    "missing": pl.String(),  # a code of CONTRAST_REASONS where there is no figure
}

LEAST_COMPARED = 5  # of either group: fewer would show single municipalities, and tell nothing

CONTRAST_REASONS = {
    "few_compared": "Fewer than five of the top, or of the others of their size, have the figure.",
    "no_such_measure": "No measure has that name.",
}

_MUNICIPALITY = ("country", "municipality")


@dataclass(frozen=True, kw_only=True)
class Order:
    """The ranking that the top is taken from.

    `places`: country, municipality, rank, size_class of all that were ranked together, of one
    access tier. `criteria`: the measures that made it.
    """

    places: pl.DataFrame
    top_set: Collection[tuple[str, str]]
    criteria: Collection[str]
    access: str


def contrasts(
    values: pl.DataFrame, order: Order, hypotheses: Sequence[Hypothesis], *, confidence: float
) -> pl.DataFrame:
    """CONTRASTS rows, one for each hypothesis, in the order of their ids.

    `values`: country, municipality, measure, value, access; of municipalities as a whole, as they
    may be shown.
    """
    ordered = sorted(hypotheses, key=lambda each: each.id)
    rows = [_row(values, order, each, confidence) for each in ordered]
    adjusted = holm([row["p_value"] for row in rows])
    told = [{**row, "p_holm": p} for row, p in zip(rows, adjusted, strict=True)]
    return pl.DataFrame(told, schema=dict(CONTRASTS), orient="row")


def _row(
    values: pl.DataFrame, order: Order, hypothesis: Hypothesis, confidence: float
) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(CONTRASTS) | {
        "hypothesis": hypothesis.id,
        "measure": hypothesis.measure,
        "direction": hypothesis.direction,
        "registered_by": hypothesis.registered_by,
        "top": hypothesis.top,
        "access": order.access,
    }
    if hypothesis.measure not in DEFINITIONS:
        return {**row, "missing": "no_such_measure"}
    sides = _compared(values, order, hypothesis)
    top, rest = (sides.filter(is_top=side)["value"] for side in (True, False))
    row |= {
        "n_top": len(top),
        "n_contrast": len(rest),
        "in_ranking": _part(hypothesis.measure, order.criteria),
    }
    if min(len(top), len(rest)) < LEAST_COMPARED:
        return {**row, "missing": "few_compared"}
    found = dominance(_strata(sides), confidence=confidence)
    return {
        **row,
        "top_median": top.median(),
        "contrast_median": rest.median(),
        **_told(found, hypothesis),
    }


def _told(found: Dominance, hypothesis: Hypothesis) -> dict[str, float | None]:
    return {
        "difference": found.difference,
        "low": found.low,
        "high": found.high,
        "delta": found.delta,
        "p_value": getattr(found, f"p_{hypothesis.direction}"),
    }


def _compared(values: pl.DataFrame, order: Order, hypothesis: Hypothesis) -> pl.DataFrame:
    """is_top, size_class and value of all in a size class that has members of both groups."""
    known = values.filter(
        pl.col("measure") == hypothesis.measure,
        pl.col("access") == order.access,
        pl.col("value").is_not_null(),
    ).select(*_MUNICIPALITY, "value")
    sized = order.places.drop_nulls("size_class")  # those of unknown size are not of one size
    marked = sized.with_columns(is_top=_is_top(order, hypothesis))
    kept = marked.filter(pl.col("is_top") | (pl.col("rank") > (hypothesis.outside or 0)))
    both = kept.join(known, on=list(_MUNICIPALITY)).filter(
        pl.col("is_top").n_unique().over("size_class") > 1
    )
    return both.select("is_top", "size_class", "value").sort("size_class", "is_top", "value")


def _is_top(order: Order, hypothesis: Hypothesis) -> pl.Expr:
    if hypothesis.top is not None:
        return pl.col("rank") <= hypothesis.top
    names = [f"{country}\x1f{code}" for country, code in sorted(order.top_set)]
    return pl.concat_str(_MUNICIPALITY, separator="\x1f").is_in(names)


def _strata(sides: pl.DataFrame) -> list[tuple[list[float], list[float]]]:
    return [
        tuple(part.filter(is_top=side)["value"].to_list() for side in (True, False))  # type: ignore[misc]
        for _, part in sides.group_by("size_class", maintain_order=True)
    ]


def _part(measure: str, criteria: Collection[str]) -> str | None:
    """Whether the measure made the ranking, or one like it did: they rest on the same data."""
    if measure in criteria:
        return "criterion"
    data = {_data_of(name) for name in criteria if name in DEFINITIONS}
    return "family" if _data_of(measure) in data else None


def _data_of(measure: str) -> str:
    """What a measure is made from: answers are replies, and medians are of the same counts."""
    family = DEFINITIONS[measure].family
    return {"answers": "dialogue", "medians": "engagement"}.get(family, family)
