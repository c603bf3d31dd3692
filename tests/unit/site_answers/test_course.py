"""The way through a form: what is asked, what comes next, where one goes on."""

from tests.lib.answering import options, question, questionnaire, wave
from torg.locale import translate
from torg.site.answers.course import course
from torg.site.answers.drawing import answer_in_words, draw, language_asked
from torg.survey.questionnaire import Condition

ASKED = questionnaire(
    question("a"),
    question("b", shown_if=Condition("a", ("yes",))),
    question("c", "number"),
    question("d", units=("county",)),
    question("e", waves=("1999",)),
    waves=(wave("2015"),),
)


def way(**values):
    return course(ASKED, wave="2015", kind="municipality", values=values)


def ids(questions):
    return [each.id for each in questions]


def test_only_what_is_asked_of_that_unit_in_that_wave_is_on_the_way():
    assert ids(way().every) == ["a", "b", "c"]
    assert ids(way().shown) == ["a", "c"]
    assert ids(way(a="yes").shown) == ["a", "b", "c"]


def test_the_number_of_questions_is_settled_where_none_depends_on_an_answer():
    assert not way().is_settled
    plain = questionnaire(question("a"), question("c", "number"), waves=(wave("2015"),))
    assert course(plain, wave="2015", kind="municipality", values={}).is_settled


def test_next_and_back_pass_over_what_is_not_asked():
    a, b, c = way().every
    assert way().after(a) == c
    assert way().before(c) == a
    assert way().after(c) is None
    assert way().before(a) is None
    assert way(a="yes").after(a) == b


def test_one_goes_on_at_the_question_that_was_left_or_the_next_that_is_asked():
    assert way().from_place("c").id == "c"
    assert way().from_place("b").id == "c"
    assert way().from_place(None).id == "a"
    assert way().from_place("gone").id == "a"


def test_what_was_left_behind_at_a_question_that_is_not_asked_any_more_does_not_count():
    assert (way(b="yes", c="3").answered, len(way(b="yes", c="3").shown)) == (1, 2)


def test_a_questionnaire_is_shown_in_the_nearest_of_its_languages():
    asked = questionnaire(question("a"))
    assert language_asked(asked, "sv-FI", "sv") == "en"
    several = type(asked)(asked.id, asked.titles, ("en", "sv", "sv-FI"), asked.waves, ())
    assert language_asked(several, "sv-FI", "sv") == "sv-FI"
    assert language_asked(several, "sv-FI", "en") == "en"
    assert language_asked(several, "nb", "sv") == "sv"
    assert language_asked(several, "nb", "nb") == "en"


def test_answers_are_said_in_words():
    many = question("where", "many", options=options("facebook", "youtube"))
    matrix = question("which", "matrix", rows=options("a"), columns=options("x", "y"))

    def words(asked, **values):
        said = {name.replace("__", "."): value for name, value in values.items()}
        return answer_in_words(asked, said, language="en", words=translate("en"))

    assert words(many) == ()
    assert words(many, where__facebook="yes", where__youtube="no") == ("Facebook",)
    assert words(many, where__facebook="no", where__youtube="no") == ("None of these",)
    assert words(matrix, which__a__x="yes", which__a__y="no") == ("A: X",)
    assert words(question("n", "number", allows_dont_know=True), n="dont_know") == ("Don't know",)


def test_a_decimal_is_shown_as_the_language_writes_it():
    number = question("n", "number")
    typed = {"n": ("12.5",)}
    assert draw(number, typed, language="en", words=translate("nb")).typed == "12,5"
    assert draw(number, typed, language="en", words=translate("en")).typed == "12.5"


def test_a_field_that_is_wrong_keeps_what_was_typed():
    number = question("n", "number")
    drawn = draw(number, {"n": ("no, 3",)}, language="en", words=translate("en"))
    assert drawn.typed == "no, 3"
