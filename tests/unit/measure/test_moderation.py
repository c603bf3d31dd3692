"""What a variance from few, heavy-tailed weeks can borrow from those of others."""

import numpy as np
import pytest

from torg.measure.moderation import moderate


def variances(true, *, degrees, seed=1):
    """Two halves of chi-squared variances around the true ones, and their mean."""
    halves = (
        true[:, None] * np.random.default_rng(seed).chisquare(degrees, (len(true), 2)) / degrees
    )
    return halves.mean(axis=1), halves


SIZE = np.linspace(-1, 1, 400)


def test_where_only_chance_tells_variances_apart_they_become_the_trend():
    true = np.exp(SIZE)
    own, halves = variances(true, degrees=6)
    moderated, weight = moderate(own, halves, SIZE[None])
    assert weight < 0.15
    assert np.abs(np.log(moderated / true)).mean() < 0.1


def test_where_they_truly_differ_they_stay_what_they_are():
    true = np.exp(2 * np.random.default_rng(2).normal(size=400))
    own, halves = variances(true, degrees=60)
    moderated, weight = moderate(own, halves, SIZE[None])
    assert weight > 0.95
    assert np.median(moderated / own) == pytest.approx(1, abs=0.1)


def test_in_between_they_err_less_than_by_themselves():
    true = np.exp(SIZE + 0.5 * np.random.default_rng(2).normal(size=400))
    own, halves = variances(true, degrees=6)
    moderated, weight = moderate(own, halves, SIZE[None])
    assert 0.2 < weight < 0.9
    error = np.log(np.array([moderated, own]) / true)
    assert (error[0] ** 2).mean() < 0.8 * (error[1] ** 2).mean()
    assert moderated.mean() == pytest.approx(true.mean(), rel=0.1)


def test_no_variance_gets_the_trends():
    own, halves = variances(np.exp(SIZE), degrees=6)
    own[0] = halves[0] = 0
    assert moderate(own, halves, SIZE[None])[0][0] > 0


def test_a_handful_keep_their_own():
    own, halves = variances(np.ones(9), degrees=6)
    assert moderate(own, halves, np.zeros((1, 9))) == (pytest.approx(own), 1.0)
