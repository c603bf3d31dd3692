"""The value that a survey's pages are made from is whole from birth, and keeps what it must."""

import polars as pl
import pytest

from tests.lib.survey_results import QUESTIONNAIRE, survey
from torg.report.survey import SurveyResults


def test_answers_that_are_not_public_facts_are_dropped_whatever_is_given():
    items = set(survey().facts["item"])
    assert "channels.facebook" in items
    assert not items & {"leader", "effect", "editors"}
    assert not any(item.startswith("experience") for item in items)


def test_a_figure_of_an_unknown_item_is_refused():
    with pytest.raises(ValueError, match=r"items unknown to the questionnaire: \['nonsense'\]"):
        survey(estimates=survey().estimates.with_columns(item=pl.lit("nonsense")))


def test_a_frame_that_lacks_a_column_is_refused():
    with pytest.raises(ValueError, match=r"survey.response lacks the column\(s\) asked"):
        survey(response=survey().response.drop("asked"))


def test_an_interval_may_be_left_out():
    assert survey(response=survey().response.drop("low", "high")).response["low"].is_null().all()


def test_what_the_original_printed_of_other_editions_may_stand_there():
    row = {"wave": "1999", "item": "response", "category": None, "printed": "40 %", "source": "x"}
    assert survey(printed=pl.DataFrame([row], schema_overrides={"category": pl.String}))


def test_rows_are_sorted_whatever_order_they_come_in():
    shuffled = survey().estimates.sample(fraction=1.0, shuffle=True, seed=2)
    assert survey(estimates=shuffled).estimates.equals(survey().estimates)


def test_the_waves_are_those_that_somebody_was_asked_in_the_latest_last():
    assert [wave.id for wave in survey().waves] == ["2011", "2014", "2015"]
    some = survey().response.filter(wave="2014")
    only = survey(response=some, estimates=survey().estimates.filter(wave="2014"))
    assert only.waves == (QUESTIONNAIRE.wave("2014"),)


def test_it_is_a_value():
    assert isinstance(survey(), SurveyResults)
    with pytest.raises(AttributeError):
        survey().title = "another"
