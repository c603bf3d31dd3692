"""The variance of a change with overlap: the formula, and the arrays that generalise it."""

import numpy as np
import pytest

from tests.lib.slow_change import slow_moments
from torg.survey.change import overlap_variance
from torg.survey.change.overlap import Answered, moments


def waves(values, has, size):
    """One stratum of equal weights: the scores of the means of those that answered."""
    found = []
    for column, answered in zip(values, has, strict=True):
        n = answered.sum()
        residuals = np.where(answered, column - column[answered].mean(), 0.0)
        found.append(
            Answered(
                scores=(residuals / n)[:, None],
                has=answered,
                asked=np.ones(size, dtype=bool),
                likely=np.full(size, n / size),
                left=np.full(size, 1 - 1 / n),
            )
        )
    return found


def test_no_overlap_in_an_endless_frame_adds_the_two_variances():
    endless = overlap_variance(n1=100, n2=50, common=0, size=10**12, s11=2.0, s22=3.0, s12=1.0)
    assert endless == pytest.approx(2 / 100 + 3 / 50)


def test_where_all_answered_both_times_nothing_is_left_to_chance():
    assert overlap_variance(n1=9, n2=9, common=9, size=9, s11=2.0, s22=3.0, s12=1.0) == 0


def test_the_arrays_of_one_stratum_are_the_formula():
    random = np.random.Generator(np.random.PCG64(7))
    size = 60
    values = random.normal(0, 1, (2, size))
    values[1] += values[0]
    has = random.random((2, size)) < 0.6
    both = has[0] & has[1]
    n1, n2 = (int(h.sum()) for h in has)
    covariance = np.cov(values[:, both])[0, 1]
    expected = overlap_variance(
        n1=n1, n2=n2, common=int(both.sum()), size=size,
        s11=values[0][has[0]].var(ddof=1), s22=values[1][has[1]].var(ddof=1), s12=covariance,
    )  # fmt: skip
    found = moments(*waves(values, has, size), np.zeros(size, dtype=np.intp))
    assert found.change[0] == pytest.approx(expected, rel=1e-9)


def test_strata_add_up_as_the_slow_twin_says():
    random = np.random.Generator(np.random.PCG64(11))
    size = 90
    strata = np.arange(size) % 3
    has = random.random((2, size)) < np.array([0.9, 0.5, 0.4])[strata]
    values = random.normal(0, 1, (2, size)).cumsum(axis=0)
    one, other = _stratified(values, has, strata)
    found = moments(one, other, strata)
    slow = slow_moments(values, has, strata)
    assert (found.before[0], found.after[0], found.covariance[0]) == pytest.approx(slow, rel=1e-9)


def _stratified(values, has, strata):
    found = []
    for column, answered in zip(values, has, strict=True):
        scores, likely, left = (np.zeros(len(strata)) for _ in range(3))
        for h in np.unique(strata):
            rows, units = answered & (strata == h), (strata == h).sum()
            n = rows.sum()
            scores[rows] = (column[rows] - column[rows].mean()) * units / n / len(strata)
            likely[strata == h], left[strata == h] = n / units, 1 - 1 / n
        found.append(
            Answered(
                scores=scores[:, None],
                has=answered,
                asked=np.ones(len(strata), dtype=bool),
                likely=likely,
                left=left,
            )
        )
    return found


def drawn(random, *, size, rate, repeat):
    """Answers of two waves: `rate` answer, of those that did `repeat` again; simple random."""
    n = round(size * rate)
    order = random.permutation(size)
    again = round(n * repeat)
    second = np.concatenate([order[:again], order[n : 2 * n - again]])
    has = np.zeros((2, size), dtype=bool)
    has[0, order[:n]] = True
    has[1, second] = True
    return has


def test_357_units_of_which_60_per_cent_answer_and_88_per_cent_of_these_again(figure):
    """The published check: 0.000437 by the formula, 0.000434 simulated, 0.000924 without overlap.

    The check's own answers are not published: two waves of a share are drawn here of which the
    formula gives that figure, and the simulation has to find it too.
    """
    random = np.random.Generator(np.random.PCG64(2026))
    size, n, again = 357, 214, 188
    before = (np.arange(size) < 157).astype(float)  # 44 %
    after = ((np.arange(size) >= 2) & (np.arange(size) < 202)).astype(
        float
    )  # 56 %: 45 more, 2 fewer
    s = np.cov(np.stack([before, after]))
    formula = overlap_variance(
        n1=n, n2=n, common=again, size=size, s11=s[0, 0], s22=s[1, 1], s12=s[0, 1]
    )
    draws = []
    for _ in range(4_000):
        has = drawn(random, size=size, rate=0.6, repeat=0.88)
        draws.append(after[has[1]].mean() - before[has[0]].mean())
    apart = s[0, 0] * (1 / n - 1 / size) + s[1, 1] * (1 / n - 1 / size)
    figure(
        f"change with overlap, N = 357: {formula:.6f} by the formula, {np.var(draws):.6f} "
        f"in 4,000 draws, {apart:.6f} as if the waves had nothing in common"
    )
    assert formula == pytest.approx(0.000437, abs=0.000005)
    assert np.var(draws) == pytest.approx(formula, rel=0.08)
    assert apart == pytest.approx(0.000924, abs=0.000005)
