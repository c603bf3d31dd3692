"""The manual of the frame: who is asked on a wave's day."""

import datetime as dt

import pytest

from tests.lib.answering import wave
from tests.lib.registers import register_of
from torg.errors import SurveyError
from torg.survey import frame_of

HEADER = "country | code | name | county | population | population_date | valid_from | valid_to"


def register(rows, **more):
    return register_of(municipalities=f"{HEADER}\n{rows}", **more)


SMALL_COUNTRY = register("""
XX | 0301 | Stad    | Stad | 60000 | 2015-01-01 | |
XX | 0401 | Vika    | Nord |  1500 | 2015-01-01 | |
XX | 0402 | Moen    | Nord |  7000 | 2015-01-01 | |
""".strip())  # fmt: skip


def rows(frame, *columns):
    return list(frame.select(columns).iter_rows())


def test_the_municipalities_of_the_day_are_asked():
    frame = frame_of(SMALL_COUNTRY, wave())
    assert rows(frame, "wave", "unit", "kind", "name", "size_class") == [
        ("2015", "0301", "municipality", "Stad", ">50k"),
        ("2015", "0401", "municipality", "Vika", "<2k"),
        ("2015", "0402", "municipality", "Moen", "5-10k"),
    ]


def test_counties_are_units_beside_them_and_the_one_that_is_both_is_one():
    frame = frame_of(SMALL_COUNTRY, wave(), units=("municipality", "county"))
    assert rows(frame, "unit", "kind", "name", "population", "size_class") == [
        ("0301", "both", "Stad", 60_000, ">50k"),
        ("0401", "municipality", "Vika", 1_500, "<2k"),
        ("0402", "municipality", "Moen", 7_000, "5-10k"),
        ("county:Nord", "county", "Nord", 1_500 + 7_000, "county"),
    ]


def test_asked_alone_the_counties_hold_the_one_that_is_both_under_the_same_code():
    frame = frame_of(SMALL_COUNTRY, wave(), units=("county",))
    assert rows(frame, "unit", "kind", "size_class") == [
        ("0301", "both", "county"),
        ("county:Nord", "county", "county"),
    ]


def test_a_lone_municipality_of_another_name_is_not_its_county():
    one = register("XX | 1 | Vika | Nord | 1500 | 2015-01-01 | |")
    frame = frame_of(one, wave(), units=("municipality", "county"))
    assert rows(frame, "unit", "kind") == [("1", "municipality"), ("county:Nord", "county")]


def test_a_county_has_no_population_where_one_of_its_municipalities_has_none():
    two = register("""
XX | 1 | Vika | Nord | 1500 | 2015-01-01 | |
XX | 2 | Moen | Nord |      |            | |
""".strip())  # fmt: skip
    frame = frame_of(two, wave(), units=("county",))
    assert rows(frame, "unit", "population") == [("county:Nord", None)]


def test_merged_municipalities_are_one_from_the_day_on_which_they_merge():
    merging = register(
        """
XX | 1 | Vika | Nord | | | | 2016-01-01
XX | 2 | Moen | Nord | | | | 2016-01-01
XX | 3 | Nyby | Nord | | | 2016-01-01 |
""".strip(),
        changes="country | code | successor | date\nXX|1|3|2016-01-01\nXX|2|3|2016-01-01",
    )
    before, after = wave(day="2015-12-31"), wave(day="2016-01-01")
    assert frame_of(merging, before)["unit"].to_list() == ["1", "2"]
    assert frame_of(merging, after)["unit"].to_list() == ["3"]


def test_one_country_can_be_asked_of_a_register_of_several():
    two = register("XX | 1 | Vika | | | | |\nYY | 1 | Moen | | | | |")
    assert rows(frame_of(two, wave()), "country", "unit") == [("XX", "1"), ("YY", "1")]
    assert rows(frame_of(two, wave(), country="YY"), "country", "unit") == [("YY", "1")]


def test_names_come_in_the_languages_that_are_asked_for():
    finnish = register_of(
        municipalities="""
country | code | name        | name_lang
FI      | 091  | Helsinki    | fi
FI      | 091  | Helsingfors | sv
"""
    )
    assert frame_of(finnish, wave())["name"].to_list() == ["Helsinki"]
    assert frame_of(finnish, wave(), languages=("sv",))["name"].to_list() == ["Helsingfors"]


@pytest.mark.parametrize(
    ("units", "day", "told"),
    [
        (("municipality",), "1990-01-01", "no municipality of XX on 1990-01-01"),
        (("municipality", "county"), "2015-01-01", r"1 of 1 municipalities have none .*\(1\)"),
        (("region",), "2015-01-01", "units region cannot be asked"),
        ((), "2015-01-01", "units of no kind cannot be asked"),
    ],
)
def test_a_frame_that_cannot_be_made_is_refused_with_a_remedy(units, day, told):
    lacking = register("XX | 1 | Vika | | | | 2000-01-01 |")
    with pytest.raises(SurveyError, match=told):
        frame_of(lacking, wave(day=day), units=units, country="XX")


def test_the_frame_is_of_the_frame_date_and_not_of_the_day_it_opens():
    late = register("XX | 1 | Vika | | | | 2015-02-01 |")
    opened_before = wave(day="2015-01-01")
    moved = type(opened_before)(
        "2015", opened_before.opens, opened_before.closes, dt.date(2015, 2, 1)
    )
    assert frame_of(late, moved)["unit"].to_list() == ["1"]


def test_a_wave_may_ask_only_some_of_the_units():
    frame = frame_of(SMALL_COUNTRY, wave(), only=[("XX", "0402"), ("XX", "0301")])
    assert frame["unit"].to_list() == ["0301", "0402"]


def test_who_has_merged_since_is_asked_as_the_one_that_carries_it_on():
    merging = register(
        "XX | 1 | Vika | | | | | 2016-01-01\nXX | 3 | Nyby | | | | 2016-01-01 |",
        changes="country | code | successor | date\nXX | 1 | 3 | 2016-01-01",
    )
    after = wave(day="2016-01-01")
    assert frame_of(merging, after, only=[("XX", "1")])["unit"].to_list() == ["3"]


@pytest.mark.parametrize(("only", "told"), [([("XX", "77")], "ask XX 77, and"), ([], "nobody")])
def test_a_unit_that_is_not_there_cannot_be_asked(only, told):
    with pytest.raises(SurveyError, match=told):
        frame_of(SMALL_COUNTRY, wave(), only=only)
