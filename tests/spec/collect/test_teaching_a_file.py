"""Teaching Torg the header names of a language that it does not know, column by column."""

import tomllib

import pytest

from tests.lib.exports import COMMENTS, comment, read, suite, table
from torg.collect.options import ImportOptions
from torg.collect.remembering import remember
from torg.collect.source import open_source
from torg.collect.teaching import BACK, DONE, LEAVE_OUT, NO, YES, lesson_on
from torg.errors import FileRefused, UserError

# As a Norwegian might see them; real files may differ, which is why they are taught.
NORWEGIAN = {
    "Innleggs-ID": "Post ID", "Side-ID": "Page ID", "Sidenavn": "Page name", "Tittel": "Title",
    "Publiseringstidspunkt": "Publish time", "Innleggstype": "Post type",
    "Permalenke": "Permalink", "Visninger": "Views", "Rekkevidde": "Reach",
    "Reaksjoner": "Reactions", "Kommentarer": "Comments", "Delinger": "Shares",
}  # fmt: skip

# What stands in the columns of an export of two posts; those that begin with "no" are kept out.
CELLS = {
    "post_id": ("122094215678901", "122094215678902"),
    "page_id": ("61550000000077", "61550000000077"),
    "page_name": ("Elvedal kommune", "Elvedal kommune"),
    "title": ("Snow", ""),
    "description": ("", "Roads"),
    "no duration": ("0", "31"),
    "published": ("07/16/2024 09:30", "07/17/2024 10:15"),
    "no caption type": ("", ""),
    "permalink": ("https://www.facebook.com/1", "https://www.facebook.com/2"),
    "no crosspost": ("0", "0"),
    "no share": ("0", "0"),
    "type": ("Photos", "Links"),
    "no data comment": ("", ""),
    "date": ("Lifetime", "Lifetime"),
    "views": ("310", "1"),
    "no reach": ("400", "1"),
    "interactions": ("10", "0"),
    "reactions": ("7", "0"),
    "comments": ("2", "0"),
    "shares": ("1", "0"),
    "no clicks": ("4", "3"),
}
TONGUES = {
    "Norwegian": (
        "Innleggs-ID", "Side-ID", "Sidenavn", "Tittel", "Beskrivelse", "Varighet (sek)",
        "Publiseringstidspunkt", "Undertekstingstype", "Permalenke", "Er krysspost", "Er deling",
        "Innleggstype", "Datakommentar", "Dato", "Visninger", "Rekkevidde",
        "Reaksjoner; kommentarer og delinger", "Reaksjoner", "Kommentarer", "Delinger",
        "Totalt antall klikk",
    ),
    "Danish": (
        "Opslags-id", "Side-id", "Sidens navn", "Titel", "Beskrivelse", "Varighed (sek.)",
        "Udgivelsestidspunkt", "Undertekststype", "Permanent link", "Er krydsopslag", "Er deling",
        "Opslagstype", "Datakommentar", "Dato", "Visninger", "Rækkevidde",
        "Reaktioner; kommentarer og delinger", "Reaktioner", "Kommentarer", "Delinger",
        "Samlet antal klik",
    ),
    "Finnish": (
        "Julkaisun tunnus", "Sivun tunnus", "Sivun nimi", "Otsikko", "Kuvaus", "Kesto (s)",
        "Julkaisuaika", "Tekstityksen tyyppi", "Pysyvä linkki", "On ristiinjulkaisu", "On jako",
        "Julkaisun tyyppi", "Tietojen kommentti", "Päivämäärä", "Näyttökerrat", "Kattavuus",
        "Reaktiot; kommentit ja jaot", "Reaktiot", "Kommentit", "Jaot", "Klikkaukset yhteensä",
    ),
}  # fmt: skip


def _field(meant):
    return LEAVE_OUT if meant.startswith("no ") else meant


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

        columns = [question.column for question in asked if question.about == "column"]
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

        assert lesson.taught == {"business_suite_facebook": {"post_id": ("Innleggs-ID",)}}
        assert lesson.lacking == ("page_id", "published")

    def test_takes_no_answer_that_is_none(self, file):
        lesson = lesson_on(file, format_="business_suite_facebook")

        with pytest.raises(UserError, match="'mood' is none of the answers"):
            lesson.answered("mood")
        with pytest.raises(UserError, match="all columns have been asked about"):
            lesson.answered(DONE).answered(NO).answered(DONE)

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


class TestAnAnswer:
    @pytest.mark.parametrize(
        ("column", "answer", "reason"),
        [
            ("Sidenavn", "published", "no cell of 'Sidenavn' is a time"),
            ("Sidenavn", "page_id", "no cell of 'Sidenavn' is an id"),
            ("Sidenavn", "shares", "no cell of 'Sidenavn' is a count"),
            ("Sidenavn", "permalink", "no cell of 'Sidenavn' is an address"),
            ("Innleggs-ID", "views", "no cell of 'Innleggs-ID' is a count"),  # 15 digits
            ("Publiseringstidspunkt", "post_id", "no cell of 'Publiseringstidspunkt' is an id"),
        ],
    )
    def test_that_the_cells_contradict_is_refused_with_the_reason(
        self, file, column, answer, reason
    ):
        lesson = lesson_on(file, format_="business_suite_facebook")
        while lesson.question.column != column:
            lesson = lesson.answered(LEAVE_OUT)

        with pytest.raises(UserError, match=reason):
            lesson.answered(answer)

    def test_that_gives_a_field_a_second_time_is_refused(self, file):
        lesson = lesson_on(file, format_="business_suite_facebook").answered("post_id")

        assert {c.answer: c.meaning for c in lesson.question.choices}["post_id"] == (
            "as 'Post ID' (needed), already 'Innleggs-ID'"
        )
        with pytest.raises(UserError, match="post_id was given to 'Innleggs-ID' already"):
            lesson.answered("post_id")

    def test_that_takes_a_blank_column_for_a_needed_field_is_refused(self, tmp_path):
        path = tmp_path / "export.csv"
        path.write_text("Innleggs-ID,Sidenavn\n,Storby\n")

        with pytest.raises(UserError, match="'Innleggs-ID' is blank in the rows"):
            lesson_on(path, format_="business_suite_facebook").answered("post_id")

    def test_may_be_taken_back(self, file):
        first = lesson_on(file, format_="business_suite_facebook")

        assert first.answered("post_id").answered(BACK) == first
        with pytest.raises(UserError, match="this is the first question"):
            first.answered(BACK)


class TestTheEnd:
    def test_asks_whether_to_remember(self, file):
        lesson, asked = held(lesson_on(file, format_="business_suite_facebook"), {})

        assert (asked[-1].about, asked[-1].proposed) == ("end", YES)
        assert lesson.is_to_be_kept

    def test_may_be_that_nothing_is_to_be_kept(self, file):
        lesson, _ = held(lesson_on(file, format_="business_suite_facebook"), {None: NO})

        assert lesson.question is None
        assert not lesson.is_to_be_kept

    def test_keeps_nothing_that_could_not_read_the_file(self, file):
        lesson = lesson_on(file, format_="business_suite_facebook").answered(DONE)

        assert lesson.question.proposed == NO
        with pytest.raises(UserError, match="'yes' is none of the answers"):
            lesson.answered(YES)

    def test_is_a_place_to_mend_one_column(self, file):
        lesson = lesson_on(file, format_="business_suite_facebook")
        answers = {"Innleggs-ID": LEAVE_OUT}
        while (question := lesson.question).about == "column":
            lesson = lesson.answered(answers.get(question.column, question.proposed))
        assert lesson.lacking == ("post_id",)

        lesson = lesson.answered("Innleggs-ID")

        assert (lesson.question.column, lesson.question.proposed) == ("Innleggs-ID", "post_id")
        assert lesson.answered("post_id").answered(YES).is_to_be_kept

    def test_asks_nothing_where_nothing_is_new(self, file, tmp_path):
        learnt = tmp_path / "headers.toml"
        first, _ = held(lesson_on(file, format_="business_suite_facebook"), {})
        remember(learnt, first.taught)

        again, asked = held(lesson_on(file, format_="business_suite_facebook", learnt=learnt), {})

        assert "end" not in {question.about for question in asked}
        assert not again.is_to_be_kept


class TestTeachingAgain:
    def test_mends_a_mistake(self, file, tmp_path):
        learnt = tmp_path / "headers.toml"
        wrong = {
            "views": ("Innleggs-ID",),
            "post_id": ("Publiseringstidspunkt",),
            "shares": ("Reaksjoner",),
            "description": ("Rekkevidde",),
        }
        remember(learnt, {"business_suite_facebook": wrong})

        lesson, asked = held(
            lesson_on(file, format_="business_suite_facebook", learnt=learnt),
            {"Rekkevidde": LEAVE_OUT, "Reaksjoner": "reactions"},
        )
        remember(learnt, lesson.taught, left_out={"business_suite_facebook": lesson.left_out})

        proposed = {question.column: question.proposed for question in asked}
        assert proposed["Rekkevidde"] == "description"  # as it was learnt
        assert proposed["Reaksjoner"] == "shares"
        assert proposed["Delinger"] == "shares"  # for it was taken from the other
        assert proposed["Innleggs-ID"] == "post_id"  # 15 digits are no views
        assert proposed["Publiseringstidspunkt"] == "published"
        posts = read(file, timezone="UTC", learnt=learnt).posts
        assert posts.select("views", "reactions", "shares").rows() == [(310, 7, 1)] * 2
        assert "Rekkevidde" not in learnt.read_text("utf-8")


class TestWithEnterEverywhere:
    """Whole headers, as drawn here for languages of which nobody has published the names."""

    @pytest.mark.parametrize("tongue", TONGUES)
    def test_every_column_comes_out_right(self, tongue, tmp_path):
        path = tmp_path / "export.csv"
        names = dict(zip(TONGUES[tongue], CELLS, strict=True))
        rows = [{name: CELLS[meant][n] for name, meant in names.items()} for n in (0, 1)]
        path.write_text(table(",".join(names), *rows), "utf-8")

        lesson, asked = held(lesson_on(path), {})

        proposed = {q.column: q.proposed for q in asked if q.about == "column"}
        taken = {name: field for field, name in lesson.taken.items()}
        wanted = {name: _field(meant) for name, meant in names.items()}
        assert {name: taken.get(name, LEAVE_OUT) for name in names} == wanted
        assert proposed.items() <= wanted.items()
        assert lesson.is_to_be_kept


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
