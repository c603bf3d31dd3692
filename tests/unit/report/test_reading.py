"""A folder of results is read back whole: the pages made of it are the same, byte for byte."""

import json
from dataclasses import fields

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from tests.lib import survey_results
from tests.lib.results import sample
from torg.errors import StudyError
from torg.report import read_results, read_shown, write_report, write_tables
from torg.report.results import FRAMES, Facts, Results
from torg.report.survey import read_survey_results, write_survey, write_survey_tables
from torg.report.survey.results import FRAMES as SURVEY_FRAMES
from torg.report.survey.results import SurveyFacts, SurveyResults

LANGUAGES = ("da", "en", "fi", "nb", "nn", "sv")


def _persons(results):
    """The channels, and two of persons in official roles."""
    one = results.channels.head(1).with_columns(
        scope=pl.lit("person"), address=pl.lit("facebook.com/somebody")
    )
    return pl.concat([results.channels, one, one])


@pytest.fixture(scope="module")
def results():
    return sample(
        count=12,
        survey=survey_results.survey(),
        channels=_persons(sample(count=12)),
        withheld=2,
        open_end=True,
    )


@pytest.fixture(scope="module")
def folder(results, tmp_path_factory):
    return _written(results, tmp_path_factory.mktemp("release") / "results")


def _written(results, folder):
    write_tables(results, folder)
    if results.survey:
        write_survey_tables(results.survey, folder / "survey")
    return folder


def _bytes(folder):
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_what_was_read_are_the_same(results, folder, tmp_path, language):
    write_report(results, tmp_path / "a", language=language, languages=LANGUAGES)
    write_report(read_results(folder), tmp_path / "b", language=language, languages=LANGUAGES)
    before, after = _bytes(tmp_path / "a"), _bytes(tmp_path / "b")
    assert len(before) > 12
    assert after == before


def test_tables_of_what_was_read_are_the_same(folder, tmp_path):
    again = _written(read_results(folder), tmp_path / "again")
    assert _bytes(again) == _bytes(folder)


@pytest.mark.parametrize("language", ["en", "fi"])
def test_a_survey_alone_is_read_back_too(tmp_path, language):
    survey = survey_results.alone()
    write_survey_tables(survey, tmp_path / "results" / "survey")
    read = read_shown(tmp_path / "results")
    write_survey(survey, tmp_path / "a", language=language)
    write_survey(read, tmp_path / "b", language=language)
    assert _bytes(tmp_path / "b") == _bytes(tmp_path / "a")
    write_survey_tables(read, tmp_path / "again")
    assert _bytes(tmp_path / "again") == _bytes(tmp_path / "results" / "survey")


def test_nothing_of_the_results_is_neither_fact_nor_table():
    facts, survey_facts = ({f.name for f in fields(kind)} for kind in (Facts, SurveyFacts))
    assert {f.name for f in fields(Results)} == facts | set(FRAMES) | {"survey"}
    assert {f.name for f in fields(SurveyResults)} == survey_facts | set(SURVEY_FRAMES)


def test_what_is_read_has_every_fact_and_row(results, folder):
    read = read_results(folder)
    for each in fields(Facts):
        if each.name != "persons":
            assert getattr(read, each.name) == getattr(results, each.name), each.name
    assert_frame_equal(read.measures, results.measures)
    assert_frame_equal(read.ranks, results.ranks)
    assert sum(n for *_, n in read.persons) == 2


def test_persons_channels_are_counted_and_not_told(folder):
    read = read_results(folder)
    assert "person" not in set(read.channels["scope"])
    assert not any(b"facebook.com/somebody" in data for data in _bytes(folder).values())


def test_the_frame_of_a_survey_tells_of_public_facts_only(folder):
    read = read_survey_results(folder / "survey")
    told = set(read.facts.select("wave", "country", "unit").unique().iter_rows())
    assert set(read.frame.select("wave", "country", "unit").unique().iter_rows()) == told


def test_about_json_is_sorted_and_has_its_layout(folder):
    text = (folder / "about.json").read_text(encoding="utf-8")
    told = json.loads(text)
    assert told["layout"] == 1
    again = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    assert text == again


def _fresh(folder):
    return _written(sample(count=20), folder)


def _without_about(folder):
    (folder / "about.json").unlink()


def _cut_about(folder):
    path = folder / "about.json"
    path.write_bytes(path.read_bytes()[:200])


def _foreign_about(folder):
    (folder / "about.json").write_text('["something else"]', encoding="utf-8")


def _lacking_about(folder):
    told = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    del told["zone"]
    (folder / "about.json").write_text(json.dumps(told), encoding="utf-8")


def _newer(folder):
    told = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    (folder / "about.json").write_text(json.dumps(told | {"layout": 99}), encoding="utf-8")


def _cut_table(folder):
    path = folder / "measures.parquet"
    path.write_bytes(path.read_bytes()[:-100])


def _without_table(folder):
    (folder / "ranks.parquet").unlink()


def _without_column(folder):
    pl.read_parquet(folder / "ranks.parquet").drop("band").write_parquet(folder / "ranks.parquet")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_without_about, "Torg 0.3 or before"),
        (_cut_about, "about.json is damaged"),
        (_foreign_about, "about.json is damaged"),
        (_lacking_about, "about.json is damaged"),
        (_newer, "update Torg"),
        (_cut_table, "measures.parquet is damaged"),
        (_without_table, "ranks.parquet is damaged or lacking"),
        (_without_column, "band"),
    ],
)
def test_a_folder_that_cannot_be_read_says_so_in_a_sentence(tmp_path, spoil, said):
    spoil(_fresh(tmp_path / "results"))
    with pytest.raises(StudyError, match=said) as error:
        read_results(tmp_path / "results")
    assert "\n" not in str(error.value)
    assert "torg run" in str(error.value) or "update Torg" in str(error.value)


def test_a_folder_that_is_not_there_says_so(tmp_path):
    with pytest.raises(StudyError, match="is not there"):
        read_results(tmp_path / "nowhere")


def test_results_of_a_survey_alone_are_not_read_as_observed(tmp_path):
    write_survey_tables(survey_results.alone(), tmp_path / "survey")
    with pytest.raises(StudyError, match="holds a survey"):
        read_results(tmp_path)


def test_a_table_that_there_was_not_yet_is_empty(tmp_path):
    folder = _fresh(tmp_path / "results")
    told = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    told["tables"].remove("weeks")
    (folder / "about.json").write_text(json.dumps(told), encoding="utf-8")
    (folder / "weeks.parquet").unlink()
    assert read_results(folder).weeks.is_empty()
