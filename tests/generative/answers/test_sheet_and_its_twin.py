"""The sheet against its slow twin, and what must hold for any answers."""

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lib.answering import COUNTRY, frame, instant, options, question, questionnaire, wave
from tests.lib.answering import slow_sheet as slow
from tests.lib.registers import register_of
from torg.survey import ANSWERS, sheet_of
from torg.survey.questionnaire import Condition

UNHURRIED = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
RULES = ("latest", "first", "agreed")

ASKED = questionnaire(
    question("uses"),
    question(
        "channels",
        "many",
        options=options("facebook", "blog"),
        shown_if=Condition("uses", ("yes", "planned")),
    ),
    question("pages", "number", shown_if=Condition("channels.facebook", ("yes",))),
    question("schools", units=("municipality",)),
    question("later", waves=("2017",)),
    question("tone", "scale", options=options("good", "bad"), allows_dont_know=True),
    waves=(wave("2015"), wave("2017", day="2017-01-01")),
)
FRAME = frame("unit | kind\n1 | municipality\n2 | municipality\n3 | both\ncounty:Nord | county")
VALUES = ["yes", "no", "planned", "dont_know", "good", "3", "7", None]

ROWS = st.tuples(
    st.sampled_from(["2015", "2015", "2017"]),
    st.just(COUNTRY),
    st.sampled_from(["1", "2", "3", "county:Nord", "9"]),
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from([*ASKED.items, "unheard_of"]),
    st.sampled_from(VALUES),
    st.integers(1, 4).map(lambda day: instant(str(day))),
)
ANSWERS_GIVEN = st.lists(ROWS, max_size=40)


def as_frame(rows):
    return pl.DataFrame(rows, schema=dict(ANSWERS), orient="row")


def said(sheet):
    return {
        (row["unit"], row["item"]): (row["state"], _value(row))
        for row in sheet.rows.iter_rows(named=True)
    }


def _value(row):
    return row["code"] if row["number"] is None else f"{row['number']:g}"


@UNHURRIED
@given(ANSWERS_GIVEN, st.sampled_from(RULES))
def test_the_sheet_is_what_looking_at_every_answer_gives(rows, rule):
    given_rows = as_frame(rows)
    sheet = sheet_of(given_rows, ASKED, ASKED.waves[0], frame=FRAME, conflict=rule)
    assert said(sheet) == slow(given_rows, ASKED, ASKED.waves[0], FRAME, conflict=rule)


@UNHURRIED
@given(ANSWERS_GIVEN, st.sampled_from(RULES), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, rule, random):
    shuffled = random.sample(rows, len(rows))
    one, other = (
        sheet_of(as_frame(r), ASKED, ASKED.waves[0], frame=FRAME, conflict=rule)
        for r in (rows, shuffled)
    )
    for part in ("rows", "disagreements", "set_aside", "carried"):
        assert getattr(one, part).equals(getattr(other, part))


@UNHURRIED
@given(ANSWERS_GIVEN, st.sampled_from(RULES))
def test_every_answer_of_the_wave_counts_was_replaced_or_is_set_aside(rows, rule):
    sheet = sheet_of(as_frame(rows), ASKED, ASKED.waves[0], frame=FRAME, conflict=rule)
    told = said(sheet)
    aside = {(row["unit"], row["item"]) for row in sheet.set_aside.iter_rows(named=True)}
    for wave_, _, unit, _, item, value, _ in rows:
        if wave_ == "2015" and value is not None:
            assert (unit, item) in told or (unit, item) in aside


@UNHURRIED
@given(ANSWERS_GIVEN, st.sampled_from(RULES))
def test_every_unit_that_answered_has_each_item_once(rows, rule):
    sheet = sheet_of(as_frame(rows), ASKED, ASKED.waves[0], frame=FRAME, conflict=rule)
    assert sheet.rows.height == sheet.respondents.height * len(ASKED.items)
    assert not sheet.rows.select("unit", "item").is_duplicated().any()


MERGED = register_of(
    municipalities="""
country | code | name | valid_from | valid_to
XX      | 1    | Vika |            | 2015-01-01
XX      | 2    | Moen |            | 2015-01-01
XX      | 3    | Nyby | 2015-01-01 |
""",
    changes="""
country | code | successor | date
XX      | 1    | 3         | 2015-01-01
XX      | 2    | 3         | 2015-01-01
""",
)
AFTER = frame("unit | kind | county\n3 | both | Stad")


@UNHURRIED
@given(ANSWERS_GIVEN, st.sampled_from(RULES))
def test_a_merged_unit_that_is_also_its_county_counts_once(rows, rule):
    renamed = [
        (*row[:2], {"county:Nord": "county:Stad"}.get(row[2], row[2]), *row[3:]) for row in rows
    ]
    sheet = sheet_of(
        as_frame(renamed), ASKED, ASKED.waves[0], frame=AFTER, conflict=rule, register=MERGED
    )
    assert sheet.respondents.height <= 1
    assert set(sheet.rows["unit"]) <= {"3"}
    given_elsewhere = sum(row[2] != "3" and row[0] == "2015" for row in renamed)
    assert sheet.carried["answers"].sum() <= given_elsewhere
