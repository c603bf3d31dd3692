"""One wave of a change is as sure as the estimates of that wave alone are."""

import numpy as np
import pytest

from tests.lib.two_waves import invented, responses, surveyed, the_questionnaire
from torg.survey.change.changes import _level
from torg.survey.change.levels import given
from torg.survey.change.overlap import moments
from torg.survey.change.units import aligned
from torg.survey.estimating.linear import ratios


@pytest.mark.parametrize("margins", [(), ("size",), ("size", "activity")])
@pytest.mark.parametrize("item", ["rare", "half", "posts"])
def test_value_and_variance_are_those_of_the_wave_alone(margins, item):
    country = invented(3)
    answered = responses(country, np.random.Generator(np.random.PCG64(4)))
    waves = [surveyed(country, place, answered[place], margins=margins) for place in (0, 1)]
    pair = aligned(*waves, country.register())
    asked = the_questionnaire().items[item]
    levels = [_level(placed, given(placed, asked), pair.strata)
              for placed in (pair.before, pair.after)]  # fmt: skip
    sure = moments(levels[0].answered, levels[1].answered, pair.strata)
    for place, variance in enumerate((sure.before, sure.after)):
        said = country.truth[item][place][answered[place]][:, None]
        alone = ratios(waves[place].weighting.design, said, np.ones_like(said))
        assert levels[place].values[0] == pytest.approx(alone.estimates[0], rel=1e-9)
        assert variance[0] == pytest.approx(alone.variances[0], rel=1e-6)
