"""From a survey only what may be shown: names where the answer is a public fact, else counts."""

from types import SimpleNamespace

import polars as pl
import pytest

from torg.experience import TAXONOMY
from torg.site.experience.queries import matching

ASKED = TAXONOMY.asked_by("sosiale-kommuner-2013")
TEACHES = "can_teach.reputation"


def survey(*, public=(), count=12, missing=None):
    """Answers that two units can teach; the share is of 24 that answered."""
    units = [("XX", "0101", TEACHES), ("XX", "0102", TEACHES), ("XX", "0103", "other")]
    facts = [
        {"country": c, "unit": u, "item": i, "state": "answered", "code": "yes"}
        for c, u, i in units if i in public
    ]  # fmt: skip
    estimate = {
        "wave": "2013", "item": TEACHES, "category": "yes", "group": "all", "weighted_by": "",
        "estimate": None if missing else count / 24, "n": 24, "missing": missing,
    }  # fmt: skip
    kinds = {"country": pl.String, "unit": pl.String, "item": pl.String, "state": pl.String}
    return SimpleNamespace(
        questionnaire=SimpleNamespace(facts=set(public)),
        facts=pl.DataFrame(facts, schema={**kinds, "code": pl.String}),
        estimates=pl.DataFrame([estimate], schema_overrides={"missing": pl.String}),
    )


CELLS = {(TEACHES, "yes"): ("reputation", "")}


def test_units_are_named_where_their_answer_is_a_public_fact():
    told = survey(public=[TEACHES])
    assert list(matching._named(told, CELLS)) == [
        (("reputation", ""), "XX-0101"), (("reputation", ""), "XX-0102"),
    ]  # fmt: skip
    assert matching._counts(told, CELLS) == {}


def test_of_totals_there_is_a_count_and_no_name():
    told = survey()
    assert list(matching._named(told, CELLS)) == []
    assert matching._counts(told, CELLS) == {("reputation", ""): 12}


def test_what_is_suppressed_has_no_count():
    assert matching._counts(survey(missing="suppressed"), CELLS) == {}


def test_the_items_are_those_of_the_questionnaire():
    assert matching._ticks(ASKED.teaches)[TEACHES, "yes"] == ("reputation", "")
    assert matching._good(ASKED)["experience.reputation.young", "good"] == ("reputation", "young")


@pytest.mark.parametrize("nothing", [matching._ticks("")])
def test_a_questionnaire_that_does_not_ask_gives_nothing(nothing):
    assert nothing == {}


def test_those_who_said_so_are_counted_as_they_answered_whatever_the_weights():
    told = survey()
    weighted = told.estimates.with_columns(weighted_by=pl.lit("size"), estimate=pl.lit(0.9))
    for rows in ([told.estimates, weighted], [weighted, told.estimates]):
        told.estimates = pl.concat(rows)
        assert matching._counts(told, CELLS) == {("reputation", ""): 12}
