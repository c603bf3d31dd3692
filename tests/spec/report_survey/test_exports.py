"""A survey as files for other programs: what stands in them, and what never does."""

import csv
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace

import openpyxl
import polars as pl
import pyreadstat
import pytest

from tests.lib.px_reader import read_px
from tests.lib.survey_results import QUESTIONNAIRE, alone, both, option, survey
from torg.report.survey import write_survey_tables
from torg.survey import Question
from torg.survey.questionnaire import Condition

DDI = {"d": "ddi:codebook:2_5"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HOSTILE = '=HYPERLINK("http://example.invalid","click")'


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exports")
    write_survey_tables(survey(), folder)
    return folder


def rows(path):
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", ["estimates", "response", "items", "notes", "facts", "trends"])
def test_every_table_comes_as_csv_and_parquet(written, name):
    assert pl.read_parquet(written / f"{name}.parquet").height == len(rows(written / f"{name}.csv"))


def test_codes_stay_text(written):
    assert rows(written / "facts.csv")[0]["unit"] == "0101"
    sheet = openpyxl.load_workbook(written / "survey.xlsx")["facts"]
    assert (sheet["C2"].value, sheet["C2"].data_type) == ("0101", "s")


def test_missing_is_empty_with_its_reason(written):
    hidden = [r for r in rows(written / "estimates.csv") if r["missing"] == "suppressed"]
    assert hidden
    assert all(r["estimate"] == r["low"] == r["high"] == "" for r in hidden)


def test_the_notes_sheet_comes_first_and_gives_base_n_and_date(written):
    book = openpyxl.load_workbook(written / "survey.xlsx")
    assert book.sheetnames[0] == "notes"
    notes = {(row[0].value, row[1].value, row[2].value): row[3].value for row in book["notes"].rows}
    assert notes["study", None, "invented"] == "All names and figures are invented."
    assert notes["wave", "2015", "response"] == "102 of 210"
    about = notes["item", "2015", "dialogue"]
    assert "Shares or means of those that answered “yes” to “Are there guidelines" in about
    assert "n = 47. Answered 2015-04-01 to 2015-04-30." in about
    assert notes["item", "2014", "training"] == "Not asked in this wave."


def test_answers_for_sums_only_are_in_no_file_unit_by_unit(written):
    public = {q.id for q in QUESTIONNAIRE.questions if q.disclosure == "public"}
    assert {row["item"].split(".")[0] for row in rows(written / "facts.csv")} == public
    _, meta = pyreadstat.read_sav(written / "facts-2015.sav", output_format="polars")
    assert not {"leader", "effect", "editors"} & set(meta.column_names)
    assert not any(name.startswith("experience") for name in meta.column_names)


def test_no_text_comes_alive_as_a_formula(tmp_path):
    hostile = survey().frame.with_columns(name=pl.lit(HOSTILE))
    write_survey_tables(survey(frame=hostile), tmp_path)
    with zipfile.ZipFile(tmp_path / "survey.xlsx") as book:
        sheets = [name for name in book.namelist() if "worksheets/sheet" in name]
        assert not any(b"<f>" in book.read(name) for name in sheets)
    cell = openpyxl.load_workbook(tmp_path / "survey.xlsx")["facts"]["D2"]
    assert (cell.value, cell.data_type) == (HOSTILE, "s")


# --- SPSS --------------------------------------------------------------------------------------


def test_spss_has_labels_of_questions_and_answers(written):
    frame, meta = pyreadstat.read_sav(
        written / "facts-2015.sav", user_missing=True, output_format="polars"
    )
    assert meta.column_names_to_labels["guidelines"] == "Are there guidelines for social media?"
    labels = meta.variable_value_labels["guidelines"]
    assert [labels[n] for n in (1, 2, 3, 4)] == ["yes", "planned", "no", "don't know"]
    assert (labels[-9991], labels[-9993]) == ("no answer", "not asked")
    assert frame["unit"][0] == "0101"


def test_spss_leaves_out_those_without_an_answer_but_not_those_who_do_not_know(written):
    frame, meta = pyreadstat.read_sav(
        written / "facts-2015.sav", user_missing=True, output_format="polars"
    )
    assert meta.missing_ranges["guidelines"] == [{"lo": -9994.0, "hi": -9991.0}]
    facts = survey().facts.filter(item="guidelines")
    unsure = facts.filter(code="dont_know").height
    assert frame.filter(pl.col("guidelines") == 4).height == unsure > 0
    blank = facts.filter(state="no_answer").height
    assert frame.filter(pl.col("guidelines") == -9991).height == blank > 0


def test_spss_says_that_it_is_invented(written):
    _, meta = pyreadstat.read_sav(written / "facts-2015.sav", output_format="polars")
    assert meta.file_label.startswith("INVENTED. ")


# --- DDI ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def codebook(written):
    return ET.parse(written / "codebook.xml").getroot()  # noqa: S314 -- written by ourselves


def test_the_codebook_describes_the_study(codebook):
    assert codebook.tag == "{ddi:codebook:2_5}codeBook"
    assert codebook.get("version") == "2.5"
    assert [part.tag.split("}")[1] for part in codebook] == ["stdyDscr", "fileDscr", "dataDscr"]
    study = codebook.find("d:stdyDscr", DDI)
    title = study.find("d:citation/d:titlStmt/d:titl", DDI).text
    assert title == "INVENTED. Social media in municipalities"
    days = [day.get("date") for day in study.findall("d:stdyInfo/d:sumDscr/d:collDate", DDI)]
    assert days[:2] == ["2011-04-01", "2011-04-30"]
    rates = [rate.text for rate in study.findall("d:method/d:anlyInfo/d:respRate", DDI)]
    assert rates[-1] == "2015: 102 of 210 (48.6 per cent)"


def test_the_codebook_has_each_question_in_each_language(codebook):
    (leader,) = [v for v in codebook.iter("{ddi:codebook:2_5}var") if v.get("name") == "leader"]
    said = {part.get(LANG): part.text for part in leader.findall("d:qstn/d:qstnLit", DDI)}
    assert said["nb"] == "Bruker kommunedirektøren sosiale medier i jobben?"
    assert said["en"] == "Does the municipal director use social media at work?"


def test_only_public_facts_name_a_file(codebook):
    by_name = {v.get("name"): v.get("files") for v in codebook.iter("{ddi:codebook:2_5}var")}
    assert (by_name["guidelines"], by_name["leader"]) == ("F1", None)
    names = [f.text for f in codebook.findall("d:fileDscr/d:fileTxt/d:fileName", DDI)]
    assert names == ["facts-2015.sav"]


#  The order that DDI-Codebook 2.5 wants of what Torg writes.
ORDER = {
    "var": ["labl", "qstn", "invalrng", "universe", "catgry", "varFormat", "notes"],
    "dataColl": ["timeMeth", "sampProc", "collMode", "weight"],
    "sumDscr": ["collDate", "nation", "anlyUnit", "universe", "dataKind"],
    "citation": ["titlStmt", "rspStmt", "prodStmt"],
    "titlStmt": ["titl", "parTitl", "IDNo"],
    "stdyDscr": ["citation", "stdyInfo", "method", "dataAccs", "notes"],
    "fileTxt": ["fileName", "fileCont", "dimensns", "fileType"],
    "catgry": ["catValu", "labl", "catStat"],
}


@pytest.mark.parametrize("name", sorted(ORDER))
def test_parts_stand_in_the_order_of_the_schema(codebook, name):
    found = list(codebook.iter(f"{{ddi:codebook:2_5}}{name}"))
    assert found
    for part in found:
        places = [ORDER[name].index(child.tag.split("}")[1]) for child in part]
        assert places == sorted(places)


def test_every_id_is_there_once(codebook):
    ids = [part.get("ID") for part in codebook.iter() if part.get("ID")]
    assert len(ids) == len(set(ids)) > 10


# --- PX ----------------------------------------------------------------------------------------


def test_px_has_the_figures_by_answer_group_wave_and_kind(written):
    px = read_px(written / "px" / "guidelines.px")
    row = survey().estimates.filter(
        wave="2015", item="guidelines", category="planned", group="all", weighted_by="size + region"
    )
    where = {"Answer": "guidelines=planned", "Group": "all", "Survey": "2015"}
    for figure in ("estimate", "low", "high"):
        assert px.cell(**where, Figure=figure) == f"{row[figure][0] * 100:.1f}"
    assert px.cell(**where, Figure="n") == "102"


def test_px_tells_what_is_hidden_from_what_was_not_asked(written):
    hidden = read_px(written / "px" / "guidelines.px").cell(
        Answer="guidelines=yes", Group="size:>50k", Survey="2015", Figure="estimate"
    )
    not_asked = read_px(written / "px" / "training.px").cell(
        Answer="training=yes", Group="all", Survey="2014", Figure="estimate"
    )
    assert (hidden, not_asked) == ('"..."', '"."')


def test_px_speaks_every_language_of_the_questionnaire(written):
    px = read_px(written / "px" / "guidelines.px")
    assert px.entries["LANGUAGES"] == ["en", "nb"]
    assert px.one("TITLE[nb]") == "Finnes det retningslinjer for sosiale medier?"
    assert px.entries["VALUES[nb](Svar)"] == ["ja", "planlagt", "nei", "vet ikke"]


@pytest.mark.parametrize("question", ["channels", "editors", "services", "experience", "training"])
def test_px_has_a_cell_for_each_combination(written, question):
    px = read_px(written / "px" / f"{question}.px")
    expected = 1
    for variable in px.entries["STUB"] + px.entries["HEADING"]:
        values, codes = px.entries[f"VALUES({variable})"], px.entries[f"CODES({variable})"]
        assert len(values) == len(codes) == len(set(values)) == len(set(codes))
        expected *= len(codes)
    assert len(px.cells) == expected


def test_px_has_the_keywords_that_must_be_there(written):
    px = read_px(written / "px" / "channels.px")
    needed = {
        "CHARSET", "AXIS-VERSION", "CODEPAGE", "LANGUAGE", "CREATION-DATE", "DECIMALS", "MATRIX",
        "SUBJECT-CODE", "SUBJECT-AREA", "TITLE", "CONTENTS", "UNITS", "STUB", "HEADING", "SOURCE",
    }  # fmt: skip
    assert needed <= set(px.entries)
    assert "invented" in px.one("NOTE")


def test_px_takes_a_text_with_quotation_marks_and_ends_of_lines(tmp_path):
    write_survey_tables(survey(asker='The "A"\nof; B'), tmp_path)
    assert read_px(tmp_path / "px" / "channels.px").one("SOURCE") == "The 'A' of; B"


# --- all ---------------------------------------------------------------------------------------


def test_the_same_results_give_the_same_bytes(written, tmp_path):
    shuffled = {
        name: getattr(survey(), name).sample(fraction=1.0, shuffle=True, seed=3)
        for name in ("estimates", "facts", "frame", "response")
    }
    write_survey_tables(survey(**shuffled), tmp_path)
    there = sorted(path.relative_to(written) for path in written.rglob("*") if path.is_file())
    assert there == sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.is_file())
    different = [n for n in there if (written / n).read_bytes() != (tmp_path / n).read_bytes()]
    assert different == []


def test_a_survey_without_public_facts_has_no_file_of_them(tmp_path):
    write_survey_tables(alone(), tmp_path)
    assert not list(tmp_path.glob("*.sav"))
    assert (tmp_path / "codebook.xml").is_file()


def test_the_readme_says_first_that_it_is_invented(written):
    assert (written / "README.txt").read_text().startswith("ALL NAMES AND FIGURES")


def test_who_was_asked_what_hangs_on_an_answer_told_in_totals_only_is_in_no_file(tmp_path):
    """Each that was asked gave that answer, and who was not asked did not."""
    known = {"disclosure": "public", "options": (option("a", "a", "a"), option("b", "b", "b"))}
    below = Question("tool", "one", both("Which?", "Hvilken?"),
                     shown_if=Condition("leader", ("yes",)), **known)  # fmt: skip
    further = Question("since", "one", both("Since?", "Siden?"),
                       shown_if=Condition("tool", ("a",)), **known)  # fmt: skip
    asked = replace(QUESTIONNAIRE, questions=(*QUESTIONNAIRE.questions, below, further))
    one = survey().facts.filter(item="guidelines")
    facts = pl.concat([one, *(one.with_columns(item=pl.lit(name)) for name in ("tool", "since"))])
    found = replace(survey(), questionnaire=asked, facts=facts)
    write_survey_tables(found, tmp_path)
    assert {row["item"] for row in rows(tmp_path / "facts.csv")} == {"guidelines"}
    _, meta = pyreadstat.read_sav(tmp_path / "facts-2015.sav", output_format="polars")
    assert not {"tool", "since"} & set(meta.column_names)
