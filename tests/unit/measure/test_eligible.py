"""Which channel speaks for which municipality, and when."""

import datetime as dt

from tests.lib.drawn_archive import register, study
from torg.measure.eligible import ALWAYS, population
from torg.register import Change

DAY = dt.date(2024, 3, 31)
ENDED = {"valid_to": dt.date(2024, 1, 1)}


def test_periods_that_touch_are_one():
    known = register(
        ("1", "facebook", "7", {"valid_to": dt.date(2024, 2, 1)}),
        ("1", "facebook", "7", {"valid_from": dt.date(2024, 2, 1)}),
        municipalities=[("1", 5)],
    )
    found = population(known, study(), day=DAY).periods
    assert found.select("channel", "from_s", "to_s").rows() == [("7", -ALWAYS, ALWAYS)]


def test_after_a_split_a_channel_goes_with_the_larger_part():
    known = register(
        ("1", "facebook", "7"),
        municipalities=[("1", 5, ENDED), ("2", 5), ("3", 5)],
        changes=[
            Change("NO", "1", "2", dt.date(2024, 1, 1), 0.4),
            Change("NO", "1", "3", dt.date(2024, 1, 1), 0.6),
        ],
    )
    assert population(known, study(), day=DAY).channels["municipality"].to_list() == ["3"]


def test_a_channel_known_by_its_address_alone_is_met_under_its_handle():
    known = register(
        ("1", "facebook", None, {"address": "https://www.facebook.com/Place"}),
        municipalities=[("1", 5)],
    )
    assert population(known, study(), day=DAY).periods["channel"].to_list() == ["@place"]


def test_only_the_platforms_that_the_study_names_count():
    known = register(("1", "facebook", "7"), ("1", "bluesky", "8"), municipalities=[("1", 5)])
    asked = study(channels={"platforms": ("bluesky",)})
    assert population(known, asked, day=DAY).channels["channel"].to_list() == ["8"]
