"""Response: how many were asked and answered, in all and by group."""

import pytest

from tests.lib.answering import frame
from torg.errors import SurveyError
from torg.survey import response

ASKED = frame("""
    unit         | kind         | county | size_class
    1            | municipality | Nord   | <2k
    2            | municipality | Nord   | 2-5k
    3            | municipality | Sør    | 2-5k
    4            | municipality | Sør    |
    county:Nord  | county       | Nord   | county
""")


def answered(*units):
    return ASKED.filter(ASKED["unit"].is_in(units)).select("country", "unit")


def rates(table):
    return {row["group"]: (row["asked"], row["answered"], row["rate"])
            for row in table.iter_rows(named=True)}  # fmt: skip


def test_each_group_has_its_own_rate():
    assert rates(response(ASKED, answered("1", "2", "county:Nord"))) == {
        "all": (5, 3, 3 / 5),
        "size:2-5k": (2, 1, 1 / 2),
        "size:<2k": (1, 1, 1.0),
        "size:county": (1, 1, 1.0),
        "size:unknown": (1, 0, 0.0),
        "county:Nord": (3, 3, 1.0),
        "county:Sør": (2, 0, 0.0),
        "kind:county": (1, 1, 1.0),
        "kind:municipality": (4, 2, 2 / 4),
    }


def test_the_last_wave_stands_beside_and_a_group_that_it_did_not_have_has_none():
    before = frame("unit | county\n1 | Nord\n2 | Nord", of="2014")
    found = response(
        ASKED, answered("1", "2", "3"), earlier=(before, before.head(1)), groups=("all", "county")
    )
    changes = dict(found.select("group", "change").iter_rows())
    assert found["earlier_wave"].to_list() == ["2014", "2014", None]
    assert changes["all"] == pytest.approx(3 / 5 - 1 / 2)
    assert changes["county:Nord"] == pytest.approx(2 / 3 - 1 / 2)
    assert changes["county:Sør"] is None


def test_two_respondents_of_one_unit_are_one_answer():
    twice = answered("1").vstack(answered("1"))
    assert rates(response(ASKED, twice, groups=("all",))) == {"all": (5, 1, 1 / 5)}


def test_a_respondent_that_nobody_asked_is_told():
    stranger = frame("unit\n99").select("country", "unit")
    with pytest.raises(SurveyError, match=r"XX 99 answered and is not in the frame"):
        response(ASKED, stranger)


def test_a_unit_that_is_in_the_frame_twice_is_told():
    with pytest.raises(SurveyError, match="twice"):
        response(ASKED.vstack(ASKED.head(1)), answered("1"))


def test_an_unknown_grouping_is_told():
    with pytest.raises(SurveyError, match="rates by 'climate' are not known"):
        response(ASKED, answered("1"), groups=("climate",))
