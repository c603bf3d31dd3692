"""Rank sets: refusals, threads, and size."""

import numpy as np
import pytest

from torg.score import rank_sets, ranksets


def figures(n=120):
    rng = np.random.default_rng(4)
    return rng.normal(0, 3, n), rng.lognormal(-1, 1, n)


def all_of(sets):
    return [getattr(sets, name).tolist() for name in ranksets.RankSets.__dataclass_fields__]


def test_the_number_of_cores_changes_nothing(monkeypatch):
    options = {"draws": 300, "confidence": 0.95, "seed": 7}
    found = []
    for cores in (1, 2, 5):
        monkeypatch.setattr(ranksets, "cpu_count", lambda cores=cores: cores)
        found.append(all_of(rank_sets(*figures(), **options)))
    assert found[0] == found[1] == found[2]


def test_more_draws_than_a_block_and_fewer_than_a_block_serve_alike():
    for draws in (100, 129, 1000):
        found = rank_sets(*figures(), draws=draws, confidence=0.95, seed=7)
        assert (found.marginal_low <= found.marginal_high).all()


@pytest.mark.parametrize(
    ("estimates", "variances", "sentence"),
    [
        ([1, 2], [1], "one length"),
        ([1, np.nan], [1, 1], "leave out what is missing"),
        ([1, 2], [1, -1], "negative"),
    ],
)
def test_what_cannot_be_ranked_is_refused(estimates, variances, sentence):
    with pytest.raises(ValueError, match=sentence):
        rank_sets(
            np.array(estimates, float),
            np.array(variances, float),
            draws=100,
            confidence=0.9,
            seed=1,
        )


@pytest.mark.parametrize("seed", range(15, 27))
def test_nobody_is_proven_better_than_who_is_ahead(seed):
    # One open pair, little confidence and few draws: for some seeds the quantile lies below 0.
    found = rank_sets(
        np.array([1.0, 0.0]), np.array([0.0, 0.01]), draws=100, confidence=0.6, seed=seed
    )
    assert found.simultaneous_low.tolist() == found.marginal_low.tolist() == [1, 2]
    assert found.simultaneous_high.tolist() == found.marginal_high.tolist() == [1, 2]
