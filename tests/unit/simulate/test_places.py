"""Where people live in the invented country."""

import numpy as np
import pytest

from torg.simulate.places import changes, draw_places, municipalities
from torg.simulate.world import World


@pytest.fixture(scope="module")
def places():
    return draw_places(np.random.default_rng(5), World(), staying=357, weeks=17)


def test_codes_have_four_digits_and_begin_with_their_county(places):
    assert len(set(places.codes)) == len(places.codes) == 360
    assert all(len(code) == 4 and code.isdigit() for code in places.codes)
    pairs = zip(places.codes, places.county.tolist(), strict=True)
    assert all(int(code[:2]) == county + 1 for code, county in pairs)


def test_there_are_eleven_counties_and_each_has_a_name(places):
    assert len(set(places.counties)) == 11
    assert set(places.county.tolist()) == set(range(11))


def test_sizes_spread_over_three_orders_of_magnitude():
    drawn = [
        draw_places(np.random.default_rng(seed), World(), staying=357, weeks=17)
        for seed in range(20)
    ]
    sizes = np.concatenate([places.population for places in drawn])
    assert 4500 < np.median(sizes) < 5500
    assert sizes.min() < 400
    assert 200_000 < sizes.max() <= 700_000
    assert 2000 < np.quantile(sizes, 0.25) < 3000
    assert 10_000 < np.quantile(sizes, 0.75) < 16_000


def test_those_that_merge_end_on_the_day_and_live_on_within_their_county(places):
    merged = {change.code: change.successor for change in changes(places)}
    by_code = {unit.code: unit for unit in municipalities(places)}
    assert len(merged) == 3
    for old, new in merged.items():
        assert by_code[old].valid_to == places.merger
        assert by_code[new].valid_to is None
        assert by_code[old].county == by_code[new].county


def test_nobody_is_lost_in_a_merger(places):
    last = [unit.populations[-1][1] for unit in municipalities(places) if unit.valid_to is None]
    assert sum(last) == places.population.sum()


@pytest.mark.parametrize("staying", [1, 2, 11, 40, 1500])
def test_countries_of_other_sizes_have_different_codes_too(staying):
    places = draw_places(np.random.default_rng(1), World(), staying=staying, weeks=4)
    assert places.staying == staying
    assert len(set(places.codes)) == len(places.codes) == len(set(places.names))
