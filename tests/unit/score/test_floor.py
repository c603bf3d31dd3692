"""The least variance that a count model allows."""

import numpy as np
import pytest

from torg.score.figures import Figures
from torg.score.floor import least_variances, smoothed


def figures(measure, numerators, denominators):
    numerators, denominators = np.array(numerators, float), np.array(denominators, float)
    with np.errstate(invalid="ignore"):
        values = (numerators.sum(axis=1) / denominators.sum(axis=1))[None]
    return Figures(
        measures=(measure,),
        units=tuple(("NO", str(at)) for at in range(len(numerators))),
        values=values,
        redrawn=values[..., None],
        without=values[..., None],
        numerators=numerators[None],
        denominators=denominators[None],
        observed=np.ones(numerators.shape, dtype=bool),
        scales=np.ones(values.shape),
    )


def test_without_an_event_a_municipality_sits_at_half_an_event_whatever_its_size():
    # The country: 30 events in 60 weeks. Half an event is added, and half of the exposure of one.
    seen = figures("c2", [[0] * 20, [1] * 20, [0.5] * 20], [[1] * 20] * 3)
    assert smoothed(seen)[0, 0] == pytest.approx(0.5 / (20 + 0.5 / 0.5))
    small = figures("c2", [[0] * 20, [1] * 20, [0.5] * 20], [[0.1] * 20, [1] * 20, [1] * 20])
    assert small.scales[0, 0] * smoothed(small)[0, 0] * 2 == pytest.approx(0.5 / 1.5, rel=0.3)


def test_nothing_seen_is_not_nothing_varying():
    seen = figures("c2", [[0] * 20, [1] * 20], [[1] * 20] * 2)
    # Poisson here, since nothing varies more: expected events over exposure squared.
    rate = 0.5 / (20 + 0.5 / 0.5)
    assert least_variances(seen)[0, 0] == pytest.approx(20 * rate / 20**2)


def test_the_pooled_dispersion_is_found_again():
    rng = np.random.default_rng(1)
    means = np.repeat(rng.uniform(1, 20, 400)[:, None], 17, axis=1)
    counts = rng.poisson(means * rng.gamma(2, 1 / 2, means.shape))  # alpha = 1 / 2
    found = least_variances(figures("c2", counts, np.ones(means.shape)))[0]
    true = (means[:, 0] + means[:, 0] ** 2 / 2) / 17
    assert np.median(found / true) == pytest.approx(1, abs=0.15)


def test_shares_vary_as_binomial_counts_where_items_are_independent():
    rng = np.random.default_rng(1)
    items = rng.integers(1, 12, (400, 17))
    answered = rng.binomial(items, 0.7)
    found = least_variances(figures("answered_24h", answered, items))[0]
    assert np.mean(found * items.sum(axis=1)) == pytest.approx(0.7 * 0.3, rel=0.1)


def test_one_question_answered_is_no_certainty():
    seen = figures("answered_24h", [[1, 0], [0, 3]], [[1, 0], [2, 4]])
    # (1 + 0.5) / (1 + 1) = 0.75 of one item.
    assert least_variances(seen)[0, 0] == pytest.approx(0.75 * 0.25)


def test_a_stock_has_none_and_a_missing_value_has_none_to_have():
    assert least_variances(figures("followers", [[5, 5]], [[1, 1]]))[0, 0] == 0
    assert np.isnan(least_variances(figures("c2", [[0, 0], [1, 1]], [[0, 0], [1, 1]]))[0, 0])
