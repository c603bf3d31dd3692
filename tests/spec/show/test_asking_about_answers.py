"""The dialogue about a file of answers: asked once, answered, remembered."""

import datetime as dt

import pytest

from tests.lib.questionnaires import TOWNS, written
from torg import show
from torg.errors import UserError
from torg.register import Municipality, Register, read_register, write_register
from torg.study import create_study
from torg.survey import frame_of
from torg.survey.questionnaire import read_questionnaire
from torg.surveying import open_file, take, wave_of

FILE = "unit,Do you have rules?\n0101,certainly\n0102,no\n0103,\n"


@pytest.fixture
def study(tmp_path):
    made = create_study(tmp_path / "towns", template="default", title="Towns")
    written(made.folder, TOWNS)
    units = [
        Municipality("XX", f"010{n}", {"en": f"Town {n}"}, valid_from=dt.date(2000, 1, 1))
        for n in (1, 2, 3)
    ]
    write_register(made.register_folder, Register(tuple(units)))
    return made


@pytest.fixture
def towns(study):
    return read_questionnaire(study.questionnaire)


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "answers.csv"
    file.write_text(FILE, encoding="utf-8")
    return file


def answering(*given):
    """What a person types, one answer after the other."""
    answers = iter(given)

    def ask(_prompt):
        try:
            return next(answers)
        except StopIteration:
            raise EOFError from None

    return ask


def test_what_was_told_of_columns_and_texts_is_remembered(study, towns, path):
    wave = wave_of(towns, "2026")
    file = show.taught_answers(
        open_file(study, towns, wave, path), ask=answering("guidelines", "yes")
    )
    frame = frame_of(read_register(study.register_folder), wave)
    taken = take(study, file, frame=frame)
    said = dict(taken.answers.select("unit", "value").iter_rows())
    assert said == {"0101": "yes", "0102": "no"}
    again = open_file(study, towns, wave, path)
    assert again.columns_asked == again.values_asked == ()


def test_answers_that_end_too_early_keep_nothing(study, towns, path):
    wave = wave_of(towns, "2026")
    with pytest.raises(UserError, match="nothing was kept"):
        show.taught_answers(open_file(study, towns, wave, path), ask=answering())
    assert not list(study.folder.glob("answers-mapping*"))


def test_a_column_said_in_the_call_needs_its_letter(study, towns, path):
    wave = wave_of(towns, "2026")
    with pytest.raises(UserError, match="LETTER=MEANS"):
        open_file(study, towns, wave, path, columns=["guidelines"])
