"""Dates in the names of files."""

import datetime as dt

import pytest

from torg.collect.reading.moment import decide, name_date


def noon(*day):
    return dt.datetime(*day, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("posts_2024-05-13.csv", noon(2024, 5, 13)),
        ("20240513 posts.csv", noon(2024, 5, 13)),
        ("2024_05_13.csv", noon(2024, 5, 13)),
        ("Mar-01-2024_Mar-31-2024_123456789.csv", noon(2024, 3, 31)),
        ("2021-07-06-16-45-20-EDT-Historical-Report-2021-01-01--2021-06-30.csv",
         dt.datetime(2021, 7, 6, 20, 45, 20, tzinfo=dt.UTC)),
        ("posts 2024-13-45.csv", None),
        ("120240513999.csv", None),
        ("Xyz-01-2024.csv", None),
        ("Feb-31-2024.csv", None),
        ("posts.csv", None),
    ],
)  # fmt: skip
def test_the_latest_date_in_a_name_is_found(name, expected):
    found = name_date(name)

    assert (found.at if found else None) == expected


def test_a_tools_own_stamp_needs_no_second_witness():
    stamped = name_date("2021-07-06-16-45-20-EDT-report.csv")

    assert decide(said=None, option=None, named=stamped, latest=None).basis == "name"
    assert stamped.is_exact


def test_without_any_instant_nothing_is_known():
    moment = decide(said=None, option=None, named=None, latest=None)

    assert (moment.at, moment.is_bound) == (None, True)


def test_the_content_goes_before_the_user_and_the_user_before_the_name():
    day = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    named = name_date("2024-05-13.csv")

    assert decide(said=day, option=named.at, named=named, latest=day).basis == "content"
    assert decide(said=None, option=day, named=named, latest=day).basis == "option"
