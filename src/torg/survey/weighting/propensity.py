"""How likely each unit was to answer, by a logit on what is known of all (Little 1986)."""

import numpy as np

from torg.survey.weighting.design import Codes, Floats, product

CLASSES = 5  # take away over nine tenths of the bias of one covariate (Cochran 1968)
_RIDGE = 0.01  # keeps finite the coefficient of a region in which all or none answered


def propensities(known: Floats, answered: Floats) -> Floats:
    """The likelihood that each unit answers; `known` has a row for each unit and no constant."""
    from scipy.optimize import minimize  # slow to load, and hardly a command needs it

    spread = known.std(axis=0)
    scaled = (known - known.mean(axis=0)) / np.where(spread > 0, spread, 1)
    columns = np.column_stack([np.ones(len(scaled)), scaled])
    penalty = np.full(columns.shape[1], _RIDGE)
    penalty[0] = 0

    def loss(b: Floats) -> tuple[float, Floats]:
        line = product(columns, b[:, None])[:, 0]
        value = np.sum(np.logaddexp(0, line) - answered * line) + np.sum(penalty * b**2) / 2
        off = _expit(line) - answered
        slope = product(columns.T, off[:, None])[:, 0] + penalty * b
        return float(value), slope

    found = minimize(loss, np.zeros(columns.shape[1]), jac=True, method="BFGS")  # type: ignore[no-untyped-call]
    return _expit(product(columns, found.x[:, None])[:, 0])


def classes_by(likelihood: Floats) -> Codes:
    """Five classes of as many units each, the least likely first; ties stay together."""
    cuts = np.quantile(likelihood, np.arange(1, CLASSES) / CLASSES, method="lower")
    return np.searchsorted(cuts, likelihood, side="left").astype(np.intp)


def _expit(line: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-line)))
