"""Recipes and the countries that they make: what cannot be is refused, what is said is done."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from torg.register import check
from torg.simulate import RECIPES, World, simulate
from torg.simulate.survey.land import draw_register
from torg.simulate.survey.recipe import Land
from torg.simulate.survey.truth import wanted_shares
from torg.survey.questionnaire import READY, read_questionnaire

DAY = dt.date(2015, 1, 1)


def drawn(land, seed=1):
    return draw_register(np.random.default_rng(seed), land)


def land(**further):
    return Land(
        **{
            "sound": "sv",
            "languages": ("sv",),
            "counties": 3,
            "sizes": {"<2k": 4, "2-5k": 5, ">50k": 1},
            "largest": 90_000,
            **further,
        }
    )


def test_a_recipe_needs_a_country_of_one_kind():
    recipe = RECIPES["skl-2010"]
    with pytest.raises(ValueError, match="land"):
        replace(recipe, land=None)
    with pytest.raises(ValueError, match="months"):
        replace(recipe, months=RECIPES["ks-2014"].months)


def test_an_invented_country_begins_on_a_monday():
    with pytest.raises(ValueError, match="Monday"):
        World(start=dt.date(2014, 3, 4))
    assert simulate(1, municipalities=5, weeks=1, world=World(start=dt.date(2014, 3, 3))).start == (
        dt.date(2014, 3, 3)
    )


def test_classes_of_size_have_as_many_municipalities_as_said():
    sizes = drawn(land()).municipality_frame(DAY)["size_class"].value_counts()
    assert dict(sizes.iter_rows()) == {"<2k": 4, "2-5k": 5, ">50k": 1}


def test_the_largest_is_the_capital_and_a_county_of_its_own():
    units = drawn(land(capital=True)).municipality_frame(DAY)
    largest = units.sort("population").row(-1, named=True)
    assert largest["population"] == 90_000
    assert largest["county"] == largest["name"]
    assert units.filter(county=largest["county"]).height == 1


def test_those_that_merged_live_on_in_a_neighbour_that_grew():
    register = drawn(land(mergers=((dt.date(2013, 1, 1), 2), (DAY, 1))))
    assert len(register.as_of(dt.date(2012, 1, 1)).municipalities) == 13
    assert len(register.as_of(dt.date(2014, 1, 1)).municipalities) == 11
    assert len(register.as_of(DAY).municipalities) == 10
    people = [
        register.municipality_frame(day)["population"].sum() for day in (dt.date(2012, 1, 1), DAY)
    ]
    assert people[0] == people[1]  # nobody is lost
    for change in register.changes:
        old, new = (register.municipality("XX", code) for code in (change.code, change.successor))
        assert old.county == new.county


def test_a_bilingual_municipality_has_a_name_of_its_own_in_each_language():
    country = drawn(land(sound="fi", languages=("fi",), bilingual=1.0))
    assert all(set(unit.names) == {"fi", "sv"} for unit in country.municipalities)
    assert not [unit for unit in country.municipalities if unit.names["fi"] == unit.names["sv"]]


@pytest.mark.parametrize("name", [name for name, recipe in RECIPES.items() if recipe.land])
def test_a_register_that_is_drawn_has_nothing_for_the_check_to_find(name):
    register = drawn(RECIPES[name].land)
    assert {finding.kind for finding in check(register, on=DAY)} == {"unknown_channels"}


def test_the_most_particular_share_counts():
    items = read_questionnaire(READY["kommunforbundet"]).items
    recipe = RECIPES["kommunforbundet-2015"]
    of_item = wanted_shares(recipe, items["services.youth"], "2015")
    of_question = wanted_shares(recipe, items["services.youth"], "2019")  # tells nothing of it
    assert of_item == {"yes": 0.80, "no": pytest.approx(0.20)}
    assert of_question == {"yes": 0.25, "no": 0.75}
    by_row = wanted_shares(recipe, items["service_channels.youth.x"], "2015")
    assert by_row["yes"] == pytest.approx(0.76 * 0.18)  # of the service, times of the channel
