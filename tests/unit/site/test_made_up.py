"""Made-up answers and real ones never lie in one study, and no page hides that they are made up."""

import pytest

from tests.lib.answering import answers
from tests.lib.surveying import NOON, WAVE, Box, Survey
from torg.errors import SurveyError
from torg.site import answers_of, close_people, invite, save_answer, store_answers
from torg.study import read_study

SAID = """
unit | item       | value
0101 | guidelines | yes
"""
SIMULATED = '[simulated]\nrecipe = "ks-2014"\nseed = 1\n'


@pytest.fixture
def survey(tmp_path, monkeypatch):
    monkeypatch.delenv("TORG_DATABASE", raising=False)
    yield Survey(tmp_path / "study")
    close_people()


def simulated(study):
    path = study.folder / "study.toml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{SIMULATED}", encoding="utf-8")
    return read_study(study.folder)


def keep(study, **how):
    return store_answers(study, answers(SAID, of=WAVE), name="answers.csv", **how)


def test_real_answers_do_not_go_beside_made_up_ones(survey):
    study = simulated(survey.study)
    keep(study, simulated=True)
    with pytest.raises(SurveyError, match="are made up by 'torg simulate': real ones do not go"):
        keep(study, sha256="of another file")
    assert answers_of(study, wave=WAVE).height == 1


def asked(survey):
    """A form of the survey, whose other answers are made up; the study says so."""
    box = Box()
    survey.ask(invite, wave=WAVE, post=box)
    study = simulated(survey.study)
    keep(study, simulated=True)
    return study, survey.opened(box, "post@fjordby.example").forms[0].form


def test_where_every_page_says_that_all_is_invented_anybody_may_try_to_answer(survey):
    study, form = asked(survey)
    save_answer(study, survey.questionnaire, form, item="guidelines", value="no", at=NOON)
    assert answers_of(study, wave=WAVE).height == 2


def test_in_a_real_study_nobody_answers_among_made_up_answers(survey):
    _, form = asked(survey)  # the study that it was opened with says nothing of a simulation
    with pytest.raises(SurveyError, match="real ones do not go beside them"):
        survey.ask(save_answer, form, item="guidelines", value="no")


def test_nothing_is_made_up_beside_what_was_tried_out(survey):
    study, form = asked(survey)
    save_answer(study, survey.questionnaire, form, item="guidelines", value="no", at=NOON)
    with pytest.raises(SurveyError, match="has real answers: nothing is made up beside them"):
        keep(study, simulated=True, sha256="of another file")


def test_nothing_is_made_up_beside_real_answers(survey):
    keep(survey.study)
    with pytest.raises(SurveyError, match="has real answers: nothing is made up beside them"):
        keep(simulated(survey.study), simulated=True, sha256="of another file")
    assert answers_of(survey.study, wave=WAVE).height == 1


def test_what_is_made_up_cannot_be_read_as_if_it_were_not(survey):
    keep(simulated(survey.study), simulated=True)
    with pytest.raises(SurveyError, match="says so no more: put its"):
        answers_of(survey.study, wave=WAVE)
