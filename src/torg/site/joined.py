"""From the people's part to the use cases: the frames that were drawn and the answers given."""

from functools import partial

import polars as pl

from torg import surveying
from torg.main import AnsweredSurvey
from torg.site.answers.actions import draw_frame
from torg.site.answers.queries import answers_of, frame
from torg.study import Study
from torg.survey import Questionnaire, Wave
from torg.surveying import Collected


def collected(study: Study, questionnaire: Questionnaire) -> Collected:
    """All answers and frames that the people's part holds."""
    waves = [wave.id for wave in questionnaire.waves]
    return Collected(
        answers={wave: answers_of(study, wave=wave) for wave in waves},
        frames={wave: frame(study, wave=wave) for wave in waves},
    )


def drawn(study: Study, wave: Wave) -> pl.DataFrame:
    """The frame of a wave: as it was drawn, else drawn now and kept."""
    kept = frame(study, wave=wave.id)
    if kept.height:
        return kept
    fresh = surveying.draw_frame(study, wave, respondents=partial(_units_of, study))
    return draw_frame(study, fresh)


def _units_of(study: Study, wave: str) -> list[tuple[str, str]]:
    answers = answers_of(study, wave=wave)
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
