"""Any day can be asked for: who exists, how many live there, who carries whom."""

import datetime as dt

import pytest

from tests.lib.registers import register_of

MERGER = register_of(
    municipalities="""
        country | code | name       | population | population_date | valid_from | valid_to
        NO      | 0706 | Sandefjord | 45000      | 2014-01-01      |            | 2017-01-01
        NO      | 0719 | Andebu     | 6000       | 2014-01-01      |            | 2017-01-01
        NO      | 0710 | Sandefjord | 62000      | 2017-01-01      | 2017-01-01 | 2020-01-01
        NO      | 3804 | Sandefjord | 64000      | 2020-01-01      | 2020-01-01 |
    """,
    changes="""
        country | code | successor | date       | weight
        NO      | 0706 | 0710      | 2017-01-01 |
        NO      | 0719 | 0710      | 2017-01-01 | 1
        NO      | 0710 | 3804      | 2020-01-01 | 1
    """,
)


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        ("2016-12-31", ["0706", "0719"]),
        ("2017-01-01", ["0710"]),  # valid_to is the first day on which it no longer is
        ("2019-12-31", ["0710"]),
        ("2020-01-01", ["3804"]),
    ],
)
def test_as_of_a_day(day, codes):
    assert [m.code for m in MERGER.as_of(dt.date.fromisoformat(day)).municipalities] == codes


def test_a_merged_municipality_is_carried_by_its_successors_of_that_day():
    assert MERGER.successors("NO", "0719", dt.date(2014, 1, 1)) == (("0719", 1.0),)
    assert MERGER.successors("NO", "0719", dt.date(2018, 6, 1)) == (("0710", 1.0),)
    assert MERGER.successors("NO", "0719", dt.date(2021, 1, 1)) == (("3804", 1.0),)


def test_a_split_carries_weights_along():
    split = register_of(
        municipalities="""
            country | code | name       | valid_from | valid_to
            NO      | 1613 | Snillfjord |            | 2018-01-01
            NO      | 5012 | Snillfjord | 2018-01-01 | 2020-01-01
            NO      | 5055 | Heim       | 2020-01-01 |
            NO      | 5056 | Hitra      | 2020-01-01 |
            NO      | 5059 | Orkland    | 2020-01-01 |
        """,
        changes="""
            country | code | successor | date       | weight
            NO      | 1613 | 5012      | 2018-01-01 | 1
            NO      | 5012 | 5055      | 2020-01-01 | 0.35
            NO      | 5012 | 5056      | 2020-01-01 | 0.35
            NO      | 5012 | 5059      | 2020-01-01 | 0.3
        """,
    )
    carried = split.successors("NO", "1613", dt.date(2020, 1, 1))
    assert carried == (("5055", 1 * 0.35), ("5056", 1 * 0.35), ("5059", 1 * 0.3))


def test_who_ended_without_a_known_successor_is_carried_by_nobody():
    assert MERGER.successors("NO", "9999", dt.date(2018, 1, 1)) == ()


def test_population_is_the_last_known_on_the_day_else_the_first_after():
    town = register_of(
        municipalities="""
            country | code | name | population | population_date
            XX      | 1    | Town | 100        | 2014-01-01
            XX      | 1    | Town | 110        | 2016-01-01
            XX      | 2    | Isle |            |
        """
    )
    assert town.population("XX", "1", dt.date(2015, 6, 1)) == (dt.date(2014, 1, 1), 100)
    assert town.population("XX", "1", dt.date(2016, 1, 1)) == (dt.date(2016, 1, 1), 110)
    assert town.population("XX", "1", dt.date(2010, 1, 1)) == (dt.date(2014, 1, 1), 100)
    assert town.population("XX", "2", dt.date(2015, 6, 1)) is None  # unknown, not zero


def test_the_frame_of_a_day():
    rows = MERGER.municipality_frame(dt.date(2018, 6, 1)).rows(named=True)
    assert rows == [
        {
            "country": "NO",
            "municipality": "0710",
            "name": "Sandefjord",
            "county": None,
            "population": 62000,
            "population_date": dt.date(2017, 1, 1),
            "size_class": ">50k",
            "lat": None,
            "lon": None,
        }
    ]


@pytest.mark.parametrize(
    ("people", "size"),
    [
        ("1999", "<2k"),
        ("2000", "2-5k"),
        ("5000", "5-10k"),
        ("10000", "10-20k"),
        ("20000", "20-50k"),
        ("50000", ">50k"),
        ("0", "<2k"),
        ("", None),
    ],
)
def test_size_classes_begin_where_they_say(people, size):
    date = "2020-01-01" if people else ""
    one = register_of(
        municipalities=f"""
            country | code | name | population | population_date
            XX      | 1    | Town | {people}   | {date}
        """
    )
    assert one.municipality_frame(dt.date(2020, 1, 1))["size_class"].to_list() == [size]


def test_the_name_is_in_the_first_language_that_has_one():
    towns = register_of(
        municipalities="""
            country | code | name     | name_lang
            FI      | 091  | Helsinki | fi
            FI      | 091  | Helsingfors | sv
            FI      | 078  | Hangö    | sv
        """
    )
    day = dt.date(2020, 1, 1)
    assert towns.municipality_frame(day)["name"].to_list() == ["Hangö", "Helsinki"]
    swedish = towns.municipality_frame(day, languages=("nb", "sv"))
    assert swedish["name"].to_list() == ["Hangö", "Helsingfors"]


def test_channels_of_a_day_and_of_any_day():
    register = register_of(
        municipalities="""
            country | code | name
            XX      | 1    | Town
        """,
        channels="""
            country | code | platform | address      | platform_id| scope  | valid_from | valid_to
            XX      | 1    | Facebook | fb.com/Town  | 123        |        |            | 2019-01-01
            XX      | 1    | Twitter  | x.com/Town   |            |        |            |
            XX      | 1    | facebook | fb.com/Mayor |            | person | 2018-01-01 |
        """,
    )
    columns = ["platform", "channel", "handle", "scope"]
    assert register.channel_frame(dt.date(2020, 1, 1)).select(columns).rows() == [
        ("facebook", None, "mayor", "person"),
        ("x", None, "town", "municipality"),
    ]
    assert register.channel_frame(None)["handle"].to_list() == ["mayor", "town", "town"]
