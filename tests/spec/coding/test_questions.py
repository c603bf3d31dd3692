"""The question rule: which comments ask."""

import polars as pl
import pytest

from torg.coding import is_question, languages_of, question_rule


def asks(text, *languages):
    rule = question_rule(languages or ("en",))
    return pl.select(asks=is_question(pl.lit(text, dtype=pl.String), rule=rule))["asks"].item()


def test_a_question_mark_asks():
    assert asks("Nice. When does it open?")


def test_a_question_mark_inside_a_link_does_not():
    assert not asks("See https://example.org/list?page=2")
    assert not asks("See example.org/list?page=2 for more.")


def test_a_question_mark_with_an_exclamation_mark_exclaims():
    assert not asks("Another roundabout?!")
    assert not asks("What were you thinking!?!")


def test_what_others_asked_does_not_count():
    assert not asks('He said "who needs a school?" and left.')
    assert not asks("> When does it open?\nAt ten.")


def test_a_doubt_in_brackets_does_not_ask():
    assert not asks("The renovated (?) hall is open.")


def test_an_apostrophe_lost_in_a_wrong_encoding_does_not_ask():
    assert not asks("It?s lovely and they?re kind.")


@pytest.mark.parametrize(
    ("language", "question", "statement"),
    [
        ("en", "What time does the pool open", "What a day."),
        ("en", "Hi, can I bring my dog", "I can bring my dog."),
        ("en", "I was wondering if it is open", "No wonder."),
        ("nb", "Når åpner hallen", "Når dere kommer, er det åpent."),
        ("nb", "Har dere åpent i dag", "Har dere tid, så kom."),
        ("nn", "Kvifor er vegen stengd", "Difor er vegen stengd."),
        ("sv", "Hur länge är vägen avstängd", "Vi är där."),
        ("fi", "Onko halli auki", "Koko halli on auki."),
        ("fi", "Voiko sinne mennä bussilla", "Verkko ei toimi."),
        ("da", "Hvornår åbner hallen", "Når hallen åbner, kommer vi."),
    ],
)
def test_a_question_without_its_mark_is_known_by_how_it_begins(language, question, statement):
    assert asks(question, language)
    assert not asks(statement, language)


def test_a_sentence_that_ends_in_an_exclamation_mark_asks_only_with_a_question_mark():
    assert not asks("Can I just say thank you!")


def test_a_comment_without_text_is_neither_question_nor_statement():
    assert asks(None) is None


def test_countries_with_two_languages_have_a_rule_for_both():
    assert languages_of("NO") == ("nb", "nn")
    assert question_rule(languages_of("NO")).id == "nb+nn-1"
    assert asks("Kvifor er vegen stengd", *languages_of("NO"))
    assert asks("Hvorfor er veien stengt", *languages_of("NO"))
    assert question_rule(languages_of("FI")).id == "fi+sv-1"


def test_a_language_that_is_not_known_leaves_the_question_mark():
    assert question_rule(("is",)).id == "sign-1"
    assert asks("Hvenær opnar?", "is")
    assert not asks("When does it open", "is")
