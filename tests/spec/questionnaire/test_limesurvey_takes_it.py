"""The tab-separated structure that LimeSurvey imports, and the names its answers come back by."""

import csv

import pytest

from tests.lib.questionnaires import TOP, WAVES, question, towns, written
from torg.survey.questionnaire import limesurvey_names, read_questionnaire, write_limesurvey


def made(questionnaire, folder):
    """The rows of the file, as class -> rows."""
    path = folder / "survey.txt"
    write_limesurvey(questionnaire, questionnaire.wave("2026"), path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def of(rows, class_, language="en"):
    return [row for row in rows if row["class"] == class_ and row["language"] == language]


@pytest.fixture
def rows(tmp_path):
    return made(towns(tmp_path), tmp_path)


def test_a_byte_order_mark_stands_first_as_in_limesurveys_own_files(tmp_path, rows):
    assert (tmp_path / "survey.txt").read_bytes().startswith(b"\xef\xbb\xbfid\t")


def test_settings_name_the_languages(rows):
    settings = {row["name"]: row["text"] for row in rows if row["class"] == "S"}
    assert settings == {"language": "en", "additional_languages": "nb", "format": "G"}
    titles = [row["text"] for row in rows if row["class"] == "SL"]
    assert titles == ["Towns in social media", "Byer i sosiale medier"]


def test_each_kind_becomes_limesurveys_own(rows):
    assert {row["name"]: row["type/scale"] for row in of(rows, "Q")} == {
        "channels": "M",  # multiple choice
        "pages": "N",
        "guidelines": "L",  # a list of radio buttons
        "why": "T",
        "leader": "L",
        "use": "L",
        "services": ":",  # an array of boxes
        "triedcrisis": "F",  # an array with one answer in each cell: one for each row of ours
    }


def test_all_languages_have_the_same_rows_in_the_same_order(rows):
    keys = ("class", "type/scale", "name", "id", "relevance", "mandatory")
    english, norwegian = (
        [[row[key] for key in keys] for row in rows if row["language"] == language]
        for language in ("en", "nb")
    )
    assert [row[2] for row in english[2:]] == [row[2] for row in norwegian[2:]]
    assert [row[3] for row in english[2:]] == [row[3] for row in norwegian[2:]]


def test_a_condition_becomes_an_expression(rows):
    relevance = {row["name"]: row["relevance"] for row in of(rows, "Q")}
    assert relevance["pages"] == 'channels_facebook == "Y"'
    assert relevance["why"] == '(guidelines == "no" or guidelines == "dontk")'
    assert relevance["leader"] == "1"


def test_codes_are_at_most_as_long_as_its_columns(rows):
    assert max(len(row["name"]) for row in rows if row["class"] in {"Q", "SQ"}) <= 20
    assert max(len(row["name"]) for row in rows if row["class"] == "A") <= 5


def test_answers_come_back_by_names_that_are_known(tmp_path):
    read = towns(tmp_path)
    names = limesurvey_names(read, read.wave("2026"))
    assert set(names.items.values()) == set(read.items)
    assert names.items["services[library_facebook]"] == "services.library.facebook"
    assert names.items["triedcrisis[young]"] == "tried.crisis.young"
    assert names.codes["guidelines"]["dontk"] == "dont_know"
    assert names.codes["channels.facebook"] == {"Y": "yes", "1": "yes", "N": "no", "0": "no"}


def test_two_names_that_become_the_same_are_told_apart(tmp_path):
    twins = [question("a-b", "text"), question("a_b", "text"), question("ab", "text")]
    read = read_questionnaire(written(tmp_path, "\n".join([TOP, WAVES, *twins])))
    names = limesurvey_names(read, read.wave("2026")).items
    assert names == {"ab": "a-b", "ab2": "a_b", "ab3": "ab"}


def test_what_is_not_known_is_a_box_of_its_own_and_never_a_no(tmp_path):
    asked = [
        question("uses", "many", 'options = { a = "A", b = "B" }', "dont_know = true"),
        question("pages", "number", "dont_know = true"),
    ]
    read = read_questionnaire(written(tmp_path, "\n".join([TOP, WAVES, *asked])))
    assert limesurvey_names(read, read.wave("2026")).dont_know == {
        "uses[dontknow]": ("uses.a", "uses.b"),
        "pagesdontknow[dontknow]": ("pages",),
    }
    questions = {row["name"]: row for row in of(made(read, tmp_path), "Q")}
    assert questions["uses"]["exclude_all_others"] == "dontknow"
    assert questions["pages"]["relevance"] == 'pagesdontknow_dontknow != "Y"'


@pytest.mark.parametrize(
    ("condition", "expression"),
    [
        ("uses.a = yes", 'uses_a == "Y"'),
        ("uses.a = no", '(uses_a != "Y" and uses_dontknow != "Y")'),
        ("uses.a = dont_know", 'uses_dontknow == "Y"'),
        ("plain.a = no", 'plain_a != "Y"'),
        ("cells.r.c = yes", 'cells_r_c == "1"'),
        ("known.r.c = no", 'knownr_c == "no"'),
    ],
)
def test_not_known_is_no_no_in_a_condition_either(tmp_path, condition, expression):
    cells = ('rows = { r = "R" }', 'columns = { c = "C" }')
    asked = [
        question("uses", "many", 'options = { a = "A", b = "B" }', "dont_know = true"),
        question("plain", "many", 'options = { a = "A", b = "B" }'),
        question("cells", "matrix", *cells),
        question("known", "matrix", *cells, "dont_know = true"),
        question("why", "text", f"shown_if = '{condition}'"),
    ]
    read = read_questionnaire(written(tmp_path, "\n".join([TOP, WAVES, *asked])))
    questions = {row["name"]: row for row in of(made(read, tmp_path), "Q")}
    assert questions["why"]["relevance"] == expression


def test_a_text_is_no_html_and_no_expression(tmp_path):
    nasty = question("q", "text").replace("q?", "<b> {SURVEYNAME} & \\t tab \\n next")
    read = read_questionnaire(written(tmp_path, "\n".join([TOP, WAVES, nasty])))
    text = of(made(read, tmp_path), "Q")[0]["text"]
    assert text == "&lt;b&gt; &#123;SURVEYNAME} &amp; tab<br />next"


def test_swedish_of_finland_goes_in_as_swedish(tmp_path):
    top = TOP.replace('["en", "nb"]', '["sv-FI", "en"]').replace("nb =", "sv =")
    asked = question("q", "text").replace("nb =", "sv-FI =")
    read = read_questionnaire(written(tmp_path, "\n".join([top, WAVES, asked])))
    assert of(made(read, tmp_path), "Q", "sv")[0]["text"] == "q nb?"
