"""What lies beside the questionnaire is read, and a fault in it names the file and the remedy."""

import pytest

from tests.lib.questionnaires import TOWNS, written
from torg.errors import SurveyError
from torg.study import create_study
from torg.survey.questionnaire import read_questionnaire
from torg.surveying.kept import hypotheses, printed

HYPOTHESIS = """\
[[hypothesis]]
id = "H1"
text = { en = "The best answer faster." }
measure = "answered_24h"
direction = "higher"
registered_on = 2026-01-15
"""


@pytest.fixture
def study(tmp_path):
    written(tmp_path, TOWNS)
    return create_study(tmp_path, template="default", title="Towns")


@pytest.fixture
def towns(study):
    return read_questionnaire(study.questionnaire)


def test_a_study_without_such_files_has_none(study, towns):
    assert printed(study, towns).is_empty()
    assert hypotheses(study) == ()


def test_figures_of_waves_and_items_that_are_not_there_are_left_out(study, towns):
    rows = "wave,item,category,printed,source\n2024,leader,yes,89 %,S\n2011,leader,yes,40 %,S\n"
    (study.folder / "published.csv").write_text(rows, encoding="utf-8")
    assert printed(study, towns)["printed"].to_list() == ["89 %"]


def test_a_file_of_figures_without_its_columns_says_which_it_needs(study, towns):
    (study.folder / "published.csv").write_text("wave,figure\n2024,89\n", encoding="utf-8")
    with pytest.raises(SurveyError, match=r"published\.csv .* needs the columns wave, item"):
        printed(study, towns)


def test_a_hypothesis_keeps_the_day_on_which_it_was_registered(study):
    (study.folder / "hypotheses.toml").write_text(HYPOTHESIS, encoding="utf-8")
    (one,) = hypotheses(study)
    assert (one.id, one.direction, one.registered_on.isoformat()) == ("H1", "higher", "2026-01-15")


@pytest.mark.parametrize(
    ("found", "put", "said"),
    [
        ("higher", "better", "direction"),
        ("registered_on = 2026-01-15\n", "", "registered_on"),
        ("measure", "measures", "measure"),
        ('id = "H1"', "id = H1", "Mend that line"),
        ('id = "H1"', 'id = "H1"\ncontrast = "those below 30"', "write 'same size'"),
        (HYPOTHESIS, f"{HYPOTHESIS}\n{HYPOTHESIS}", "several hypotheses have the id 'H1'"),
    ],
)
def test_a_faulty_hypothesis_is_one_sentence(study, found, put, said):
    path = study.folder / "hypotheses.toml"
    path.write_text(HYPOTHESIS.replace(found, put, 1), encoding="utf-8")
    with pytest.raises(SurveyError, match=said):
        hypotheses(study)
