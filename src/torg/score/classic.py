"""The six lists of *NM i Facebook* (Norway, 2013) as one ready set.

Followers ("likes"), people talking about, and growth in followers: each as a number and as a share
of the inhabitants. The platform's own figure of people talking about is gone; reactions, comments
and shares in the window stand for it. Followers and their growth are stocks: a reading at a date,
or the difference of two. They have no sampling error, and their lists have no rank sets.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from torg.score.criteria import STOCKS
from torg.score.figures import Observations, Unit, figures, whole_municipality
from torg.score.points import Chain, Reference
from torg.score.population import Population, population
from torg.score.standing import NOBODY, Standing
from torg.score.uncertainty import uncertainty
from torg.study import Criterion, Ranking

TALKING = "talking_about"
_TALKING_PARTS = ("p2", "c2", "v2")  # their weekly numerators are reactions, comments, shares

CLASSIC_LISTS: dict[str, str] = {
    "likes": "followers",
    "likes_share": "followers_per_1000",
    "talking": TALKING,
    "talking_share": "engagement_per_1000",
    "growth": "follower_growth",
    "growth_share": "follower_growth_rate",
}

ClassicList = tuple[str, Population, list[tuple[str, Standing]]]


@dataclass(frozen=True)
class _Observed:
    rows: pl.DataFrame
    weekly: pl.DataFrame


def classic_lists(
    observed: Observations, municipalities: pl.DataFrame, ranking: Ranking
) -> Iterator[ClassicList]:
    """Each list's name, who stands on it, and the standing of each access tier."""
    enlarged = with_talking(observed)
    for name, measure in CLASSIC_LISTS.items():
        is_stock = measure in STOCKS
        people = population(enlarged, municipalities, [measure], None if is_stock else ranking)
        make = _stock if is_stock else _flow
        tiers = [
            (tier, make(enlarged, measure, units, ranking)) for tier, units in people.by_tier()
        ]
        yield name, people, tiers or [("", replace(NOBODY, variances=None))]


def with_talking(observed: Observations) -> _Observed:
    """The same with the measure `talking_about`: all reactions, comments and shares."""
    keys = ["country", "municipality"]
    weekly = (
        observed.weekly.filter(pl.col("measure").is_in(_TALKING_PARTS))
        .group_by(*keys, "access", "week")
        .agg(pl.col("numerator").cast(pl.Float64).sum())
        .with_columns(pl.lit(TALKING).alias("measure"), pl.lit(1.0).alias("denominator"))
    )
    tiers = whole_municipality(observed.rows).filter(
        pl.col("measure").is_in(_TALKING_PARTS) & pl.col("value").is_not_null()
    )
    access = tiers.group_by(keys).agg(pl.col("access").unique().sort().str.join("+"))
    totals = weekly.group_by(keys).agg(pl.col("numerator").sum().alias("value"))
    rows = totals.join(access, on=keys).with_columns(pl.lit(TALKING).alias("measure"))
    return _Observed(
        rows=pl.concat([observed.rows, rows], how="diagonal"),
        weekly=pl.concat([observed.weekly.select(weekly.columns), weekly], how="vertical_relaxed"),
    )


def _stock(
    observed: Observations, measure: str, units: Sequence[Unit], ranking: Ranking
) -> Standing:
    rows = whole_municipality(observed.rows).filter(pl.col("measure") == measure)
    known = {
        (country, municipality): value
        for country, municipality, value in rows.select(
            "country", "municipality", "value"
        ).iter_rows()
    }
    values = np.array([known[unit] for unit in units], dtype=np.float64)
    return Standing(units=tuple(units), scores=values, estimates=values, variances=None, areas={})


def _flow(
    observed: Observations, measure: str, units: Sequence[Unit], ranking: Ranking
) -> Standing:
    """Tested on the logarithm, where towns of all sizes vary alike; the order is the same."""
    found = figures(observed, [measure], units, draws=ranking.draws, seed=ranking.seed)
    chain = Chain(references=(_wide(measure, found.values[0]),))
    estimates = chain.scores(found.values).round(6)
    return Standing(
        units=tuple(units),
        scores=found.values[0],
        estimates=estimates,
        variances=uncertainty(found, chain).variances,
        areas={},
    )


def _wide(measure: str, values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Reference:
    """A scale so wide that no value, nor a value of weeks drawn anew, meets its ends."""
    logs = np.log1p(values)
    return Reference(
        criterion=Criterion(measure=measure, area="reputation"),
        median=float(logs.min() + logs.max()) / 2,
        spread=float(np.ptp(logs)) or 1.0,
    )
