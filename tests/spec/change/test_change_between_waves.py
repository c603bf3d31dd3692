"""Change: the difference of two waves that were partly answered by the same units."""

import pytest

from tests.lib.answering import question
from tests.lib.drawn_waves import AFTER, BEFORE, asked, both, merged, register, surveyed
from torg.survey import Surveyed, change

# Ten units; 1 to 4 answered both times, 5 and 6 only before, 7 and 8 only after, 9 and 10 never.
PARTLY = """
    unit | before | after
    01   | yes    | yes
    02   | no     | yes
    03   | no     | no
    04   | no     | yes
    05   | yes    |
    06   | no     |
    07   |        | yes
    08   |        | no
    09   |        |
    10   |        |
"""


def only(table, *, group="all", category="yes"):
    rows = [
        r for r in table.iter_rows(named=True) if (r["group"], r["category"]) == (group, category)
    ]
    (row,) = rows
    return row


def changed(table, *, questionnaire=None, register_=None, **how):
    before, after = both(table, **how)
    return change(before, after, questionnaire or asked(), register=register_ or register())


def test_all_that_answered_either_wave_count():
    found = only(changed(PARTLY))
    assert found["wave"] == "2014 - 2015"
    assert found["estimate"] == pytest.approx(4 / 6 - 2 / 6)
    assert found["n"] == 6
    assert found["base"] == "answered"
    assert found["missing"] is None


def test_the_panel_is_those_that_answered_both_times():
    found = only(changed(PARTLY), group="panel")
    assert found["estimate"] == pytest.approx((0 + 1 + 0 + 1) / 4)
    assert found["n"] == 4


def test_no_interval_goes_beyond_what_is_possible():
    # Of all ten, at most 6 had it before (2 and 4 silent), at least 2; after, 4 to 8.
    found = only(changed(PARTLY))
    assert 4 / 10 - 6 / 10 <= found["low"] <= found["estimate"] <= found["high"] <= 8 / 10 - 2 / 10


def test_where_all_answered_both_times_the_change_is_known():
    whole = "unit | before | after\n1 | no | yes\n2 | no | yes\n3 | yes | no\n4 | no | no"
    for group in ("all", "panel"):
        found = only(changed(whole), group=group)
        assert found["estimate"] == found["low"] == found["high"] == 1 / 4


def test_a_change_of_nobody_still_has_a_width_where_not_all_answered():
    still = "unit | before | after\n1 | yes | yes\n2 | yes | yes\n3 | yes | yes\n4 | |\n5 | |"
    found = only(changed(still), group="panel")
    assert found["estimate"] == 0
    assert found["low"] < 0 < found["high"]


def test_weighted_a_stratum_counts_by_its_units():
    # Small: 4 units, 2 answered, +1/2. Large: 2 units, both answered, 0. (4 x 1/2 + 2 x 0) / 6.
    table = """
        unit | size_class | population | before | after
        1    | small      | 1000       | no     | yes
        2    | small      | 1000       | no     | no
        3    | small      | 1000       |        |
        4    | small      | 1000       |        |
        5    | large      | 9000       | yes    | yes
        6    | large      | 9000       | yes    | yes
    """
    found = changed(table, method="poststratify")
    for group in ("all", "panel"):
        assert only(found, group=group)["estimate"] == pytest.approx(4 / 6 * 1 / 2)
        assert only(found, group=group)["weighted_by"] == "size"


def test_units_outside_of_the_base_are_no_part_of_the_share():
    table = "unit | before | after\n1 | yes | yes\n2 | no | yes\n3 | n/a | n/a\n4 | |"
    found = only(changed(table))
    assert found["estimate"] == pytest.approx(2 / 2 - 1 / 2)
    assert found["n"] == 2


def test_a_mean_changes_too():
    table = "unit | before | after\n1 | 2 | 3\n2 | 4 | 6\n3 | 1 | 2\n4 | |"
    found = only(changed(table, questionnaire=asked(question("uses", "number"))), category=None)
    assert found["estimate"] == pytest.approx(11 / 3 - 7 / 3)


@pytest.mark.parametrize("answers", ["1 | 2 | 3", "1 | 2 | 3\n2 | 2 | 3"])
def test_a_mean_that_few_all_say_alike_has_a_change_and_no_interval(answers):
    """What the silent would say cannot be told from those without spread."""
    table = f"unit | before | after\n{answers}\n8 | |\n9 | |"
    told = changed(table, questionnaire=asked(question("uses", "number")))
    for group in ("all", "panel"):
        found = only(told, group=group, category=None)
        assert (found["estimate"], found["low"], found["high"]) == (1, None, None)
        assert "wide" in found["flags"]


def test_a_mean_that_one_unit_told_before_has_no_interval_however_many_tell_after():
    rest = "\n".join(f"{n} | | {n}" for n in range(2, 8))
    table = f"unit | before | after\n1 | 2 | 3\n{rest}\n8 | |"
    found = only(changed(table, questionnaire=asked(question("uses", "number"))), category=None)
    assert (found["estimate"], found["low"]) == (30 / 7 - 2, None)


def test_a_mean_of_which_everybody_spoke_has_changed_by_what_it_changed():
    table = "unit | before | after\n1 | 2 | 3\n2 | 4 | 5"
    told = changed(table, questionnaire=asked(question("uses", "number")))
    for group in ("all", "panel"):
        found = only(told, group=group, category=None)
        assert found["estimate"] == found["low"] == found["high"] == 1


def test_an_item_that_a_wave_did_not_ask_is_a_gap_and_not_no():
    new = asked(question("uses", "one", waves=("2015",)))
    first, second = both("unit | before | after\n1 | yes | yes\n2 | no | yes")
    found = change(first, second, new, register=register())
    assert [(r["estimate"], r["missing"]) for r in found.iter_rows(named=True)] == [
        (None, "not_asked"), (None, "not_asked"),
    ]  # fmt: skip


def test_a_question_that_was_worded_anew_is_flagged():
    anew = asked(question("uses", "one", break_at=("2015",)))
    found = changed(PARTLY, questionnaire=anew)
    assert all("break" in flags.split() for flags in found["flags"])


# Two municipalities merged: it counts once in both waves.
MERGED_BEFORE = """
    unit | population | uses
    1    | 6000       | yes
    2    | 4000       | {other}
    3    | 5000       | no
"""
MERGED_AFTER = "unit | population | uses\n3 | 5000 | no\n9 | 10000 | yes"


def of_merged(other):
    before = surveyed(MERGED_BEFORE.format(other=other), of=BEFORE)
    after = surveyed(MERGED_AFTER, of=AFTER)
    return change(before, after, asked(), register=merged("1", "2", into="9"))


def test_a_merged_municipality_counts_once():
    # Before, 1 and 2 said yes and 3 no: of today's two units one was with yes.
    assert only(of_merged("yes"))["estimate"] == pytest.approx(1 / 2 - 1 / 2)


def test_where_those_that_merged_had_differed_people_say_how_much_of_each():
    # 6000 of the 10000 had a municipality that said yes: (0.6 + 0) / 2 before, 1 / 2 after.
    assert only(of_merged("no"))["estimate"] == pytest.approx(1 / 2 - 0.6 / 2)


def test_those_that_answered_speak_for_the_merged_one_if_they_bring_half_of_its_people():
    assert only(of_merged(""))["estimate"] == pytest.approx(1 / 2 - 1 / 2)
    assert only(of_merged(""), group="panel")["n"] == 2


def test_a_unit_that_ended_and_one_that_is_new_stay_in_their_own_wave():
    before = surveyed("unit | uses\n1 | yes\n2 | no", of=BEFORE)
    after = surveyed("unit | uses\n2 | no\n3 | yes", of=AFTER)
    found = change(before, after, asked(), register=register())
    assert only(found)["estimate"] == pytest.approx(0.0)
    assert only(found, group="panel")["n"] == 1


def test_the_other_way_round_the_sign_is_the_other():
    before, after = both(PARTLY)
    there = change(before, after, asked(), register=register())
    back = change(after, before, asked(), register=register())
    for group in ("all", "panel"):
        one, other = only(there, group=group), only(back, group=group)
        assert other["estimate"] == pytest.approx(-one["estimate"])
        assert (other["low"], other["high"]) == pytest.approx((-one["high"], -one["low"]))


def test_a_wave_against_itself_has_not_changed():
    before, _ = both(PARTLY)
    same = Surveyed(before.wave, before.frame, before.sheet, before.weighting)
    found = change(before, same, asked(), register=register())
    for group in ("all", "panel"):
        assert only(found, group=group)["estimate"] == 0
    assert only(found)["low"] == pytest.approx(0) == only(found)["high"]
