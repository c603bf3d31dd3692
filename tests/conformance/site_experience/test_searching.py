"""Search finds what is meant, in any form and language, in the same order on each database."""

import pytest

from tests.lib.experience import EDITOR, FJORDBY, SUNDBY, content, published
from torg.site.experience import actions, queries


def found(question, numbers):
    return list(queries.search(question, within=numbers).numbers)


SAID = {
    "nb": ("Kveldsåpent bibliotek", "Vi holdt bibliotekene åpne, og ungdommene kom."),
    "nn": ("Vegarbeid på nettet", "Innbyggjarane melde frå om hòl i vegane."),
    "sv": ("Öppet hus i skolan", "Lärarna berättade om skolorna i korta filmer."),
    "fi": ("Nuoret kirjastossa", "Nuorten videot kertoivat kirjastoista ja päiväkodista."),
    "da": ("Borgermøde på skærmen", "Borgerne spurgte, og kommunen svarede på høringen."),
    "en": ("Answering at night", "Residents asked questions, and were answered."),
}


@pytest.fixture
def bank():
    """One experience in each language."""
    return {
        language: published(language=language, title=title, tried=text, happened=".")
        for language, (title, text) in SAID.items()
    }


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("biblioteket", "nb"),
        ("ungdom", "nb"),
        ("veg", "nn"),
        ("vegane", "nn"),
        ("skolornas", "sv"),
        ("larare", "sv"),
        ("kirjasto", "fi"),
        ("päiväkodissa", "fi"),
        ("paivakodissa", "fi"),
        ("borgere", "da"),
        ("horing", "da"),
        ("answers", "en"),
    ],
)
def test_another_form_of_the_word_finds_it(bank, question, language):
    assert found(question, bank.values())[0] == bank[language]


def test_who_asks_in_bokmål_finds_nynorsk_and_without_marks_the_marked(bank):
    assert bank["nb"] in found("kveldsapent", bank.values())
    assert bank["nn"] in found("innbyggjarane hol", bank.values())


def test_the_beginning_of_a_compound_is_enough(bank):
    assert bank["nb"] in found("kvelds", bank.values())
    assert found("kve", bank.values()) == []  # three letters begin too many words


def test_what_is_chosen_from_the_lists_is_found_in_every_language():
    number = published(language="fi", title="Kyselyt", area="emergency", tried="x", happened="y")
    assert found("crisis preparedness", [number]) == [number]


def test_all_words_come_before_some_of_them_and_that_is_said(bank):
    both = queries.search("kirjasto nuorten", within=bank.values())
    assert (both.numbers, both.has_all) == ((bank["fi"],), True)
    some = queries.search("kirjasto zeppelin", within=bank.values())
    assert (some.numbers[0], some.has_all) == (bank["fi"], False)
    none = queries.search("zeppelin", within=bank.values())
    assert (none.numbers, none.has_all) == ((), True)


def test_a_title_weighs_more_than_a_word_in_the_text():
    in_text = published(title="Something else", tried="About ferries, once.")
    in_title = published(SUNDBY, title="Ferries", tried="About boats, once.")
    assert found("ferry", [in_text, in_title]) == [in_title, in_text]


def test_a_new_version_is_found_by_its_new_words_only():
    number = published(title="Ferries")
    actions.save_experience(FJORDBY, number, content(title="Buses"))
    assert found("ferries", [number]) == [number]
    actions.send_experience(FJORDBY, number)
    actions.accept_experience(EDITOR, number)
    assert found("ferries", [number]) == []
    assert found("buses", [number]) == [number]


@pytest.mark.parametrize("question", ["%", "_", "' OR 1=1 --", "\\", "a", "…", "🙂", "x" * 500])
def test_odd_questions_find_nothing_and_break_nothing(bank, question):
    assert found(question, bank.values()) == []
