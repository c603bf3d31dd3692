"""Teaching Torg the header names of a language that it does not know, column by column."""

import tomllib

import pytest

from tests.lib.exports import COMMENTS, comment, read, suite, table
from torg.collect.options import ImportOptions
from torg.collect.source import open_source
from torg.collect.teaching import DONE, LEAVE_OUT, lesson_on, remember
from torg.errors import FileRefused, UserError

# As a Norwegian might see them; real files may differ, which is why they are taught.
NORWEGIAN = {
    "Innleggs-ID": "Post ID", "Side-ID": "Page ID", "Sidenavn": "Page name", "Tittel": "Title",
    "Publiseringstidspunkt": "Publish time", "Innleggstype": "Post type",
    "Permalenke": "Permalink", "Visninger": "Views", "Rekkevidde": "Reach",
    "Reaksjoner": "Reactions", "Kommentarer": "Comments", "Delinger": "Shares",
}  # fmt: skip


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "export.csv"
    rows = [suite(n, **{"Post ID": f"12209421567890{n}", "Reach": "400"}) for n in (1, 2)]
    renamed = [{name: row[english] for name, english in NORWEGIAN.items()} for row in rows]
    path.write_text(table(",".join(NORWEGIAN), *renamed), "utf-8")
    return path


def held(lesson, answers):
    """The lesson to its end: what is not in `answers` gets what is proposed."""
    asked = []
    while question := lesson.question:
        asked.append(question)
        lesson = lesson.answered(answers.get(question.column, question.proposed))
    return lesson, asked


class TestALesson:
    def test_asks_for_the_format_first_and_proposes_one(self, file):
        question = lesson_on(file).question

        assert question.column is None
        assert question.proposed == "business_suite_facebook"
        assert "page_scraper_comments" in {choice.answer for choice in question.choices}

    def test_asks_of_each_column_that_is_not_known_with_examples(self, file):
        lesson = lesson_on(file, format_="business_suite_facebook")

        _, asked = held(lesson, {})

        columns = [question.column for question in asked]
        assert "Kommentarer" not in columns  # the Swedish name
        assert columns == [name for name in NORWEGIAN if name != "Kommentarer"]
        assert asked[0].examples == ("122094215678901", "122094215678902")

    def test_proposes_by_the_name_and_by_what_stands_in_the_column(self, file):
        _, asked = held(lesson_on(file, format_="business_suite_facebook"), {})

        proposed = {question.column: question.proposed for question in asked}
        assert proposed["Visninger"] == "views"
        assert proposed["Delinger"] == "shares"
        assert proposed["Reaksjoner"] == "reactions"
        assert proposed["Sidenavn"] == "page_name"
        assert proposed["Publiseringstidspunkt"] == "published"
        assert proposed["Permalenke"] == "permalink"
        assert proposed["Rekkevidde"] == LEAVE_OUT

    def test_ends_with_the_names_that_read_the_file(self, file, tmp_path):
        answers = {"Innleggs-ID": "post_id", "Side-ID": "page_id"}
        lesson, _ = held(lesson_on(file), answers)
        remember(tmp_path / "headers.toml", lesson.taught)

        posts = read(file, timezone="UTC", learnt=tmp_path / "headers.toml").posts

        assert lesson.lacking == ()
        assert posts["native_id"].to_list() == ["122094215678901", "122094215678902"]
        assert posts["views"].to_list() == [310, 310]

    def test_may_be_ended_early_and_says_what_is_lacking(self, file):
        lesson = lesson_on(file, format_="business_suite_facebook").answered("post_id")

        lesson = lesson.answered(DONE)

        assert lesson.question is None
        assert lesson.taught == {"business_suite_facebook": {"post_id": ("Innleggs-ID",)}}
        assert lesson.lacking == ("page_id", "published")

    def test_takes_no_answer_that_is_none(self, file):
        lesson = lesson_on(file, format_="business_suite_facebook")

        with pytest.raises(UserError, match="'mood' is none of the answers"):
            lesson.answered("mood")
        with pytest.raises(UserError, match="all columns have been asked about"):
            lesson.answered(DONE).answered(DONE)

    def test_proposes_what_was_taught_before(self, file, tmp_path):
        learnt = tmp_path / "headers.toml"
        remember(learnt, {"business_suite_facebook": {"description": ("Rekkevidde",)}})

        lesson = lesson_on(file, format_="business_suite_facebook", learnt=learnt)

        _, asked = held(lesson, {})
        proposed = {question.column: question.proposed for question in asked}
        assert proposed["Rekkevidde"] == "description"

    def test_of_a_format_that_is_not_there_is_refused(self, file):
        with pytest.raises(FileRefused, match="no format 'telepathy'"):
            lesson_on(file, format_="telepathy")

    def test_on_a_file_of_citizens_shows_shapes_and_not_their_words(self, file):
        header = COMMENTS.replace("comment_author", "forfatter").replace("comment_id", "id")
        row = comment() | {"forfatter": "Kari Nordmann", "id": "1_1"}
        file.write_text(table(header, row))

        _, asked = held(lesson_on(file, format_="page_scraper_comments"), {})

        examples = {question.column: question.examples for question in asked}
        assert examples["forfatter"] == ("aaaa aaaaaaaa",)
        assert examples["id"] == ("1_1",)

    def test_on_a_file_without_rows_has_no_examples(self, file):
        file.write_text(",".join(NORWEGIAN) + "\n")

        assert lesson_on(file, format_="business_suite_facebook").question.examples == ()


class TestWhatWasTaught:
    def test_is_kept_beside_what_was_taught_before(self, tmp_path):
        path = tmp_path / "headers.toml"
        remember(path, {"business_suite_facebook": {"views": ("Visninger",)}})

        remember(path, {"business_suite_instagram": {"likes": ('Liker "alt"\n',)}})

        assert tomllib.loads(path.read_text("utf-8")) == {
            "business_suite_facebook": {"views": ["Visninger"]},
            "business_suite_instagram": {"likes": ['Liker "alt"\n']},
        }

    def test_anew_replaces_what_a_name_meant_before(self, tmp_path):
        path = tmp_path / "headers.toml"
        remember(path, {"business_suite_facebook": {"views": ("Visninger", "Sett")}})

        remember(path, {"business_suite_facebook": {"shares": ("visninger",)}})

        assert tomllib.loads(path.read_text("utf-8"))["business_suite_facebook"] == {
            "views": ["Sett"],
            "shares": ["visninger"],
        }

    def test_does_not_mislead_about_other_files(self, tmp_path):
        path = tmp_path / "headers.toml"
        remember(path, {"business_suite_facebook": {"views": ("Visninger",)}})
        other = tmp_path / "other.csv"
        other.write_text("a,b,c\n1,2,3\n")

        with pytest.raises(FileRefused, match="no format that Torg reads"):
            open_source(other, options=ImportOptions(learnt=path))

    def test_that_is_damaged_is_said_by_name(self, file, tmp_path):
        path = tmp_path / "headers.toml"
        path.write_text("[business_suite_facebook]\nmood = ['x']\n")

        with pytest.raises(FileRefused, match=r"headers\.toml: .*has no field 'mood'"):
            open_source(file, options=ImportOptions(learnt=path))
