"""From a value to points, from points to areas, from areas to the score.

OECD and JRC (2008), Handbook on Constructing Composite Indicators, gives the steps: transform,
standardise (here robustly: median and median absolute deviation), rescale to [1, 100], weighted
arithmetic mean within an area (points there make up for each other), geometric mean across areas
(a weak area is only partly made up for by a strong one).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from torg.score.criteria import areas_of
from torg.study import Area, Criterion

Floats = NDArray[np.float64]

LOWEST, HIGHEST = 1.0, 100.0
CAP = 3.0  # robust standard deviations from the median that earn the fewest or the most points
PER_Z = (HIGHEST - LOWEST) / (2 * CAP)  # points per robust standard deviation
MAD_TO_SD = 1.4826  # the standard deviation of a normal distribution over its MAD
LEAST_WEIGHT = 0.5  # share of an area's weight that a municipality's own criteria must carry


@dataclass(frozen=True, kw_only=True)
class Reference:
    """What a criterion's points are counted from; fixed before anything is drawn anew.

    `median` and `spread` are on the transformed scale; both are NaN for "enough", whose level is
    its own reference. `reason` says why the criterion was dropped, None where it was kept.
    """

    criterion: Criterion
    median: float
    spread: float
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Chain:
    """The way from values to scores with fixed references; K criteria kept."""

    references: tuple[Reference, ...]

    @property
    def areas(self) -> tuple[Area, ...]:
        """The areas that a score is made of."""
        return areas_of([reference.criterion for reference in self.references])

    def points(self, values: Floats) -> Floats:
        """Points of values [K, ...]; NaN stays NaN."""
        return np.stack(
            [points(row, ref) for row, ref in zip(values, self.references, strict=True)]
        )

    def area_points(self, given: Floats) -> Floats:
        """Points of areas [A, ...] from points of criteria [K, ...].

        A municipality without one of an area's criteria gets the mean of those that it has, if
        they carry at least half of the area's weight; otherwise the area is missing.
        """
        return np.stack([self._one_area(area, given) for area in self.areas])

    def scores(self, values: Floats) -> Floats:
        """Scores [...] of values [K, ...]; missing where an area is missing."""
        return self.scores_of_areas(self.area_points(self.points(values)))

    def scores_of_areas(self, areas: Floats) -> Floats:
        """Scores [...] of areas [A, ...]: their geometric mean; NaN where one is missing."""
        mean: Floats = np.exp(np.log(areas).sum(axis=0) / len(areas))
        return mean

    def shares(self, given: Floats) -> Floats:
        """How far an area's points move with each criterion's points: [K, ...], 0 where missing."""
        weights = np.array([reference.criterion.weight for reference in self.references])
        present = ~np.isnan(given) * weights.reshape(-1, *[1] * (given.ndim - 1))
        areas = np.array([reference.criterion.area for reference in self.references])
        carried = np.stack([present[areas == area].sum(axis=0) for area in areas])
        shares: Floats = np.zeros_like(present)
        np.divide(present, carried, out=shares, where=carried > 0)
        return shares

    def _one_area(self, area: Area, given: Floats) -> Floats:
        rows = [at for at, ref in enumerate(self.references) if ref.criterion.area == area]
        weights = np.array([self.references[row].criterion.weight for row in rows])
        weights = weights.reshape(-1, *[1] * (given.ndim - 1))
        present = ~np.isnan(given[rows])
        carried = (weights * present).sum(axis=0)
        total = (weights * np.where(present, given[rows], 0.0)).sum(axis=0)
        enough = carried >= LEAST_WEIGHT * weights.sum()
        mean = np.full(total.shape, np.nan)
        np.divide(total, carried, out=mean, where=enough)
        return mean


def transformed(values: Floats, criterion: Criterion) -> Floats:
    """Values on the scale on which they are compared; a loss is as far below 0 as a gain above."""
    if criterion.transform == "log1p":
        return np.sign(values) * np.log1p(np.abs(values))
    return values


def steepness(values: Floats, reference: Reference) -> Floats:
    """How many points one unit of value more is worth, as if points had no cap."""
    criterion = reference.criterion
    if criterion.transform == "enough":
        level = float(criterion.enough or 0)
        return np.where(values < level, (HIGHEST - LOWEST) / level, 0.0)
    slope = 1 / (1 + np.abs(values)) if criterion.transform == "log1p" else np.ones_like(values)
    return PER_Z * slope / reference.spread


def points(values: Floats, reference: Reference) -> Floats:
    """Points in [1, 100]."""
    criterion = reference.criterion
    if criterion.transform == "enough":
        return LOWEST + (HIGHEST - LOWEST) * _share_of_enough(values, criterion)
    z = (transformed(values, criterion) - reference.median) / reference.spread
    signed = z if criterion.higher_is_better else -z
    return LOWEST + PER_Z * (np.clip(signed, -CAP, CAP) + CAP)


def _share_of_enough(values: Floats, criterion: Criterion) -> Floats:
    """How much of the level is reached, at most all of it: more than enough earns nothing."""
    level = float(criterion.enough or 0)
    if criterion.higher_is_better:
        return np.clip(values / level, 0.0, 1.0)
    return level / np.maximum(values, level)


def refer(values: Floats, criterion: Criterion) -> Reference:
    """The reference of a criterion from its values [N]; dropped where it cannot tell anybody apart.

    The spread is 1.4826 MAD; where more than half of the values are one (MAD = 0), the standard
    deviation around that value of those that differ from it.
    """
    known = values[~np.isnan(values)]
    if len(known) == 0:
        return _dropped(criterion, "missing_for_all")
    if criterion.transform == "enough":
        return Reference(criterion=criterion, median=np.nan, spread=np.nan)
    compared = transformed(known, criterion)
    median = float(np.median(compared))
    spread = MAD_TO_SD * float(np.median(np.abs(compared - median)))
    spread = spread or _spread_of_others(compared, median)
    if not spread > 0:
        return _dropped(criterion, "equal_for_all")
    return Reference(criterion=criterion, median=median, spread=spread)


def _spread_of_others(compared: Floats, mode: float) -> float:
    others = compared[compared != mode]
    return float(np.sqrt(np.mean((others - mode) ** 2))) if len(others) else 0.0


def _dropped(criterion: Criterion, reason: str) -> Reference:
    return Reference(criterion=criterion, median=np.nan, spread=np.nan, reason=reason)


def chain_of(references: Sequence[Reference]) -> Chain:
    """The chain of the references that were kept."""
    return Chain(references=tuple(ref for ref in references if ref.reason is None))
