"""The dialogue: what a column means is proposed, asked about, and remembered."""

import pytest

from tests.lib.collected import ASKED, NOW, UNITS, WAVE, mapped, table_of
from torg.errors import SurveyError
from torg.survey.elsewhere import (
    FILE,
    answers_from,
    columns_asked,
    proposed,
    read_mappings,
    remember,
    values_asked,
)


def means(mapping):
    return [(column.name, column.means, column.sure) for column in mapping.columns]


def test_ids_texts_and_what_tools_always_write_are_sure(tmp_path):
    table = table_of(tmp_path, "id,kommunenr,guidelines,3. The tone?,Seed,channels[facebook]\n")
    assert means(proposed(table, ASKED, WAVE)) == [
        ("id", "respondent", "tool"),
        ("kommunenr", "unit", "tool"),
        ("guidelines", "item:guidelines", "id"),
        ("3. The tone?", "item:tone", "text"),
        ("Seed", "-", "tool"),
        ("channels[facebook]", "item:channels.facebook", "id"),
    ]


def test_a_code_before_the_text_is_enough(tmp_path):
    table = table_of(
        tmp_path, "unit;guidelines. Do you have any?;channels[facebook]. Which?\n1;;\n"
    )
    assert [column.means for column in proposed(table, ASKED, WAVE).columns] == [
        "unit",
        "item:guidelines",
        "item:channels.facebook",
    ]


def test_what_is_only_near_is_proposed_and_asked(tmp_path):
    table = table_of(tmp_path, "unit,Are there any guidelines?,Rest\n0401,yes,x\n")
    mapping = proposed(table, ASKED, WAVE)
    asked = columns_asked(table, mapping, ASKED, WAVE, language="en")
    assert [(a.letter, a.proposed, a.examples) for a in asked] == [
        ("B", "guidelines", ("yes",)),
        ("C", "-", ("x",)),
    ]
    choices = {choice.answer: choice.meaning for choice in asked[0].choices}
    assert choices["unit"] == "the unit's official code or its name"
    assert choices["channels"] == "Which channels? (all answers in one cell)"
    assert choices["services.library.blog"] == "Who uses what? [Library / Blog]"
    assert "later" not in choices


def test_cells_that_are_the_answers_of_one_item_alone_are_a_proposal(tmp_path):
    table = table_of(tmp_path, "unit,Q7\n0401,Good\n0402,Dårlig\n")
    (asked,) = columns_asked(table, proposed(table, ASKED, WAVE), ASKED, WAVE, language="en")
    assert (asked.name, asked.proposed) == ("Q7", "tone")


def test_an_answer_makes_it_sure_and_a_second_column_of_the_same_is_refused(tmp_path):
    table = table_of(tmp_path, "unit,x,y\n0401,good,bad\n")
    mapping = mapped(table, B="tone", C="-")
    assert mapping.open == ()
    with pytest.raises(SurveyError, match="columns 'x' and 'y' both mean 'item:tone'"):
        mapped(table, B="tone", C="tone")


def test_the_same_header_twice_is_asked_about(tmp_path):
    table = table_of(tmp_path, "unit,tone,tone\n0401,good,bad\n")
    assert [column.name for column in proposed(table, ASKED, WAVE).open] == ["tone", "tone"]


def test_a_text_that_is_no_answer_is_asked_about_and_then_known(tmp_path):
    table = table_of(tmp_path, "unit,tone\n0401,Goood\n0402,Goood\n0301,good\n")
    mapping = proposed(table, ASKED, WAVE)
    (asked,) = values_asked(table, mapping, ASKED, language="nb")
    assert (asked.letter, asked.text, asked.times, asked.proposed) == ("B", "Goood", 2, "good")
    assert [(c.answer, c.meaning) for c in asked.choices][:2] == [
        ("good", "God"),
        ("bad", "Dårlig"),
    ]
    told = mapping.told_value(asked.at, asked.text, "bad")
    assert values_asked(table, told, ASKED, language="nb") == ()
    taken = answers_from(table, told, ASKED, WAVE, frame=UNITS, at=NOW)
    assert sorted(taken.answers["value"]) == ["bad", "bad", "good"]


def test_what_was_said_is_remembered_for_files_with_the_same_header(tmp_path):
    table = table_of(tmp_path, 'unit,"Which ""tone"", then?",rest\n0401,Goood,a\n')
    told = mapped(table, B="tone", C="-").told_value(1, "Goood", "good")
    remember(tmp_path / FILE, told, example=table.name)
    later = table_of(
        tmp_path, 'UNIT;"Which ""tone"" - then";Rest\n0402;Goood;b\n', name="later.csv"
    )
    known = proposed(later, ASKED, WAVE, remembered=read_mappings(tmp_path / FILE, ASKED, WAVE))
    assert known.open == ()
    taken = answers_from(later, known, ASKED, WAVE, frame=UNITS, at=NOW)
    assert taken.answers.select("unit", "item", "value").rows() == [("0402", "tone", "good")]
    assert (tmp_path / FILE).read_text("utf-8").count("[[file]]") == 1


def test_a_header_said_again_replaces_what_was_said_and_leaves_others_alone(tmp_path):
    one, other = (table_of(tmp_path, f"unit,{name}\n") for name in ("aaa", "bbb"))
    for table, meaning in ((one, "tone"), (other, "staff"), (one, "-")):
        remember(tmp_path / FILE, mapped(table, B=meaning), example=table.name)
    kept = {m.fingerprint: m.columns[1].means for m in read_mappings(tmp_path / FILE, ASKED, WAVE)}
    assert kept == {one.fingerprint: "-", other.fingerprint: "item:staff"}


def test_what_another_wave_was_told_does_not_serve_this_one(tmp_path):
    table = table_of(tmp_path, "unit,x\n")
    later = ASKED.waves[1]
    told = proposed(table, ASKED, later).told(1, "later", questionnaire=ASKED, wave=later)
    remember(tmp_path / FILE, told, example=table.name)
    assert read_mappings(tmp_path / FILE, ASKED, WAVE) == ()
    assert len(read_mappings(tmp_path / FILE, ASKED, later)) == 1


def test_nothing_is_remembered_while_a_column_is_open_and_a_broken_file_says_so(tmp_path):
    with pytest.raises(SurveyError, match="column 'x' is open"):
        remember(tmp_path / FILE, mapped(table_of(tmp_path, "unit,x\n")), example="x")
    assert read_mappings(tmp_path / FILE, ASKED, WAVE) == ()
    (tmp_path / FILE).write_text("[[file]]\nheader = 1\ncolumn = 3\n")
    with pytest.raises(SurveyError, match="mend it, or delete it"):
        read_mappings(tmp_path / FILE, ASKED, WAVE)
