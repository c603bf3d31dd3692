"""Differences between groups of one wave."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import polars as pl

from torg.errors import SurveyError
from torg.survey.estimating.cells import Cells
from torg.survey.estimating.ends import (
    EXTREME,
    FEW_ANSWERS,
    FEW_OF_A_KIND,
    Bounded,
    bounded,
    words,
)
from torg.survey.estimating.estimate import ready, rows_of
from torg.survey.estimating.groups import Mask
from torg.survey.estimating.linear import covariances
from torg.survey.intervals import NO_SPREAD, Ends, Floats, student
from torg.survey.questionnaire import Questionnaire
from torg.survey.surveyed import Surveyed
from torg.survey.tables import ESTIMATES, empty

# Of a difference of shares, from end to end: twice what is wide of one share is hardly a finding.
_WIDE = 0.40


def differences(
    surveyed: Surveyed,
    questionnaire: Questionnaire,
    *,
    items: Sequence[str] | None = None,
    groups: Sequence[str] = ("size",),
    pairs: Sequence[tuple[str, str]] | None = None,
    confidence: float = 0.95,
) -> pl.DataFrame:
    """Each figure of one group less that of another, as ESTIMATES rows of the group "A - B".

    All pairs of each kind of `groups`, or those of `pairs` alone ("size:50k+", "size:0-2k"). The
    variance has the covariance that weighting gives the two. Raises SurveyError.
    """
    at = ready(surveyed, questionnaire)
    table = at.table(items)
    found = {kind: {g.name: at.cells(table, g) for g in at.groups((kind,))} for kind in groups}
    chosen = [pair for own in found.values() for pair in combinations(own, 2)]
    named = {name: cells for own in found.values() for name, cells in own.items()}
    rows = [
        _rows(_named(named, one), _named(named, other), surveyed, confidence)
        for one, other in (chosen if pairs is None else pairs)
    ]
    return pl.concat([empty(ESTIMATES), *rows])


def _named(cells: dict[str, Cells], name: str) -> Cells:
    if name not in cells:
        raise SurveyError(f"there is no group {name}: choose of {', '.join(cells)}")
    return cells[name]


def _rows(one: Cells, other: Cells, surveyed: Surveyed, confidence: float) -> pl.DataFrame:
    n = np.where((one.n > 0) & (other.n > 0), one.n + other.n, 0)
    ends = difference(one, other, confidence=confidence)
    name = f"{one.group} - {other.group}"
    return rows_of(ends, group=name, columns=one.columns, n=n, surveyed=surveyed)


def difference(one: Cells, other: Cells, *, confidence: float) -> Bounded:
    """Each figure of one group less that of the other, with its interval and flags.

    From the linearised scores; where a share rests on few answers of a kind, from the intervals of
    the two groups.
    """
    first, second = (bounded(cells, confidence=confidence) for cells in (one, other))
    middle = first.estimates - second.estimates
    is_sparse = _is_sparse(one) | _is_sparse(other)
    plain = _linear_ends(one, other, middle, confidence)
    joint = _joined_ends(first, second, middle)
    low, high = (np.where(is_sparse, j, p) for j, p in zip(joint, plain, strict=True))
    low = np.fmax(low, one.possible[0] - other.possible[1])
    high = np.fmin(high, one.possible[1] - other.possible[0])
    has = np.isfinite(middle)
    few = np.minimum(one.n / one.kish, other.n / other.kish) < FEW_ANSWERS
    return Bounded(
        estimates=middle,
        low=np.where(np.isfinite(low), low, np.nan),
        high=np.where(np.isfinite(high), high, np.nan),
        flags=words(
            wide=has & one.is_share & ~(high - low < _WIDE),
            few=has & few,
            extreme_weights=has & (np.maximum(one.kish, other.kish) > EXTREME),
        ),
    )


def _is_sparse(cells: Cells) -> Mask:
    """Whether a share has too few answers of a kind for its standard error to tell."""
    kinds = np.minimum(cells.yes, cells.n - cells.yes)
    return cells.is_share & ((kinds < FEW_OF_A_KIND) | ~(cells.linear.errors > NO_SPREAD))


def _linear_ends(one: Cells, other: Cells, middle: Floats, confidence: float) -> Ends:
    scores = one.linear.scores - other.linear.scores
    errors = np.sqrt(covariances(one.linear.design, scores, scores))
    df = one.linear.df + other.linear.df
    return student(middle, errors, df=df, confidence=confidence)


def _joined_ends(first: Bounded, second: Bounded, middle: Floats) -> Ends:
    """From the two intervals (Newcombe 1998, method 10): right also where one share is 0 or 1."""
    below = np.hypot(first.estimates - first.low, second.high - second.estimates)
    above = np.hypot(first.high - first.estimates, second.estimates - second.low)
    return middle - below, middle + above
