"""The frames of the original studies, from the published lists."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.lib.answering import wave
from torg.errors import SurveyError
from torg.register import Register, import_register
from torg.survey import frame_of

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def register(real_data):
    countries = ("norway", "finland", "sweden", "denmark")
    return import_register([real_data / "registers" / country for country in countries]).register


@pytest.mark.parametrize(
    ("country", "day", "number"),
    [
        ("NO", "2011-01-15", 430),
        ("NO", "2013-03-07", 428),
        ("NO", "2014-01-01", 428),
        ("NO", "2016-12-31", 428),
        ("FI", "2015-09-01", 317),
        ("FI", "2017-09-01", 311),
        ("SE", "2010-12-01", 290),
        ("SE", "2015-12-01", 290),
        ("DK", "2015-01-01", 98),
    ],
)
def test_as_many_units_as_the_country_had(register, country, day, number, figure):
    frame = frame_of(register, wave(day=day), country=country)
    assert frame.height == frame["unit"].n_unique() == number
    assert frame["kind"].unique().to_list() == ["municipality"]
    figure(f"municipalities of {country} on {day}: {frame.height}")


def test_christianso_is_no_municipality(register):
    frame = frame_of(register, wave(), country="DK")
    assert "0411" not in frame["unit"]


def test_430_municipalities_and_19_counties_are_448_units_since_oslo_is_both(register, figure):
    # The list of counties is of 2020; which county it was in 2011 says the code's first two digits.
    norway = register.in_country("NO").municipalities
    with_counties = Register(
        tuple(replace(m, county=m.county if m.name() == "Oslo" else m.code[:2]) for m in norway)
    )
    frame = frame_of(with_counties, wave(day="2011-01-15"), units=("municipality", "county"))
    kinds = dict(frame.group_by("kind").len().iter_rows())
    assert kinds == {"municipality": 429, "county": 18, "both": 1}
    assert frame.height == 430 + 19 - 1 == 448
    figure(f"municipalities and counties of Norway in 2011: {frame.height} units")


def test_counties_that_the_lists_do_not_tell_are_not_guessed(register):
    with pytest.raises(SurveyError, match="of 430 municipalities have none"):
        frame_of(register, wave(day="2011-01-15"), units=("county",), country="NO")


def test_a_municipality_without_a_population_has_no_size_class(register):
    frame = frame_of(register, wave(day="2014-01-01"), country="NO")
    lacking = {row["unit"]: row["size_class"] for row in frame.iter_rows(named=True)}["0706"]
    assert lacking is None


def test_the_real_wave_is_repeatable(register):
    days = (dt.date(2014, 1, 1), dt.date(2014, 1, 1))
    first, second = (frame_of(register, wave(day=str(day)), country="NO") for day in days)
    assert first.equals(second)
