"""Whatever the figures: the fast rank sets are the slow ones, and behave as sets of places must."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lib.slow_ranks import slow_rank_sets
from torg.score import rank_sets

ESTIMATE = st.one_of(st.integers(0, 6).map(float), st.floats(-50, 50))
VARIANCE = st.one_of(st.sampled_from([0.0, 0.01, 1.0]), st.floats(1e-3, 30))


@st.composite
def scores(draw, most=6):
    n = draw(st.integers(1, most))
    estimates = draw(st.lists(ESTIMATE, min_size=n, max_size=n))
    variances = draw(st.lists(VARIANCE, min_size=n, max_size=n))
    return np.array(estimates), np.array(variances)


def pairs(low, high):
    return list(zip(low.tolist(), high.tolist(), strict=True))


@given(scores(), st.integers(0, 50), st.sampled_from([0.6, 0.9, 0.95]))
@settings(max_examples=40, deadline=None)
def test_the_fast_sets_are_the_slow_ones(figures, seed, confidence):
    found = rank_sets(*figures, draws=100, confidence=confidence, seed=seed)
    simultaneous, marginal = slow_rank_sets(*figures, draws=100, confidence=confidence, seed=seed)
    assert pairs(found.simultaneous_low, found.simultaneous_high) == simultaneous
    assert pairs(found.marginal_low, found.marginal_high) == marginal


@given(scores(most=30), st.integers(0, 50))
@settings(max_examples=30, deadline=None)
def test_a_set_holds_the_place_and_the_simultaneous_set_holds_the_marginal(figures, seed):
    estimates, variances = figures
    found = rank_sets(estimates, variances, draws=200, confidence=0.95, seed=seed)
    first = 1 + (estimates[None, :] > estimates[:, None]).sum(axis=1)
    last = len(estimates) - (estimates[None, :] < estimates[:, None]).sum(axis=1)
    assert (found.marginal_low <= first).all()
    assert (last <= found.marginal_high).all()
    assert (found.simultaneous_low <= found.marginal_low).all()
    assert (found.marginal_high <= found.simultaneous_high).all()


@given(scores(most=20), st.integers(0, 50), st.floats(1, 20))
@settings(max_examples=30, deadline=None)
def test_more_variance_never_narrows_a_set(figures, seed, times):
    estimates, variances = figures
    sure = rank_sets(estimates, variances, draws=200, confidence=0.95, seed=seed)
    unsure = rank_sets(estimates, variances * times, draws=200, confidence=0.95, seed=seed)
    assert (unsure.marginal_low <= sure.marginal_low).all()
    assert (sure.marginal_high <= unsure.marginal_high).all()
    assert (unsure.simultaneous_low <= sure.simultaneous_low).all()
    assert (sure.simultaneous_high <= unsure.simultaneous_high).all()


@given(st.integers(1, 25), VARIANCE, st.integers(0, 50))
@settings(max_examples=30, deadline=None)
def test_equals_cannot_be_told_apart(n, variance, seed):
    same = np.full(n, 42.0)
    found = rank_sets(same, np.full(n, variance), draws=100, confidence=0.95, seed=seed)
    assert pairs(found.simultaneous_low, found.simultaneous_high) == [(1, n)] * n
    assert pairs(found.marginal_low, found.marginal_high) == [(1, n)] * n


@given(scores(most=20), st.integers(0, 50))
@settings(max_examples=20, deadline=None)
def test_with_errors_far_beyond_the_gaps_everybody_can_have_any_place(figures, seed):
    estimates, _ = figures
    n = len(estimates)
    found = rank_sets(estimates, np.full(n, 1e9), draws=200, confidence=0.95, seed=seed)
    assert pairs(found.marginal_low, found.marginal_high) == [(1, n)] * n
