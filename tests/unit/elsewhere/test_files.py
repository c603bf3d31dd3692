"""The small parts of reading a file with answers."""

import datetime as dt
from zipfile import ZipFile

import pytest
import xlsxwriter

from tests.lib.collected import table_of, workbook_of
from torg.errors import SurveyError
from torg.survey.elsewhere import letter, open_answers
from torg.survey.elsewhere.words import is_blank, plain, unnumbered


@pytest.mark.parametrize(
    ("at", "name"),
    [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")],
)
def test_columns_are_called_as_a_spreadsheet_calls_them(at, name):
    assert letter(at) == name


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (" Ja,  delvis ", "jadelvis"),
        ("<b>Ja</b> delvis", "jadelvis"),
        ("Länsi-Suomi", "länsisuomi"),
        ("a_b[c]", "abc"),
        ("100 %", "100"),
    ],
)
def test_texts_are_compared_by_their_letters_and_digits(text, form):
    assert plain(text) == form


@pytest.mark.parametrize("text", ["3. Why?", "Q3: Why?", "3) Why?", "Why?"])
def test_the_number_of_a_question_is_no_part_of_its_text(text):
    assert unnumbered(text) == "Why?"


@pytest.mark.parametrize(
    ("cell", "blank"), [("", True), ("N/A", True), (" - ", True), ("0", False)]
)
def test_what_is_blank(cell, blank):
    assert is_blank(cell) is blank


def test_commas_within_texts_do_not_make_a_comma_the_delimiter(tmp_path):
    table = table_of(tmp_path, "unit;why\n1;a, b, c, d\n2;e, f, g, h\n")
    assert table.header == ("unit", "why")


def test_a_gap_in_the_header_over_data_is_a_column_without_a_name(tmp_path):
    table = workbook_of(tmp_path, [["unit", "", "tone"], ["1", "x", "good"]])
    assert table.header == ("unit", "", "tone")
    assert [row.number for row in table.rows] == [2]


def test_doubles_lose_their_dust(tmp_path):
    table = workbook_of(tmp_path, [["unit", "staff"], ["1", 0.1 + 0.2], ["2", 1.125]])
    assert [row.cells[1] for row in table.rows] == ["0.3", "1.1250"]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them(tmp_path):
    table = table_of(tmp_path, "unit,why\n\n1,a\n\n2,b\n")
    assert [row.number for row in table.rows] == [3, 5]


def test_cells_beyond_the_header_are_left_and_lacking_ones_are_blank(tmp_path):
    table = table_of(tmp_path, "unit,why\n1,a,b\n2\n")
    assert [row.cells for row in table.rows] == [("1", "a"), ("2", "")]


def test_headers_of_the_same_words_have_the_same_fingerprint(tmp_path):
    one = table_of(tmp_path, "Unit,Are there any?\n")
    same = table_of(tmp_path, "unit;are there any\n")
    other = table_of(tmp_path, "Are there any?,unit\n")
    assert one.fingerprint == same.fingerprint != other.fingerprint


def test_a_long_number_in_a_sheet_has_lost_its_end_and_shows_it(tmp_path):
    table = workbook_of(tmp_path, [["unit", "staff"], ["1", 1234567890123456789]])
    assert table.rows[0].cells[1] == "1.23457E+18"


def test_a_stray_cell_in_the_last_corner_is_refused_and_not_read(tmp_path):
    path = tmp_path / "stray.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["unit", "why"])
        sheet.write(1_048_575, 16_383, "stray")
    with pytest.raises(SurveyError, match="17179869184 cells"):
        open_answers(path)


@pytest.mark.parametrize("name", ["notes.txt", "content.xml"])
def test_a_zip_that_is_no_xlsx_is_refused(tmp_path, name):
    path = tmp_path / "answers.ods"
    with ZipFile(path, "w") as packed:
        packed.writestr(name, "unit,why")
    with pytest.raises(SurveyError, match="save it as xlsx or as CSV"):
        open_answers(path)


def test_hidden_sheets_and_sheets_without_a_table_are_passed_over(tmp_path):
    path = tmp_path / "several.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("cover").write(0, 0, "A survey")
        hidden = book.add_worksheet("lists")
        hidden.write_row(0, 0, ["a", "b"])
        hidden.hide()
        book.add_worksheet("answers").write_row(0, 0, ["unit", "why"])
    assert open_answers(path).header == ("unit", "why")


def test_days_and_moments_of_a_sheet_are_written_as_such(tmp_path):
    path = tmp_path / "days.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_row(0, 0, ["unit", "submitdate"])
        sheet.write(1, 0, "1")
        sheet.write_datetime(1, 1, dt.datetime(2015, 2, 3, 14, 5), day)  # noqa: DTZ001 -- as sheets have it
    assert open_answers(path).rows[0].cells == ("1", "2015-02-03 14:05:00")
