"""Scores of one access tier: criteria to points, points to areas, areas to a score."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from torg.score.figures import Figures, Observations, Unit, figures
from torg.score.points import Chain, Reference, chain_of, refer
from torg.score.standing import NOBODY, Standing
from torg.score.uncertainty import uncertainty
from torg.study import Criterion, Ranking

Floats = NDArray[np.float64]

LEAST_COVERAGE = 0.5  # share of the municipalities that must have an area for it to be ranked on
DECIMALS = 6  # of scores: differences beyond are arithmetic, not municipalities
_DECIMALS_OF_VARIANCES = 9  # so that the last bits of a processor's logarithm decide nothing


@dataclass(frozen=True, kw_only=True)
class Composite:
    """A tier's standing, the references of its criteria, and each municipality's points [K, N].

    `units` are all of the tier, `standing` only those with a score; `reasons` are the others'.
    """

    units: tuple[Unit, ...]
    references: tuple[Reference, ...]
    points: Floats
    standing: Standing
    reasons: dict[Unit, str]
    serial_factor: float
    weight_of_own: float


def composite(
    observed: Observations,
    criteria: Sequence[Criterion],
    units: Sequence[Unit],
    ranking: Ranking,
) -> Composite:
    """Score the municipalities of one tier."""
    measures = [criterion.measure for criterion in criteria]
    all_figures = figures(observed, measures, units, draws=ranking.draws, seed=ranking.seed)
    references = _references(all_figures, criteria)
    kept = np.array([reference.reason is None for reference in references], dtype=bool)
    chain, used = chain_of(references), _criteria_only(all_figures, kept)
    given = np.full(all_figures.values.shape, np.nan)
    reasons = dict.fromkeys(units, "no_criterion")
    areas = np.full((0, len(units)), np.nan)
    if kept.any():
        given[kept] = chain.points(used.values)
        areas = chain.area_points(given[kept])
        reasons = _without_score(chain, areas, units)
    standing, factor, weight = _standing(used, chain, areas, reasons)
    return Composite(
        units=tuple(units),
        references=references,
        points=given,
        standing=standing,
        reasons=reasons,
        serial_factor=factor,
        weight_of_own=weight,
    )


def _references(found: Figures, criteria: Sequence[Criterion]) -> tuple[Reference, ...]:
    """References of all criteria; an area that most municipalities lack is dropped for all.

    Otherwise it would shut out the many, or have to be filled by a proxy.
    """
    references = [refer(row, one) for row, one in zip(found.values, criteria, strict=True)]
    chain = chain_of(references)
    kept = np.array([reference.reason is None for reference in references], dtype=bool)
    if not kept.any():
        return tuple(references)
    areas = chain.area_points(chain.points(found.values[kept]))
    covered = (~np.isnan(areas)).mean(axis=1)
    sparse = {
        area for area, share in zip(chain.areas, covered, strict=True) if share < LEAST_COVERAGE
    }
    return tuple(
        replace(reference, reason="area_missing_for_most")
        if reference.reason is None and reference.criterion.area in sparse
        else reference
        for reference in references
    )


def _criteria_only(found: Figures, kept: NDArray[np.bool_]) -> Figures:
    return replace(
        found,
        measures=tuple(name for name, keep in zip(found.measures, kept, strict=True) if keep),
        values=found.values[kept],
        redrawn=found.redrawn[kept],
        without=found.without[kept],
        numerators=found.numerators[kept],
        denominators=found.denominators[kept],
        scales=found.scales[kept],
    )


def _units_only(found: Figures, members: NDArray[np.bool_]) -> Figures:
    return replace(
        found,
        units=tuple(unit for unit, keep in zip(found.units, members, strict=True) if keep),
        values=found.values[:, members],
        redrawn=found.redrawn[:, members],
        without=found.without[:, members],
        numerators=found.numerators[:, members],
        denominators=found.denominators[:, members],
        observed=found.observed[members],
        scales=found.scales[:, members],
    )


def _without_score(chain: Chain, areas: Floats, units: Sequence[Unit]) -> dict[Unit, str]:
    return {
        unit: f"lacks_{chain.areas[int(np.isnan(own).argmax())]}"
        for unit, own in zip(units, areas.T, strict=True)
        if np.isnan(own).any()
    }


def _standing(
    used: Figures, chain: Chain, areas: Floats, reasons: dict[Unit, str]
) -> tuple[Standing, float, float]:
    members = np.array([unit not in reasons for unit in used.units], dtype=bool)
    if not members.any():
        return NOBODY, 1.0, 1.0
    ranked = _units_only(used, members)
    sure = uncertainty(ranked, chain)
    scores = chain.scores(ranked.values).round(DECIMALS)
    standing = Standing(
        units=ranked.units,
        scores=scores,
        estimates=scores,
        variances=sure.variances.round(_DECIMALS_OF_VARIANCES),
        areas=dict(zip(chain.areas, areas[:, members].round(DECIMALS), strict=True)),
    )
    return standing, sure.serial_factor, sure.weight_of_own
