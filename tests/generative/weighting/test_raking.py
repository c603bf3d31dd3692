"""Raking against iterative proportional fitting done class by class."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from tests.lib.slow_estimates import raked as slowly
from torg.survey.weighting import is_met, raked


@st.composite
def problems(draw):
    """Respondents in two margins, all crossings filled, and totals of a frame that has them."""
    rows, columns = draw(st.integers(2, 4)), draw(st.integers(2, 4))
    answers = [[draw(st.integers(1, 4)) for _ in range(columns)] for _ in range(rows)]
    silent = [[draw(st.integers(0, 6)) for _ in range(columns)] for _ in range(rows)]
    cells = [(r, c) for r in range(rows) for c in range(columns) for _ in range(answers[r][c])]
    frame = np.array(answers) + np.array(silent)
    margins = tuple(np.array(part) for part in zip(*cells, strict=True))
    totals = (frame.sum(axis=1).astype(float), frame.sum(axis=0).astype(float))
    return np.full(len(cells), frame.sum() / len(cells)), margins, totals


@settings(deadline=None)
@given(problems())
def test_weights_are_those_of_the_slow_twin(problem):
    base, margins, totals = problem
    weights, misfits = raked(base, margins, totals)
    assert is_met(misfits)
    slow = slowly(base, margins, [dict(enumerate(total)) for total in totals])
    assert weights == pytest.approx(slow, rel=1e-8)


@settings(deadline=None)
@given(problems(), st.floats(0.2, 0.9), st.floats(1.1, 4))
def test_bounds_are_kept_and_where_they_allow_it_margins_are_met(problem, least, most):
    base, margins, totals = problem
    bounds = (base[0] * least, base[0] * most)
    weights, misfits = raked(base, margins, totals, bounds=bounds)
    assert weights.min() >= bounds[0] - 1e-12
    assert weights.max() <= bounds[1] + 1e-12
    free, _ = raked(base, margins, totals)
    if bounds[0] < free.min() and free.max() < bounds[1]:
        assert weights == pytest.approx(free, rel=1e-8)
    # Where only weights at the very bounds would do, either answer is right.
    if _can_be_met(base, margins, totals, bounds, slack=-1e-6):
        assert is_met(misfits)
    if is_met(misfits):
        assert _can_be_met(base, margins, totals, bounds, slack=1e-6)


def _can_be_met(base, margins, totals, bounds, *, slack):
    """Whether any weights within the bounds meet the margins: a linear programme says."""
    rows = [m == k for m, total in zip(margins, totals, strict=True) for k in range(len(total))]
    within = (bounds[0] - slack, bounds[1] + slack)
    found = linprog(
        np.zeros(len(base)),
        A_eq=np.array(rows, dtype=float),
        b_eq=np.concatenate(totals),
        bounds=[within] * len(base),
    )
    return found.status == 0
