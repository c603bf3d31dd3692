"""The five studies as folders: each can be read, and what stands beside it fits."""

import csv
import re
import tomllib
from pathlib import Path

import pytest

from torg.measure import DEFINITIONS
from torg.simulate import RECIPES
from torg.study import read_study
from torg.survey.questionnaire import READY, faults, read_questionnaire

STUDIES = Path(__file__).parents[3] / "studies"
NAMES = sorted(path.name for path in STUDIES.iterdir() if path.is_dir())
LANGUAGE = {
    "betakomm-2011": "nb",
    "kommunforbundet-2015": "sv",
    "ks-2014": "nb",
    "skl-2010": "sv",
    "sosiale-kommuner-2013": "nn",
}


def published(name):
    with (STUDIES / name / "published.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_five_are_there():
    assert sorted(LANGUAGE) == NAMES == sorted(RECIPES)


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_is_a_study_that_says_that_it_is_invented(name):
    study = read_study(STUDIES / name)
    assert study.invented
    assert study.simulated.recipe == name
    assert study.languages[0] == LANGUAGE[name]
    assert study.survey.units == RECIPES[name].units


@pytest.mark.parametrize("name", NAMES)
def test_its_questionnaire_is_sound_and_in_the_studys_languages(name):
    path = STUDIES / name / "questionnaire.toml"
    assert faults(path) == ()
    assert set(read_study(STUDIES / name).languages) <= set(read_questionnaire(path).languages)
    assert RECIPES[name].ready in READY


@pytest.mark.parametrize("name", NAMES)
def test_every_wave_has_its_number_of_answers_in_the_recipe(name):
    waves = read_questionnaire(STUDIES / name / "questionnaire.toml").waves
    assert {wave.id for wave in waves} == set(RECIPES[name].response.answers)


@pytest.mark.parametrize("name", NAMES)
def test_a_recipe_names_items_that_the_questionnaire_has(name):
    recipe, read = RECIPES[name], read_questionnaire(READY[RECIPES[name].ready])
    questions = {q.id for q in read.questions}
    rows = {f"{q.id}.{row.id}" for q in read.questions for row in q.rows}
    known = questions | rows | set(read.items)
    named = {item for table in recipe.shares.values() for item in table}
    named |= set(recipe.factors) | set(recipe.amounts) | set(recipe.sayings)
    assert named | set(recipe.channels.values()) <= known


@pytest.mark.parametrize("name", NAMES)
def test_shares_of_a_recipe_are_shares(name):
    tables = [share for table in RECIPES[name].shares.values() for share in table.values()]
    whole = [sum(share.values()) for share in tables if isinstance(share, dict)]
    assert whole == pytest.approx([1.0] * len(whole))
    assert all(0 <= share <= 1 for share in tables if not isinstance(share, dict))


@pytest.mark.parametrize("name", NAMES)
def test_what_the_original_printed_is_of_items_that_are_asked(name):
    items = set(read_questionnaire(READY[RECIPES[name].ready]).items) | {"response"}
    rows = published(name)
    assert {row["item"] for row in rows} <= items
    assert all(row["printed"] and row["source"] for row in rows)


@pytest.mark.parametrize("name", NAMES)
def test_a_printed_share_follows_from_its_counts(name):
    """Within half a unit of the last printed digit."""
    counted = [row for row in published(name) if row["part"] and row["whole"]]
    for row in counted:
        digits = re.search(r"\d+([.,]\d+)?", row["printed"])[0].replace(",", ".")
        unit = 10.0 ** -len(digits.partition(".")[2])
        share = 100 * int(row["part"]) / int(row["whole"])
        assert abs(share - float(digits)) <= unit / 2, row


def test_the_hypotheses_are_registered_on_measures_that_there_are():
    path = STUDIES / "ks-2014" / "hypotheses.toml"
    registered = tomllib.loads(path.read_text(encoding="utf-8"))["hypothesis"]
    assert len({one["id"] for one in registered}) == len(registered) >= 5
    assert {one["measure"] for one in registered} <= set(DEFINITIONS)
    assert {one["direction"] for one in registered} <= {"higher", "lower", "different"}
    assert all(set(one["text"]) == {"nb", "nn", "en"} for one in registered)


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_holds_nothing_that_was_made_by_running_it(name):
    kept = {"README.md", "hypotheses.toml", "published.csv", "questionnaire.toml", "study.toml"}
    made = {
        "archive", "internal-report", "register", "releases", "report", "simulated",
        "torg.sqlite3", "torg.sqlite3-shm", "torg.sqlite3-wal",
    }  # fmt: skip
    assert {path.name for path in (STUDIES / name).iterdir()} - made <= kept
