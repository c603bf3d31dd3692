"""How likely each unit of the frame was to answer: a logistic regression, by Newton's method."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, xlogy

from torg.errors import SurveyError

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

MOST_STEPS = 50
TOLERANCE = 1e-10  # of the deviance, relative: where nobody or all of a class answered, the
# coefficient runs to infinity while the propensities settle, and that is where to stop


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """Propensities [N] of a logistic regression, and what they are uncertain by."""

    propensities: Floats
    coefficients: Floats  # [P], those of redundant columns shared out
    variance: Floats = field(repr=False)  # [N]: of each propensity, as estimated


def fit_propensities(design: Floats, answered: Bools) -> Fitted:
    """The logistic regression of having answered [N] on the columns [N, P] of `design`.

    Columns may be redundant; a constant is taken in if none is there. Raises SurveyError where
    nobody or everybody answered: then there is nothing to tell apart.
    """
    if answered.all() or not answered.any():
        raise SurveyError(
            "nobody or everybody answered, so who answers cannot be modelled: wait for answers."
        )
    columns = np.column_stack([np.ones(len(answered)), design])
    responses = answered.astype(np.float64)
    coefficients = _maximise(columns, responses)
    fitted = expit(columns @ coefficients)
    return Fitted(
        propensities=fitted,
        coefficients=coefficients,
        variance=_variances(columns, fitted),
    )


def _maximise(columns: Floats, responses: Floats) -> Floats:
    """The coefficients of the greatest likelihood (McCullagh and Nelder 1989, section 4.4)."""
    coefficients = np.zeros(columns.shape[1])
    deviance = np.inf
    for _ in range(MOST_STEPS):
        fitted = expit(columns @ coefficients)
        now = _deviance(responses, fitted)
        if abs(deviance - now) <= TOLERANCE * (abs(now) + 0.1):
            break
        deviance = now
        step = np.linalg.pinv(_information(columns, fitted), hermitian=True) @ (
            columns.T @ (responses - fitted)
        )
        coefficients = _shortened(columns, responses, coefficients, step, deviance)
    return coefficients


def _shortened(
    columns: Floats, responses: Floats, coefficients: Floats, step: Floats, deviance: float
) -> Floats:
    """The step taken, halved until it does not make the fit worse."""
    for _ in range(30):
        if _deviance(responses, expit(columns @ (coefficients + step))) <= deviance * (1 + 1e-12):
            break
        step = step / 2
    return coefficients + step


def _deviance(responses: Floats, fitted: Floats) -> float:
    return float(-2 * (xlogy(responses, fitted) + xlogy(1 - responses, 1 - fitted)).sum())


def _information(columns: Floats, fitted: Floats) -> Floats:
    matrix: Floats = columns.T @ ((fitted * (1 - fitted))[:, None] * columns)
    return matrix


def _variances(columns: Floats, fitted: Floats) -> Floats:
    """The variance of each propensity, by the delta method."""
    slopes = (fitted * (1 - fitted))[:, None] * columns
    spread = np.linalg.pinv(_information(columns, fitted), hermitian=True)
    variances: Floats = np.einsum("ij,jk,ik->i", slopes, spread, slopes)
    return variances
