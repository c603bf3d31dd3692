"""Whatever is drawn can be shown, printed and carried to other programs, item by item."""

import csv
import re
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pyxform.xls2xform import convert

from tests.lib.drawn_questionnaires import questionnaires
from tests.lib.nightly import scale
from torg.errors import LackingPart
from torg.report.questionnaire import write_blank, write_preview
from torg.survey.questionnaire import (
    items_of,
    limesurvey_names,
    write_limesurvey,
    write_xlsform,
)

UNHURRIED = settings(
    deadline=None,  # the machine may be busy
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def waves_of(draw):
    drawn = draw(questionnaires())
    return drawn, draw(st.sampled_from(drawn.waves))


def in_a_folder(use):
    with tempfile.TemporaryDirectory() as folder:
        return use(Path(folder))


@settings(UNHURRIED, max_examples=scale(15, 500))
@given(waves_of())
def test_a_page_and_a_sheet(asked):
    questionnaire, wave = asked
    language = questionnaire.languages[-1]

    def use(folder):
        write_preview(questionnaire, wave, folder)
        with suppress(LackingPart):  # a sign that no font has
            write_blank(questionnaire, wave, folder / "blank.pdf", language=language)
            assert PdfReader(folder / "blank.pdf").pages
        return (folder / f"{language}.html").read_text(encoding="utf-8")

    page = in_a_folder(use)
    shown = re.findall(r'<div class="question" id="q-([^"]+)"', page)
    assert shown == [question.id for question in questionnaire.asked_in(wave.id)]


@settings(UNHURRIED, max_examples=scale(15, 500))
@given(waves_of())
def test_an_xlsform_converts(asked):
    questionnaire, wave = asked
    if not questionnaire.asked_in(wave.id):
        return

    def use(folder):
        write_xlsform(questionnaire, wave, folder / "form.xlsx")
        return convert(str(folder / "form.xlsx")).xform

    form = in_a_folder(use)
    for question in questionnaire.asked_in(wave.id):
        for item in items_of(question):
            name = f"{question.id}.{item.row.id}" if item.row else question.id
            assert f"<{name}" in form


@settings(UNHURRIED, max_examples=scale(25, 1000))
@given(waves_of())
def test_limesurvey_gets_codes_that_it_can_hold_and_gives_every_item_back(asked):
    questionnaire, wave = asked

    def use(folder):
        write_limesurvey(questionnaire, wave, folder / "survey.txt")
        with (folder / "survey.txt").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file, delimiter="\t"))

    rows = in_a_folder(use)
    items = [i.id for q in questionnaire.asked_in(wave.id) for i in items_of(q)]
    assert list(limesurvey_names(questionnaire, wave).items.values()) == items
    longest = {"Q": 20, "SQ": 20, "A": 5}
    for row in rows:
        if row["class"] in longest:
            assert re.fullmatch(rf"[A-Za-z0-9]{{1,{longest[row['class']]}}}", row["name"])
            assert "{" not in row["text"]
    names = [row["name"] for row in rows if row["class"] == "Q"]
    first = {row["language"] for row in rows if row["class"] == "Q"}
    assert len(names) == len(set(names)) * len(first)
