"""What observers saw of an invented country joins what its municipalities said: the whole way."""

from pathlib import Path

import polars as pl
import pytest

from torg.compare import bias, gate, observed_of, pairs_of, stated, through
from torg.measure import MEASURE_COLUMNS
from torg.simulate import RECIPES, simulate_study
from torg.study import read_study
from torg.survey import Surveyed, frame_of, sheet_of, weigh
from torg.survey.questionnaire import read_questionnaire

FINLAND = Path(__file__).parents[3] / "studies" / "kommunforbundet-2015"
PAGES = ["facebook", "instagram", "linkedin", "x", "youtube"]


@pytest.fixture(scope="module")
def finland():
    """The wave of 2015 as it is weighed, its observed rows, and the questionnaire."""
    study = read_study(FINLAND)
    questionnaire = read_questionnaire(study.questionnaire)
    made = simulate_study(
        RECIPES[study.simulated.recipe], seed=study.simulated.seed, questionnaire=questionnaire
    )
    wave = questionnaire.wave("2015")
    frame = frame_of(made.register, wave, units=study.survey.units)
    sheet = sheet_of(made.answers["2015"], questionnaire, wave, frame=frame, register=made.register)
    nothing = pl.DataFrame(schema=dict(MEASURE_COLUMNS))
    seen = observed_of(nothing, frame, made.register, day=wave.frame_date, by_hand=made.observed)
    coverage = gate(seen, frame, respondents=sheet.respondents)
    return study, questionnaire, wave, frame, sheet, coverage, through(seen, coverage)


def weighed(study, frame, sheet, observed):
    return weigh(frame, sheet.respondents, margins=study.survey.margins, observed=observed)


def test_what_observers_saw_passes_the_gate(finland):
    *_, coverage, _ = finland
    assert coverage["passed"].all()
    assert set(coverage["measure"]) == {*(f"has_page:{name}" for name in PAGES), "posts_per_week"}
    assert set(coverage["observed"]) == {317}


def test_weights_take_away_most_of_what_silence_does_to_the_observed(finland):
    study, _, _, frame, sheet, _, joined = finland
    rows = bias(
        joined,
        frame,
        sheet.respondents,
        activity=study.survey.activity,
        weigh=lambda observed: weighed(study, frame, sheet, observed),
    ).filter(pl.col("measure").str.starts_with("has_page"))
    assert (rows["before"] > 0).all()  # those who answer are on more platforms than all are
    assert rows["after"].abs().mean() < 0.6 * rows["before"].abs().mean()


def test_what_is_said_of_pages_is_nearly_what_is_seen(finland):
    study, questionnaire, wave, frame, sheet, _, joined = finland
    activity = joined.filter(pl.col("measure").is_in(study.survey.activity))
    surveyed = Surveyed(wave, frame, sheet.rows, weighed(study, frame, sheet, activity))
    pairs = pairs_of(questionnaire, joined["measure"], wave=wave.id)
    rows = stated(surveyed, joined, pairs, groups=("all",))
    assert rows["item"].to_list() == PAGES
    assert rows["difference"].abs().max() < 0.05  # slips of the pen, and a colleague's
    assert surveyed.weighting.by == "size + region + activity"
