"""The conversation of `torg import --teach`, as somebody sees and answers it."""

import pytest

from torg.collect import lesson_on
from torg.errors import UserError
from torg.show import remembered, taught

HEADER = "Innleggs-ID,Side-ID,Sidenavn,Publiseringstidspunkt,Er deling,Delinger"
ROWS = ("101,77,Elvedal,07/16/2024 09:30,0,4", "102,77,Elvedal,07/17/2024 10:30,0,5")


@pytest.fixture
def lesson(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text("\n".join((HEADER, *ROWS)) + "\n", "utf-8")
    return lesson_on(path, format_="business_suite_facebook")


def answers(*given):
    """Those answers one after the other, and then none."""
    left = iter(given)

    def ask(_prompt):
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    return ask


def test_enter_takes_what_is_proposed_and_the_end_shows_what_was_understood(lesson, capsys):
    kept = taught(lesson, ask=answers(*[""] * 7))

    said = capsys.readouterr().out
    assert kept.is_to_be_kept
    assert kept.taken["shares"] == "Delinger"
    assert "    for example: 101, 102\n" in said
    assert "  Delinger               shares\n" in said
    assert "  kept out: Er deling\n" in said


def test_the_list_of_answers_stands_there_once_and_where_it_is_asked_for(lesson, capsys):
    taught(lesson, ask=answers(*[""] * 7))
    assert capsys.readouterr().out.count("as 'Post ID' (needed)") == 1

    taught(lesson, ask=answers("", "?", "", *[""] * 5))
    assert capsys.readouterr().out.count("as 'Post ID' (needed)") == 2


def test_an_answer_that_cannot_be_is_asked_again_with_the_reason(lesson, capsys):
    kept = taught(lesson, ask=answers("mood", "published", "", *[""] * 6))

    said = capsys.readouterr()
    assert "'mood' is none of the answers" in said.err
    assert "no cell of 'Innleggs-ID' is a time" in said.err
    assert said.out.count("What does the column 'Innleggs-ID' hold?") == 1
    assert kept.taken["post_id"] == "Innleggs-ID"


def test_what_cannot_read_the_file_is_not_remembered_but_can_be_mended(lesson, capsys):
    begun = ("-", "", "", "", "", "")

    kept = taught(lesson, ask=answers(*begun, "yes", "Innleggs-ID", "post_id", "yes"))

    said = capsys.readouterr()
    assert "No column is known to hold post_id" in said.out
    assert "'yes' is none of the answers" in said.err
    assert kept.is_to_be_kept


@pytest.mark.parametrize("end", ["no", ""])
def test_no_at_the_end_learns_and_imports_nothing(lesson, end):
    with pytest.raises(UserError, match="nothing was learnt, and the file was not imported"):
        taught(lesson, ask=answers("done", end))


def test_answers_that_end_too_early_teach_nothing(lesson):
    with pytest.raises(UserError, match="the answers ended before the questions did"):
        taught(lesson, ask=answers("", ""))


def test_where_nothing_is_learnt_it_is_said(capsys):
    remembered(None)
    assert capsys.readouterr().out == "Nothing new was learnt.\n"
