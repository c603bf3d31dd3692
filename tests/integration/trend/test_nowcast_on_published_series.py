"""The nowcast on what was published: each edition told from those before it."""

import pytest

from tests.lib.published_series import SERIES, back_test, learnt, widened
from torg.survey.trend.growth import PRIOR


@pytest.mark.slow
def test_the_prior_is_what_the_published_series_teach():
    found = widened(learnt(SERIES))
    assert found.drift == pytest.approx(PRIOR.drift, abs=0.005)
    assert found.drift_spread == pytest.approx(PRIOR.drift_spread, abs=0.005)
    assert found.wander == pytest.approx(PRIOR.wander, abs=0.005)


@pytest.mark.slow
def test_intervals_hold_what_came_with_a_prior_that_has_not_seen_the_series(figure):
    """The prior of each series is learnt from the others, so that nothing tells its own future."""
    told = {
        name: back_test(name, prior=widened(learnt([other for other in SERIES if other != name])))
        for name in SERIES
    }
    rows = [row for of_series in told.values() for row in of_series]
    held = [low <= was <= high for _, _, low, high, was in rows]
    last = [of_series[-1] for of_series in told.values()]
    held_last = [low <= was <= high for _, _, low, high, was in last]
    width = sum(high - low for _, _, low, high, _ in rows) / len(rows)
    off = sum(abs(middle - was) for _, middle, _, _, was in rows) / len(rows)
    for name, of_series in told.items():
        year, middle, low, high, was = of_series[-1]
        figure(
            f"nowcast, {name}: {year:.0f} told as {100 * middle:.0f} % "
            f"[{100 * low:.0f}, {100 * high:.0f}], was {100 * was:.0f} %"
        )
    figure(
        f"nowcast: 95 % intervals hold {sum(held)} of {len(held)} editions told from those before "
        f"({sum(held_last)} of {len(last)} last ones); mean width {100 * width:.0f} points, the "
        f"middle {100 * off:.0f} points off"
    )
    assert sum(held) >= len(held) - 2
    assert sum(held_last) >= len(last) - 1
