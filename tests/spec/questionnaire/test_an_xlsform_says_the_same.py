"""The workbook for ODK and KoboToolbox: the sheets survey, choices and settings."""

import pytest
from openpyxl import load_workbook

from tests.lib.questionnaires import TOP, WAVES, question, towns, written
from torg.survey.questionnaire import read_questionnaire, write_xlsform


def sheet(path, name):
    head, *rows = load_workbook(path)[name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.fixture
def form(tmp_path):
    read, path = towns(tmp_path), tmp_path / "form.xlsx"
    write_xlsform(read, read.wave("2026"), path)
    return path


def test_a_row_for_each_question_under_its_own_id(form):
    rows = [(row["type"], row["name"]) for row in sheet(form, "survey")]
    assert rows == [
        ("select_multiple channels", "channels"),
        ("decimal", "pages"),
        ("select_one guidelines", "guidelines"),
        ("text", "why"),
        ("select_one leader", "leader"),
        ("select_one use", "use"),
        ("begin_group", "services"),  # ticks: a question of many for each row
        ("select_multiple services", "services.library"),
        ("select_multiple services", "services.youth"),
        ("end_group", None),
        ("begin_group", "tried"),  # answers: a table for each row, and the items' own ids
        ("begin_group", "tried.crisis"),
        ("select_one tried", "tried.crisis.residents"),
        ("select_one tried", "tried.crisis.young"),
        ("end_group", None),
        ("end_group", None),
    ]


def test_a_column_for_each_language(form):
    first = sheet(form, "survey")[0]
    assert first["label::English (en)"] == "channels?"
    assert first["label::norsk bokmål (nb)"] == "channels nb?"
    assert sheet(form, "settings")[0]["default_language"] == "English (en)"


def test_conditions_bounds_and_what_must_be_answered(form):
    rows = {row["name"]: row for row in sheet(form, "survey")}
    assert rows["pages"]["relevant"] == "selected(${channels}, 'facebook')"
    assert rows["pages"]["constraint"] == ". >= 1 and . <= 50"
    assert rows["why"]["relevant"] == "(${guidelines} = 'no' or ${guidelines} = 'dont_know')"
    assert rows["guidelines"]["required"] == "yes"


def test_choices_carry_the_codes_that_are_stored(form):
    codes = [row["name"] for row in sheet(form, "choices") if row["list_name"] == "guidelines"]
    assert codes == ["yes", "planned", "no", "dont_know"]
    words = [row["label::norsk bokmål (nb)"] for row in sheet(form, "choices")]
    assert "Vet ikke" in words


def test_a_condition_carries_those_above_it(tmp_path):
    chain = [
        question("has", "many", 'options = { a = "A", b = "B" }'),
        question("since", "planned", 'shown_if = "has.a = no"'),
        question("why", "text", 'shown_if = "since = planned"'),
    ]
    read = read_questionnaire(written(tmp_path, "\n".join([TOP, WAVES, *chain])))
    write_xlsform(read, read.wave("2026"), tmp_path / "form.xlsx")
    why = sheet(tmp_path / "form.xlsx", "survey")[2]
    assert why["relevant"] == "not(selected(${has}, 'a')) and ${since} = 'planned'"


def test_a_number_that_is_not_known_has_a_box(tmp_path):
    asked = question("pages", "number", "dont_know = true", "low = 0")
    read = read_questionnaire(written(tmp_path, "\n".join([TOP, WAVES, asked])))
    write_xlsform(read, read.wave("2026"), tmp_path / "form.xlsx")
    box, number = sheet(tmp_path / "form.xlsx", "survey")
    assert (box["name"], box["type"]) == ("pages.dont_know", "select_multiple pages.dont_know")
    assert number["relevant"] == "not(selected(${pages.dont_know}, 'dont_know'))"


def test_swedish_of_finland_has_a_column_of_its_own(tmp_path):
    top = TOP.replace('["en", "nb"]', '["sv", "sv-FI"]').replace("nb =", "sv =")
    asked = question("q", "text").replace("en =", "sv =").replace("nb =", "sv-FI =")
    read = read_questionnaire(written(tmp_path, "\n".join([top, WAVES, asked])))
    write_xlsform(read, read.wave("2026"), tmp_path / "form.xlsx")
    row = sheet(tmp_path / "form.xlsx", "survey")[0]
    assert row["label::svenska (sv)"] == "q?"
    assert row["label::svenska, Finland (sv)"] == "q nb?"


def test_the_same_questionnaire_gives_the_same_bytes(tmp_path):
    read = towns(tmp_path)
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    for path in (first, second):
        write_xlsform(read, read.wave("2026"), path)
    assert first.read_bytes() == second.read_bytes()
