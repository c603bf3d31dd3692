"""Nothing is guessed: what cannot be read is listed by cell, and everything else goes in."""

import pytest

from tests.lib.collected import given, refused, table_of, taken
from tests.lib.registers import register_of
from torg.errors import SurveyError


def of(tmp_path, text, **more):
    return taken(table_of(tmp_path, text), **more)


def test_bad_values_are_listed_by_cell_and_the_rest_of_the_row_goes_in(tmp_path):
    result = of(tmp_path, "unit,tone,staff\n0401,fine,2\n0402,good,many\n0301,bad,2000\n")
    assert given(result) == {
        ("0401", "staff"): "2",
        ("0402", "tone"): "good",
        ("0301", "tone"): "bad",
    }
    assert refused(result) == [
        ("B2", "fine", "is none of good, bad, dont_know"),
        ("C3", "many", "is no number"),
        ("C4", "2000", "2000 is too much: the most is 1000."),
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [("3", "3"), ("2,5", "2.5"), ("2.5", "2.5"), ("0,125", "0.125"), ("1 000", "1000")],
)
def test_numbers_in_the_norths_spellings(tmp_path, written, value):
    result = of(tmp_path, f'unit;staff\n0401;"{written}"\n')
    assert given(result) == {("0401", "staff"): value}


@pytest.mark.parametrize("written", ["1.000", "1,000", "12.345"])
def test_a_number_that_can_be_read_in_two_ways_is_not_read(tmp_path, written):
    result = of(tmp_path, f'unit;staff\n0401;"{written}"\n')
    assert given(result) == {}
    assert "thousands or as decimals" in result.refused[0].why


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("0401", "0401"),
        ("401", "0401"),
        ("401.0", "0401"),
        ("Vika", "0401"),
        ("VIKA kommune", "0401"),
        ("Stad", "0301"),
        ("county:Nord", "county:Nord"),
        ("Nord fylkeskommune", "county:Nord"),
    ],
)
def test_a_unit_is_known_by_its_code_or_its_name(tmp_path, said, unit):
    assert given(of(tmp_path, f"unit,tone\n{said},good\n")) == {(unit, "tone"): "good"}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Bø", "can be XX 0402 and XX 0502: write its code"),
        ("Vika fylkeskommune", "is no code or name"),
        ("9999", "is no code or name"),
        ("", "is no code or name"),
    ],
)
def test_a_unit_that_is_not_one_is_refused_by_its_cell(tmp_path, said, why):
    result = of(tmp_path, f"unit,tone\n{said},good\n0401,bad\n")
    assert given(result) == {("0401", "tone"): "bad"}
    ((cell, value, told),) = refused(result)
    assert (cell, value) == ("A2", said)
    assert why in told


def test_a_name_beside_the_code_decides_where_the_code_lost_its_noughts(tmp_path):
    from tests.lib.answering import frame

    two = frame("unit | name\n091 | Helsinki\n0091 | Annan")
    table = table_of(tmp_path, "code,municipality,tone\n91,Annan,good\n91,,bad\n")
    result = taken(table, units=two)
    assert given(result) == {("0091", "tone"): "good"}
    assert refused(result)[0][0] == "A3"


FORMER = register_of(
    municipalities="""
country | code | name      | name_lang | valid_from | valid_to
XX      | 0401 | Vika      | nb        |            |
XX      | 0401 | Viken     | sv        |            |
XX      | 0499 | Gamleby   | nb        |            | 2014-01-01
"""
)


def test_the_register_knows_names_in_other_languages_and_units_of_former_days(tmp_path):
    result = of(tmp_path, "unit,tone\nViken,good\n0499,bad\n", register=FORMER)
    # The answer of a unit that has merged goes on to its successor when the sheet is made.
    assert given(result) == {("0401", "tone"): "good", ("0499", "tone"): "bad"}


def test_respondents_are_kept_as_numbers_or_under_a_key_and_never_as_names(tmp_path):
    text = "unit,respondent,tone\n0401,kari@vika.example,good\n0401,ola@vika.example,bad\n"
    result = of(tmp_path, text, key=b"secret")
    kept = result.answers["respondent"].to_list()
    assert len(set(kept)) == 2
    assert not any("kari" in one or "@" in one for one in kept)
    other = of(tmp_path, text, key=b"another")
    assert set(other.answers["respondent"]).isdisjoint(kept)
    with pytest.raises(SurveyError, match="no key to hide it with"):
        of(tmp_path, text)


def test_rows_without_a_respondent_are_numbered_within_their_unit(tmp_path):
    result = of(tmp_path, "unit,tone\n0401,good\n0402,bad\n0401,bad\n")
    rows = sorted(result.answers.select("unit", "respondent").iter_rows())
    nth = [(unit, respondent.rpartition("-")[2]) for unit, respondent in rows]
    assert nth == [("0401", "1"), ("0401", "2"), ("0402", "1")]


def test_one_number_in_two_tools_is_two_people_and_in_two_exports_of_one_it_is_one(tmp_path):
    texts = (
        "id,unit,tone\n1,0401,good\n",
        "id,unit,tone\n1,0401,bad\n",
        "id,tone,unit\n1,bad,0401\n",
    )
    one, again, other = (of(tmp_path, text).answers["respondent"].item() for text in texts)
    assert one == again != other


def test_moments_without_a_zone_are_asked_about_and_bad_ones_listed(tmp_path):
    text = "unit,submitdate,tone\n0401,2015-02-03 14:05,good\n0402,yesterday,bad\n"
    with pytest.raises(SurveyError, match="say --timezone"):
        of(tmp_path, text)
    result = of(tmp_path, text, zone="Europe/Helsinki")
    assert refused(result) == [("B3", "yesterday", "is no date: write it as 2015-01-31 14:05")]
    assert (len(given(result)), result.undated) == (2, 1)


@pytest.mark.parametrize("moment", ["0001-01-01 00:00", "9999-12-31 23:59"])
def test_a_moment_that_none_could_answer_at_is_listed(tmp_path, moment):
    result = of(tmp_path, f"unit,submitdate,tone\n0401,{moment},good\n", zone="Europe/Oslo")
    assert refused(result)[0][0] == "B2"
    assert result.undated == 1


def test_a_zone_that_is_none_is_refused(tmp_path):
    with pytest.raises(SurveyError, match="write one as Europe/Oslo"):
        of(tmp_path, "unit,submitdate,tone\n0401,2015-02-03 14:05,good\n", zone="Europe/Vika")


@pytest.mark.parametrize("tick", ["✓", "x", "X", "1", "Ja", "Facebook"])
def test_a_ticked_box_in_every_dress(tmp_path, tick):
    result = of(tmp_path, f"unit,channels[facebook],channels[weblog]\n0401,{tick},-\n")
    assert given(result) == {
        ("0401", "channels.facebook"): "yes",
        ("0401", "channels.web_log"): "no",
    }


def test_a_sign_that_is_no_tick_is_not_taken_for_a_blank(tmp_path):
    result = of(tmp_path, "unit,channels[facebook],channels[weblog]\n0401,1,✗\n")
    assert given(result) == {("0401", "channels.facebook"): "yes"}
    assert refused(result)[0][:2] == ("C2", "✗")


def test_of_a_free_text_nothing_is_lost(tmp_path):
    result = of(tmp_path, "unit,why\n0401,👍\n0402,?\n0301,-\n")
    assert given(result) == {("0401", "why"): "👍", ("0402", "why"): "?"}


def test_a_moment_that_says_its_zone_needs_none(tmp_path):
    result = of(tmp_path, "unit,submitdate,tone\n0401,2015-02-03T14:05+02:00,good\n")
    assert str(result.answers["at"][0]) == "2015-02-03 12:05:00+00:00"


def test_what_this_wave_does_not_ask_is_not_taken_for_it(tmp_path):
    with pytest.raises(SurveyError, match=r"B 'later'.*--teach"):
        of(tmp_path, "unit,later\n0401,yes\n")
    with pytest.raises(SurveyError, match="nothing that wave '2015' asks"):
        of(tmp_path, "unit,later\n0401,yes\n", told={"B": "later"})


def test_without_a_column_of_units_nothing_can_be_taken(tmp_path):
    with pytest.raises(SurveyError, match="no column tells whose answers"):
        of(tmp_path, "tone,staff\ngood,2\n")
