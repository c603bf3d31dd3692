"""Weighting on observed activity takes away at least four fifths of the bias of what is stated.

The model of who answers is in tests/lib/silence.py: logistic in log population and activity, with
its coefficients, at Finland's 48.6 per cent with the large towns twice as likely. The bias of an
item is its mean error over many draws of who answers, and what is taken away of it is compared over
all items (the sum of their biases) and for each.
"""

import numpy as np
import polars as pl
import pytest

from tests.lib.nightly import scale
from tests.lib.silence import (
    ITEMS,
    LARGE,
    RATE,
    SMALL,
    answers,
    bent,
    country,
    straight,
)
from torg.compare import bias, gate, through
from torg.survey import weigh

COUNTRIES = (1, 2, 3, 4)
DRAWS = scale(150, 1000)
LEAST_TAKEN_AWAY = 0.80
WITH_ACTIVITY, WITHOUT = ("size", "region", "activity"), ("size", "region")


def biases(one, *, margins, draws, seed):
    """The bias of each item (before, after): the mean error of its share over the draws."""
    rng = np.random.Generator(np.random.PCG64(seed))
    errors = np.zeros((len(ITEMS), 2))
    says = np.array([one.says[name] for name in ITEMS], dtype=float)
    for _ in range(draws):
        has = answers(one, rng)
        weighting = weigh(
            one.frame, one.frame.filter(pl.Series(has)), margins=margins, observed=one.observed
        )
        weights = weighting.weights["weight"].to_numpy()
        own = says[:, has]
        errors[:, 0] += own.mean(axis=1) - says.mean(axis=1)
        errors[:, 1] += own @ weights / weights.sum() - says.mean(axis=1)
    return errors / draws


def taken_away(model, margins):
    """Of the sum of all biases of all countries, and of each item: the share taken away."""
    found = np.array(
        [biases(country(s, model=model), margins=margins, draws=DRAWS, seed=s) for s in COUNTRIES]
    )
    before, after = np.abs(found).sum(axis=0).T
    return 1 - after.sum() / before.sum(), 1 - after / before


@pytest.mark.parametrize("seed", COUNTRIES)
def test_the_model_is_as_it_is_written_down(seed):
    one = country(seed)
    people = one.frame["population"].to_numpy()
    assert one.likely.mean() == pytest.approx(RATE)
    times = one.likely[people >= LARGE].mean() / one.likely[people < SMALL].mean()
    assert times == pytest.approx(2.0)
    assert one.slope > 0


def test_of_the_model_that_was_written_down_first(figure):
    whole, each = taken_away(straight, WITH_ACTIVITY)
    without, _ = taken_away(straight, WITHOUT)
    figure(
        f"bias of stated items taken away by weighting on observed activity: {whole:.0%} "
        f"(items {each.min():.0%} to {each.max():.0%}; without activity {without:.0%}); "
        f"{len(COUNTRIES)} countries, {DRAWS} draws each"
    )
    assert whole >= LEAST_TAKEN_AWAY
    assert without < whole


def test_of_a_model_that_it_does_not_fit(figure):
    whole, each = taken_away(bent, WITH_ACTIVITY)
    without, _ = taken_away(bent, WITHOUT)
    figure(
        f"the same under a model that it does not fit (steps, and activity by size): {whole:.0%} "
        f"(items {each.min():.0%} to {each.max():.0%}; without activity {without:.0%})"
    )
    assert whole > without


def test_the_measured_bias_is_the_true_one_before_weighting_and_smaller_after():
    """Of what was observed the bias is known, without any model."""
    one = country(1)
    has = answers(one, np.random.Generator(np.random.PCG64(7)))
    respondents = one.frame.filter(pl.Series(has))
    joined = through(one.observed, gate(one.observed, one.frame, respondents=respondents))

    def again(rows):
        return weigh(one.frame, respondents, observed=rows)

    left_out = bias(joined, one.frame, respondents, activity=("posts_per_week",), weigh=again)
    row = left_out.row(0, named=True)
    posts = one.observed["value"].to_numpy()
    assert row["before"] == pytest.approx(posts[has].mean() - posts.mean())
    assert row["left_out"] == "posts_per_week"
    assert "activity" not in row["weighted_by"]
    assert 0 < row["after"] < row["before"]
