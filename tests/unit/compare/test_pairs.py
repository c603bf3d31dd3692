"""A pair's definition is checked when it is read."""

import pytest
from pydantic import ValidationError

from torg.compare import PAIRS, PairDefinition

SOUND = PAIRS["has_page"].model_dump()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"measure": "posts_a_weke"}, "no measure is called 'posts_a_weke'"),
        ({"next_review": SOUND["reviewed"]}, "next_review must lie after reviewed"),
        ({"items": ()}, "items"),
        ({"codes": ()}, "codes"),
        ({"threshold": 3}, "threshold"),  # at_least is the word
        ({"id": "Has page"}, "id"),
    ],
)
def test_what_cannot_be_is_refused(change, why):
    with pytest.raises(ValidationError, match=why):
        PairDefinition(**{**SOUND, **change})


def test_measures_of_one_platform_can_be_held_against():
    assert PairDefinition(**{**SOUND, "measure": "posts_per_week:bluesky"}).measure.endswith("sky")
