"""The survey's pages take hostile text, awkward ids and nearly nothing."""

import dataclasses

import polars as pl
import pytest

from tests.lib.survey_results import QUESTIONNAIRE, alone, survey
from torg.locale import translate
from torg.report.survey import write_survey
from torg.report.survey.files import file_of
from torg.report.survey.phrases import Phrases
from torg.survey import Wave

HOSTILE = "<script>alert(1)</script>\"'&"


def test_text_from_files_is_never_mark_up(tmp_path):
    hostile = {"en": HOSTILE, "nb": HOSTILE}
    questions = tuple(
        dataclasses.replace(
            question,
            texts=hostile,
            options=tuple(dataclasses.replace(o, texts=hostile) for o in question.options),
        )
        for question in QUESTIONNAIRE.questions
    )
    spoilt = dataclasses.replace(QUESTIONNAIRE, questions=questions, titles=hostile)
    printed = survey().printed.with_columns(printed=pl.lit(HOSTILE), source=pl.lit(HOSTILE))
    results = survey(questionnaire=spoilt, printed=printed, title=HOSTILE, asker=HOSTILE)
    write_survey(results, tmp_path, language="en")
    for page in tmp_path.glob("*.html"):
        assert "<script" not in page.read_text(encoding="utf-8").lower()
    assert "&lt;script&gt;" in (tmp_path / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("id_", ["../../etc", "a/b", "..", "C:\\x", "x\x00y"])
def test_an_id_cannot_choose_where_a_file_is_written(id_):
    wave = dataclasses.replace(QUESTIONNAIRE.waves[0], id=id_)
    assert not set(file_of(wave)) & set("./\\:\x00")


def test_two_ids_never_share_a_file():
    waves = [
        dataclasses.replace(QUESTIONNAIRE.waves[0], id=id_) for id_ in ("a.b", "a_2e_b", "a b")
    ]
    assert len({file_of(wave) for wave in waves}) == 3


def test_the_same_results_give_the_same_bytes(tmp_path):
    shuffled = {
        name: getattr(alone(), name).sample(fraction=1.0, shuffle=True, seed=5)
        for name in ("estimates", "frame", "response")
    }
    mixed = dataclasses.replace(alone(), **shuffled)
    write_survey(alone(), tmp_path / "a", language="nb")
    write_survey(mixed, tmp_path / "b", language="nb")
    assert (tmp_path / "a/index.html").read_bytes() == (tmp_path / "b/index.html").read_bytes()


def test_a_survey_that_nobody_answered_makes_a_page(tmp_path):
    nobody = alone().response.with_columns(answered=pl.lit(0), rate=pl.lit(0.0))
    results = dataclasses.replace(alone(), response=nobody, estimates=alone().estimates.clear())
    write_survey(results, tmp_path, language="en")
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "answered by 0 of 210 municipalities, a response rate of 0.0 per cent" in page


def test_a_survey_of_counties_and_municipalities_says_so():
    both = survey().frame.with_columns(
        kind=pl.when(pl.col("unit") == "0101").then(pl.lit("county")).otherwise("kind")
    )
    phrases = Phrases(survey(frame=both), translate("en"))
    item = QUESTIONNAIRE.items["leader"]
    assert phrases.of_base(item) == "of the municipalities and counties that answered"
    assert phrases.of_base(item, of_all=True) == "of all municipalities and counties"


def test_a_platform_is_called_what_it_was_called_on_the_day():
    phrases = Phrases(survey(), translate("en"))
    day: Wave = QUESTIONNAIRE.wave("2015")
    assert phrases.channel("x", day.closes) == "Twitter"
    assert phrases.channel("x", day.closes.replace(year=2024)) == "X"
    assert phrases.channel("facebook", day.closes) == "Facebook"
