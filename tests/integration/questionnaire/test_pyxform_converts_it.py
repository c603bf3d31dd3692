"""The reference converter of XLSForms takes what is written, and warns of nothing."""

import pytest
from pyxform.xls2xform import convert

from tests.lib.questionnaires import TOP, WAVES, question, towns, written
from torg.survey.questionnaire import READY, read_questionnaire, write_xlsform


def converted(questionnaire, wave, folder):
    path = folder / "form.xlsx"
    write_xlsform(questionnaire, wave, path)
    return convert(str(path))


def test_every_kind_of_question(tmp_path):
    read = towns(tmp_path)
    made = converted(read, read.wave("2026"), tmp_path)
    assert made.warnings == []
    for item in ("channels", "tried.crisis.young", "services.library"):
        assert f"<{item}/>" in made.xform


def test_what_may_not_be_known_and_what_looks_like_a_reference(tmp_path):
    asked = [
        question("uses", "many", 'options = { a = "A", b = "B" }', "dont_know = true"),
        question("pages", "number", "dont_know = true", 'shown_if = "uses.a = yes|dont_know"'),
        question(
            "cells", "matrix", 'rows = { r = "R" }', 'columns = { c = "C" }', "dont_know = true"
        ),
        question("q", "text", 'shown_if = "cells.r.c = dont_know"').replace("q?", "=${x} <b> &"),
    ]
    read = read_questionnaire(written(tmp_path, "\n".join([TOP, WAVES, *asked])))
    assert converted(read, read.wave("2026"), tmp_path).warnings == []


@pytest.mark.parametrize("name", sorted(READY))
def test_every_ready_questionnaire(tmp_path, name):
    read = read_questionnaire(READY[name])
    for wave in read.waves:
        assert converted(read, wave, tmp_path).warnings == []
