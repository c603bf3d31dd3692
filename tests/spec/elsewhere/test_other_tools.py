# ruff: noqa: E501 -- the lines of a file are as long as they are.
"""The manual of answers from elsewhere: what each tool's export comes to."""

import datetime as dt

import pytest

from tests.lib.collected import given, refused, table_of, taken, workbook_of
from torg.errors import SurveyError

CHANNELS = ("channels.facebook", "channels.web_log")


def test_limesurvey_with_codes(tmp_path):
    table = table_of(
        tmp_path,
        """\
"id","submitdate","lastpage","startlanguage","seed","unit","guidelines","channels[facebook]","channels[weblog]","staff"
"3","1980-01-01 00:00:00","4","nb","12","0401","planned","Y","","2"
"5","1980-01-01 00:00:00","4","nb","13","0402","no","","",""
""",
    )
    result = taken(table)
    assert given(result) == {
        ("0401", "guidelines"): "planned",
        ("0401", "channels.facebook"): "yes",
        ("0401", "channels.web_log"): "no",  # left blank beside a box that is ticked
        ("0401", "staff"): "2",
        ("0402", "guidelines"): "no",  # of channels it ticked none: nobody knows if it answered
    }
    assert sorted(name.split("-")[1] for name in result.answers["respondent"].unique()) == [
        "3",
        "5",
    ]
    assert (result.refused, result.undated, result.rows, result.units) == ((), 2, 2, 2)


def test_limesurvey_with_full_texts(tmp_path):
    table = table_of(
        tmp_path,
        """\
"Response ID","Date submitted","Kommunenummer","Finnes retningslinjer?","Which channels? [Facebook]","Which channels? [Blog, of any kind]","The tone?","Who uses what? [Library] [Facebook]"
"1","2015-02-03 14:05:00","0401","Planlagt","Ja","Nei","Dårlig","N/A"
""",
    )
    result = taken(table, zone="Europe/Oslo")
    assert given(result) == {
        ("0401", "guidelines"): "planned",
        ("0401", "channels.facebook"): "yes",
        ("0401", "channels.web_log"): "no",
        ("0401", "tone"): "bad",
    }
    moment = dt.datetime(2015, 2, 3, 13, 5, tzinfo=dt.UTC)  # five past two in Oslo
    assert result.answers["at"].unique().to_list() == [moment]


@pytest.mark.parametrize("name", ["channels[web_log]", "channels_web_log", "channels.weblog"])
def test_the_column_of_an_option_is_known_in_every_spelling(tmp_path, name):
    table = table_of(tmp_path, f"unit,{name}\n0401,1\n0402,0\n")
    assert given(taken(table)) == {
        ("0401", "channels.web_log"): "yes",
        ("0402", "channels.web_log"): "no",
    }


def test_all_answers_in_one_cell(tmp_path):
    table = table_of(
        tmp_path,
        """\
Kommune;Which channels?
Vika;Facebook, Blog, of any kind
Stad;blogg
Bø (Nord);
""",
    )
    result = taken(table)
    assert given(result) == {
        ("0401", "channels.facebook"): "yes",
        ("0401", "channels.web_log"): "yes",
        ("0301", "channels.facebook"): "no",
        ("0301", "channels.web_log"): "yes",
    }
    assert refused(result) == [("A4", "Bø (Nord)", "is no code or name of a unit that was asked")]


def test_of_several_in_one_cell_what_is_none_is_listed_and_the_rest_goes_in(tmp_path):
    table = table_of(tmp_path, "unit;channels\n0401;Facebook;\n0402;Facebook, MySpace\n")
    result = taken(table)
    assert given(result)["0402", "channels.facebook"] == "yes"
    assert refused(result) == [("B3", "MySpace", "is none of the options")]


def test_not_knowing_is_an_answer_to_every_option(tmp_path):
    table = table_of(tmp_path, "unit;channels\n0401;vet ikke\n")
    assert given(taken(table)) == {("0401", item): "dont_know" for item in CHANNELS}


def test_one_column_for_each_option_with_the_options_text_in_it(tmp_path):
    table = table_of(
        tmp_path,
        "unit\tWhich channels?: Facebook\tWhich channels?: Blogg\n0401\tFacebook\t\n",
    )
    assert given(taken(table)) == {
        ("0401", "channels.facebook"): "yes",
        ("0401", "channels.web_log"): "no",
    }


def test_a_header_of_two_rows(tmp_path):
    rows = [
        ["Code", "1. Which channels?", "", "2. Are there guidelines?"],
        ["", "Facebook", "Blogg", ""],
        ["0401", 1, 0, "ja"],
    ]
    assert given(taken(workbook_of(tmp_path, rows))) == {
        ("0401", "channels.facebook"): "yes",
        ("0401", "channels.web_log"): "no",
        ("0401", "guidelines"): "yes",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_delimiter_and_encoding(tmp_path, encoding, delimiter):
    text = 'Kommune,tone\n"Vika","Dårlig"\n'.replace(",", delimiter)
    table = table_of(tmp_path, text, encoding=encoding)
    assert given(taken(table)) == {("0401", "tone"): "bad"}


def test_a_cell_may_hold_lines_quotes_and_the_delimiter(tmp_path):
    table = table_of(
        tmp_path, 'unit,why,tone\n0401,"It is ""good"",\nand cheap",good\n0402,,worse\n'
    )
    result = taken(table)
    assert given(result)["0401", "why"] == 'It is "good",\nand cheap'
    assert [one.cell for one in result.refused] == ["C3"]  # as a spreadsheet counts rows


def test_the_line_that_names_the_delimiter_is_no_header(tmp_path):
    table = table_of(tmp_path, "sep=;\nunit;tone\n0401;awful\n")
    assert [one.cell for one in taken(table).refused] == ["B3"]


def test_a_title_above_the_table_is_no_header(tmp_path):
    table = workbook_of(tmp_path, [["Survey of 2015"], [], ["unit", "tone"], ["0401", "Good"]])
    assert given(taken(table)) == {("0401", "tone"): "good"}


def test_codes_that_a_spreadsheet_took_for_numbers_are_mended_and_said(tmp_path):
    table = workbook_of(tmp_path, [["unit", "staff"], [301, 2.5], [401, 1.125]])
    result = taken(table)
    assert given(result) == {("0301", "staff"): "2.5", ("0401", "staff"): "1.1250"}
    assert [(one.cell, one.value, one.unit) for one in result.mended] == [
        ("A2", "301", "0301"),
        ("A3", "401", "0401"),
    ]


def test_a_file_without_a_table_is_refused(tmp_path):
    with pytest.raises(SurveyError, match="holds no table"):
        table_of(tmp_path, "nothing\nhere\n")
    with pytest.raises(SurveyError, match="cannot be read"):
        table_of(tmp_path, "PK\x03\x04 and no workbook", name="broken.xlsx")


def test_a_survey_that_torg_wrote_for_limesurvey_comes_back_by_its_own_codes(tmp_path):
    from tests.lib.collected import ASKED, WAVE
    from torg.survey.questionnaire import limesurvey_names

    names = limesurvey_names(ASKED, WAVE)
    heading = {item: name for name, item in names.items.items()}
    short = {
        item: {code: cell for cell, code in codes.items()} for item, codes in names.codes.items()
    }
    (box,) = [name for name, items in names.dont_know.items() if "channels.facebook" in items]
    columns = {
        "unit": "0401",
        heading["guidelines"]: short["guidelines"]["planned"],
        heading["tone"]: short["tone"]["dont_know"],
        heading["channels.facebook"]: "Y",
        heading["services.library.blog"]: "1",
        box: "Y",
    }
    lines = [",".join(f'"{cell}"' for cell in row) for row in (columns, columns.values())]
    result = taken(table_of(tmp_path, "\n".join(lines)))
    assert given(result) == {
        ("0401", "guidelines"): "planned",
        ("0401", "tone"): "dont_know",
        ("0401", "channels.facebook"): "dont_know",  # the box outweighs what was ticked beside it
        ("0401", "channels.web_log"): "dont_know",
        ("0401", "services.library.blog"): "yes",
    }
