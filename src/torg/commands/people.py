"""From the people's part to the use cases: the frames that were drawn and the answers given."""

from functools import partial

import polars as pl

from torg import site, surveying
from torg.main import AnsweredSurvey
from torg.study import Study
from torg.survey import Questionnaire, Wave
from torg.surveying import Collected


def collected(study: Study, questionnaire: Questionnaire) -> Collected:
    """All answers and frames that the people's part holds."""
    waves = [wave.id for wave in questionnaire.waves]
    return Collected(
        answers={wave: site.answers_of(study, wave=wave) for wave in waves},
        frames={wave: site.frame(study, wave=wave) for wave in waves},
    )


def drawn(study: Study, wave: Wave) -> pl.DataFrame:
    """The frame of a wave: as it was drawn, else drawn now and kept."""
    kept = site.frame(study, wave=wave.id)
    if kept.height:
        return kept
    frame = surveying.draw_frame(study, wave, respondents=partial(_units_of, study))
    return site.draw_frame(study, frame)


def _units_of(study: Study, wave: str) -> list[tuple[str, str]]:
    answers = site.answers_of(study, wave=wave)
    return sorted(answers.select("country", "unit").unique().iter_rows())


def answered_survey(study: Study, *, internal: bool = False) -> AnsweredSurvey | None:
    """The survey as a report takes it in; None where nobody is asked, or has answered yet."""
    if not surveying.has_survey(study):
        return None
    questionnaire = surveying.questionnaire_of(study)
    answers = collected(study, questionnaire)
    if not answers.waves:
        return None
    return AnsweredSurvey(
        results=partial(
            _results, study, questionnaire=questionnaire, answers=answers, internal=internal
        ),
        digest=answers.digest,
    )


def _results(
    study: Study,
    measures: pl.DataFrame | None,
    *,
    questionnaire: Questionnaire,
    answers: Collected,
    internal: bool,
) -> surveying.SurveyResults:
    return surveying.results(study, questionnaire, answers, measures=measures, internal=internal)
