"""A letter: who asks, what is linked to what, how to refuse, until when, and what the law lets."""

import datetime as dt

import pytest

from tests.lib.surveying import QUESTIONNAIRE, WAVE
from torg.locale import shipped
from torg.site.answers.letter import Addressed, subject_of, text_of
from torg.survey.questionnaire import read_questionnaire


@pytest.fixture
def towns(tmp_path):
    path = tmp_path / "questionnaire.toml"
    path.write_text(QUESTIONNAIRE, encoding="utf-8")
    return read_questionnaire(path)


def letter(towns, *, kind="invitation", language="en"):
    addressed = Addressed(
        unit="Fjordby",
        language=language,
        link="https://survey.example.no/answer/abc",
        asks="The Association of Towns, survey@towns.example",
    )
    wave = towns.wave(WAVE)
    assert wave.closes == dt.date(2026, 3, 31)
    return (
        subject_of(towns, wave, addressed, kind=kind),
        text_of(towns, wave, addressed, kind=kind),
    )


def test_an_invitation(towns):
    subject, text = letter(towns)
    assert subject == "Towns in social media: questions to Fjordby"
    paragraphs = text.split("\n\n")
    assert paragraphs[:4] == [
        "Good day,",
        "The Association of Towns, survey@towns.example asks Fjordby to take part in “Towns in "
        "social media”. You can answer until 31 March 2026.",
        "We ask each year.",
        "Your link:\nhttps://survey.example.no/answer/abc",
    ]


@pytest.mark.parametrize(
    "promise",
    [
        "whoever has it can answer in your place",  # the link is personal
        "Give us that person's address",  # pass it on
        "held against what anybody can read about it",  # what is linked to what
        "kept apart from the answers",  # name and address
        "under the law on access to documents. So we cannot promise that it is kept secret",
        "Taking part is voluntary.",
        "then no reminder comes",  # how to refuse
    ],
)
@pytest.mark.parametrize("kind", ["invitation", "reminder"])
def test_what_every_letter_says(towns, kind, promise):
    assert promise in letter(towns, kind=kind)[1]


def test_a_reminder_says_that_it_is_one(towns):
    subject, text = letter(towns, kind="reminder")
    assert subject == "A reminder: Towns in social media, questions to Fjordby"
    assert "have not been sent in yet" in text
    assert "We ask each year." not in text


def test_in_the_respondents_language(towns):
    subject, text = letter(towns, language="nb")
    assert subject == "Byer i sosiale medier: spørsmål til Fjordby"
    assert "Dere kan svare til og med 31. mars 2026." in text
    assert "etter offentleglova" in text


def test_a_regions_variant_has_the_languages_words(towns):
    assert letter(towns, language="nb-NO") == letter(towns, language="nb")


def test_a_language_without_words_gets_english(towns):
    assert letter(towns, language="is")[1].startswith("Good day,")


@pytest.mark.parametrize("language", shipped())
def test_no_word_is_left_open(towns, language):
    assert "%(" not in "".join(letter(towns, language=language))
