"""Who can be ranked, and with whom: enough data, and one way of access."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from torg.score.figures import Observations, Unit, whole_municipality
from torg.study import Ranking

MIXED = "mixed"


@dataclass(frozen=True, kw_only=True)
class Population:
    """Every municipality of the study, in order; each has a tier or a reason for not having one.

    `tiers` says how the figures of those with enough data were got; `reasons` why the others are
    listed and not ranked. `county` and `size` give the groups, None where they are not known.
    """

    units: tuple[Unit, ...]
    tiers: Mapping[Unit, str]
    reasons: Mapping[Unit, str]
    county: Mapping[Unit, str | None]
    size: Mapping[Unit, str | None]

    def by_tier(self) -> list[tuple[str, tuple[Unit, ...]]]:
        """The tiers and who is in them; that with most municipalities first, then by name."""
        members: dict[str, list[Unit]] = {}
        for unit in self.units:
            if unit in self.tiers:
                members.setdefault(self.tiers[unit], []).append(unit)
        in_order = sorted(members.items(), key=lambda item: (-len(item[1]), item[0]))
        return [(tier, tuple(units)) for tier, units in in_order]


def population(
    observed: Observations,
    municipalities: pl.DataFrame,
    measures: Sequence[str],
    ranking: Ranking | None,
) -> Population:
    """Sort the municipalities by whether, and with whom, they can be compared on `measures`.

    `ranking` says how many posts and weeks are asked for; None asks for none (a list of stocks).
    """
    listed = municipalities.sort("country", "municipality")
    units = tuple(listed.select("country", "municipality").iter_rows())
    whole = whole_municipality(observed.rows)
    reasons = _too_little(whole, observed.weekly, units, ranking) if ranking else {}
    tiers = _tiers(whole, measures)
    for unit in units:
        if unit not in tiers:
            reasons.setdefault(unit, _why_nothing(unit, whole, measures))
    return Population(
        units=units,
        tiers={unit: tiers[unit] for unit in units if unit not in reasons},
        reasons=reasons,
        county=dict(zip(units, listed["county"].to_list(), strict=True)),
        size=dict(zip(units, listed["size_class"].to_list(), strict=True)),
    )


def _too_little(
    whole: pl.DataFrame, weekly: pl.DataFrame, units: Sequence[Unit], ranking: Ranking
) -> dict[Unit, str]:
    posts = {
        (country, municipality): (value, missing)
        for country, municipality, value, missing in whole.filter(pl.col("measure") == "posts")
        .select("country", "municipality", "value", "missing")
        .iter_rows()
    }
    weeks = {
        (country, municipality): number
        for country, municipality, number in weekly.group_by("country", "municipality")
        .agg(pl.col("week").n_unique())
        .iter_rows()
    }
    reasons: dict[Unit, str] = {}
    for unit in units:
        value, missing = posts.get(unit, (None, None))
        if value is None:
            reasons[unit] = missing or "no_posts"
        elif value < ranking.least_posts:
            reasons[unit] = "few_posts"
        elif weeks.get(unit, 0) < ranking.least_weeks:
            reasons[unit] = "few_weeks"
    return reasons


def _tiers(whole: pl.DataFrame, measures: Sequence[str]) -> dict[Unit, str]:
    """The tier of the figures in use; of several, their names joined: those are a tier apart."""
    used = whole.filter(pl.col("measure").is_in(list(measures)) & pl.col("value").is_not_null())
    found = used.group_by("country", "municipality").agg(
        pl.col("access").fill_null(MIXED).unique().sort().str.join("+")
    )
    return {(country, municipality): tier for country, municipality, tier in found.iter_rows()}


def _why_nothing(unit: Unit, whole: pl.DataFrame, measures: Sequence[str]) -> str:
    """The reason of a single measure is told; of several, that none could be computed."""
    if len(measures) > 1:
        return "no_criterion"
    own = whole.filter(
        (pl.col("country") == unit[0])
        & (pl.col("municipality") == unit[1])
        & (pl.col("measure") == measures[0])
    )
    return next((reason for reason in own["missing"] if reason), "no_figure")
