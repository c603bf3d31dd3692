"""Over many responses of one country: the bias-adjusted spread and R's interval find the truth."""

import numpy as np
import polars as pl
import pytest

from tests.lib.nightly import scale
from tests.lib.two_waves import invented
from torg.survey import representativity
from torg.survey.response import fit_propensities

DRAWS = scale(60, 1_000)


@pytest.fixture(scope="module")
def drawn():
    """R with its interval, and what the unadjusted spread would say, over many responses."""
    country = invented(5, regions=4)
    frame = country.frame("2015")
    likely = country.likely()
    by_class = (
        frame.with_columns(likely=likely)
        .with_columns(pl.col("likely").mean().over("size_class"))["likely"]
        .to_numpy()
    )
    truth = 1 - 2 * by_class.std(ddof=1)
    random = np.random.Generator(np.random.PCG64(9))
    dummies = (frame["size_class"].to_numpy()[:, None] == frame["size_class"].unique().sort()
               .to_numpy()[None, 1:]).astype(float)  # fmt: skip
    found = []
    for _ in range(DRAWS):
        answered = random.random(country.size) < by_class
        r = representativity(frame, frame.filter(answered), ("size_class",), redrawn=100)
        plain = fit_propensities(dummies, answered).propensities.std(ddof=1)
        found.append((r.r, r.low, r.high, 1 - 2 * plain))
    return truth, np.array(found)


@pytest.mark.slow
def test_r_is_nearer_to_the_truth_than_without_the_adjustment(drawn, figure):
    truth, found = drawn
    adjusted, plain = found[:, 0].mean() - truth, found[:, 3].mean() - truth
    figure(f"R-indicator: bias {adjusted:+.4f}, without the adjustment {plain:+.4f}")
    assert abs(adjusted) < abs(plain)
    assert abs(adjusted) < 0.03


@pytest.mark.slow
def test_its_interval_holds_the_truth(drawn, figure):
    truth, found = drawn
    held = ((found[:, 1] <= truth) & (truth <= found[:, 2])).mean()
    figure(f"R-indicator: 95 % intervals hold the truth in {100 * held:.1f} % of {DRAWS} responses")
    assert held > 0.9
