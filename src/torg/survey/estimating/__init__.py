"""Estimates: shares, means and differences, with intervals that own up to who did not answer."""

from torg.survey.estimating.cells import Cells
from torg.survey.estimating.differences import difference, differences
from torg.survey.estimating.ends import Bounded, bounded
from torg.survey.estimating.estimate import Ready, cross, estimate, ready
from torg.survey.estimating.linear import Linear, covariances, ratios, unexplained
from torg.survey.intervals import (
    NO_SPREAD,
    hypergeometric,
    korn_graubard,
    possible,
    student,
    wilson,
)

__all__ = [
    "NO_SPREAD",
    "Bounded",
    "Cells",
    "Linear",
    "Ready",
    "bounded",
    "covariances",
    "cross",
    "difference",
    "differences",
    "estimate",
    "hypergeometric",
    "korn_graubard",
    "possible",
    "ratios",
    "ready",
    "student",
    "unexplained",
    "wilson",
]
