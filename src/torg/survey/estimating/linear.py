"""Ratios of weighted sums, many at once, with their variance by linearisation.

A share, a mean and the mean of a domain are all the ratio ``sum(w y) / sum(w x)``. Its linearised
value for a respondent is ``z = (y - R x) / sum(w x)``; what the calibration explains of it is taken
away, and what is left, times the weight, is summed up stratum by stratum with the finite population
correction (Woodruff 1971; Deville and Särndal 1992; Särndal, Swensson and Wretman 1992, 5.5, 6.6).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from torg.survey.weighting import Design, Floats, product


@dataclass(frozen=True, eq=False)
class Linear:
    """Estimates side by side; `scores` have a row for each respondent and a column for each."""

    design: Design
    estimates: Floats  # nan where the base is empty
    scores: Floats  # w e: the weight times the calibrated residual of the linearised value
    n: Floats  # respondents in the base
    df: Floats  # degrees of freedom: those respondents less the strata that they are of

    @property
    def variances(self) -> Floats:
        """The variance of each estimate."""
        return covariances(self.design, self.scores, self.scores)

    @property
    def errors(self) -> Floats:
        """The standard error of each estimate; nan where one answer stands for several units."""
        return np.asarray(np.sqrt(self.variances))


def ratios(design: Design, above: Floats, below: Floats) -> Linear:
    """The ratio of the weighted sums of each column of `above` to those of `below`.

    Both have a row for each respondent of the design; outside of its base a column is zero in both.
    """
    weights = design.weights[:, None]
    sums = (weights * below).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        estimates = np.where(sums > 0, (weights * above).sum(axis=0) / sums, np.nan)
        values = np.where(sums > 0, (above - estimates * below) / sums, np.nan)
    is_in = below != 0
    return Linear(
        design=design,
        estimates=estimates,
        scores=weights * unexplained(design, values),
        n=is_in.sum(axis=0).astype(np.float64),
        df=_freedom(design, is_in),
    )


def unexplained(design: Design, values: Floats) -> Floats:
    """What is left of each column of values after regression on the calibrated margins."""
    if not design.basis.shape[1]:
        return values
    root = np.sqrt(design.metric)[:, None]
    part = product(design.basis.T, root * values)
    return np.asarray(values - product(design.basis, part) / root)


def covariances(design: Design, one: Floats, other: Floats) -> Floats:
    """The covariance of the sums of the columns of `one` and of `other`, pair by pair.

    With the factors of the design; nan where one answer stands for several units.
    """
    if not design.is_corrected:
        one, other = _deviations(design, one), _deviations(design, other)
    return np.asarray((design.factors[:, None] * one * other).sum(axis=0))


def _deviations(design: Design, scores: Floats) -> Floats:
    means = product(design.membership.T, scores) / np.maximum(design.answers, 1)[:, None]
    return np.asarray(scores - means[design.strata])


def _freedom(design: Design, is_in: npt.NDArray[np.bool_]) -> Floats:
    strata = (product(design.membership.T, is_in.astype(np.float64)) > 0).sum(axis=0)
    return np.asarray(is_in.sum(axis=0) - strata, dtype=np.float64)
