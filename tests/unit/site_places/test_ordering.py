"""The ranking's rows: by name, as asked for, bands counted wherever a set touches them."""

import pytest

from tests.lib.results import sample
from torg.locale import translate
from torg.report import National
from torg.site.places.ordering import PAGE, Ordering, Wish


@pytest.fixture(scope="module")
def national():
    return National.of(sample(count=150), translate("en"))


def test_pages_together_hold_everybody_once_by_name(national):
    last = Ordering(national, Wish()).last_page
    rows = [row for page in range(1, last + 1) for row in Ordering(national, Wish(page=page)).shown]
    assert last == -(-150 // PAGE)
    assert [row.place for row in rows] == sorted(
        national.places.by_id.values(), key=national.places.order
    )


def test_in_a_county_the_places_are_those_of_the_county(national):
    county = next(row.place.county for row in Ordering(national, Wish()).rows if row.place.county)
    rows = Ordering(national, Wish(county=county)).rows
    assert {row.place.county for row in rows} == {county}
    for row in rows:
        assert row.standing == (row.line.county if row.line else None)


def test_bands_count_everybody_whose_set_touches_them(national):
    lines = national.lines
    for band, could, sure in Ordering(national, Wish()).bands:
        touching = [line for line in lines if _first(line) <= band <= _last(line)]
        assert could == len(touching)
        assert sure == sum(line.overall.band == band for line in lines)
        assert {row.place.id for row in Ordering(national, Wish(band=band)).rows} == {
            line.place.id for line in touching
        }


def _first(line):
    return (line.overall.band or "Z")[0]


def _last(line):
    return (line.overall.band or "@")[-1]
