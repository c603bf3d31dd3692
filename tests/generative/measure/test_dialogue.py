"""Random conversations: the formulas must agree with plain loops (tests/lib/slow_dialogue.py)."""

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lib import slow_dialogue as slow
from tests.lib.conversations import measured, views, weekly
from torg.measure.formulas.dialogue import FORMULAS
from torg.measure.views import MUNICIPALITY
from torg.study import Office

START = 1_711_000_000  # 2024-03-21, a week before Easter
DAYS = 86_400
ANSWERS = FORMULAS[-1:]

# Few distinct instants, so that answers tie with each other and with the end of following.
instants = st.one_of(
    st.integers(0, 12 * DAYS), st.integers(0, 24).map(lambda halves: halves * DAYS // 2)
)


@st.composite
def countries(draw, *, shortest=6):
    """Many municipalities with a conversation each: asking an engine once costs the most."""
    number = draw(st.integers(1, 20))
    return [
        reply
        for code in range(number)
        for reply in draw(conversations(f"{code:04}", first=100 * code, shortest=shortest))
    ]


@st.composite
def conversations(draw, municipality, *, first, shortest):
    """Replies to each other, some to what is not there; clocks may be wrong."""
    number = draw(st.integers(1, 25))
    until = START + draw(st.integers(shortest, shortest + 14)) * DAYS
    return [
        {
            "municipality": municipality,
            "channel": municipality,
            "reply": first + key,
            "parent": draw(st.one_of(st.none(), st.integers(first, first + number + 1))),
            "at": START + draw(instants),
            "by": draw(st.sampled_from(["owner", "citizen", "citizen", "?"])),
            "asks": draw(st.sampled_from([True, True, False, None])),
            "in_window": draw(st.sampled_from([True, True, True, False])),
            "until": until,
        }
        for key in range(number)
    ]


def expected(said, *, office):
    """Every figure of the answer family by loops, without the least number of questions."""
    values = {}
    for questions in (False, True):
        for clock in (None, office):
            found = slow.waits(said, questions=questions, office=clock)
            prefix = f"{'question_' if questions else ''}{'office_' if clock else ''}"
            if not clock:
                values[f"{prefix}answered"] = slow.answered(found)
            values |= {
                f"{prefix}answered_24h": slow.answered_within(found, 24),
                f"{prefix}answered_72h": slow.answered_within(found, 72),
                f"{prefix}answer_hours_answered_median": slow.answered_median(found),
                f"{prefix}answer_hours_median": slow.median(found),
                f"{prefix}answer_hours_rmst72": slow.restricted_mean(found),
            }
    return values


FEW = settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ],
)


@FEW
@given(said=countries(), offset=st.sampled_from([-6, 0, 2]))
def test_the_answer_family_agrees_with_loops_over_the_replies(said, offset):
    hours = {"opens": "07:00", "closes": "17:30"}
    drawn = views(said, offset_hours=offset, office=Office(**hours))
    clock = slow.office_clock(country="NO", offset_hours=offset, **hours)
    for (_, municipality), rows in measured(drawn, ANSWERS).group_by(MUNICIPALITY):
        wanted = expected([s for s in said if s["municipality"] == municipality], office=clock)
        assert set(rows["measure"]) == wanted.keys()
        for row in rows.iter_rows(named=True):
            value = wanted[row["measure"]]
            if row["missing"] != "too_few_questions":
                assert row["value"] == (None if value is None else pytest.approx(float(value)))
                assert (row["missing"] is None) == (value is not None)


@FEW
@given(said=countries(shortest=40))
def test_where_all_were_followed_for_72_hours_the_weeks_add_up_to_the_whole(said):
    drawn = views(said)
    whole = measured(drawn, FORMULAS).filter(pl.col("missing").is_null())
    keys = [*MUNICIPALITY, "measure"]
    weeks = weekly(drawn, FORMULAS).group_by(keys).agg(pl.col("numerator", "denominator").sum())
    both = whole.join(weeks, on=keys)
    # The office is not open for 72 hours within every follow-up: there only the shares add up.
    exact = both.filter(~pl.col("measure").str.contains("office_answer_hours"))
    for value, part, of in exact.select("value", "numerator", "denominator").iter_rows():
        assert part / of == pytest.approx(value)
