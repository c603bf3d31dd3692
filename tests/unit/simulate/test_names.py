"""Invented names: many, different, and nobody's."""

import re

import numpy as np
import pytest

from torg.simulate import simulate_weekly
from torg.simulate.names import (
    ENDINGS,
    MOST_COUNTIES,
    MOST_PLACES,
    SOUNDS,
    county_names,
    person_names,
    place_names,
    slug,
)


@pytest.fixture
def rng():
    return np.random.default_rng(1)


def test_no_name_is_given_twice(rng):
    assert len(set(place_names(rng, count=MOST_PLACES))) == MOST_PLACES
    assert len(set(county_names(rng, count=MOST_COUNTIES))) == MOST_COUNTIES
    assert len(set(person_names())) == len(person_names()) > 8000


def test_every_place_ends_in_an_invented_syllable(rng):
    assert all(name.endswith(ENDINGS) for name in place_names(rng, count=MOST_PLACES))


def test_an_address_has_only_plain_letters(rng):
    assert all(re.fullmatch(r"[a-z]+", slug(name)) for name in place_names(rng, count=MOST_PLACES))


@pytest.mark.parametrize("sound", sorted(SOUNDS))
def test_every_sound_has_enough_different_names(rng, sound):
    names = place_names(rng, count=SOUNDS[sound].most_places, sound=sound)
    assert len(set(names)) == SOUNDS[sound].most_places >= 400  # Norway had 430 in 2011
    assert all(name.endswith(SOUNDS[sound].endings) for name in names)
    assert len(set(county_names(rng, count=21, sound=sound))) == 21  # Sweden has as many


def test_every_municipality_of_a_country_has_the_country_that_nobody_has():
    assert set(simulate_weekly(1, municipalities=30, weeks=2).municipalities["country"]) == {"XX"}


@pytest.mark.real_data
@pytest.mark.parametrize("sound", sorted(SOUNDS))
def test_no_real_municipality_has_an_invented_name(real_data, rng, sound):
    real = _words_of(real_data / "registers") | _words_of(real_data / "accounts")
    assert {"oslo", "bergen", "espoo"} <= real
    assert not [word for word in real if word.endswith(SOUNDS[sound].endings)]
    invented = place_names(rng, count=SOUNDS[sound].most_places, sound=sound)
    invented += county_names(rng, count=len(SOUNDS[sound].first), sound=sound)
    assert not {name.casefold() for name in invented} & real


def _words_of(folder):
    """Every word of every file of the lists, whichever column it stands in."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".csv", ".json"})
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in files]
    return {word.casefold() for text in texts for word in re.findall(r"[^\W\d_]{3,}", text)}
