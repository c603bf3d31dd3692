"""The office clock: only opening hours pass."""

import pytest

from tests.lib.conversations import conversation, measured
from torg.measure.formulas.dialogue import FORMULAS
from torg.study import Office

MEASURE = "office_answer_hours_answered_median"


def hours(asked, answered, **settings):
    """The hours on the office clock between a comment and its answer."""
    table = f"""
        reply | parent | at         | by
        1     |        | {asked}    | citizen
        2     | 1      | {answered} | owner
    """
    views = conversation(table, until="2024-07-01 00:00", **settings)
    rows = measured(views, FORMULAS[-1:])
    return dict(zip(rows["measure"], rows["value"], strict=True))[MEASURE]


def test_the_hours_of_a_working_day():
    assert hours("2024-03-05 10:00", "2024-03-05 12:30") == 2.5


def test_the_evening_does_not_count():
    # Tuesday 14:00 to 15:30, Wednesday 08:00 to 09:00.
    assert hours("2024-03-05 14:00", "2024-03-06 09:00") == 1.5 + 1


def test_a_question_of_the_week_end_waits_from_monday():
    assert hours("2024-03-09 12:00", "2024-03-11 09:00") == 1  # Saturday to Monday 09:00


def test_an_answer_outside_opening_hours_takes_no_office_time():
    assert hours("2024-03-09 12:00", "2024-03-10 20:00") == 0


def test_national_holidays_are_closed():
    # Easter 2024: Maundy Thursday 28 March to Easter Monday 1 April.
    assert hours("2024-03-27 15:00", "2024-04-02 09:00", country="NO") == 0.5 + 1
    # In Sweden Maundy Thursday is a working day of 7.5 hours.
    assert hours("2024-03-27 15:00", "2024-04-02 09:00", country="SE") == 0.5 + 7.5 + 1


def test_a_country_without_known_holidays_is_closed_on_week_ends_only():
    assert hours("2024-12-24 15:00", "2024-12-26 09:00", country="XX") == 0.5 + 7.5 + 1


def test_the_studys_hours_and_zone():
    office = Office(opens="07:00", closes="17:00")
    # 05:30 to 06:30 UTC is 06:30 to 07:30 where the clock is an hour ahead.
    assert hours("2024-03-05 05:30", "2024-03-05 06:30", office=office, offset_hours=1) == 0.5


def test_a_municipalitys_own_hours_come_before_the_studys():
    own = {("NO", "0301"): Office(opens="10:00", closes="14:00")}
    assert hours("2024-03-05 09:00", "2024-03-05 12:00", own_hours=own) == 2
    other = {("NO", "4601"): Office(opens="10:00", closes="14:00")}
    assert hours("2024-03-05 09:00", "2024-03-05 12:00", own_hours=other) == 3


# Six comments of Monday at eight, five of them questions; a day has 7.5 hours. The answers come
# after 2 hours, after 7.5 + 7.5 + 1.5 on Wednesday, and after nine days of 7.5 on Friday week.
COMMENTS = """
    reply | parent | at               | by      | asks
    1     |        | 2024-03-04 08:00 | citizen | yes
    2     | 1      | 2024-03-04 10:00 | owner   |
    3     |        | 2024-03-04 08:00 | citizen | yes
    4     | 3      | 2024-03-06 09:30 | owner   |
    5     |        | 2024-03-04 08:00 | citizen | yes
    6     | 5      | 2024-03-15 08:00 | owner   |
    7     |        | 2024-03-04 08:00 | citizen | yes
    8     |        | 2024-03-04 08:00 | citizen | yes
    9     |        | 2024-03-04 08:00 | citizen | no
"""


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("office_answered_24h", 2 / 6),
        ("office_answered_72h", 3 / 6),
        ("office_answer_hours_answered_median", 16.5),
        ("office_answer_hours_median", 67.5),  # S falls to 5/6, 4/6, 3/6
        ("office_answer_hours_rmst72", 2 + 14.5 * 5 / 6 + 51 * 4 / 6 + 4.5 * 3 / 6),
        ("question_office_answered_24h", 2 / 5),
        ("question_office_answered_72h", 3 / 5),
        ("question_office_answer_hours_answered_median", 16.5),
        ("question_office_answer_hours_median", 67.5),  # S falls to 4/5, 3/5, 2/5
        ("question_office_answer_hours_rmst72", 2 + 14.5 * 4 / 5 + 51 * 3 / 5 + 4.5 * 2 / 5),
    ],
)
def test_each_measure_with_hours_in_it_stands_on_the_office_clock_too(rows, measure, value):
    assert rows[measure] == pytest.approx(value)


@pytest.fixture(scope="module")
def rows():
    """The answer family of COMMENTS, followed for fourteen working days."""
    found = measured(conversation(COMMENTS, until="2024-03-22 08:00"), FORMULAS[-1:])
    return dict(zip(found["measure"], found["value"], strict=True))


def test_a_comment_is_too_young_until_the_office_was_open_for_so_long():
    # Until Friday at eight the office was open for four days of 7.5 hours: 30 of 72.
    found = measured(conversation(COMMENTS, until="2024-03-08 08:00"), FORMULAS[-1:])
    missing = dict(zip(found["measure"], found["missing"], strict=True))
    assert missing["office_answered_24h"] is None
    assert missing["office_answered_72h"] == "too_young"
    assert missing["answered_72h"] is None
