"""check: what is doubtful or unknown, said and never guessed."""

import datetime as dt

from tests.lib.registers import register_of
from torg.register import check

DAY = dt.date(2020, 6, 1)


def found(register, kind, on=DAY):
    return [(f.country, f.code, f.message) for f in check(register, on=on) if f.kind == kind]


def test_a_municipality_without_a_channel_is_unknown_never_absent():
    register = register_of(
        municipalities="""
            country | code | name
            XX      | 1    | Town
            XX      | 2    | Isle
        """,
        channels="""
            country | code | platform | address
            XX      | 1    | facebook | facebook.com/town
        """,
    )
    ((country, code, message),) = found(register, "unknown_channels")
    assert (country, code) == ("XX", "2")
    assert "channels are unknown" in message
    assert "does not say that it has none" in message
    assert "does not use" not in message


def test_a_channel_that_ended_leaves_its_municipality_unknown_again():
    register = register_of(
        municipalities="country|code|name\nXX|1|Town",
        channels="country|code|platform|address|valid_to\nXX|1|x|x.com/town|2020-01-01",
    )
    assert found(register, "unknown_channels", on=dt.date(2019, 12, 31)) == []
    assert len(found(register, "unknown_channels")) == 1
    assert len(found(register, "unknown_channels", on=None)) == 1


def test_a_series_that_lacks_units_is_reported_and_not_to_be_added_up():
    register = register_of(
        municipalities="""
            country | code | name | population | population_date
            XX      | 1    | A    | 100        | 2015-01-01
            XX      | 1    | A    | 101        | 2016-01-01
            XX      | 1    | A    | 102        | 2017-01-01
            XX      | 2    | B    | 200        | 2015-01-01
            XX      | 2    | B    | 201        | 2016-01-01
            XX      | 2    | B    | 202        | 2017-01-01
            XX      | 3    | C    | 302        | 2017-01-01
        """
    )
    assert found(register, "series_lacks_units") == [
        (
            "XX",
            None,
            "the populations of 2015-01-01 to 2016-01-01 lack 1 of 3 municipalities (3): "
            "do not add them up.",
        )
    ]


def test_a_figure_entered_by_hand_is_no_series():
    register = register_of(
        municipalities="""
            country | code | name | population | population_date
            XX      | 1    | A    | 100        | 2015-01-01
            XX      | 2    | B    |            |
            XX      | 3    | C    |            |
        """
    )
    assert found(register, "series_lacks_units") == []
    assert [code for _, code, _ in found(register, "unknown_population")] == ["2", "3"]


def test_periods_of_one_code_must_not_overlap():
    register = register_of(
        municipalities="""
            country | code | name | valid_from | valid_to
            XX      | 1    | Old  | 2000-01-01 | 2010-01-01
            XX      | 1    | New  | 2009-01-01 |
            XX      | 2    | Old  | 2000-01-01 | 2010-01-01
            XX      | 2    | New  | 2010-01-01 |
        """
    )
    assert [code for _, code, _ in found(register, "overlapping_periods")] == ["1"]
    counted = register.as_of(dt.date(2009, 6, 1)).municipalities
    assert [(m.code, m.name()) for m in counted] == [("1", "New"), ("2", "Old")]


def test_one_page_of_two_municipalities_and_one_page_twice():
    register = register_of(
        municipalities="country|code|name\nXX|1|A\nXX|2|B",
        channels="""
            country | code | platform | address                    | platform_id
            XX      | 1    | facebook | facebook.com/both          |
            XX      | 2    | facebook | https://m.facebook.com/Both|
            XX      | 1    | facebook | facebook.com/old.name      | 123
            XX      | 1    | facebook | facebook.com/new-name      | 123
        """,
    )
    ((_, code, message),) = found(register, "shared_page")
    assert code == "1"
    assert "XX 1, XX 2" in message
    ((_, code, message),) = found(register, "repeated_page")
    assert (code, "2 times" in message) == ("1", True)


def test_weights_of_a_change_add_up_to_one():
    register = register_of(
        municipalities="country|code|name\nXX|2|B\nXX|3|C",
        changes="""
            country | code | successor | date       | weight
            XX      | 1    | 2         | 2020-01-01 | 0.35
            XX      | 1    | 3         | 2020-01-01 | 0.35
            XX      | 4    | 2         | 2020-01-01 | 0.7
            XX      | 4    | 3         | 2020-01-01 | 0.3
        """,
    )
    ((_, code, message),) = found(register, "weights_not_one")
    assert code == "1"
    assert "add up to 0.7" in message  # 0.35 + 0.35


def test_who_ended_without_successor_and_who_began_without_predecessor():
    register = register_of(
        municipalities="""
            country | code | name  | valid_from | valid_to
            XX      | 1    | Ended |            | 2017-01-01
            XX      | 2    | Begun | 2015-01-01 |
        """
    )
    assert [code for _, code, _ in found(register, "unknown_successor")] == ["1"]
    assert [code for _, code, _ in found(register, "unknown_predecessor")] == ["2"]
    assert found(register, "unknown_successor", on=dt.date(2016, 1, 1)) == []


def test_the_day_on_which_a_whole_register_begins_is_no_doubt():
    register = register_of(
        municipalities="""
            country | code | name  | valid_from
            XX      | 1    | One   | 2000-01-01
            XX      | 2    | Two   | 2000-01-01
            XX      | 3    | Three | 2004-01-01
        """
    )
    assert [code for _, code, _ in found(register, "unknown_predecessor")] == ["3"]


def test_channels_of_nobody_and_of_a_municipality_that_ended():
    register = register_of(
        municipalities="country|code|name|valid_to\nXX|1|Ended|2020-01-01",
        channels="""
            country | code | platform | address
            XX      | 1    | x        | x.com/ended
            XX      | Q9   | x        | x.com/nobody
        """,
    )
    assert [code for _, code, _ in found(register, "channel_outlives")] == ["1"]
    assert [code for _, code, _ in found(register, "unknown_municipality")] == ["Q9"]


def test_ids_of_a_list_in_place_of_official_codes_are_told_once_a_country():
    register = register_of(municipalities="country|code|name\nIS|Q1|A\nIS|Q2|B")
    ((country, code, message),) = found(register, "no_official_codes")
    assert (country, code) == ("IS", None)
    assert message.startswith("2 municipalities")
