"""Words come in the reader's language, whole and current in every catalogue that ships."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest

from tests.lib.catalogues import catalogue, in_catalogue, said
from torg.errors import LackingPart
from torg.locale import LANGUAGES, shipped, translate

SHIPPED = shipped()


def test_every_language_that_a_study_may_name_ships():
    assert SHIPPED == LANGUAGES


@pytest.mark.parametrize("language", SHIPPED)
def test_everything_that_is_said_has_words(language):
    have = {key for key, entry in in_catalogue(language).items() if _whole(entry)}
    assert said() - have == set(), "run python -m tests.lib.catalogues and translate what is new"


@pytest.mark.parametrize("language", SHIPPED)
def test_no_catalogue_holds_what_nobody_says(language):
    assert set(in_catalogue(language)) - said() == set(), "run python -m tests.lib.catalogues"


@pytest.mark.parametrize("language", SHIPPED)
def test_translations_keep_their_blanks(language):
    for key, entry in in_catalogue(language).items():
        for english, other in zip(_forms(key), _forms(entry.string), strict=True):
            assert _blanks(english) == _blanks(other), key


@pytest.mark.parametrize("language", SHIPPED)
def test_there_are_two_numbers_one_and_many(language):
    found = catalogue(language)
    assert (found.num_plurals, found.plural_expr) == (2, "(n != 1)")


def test_the_english_catalogue_says_what_the_code_says():
    assert all(_forms(key) == _forms(entry.string) for key, entry in in_catalogue("en").items())


def test_a_language_without_words_is_refused_with_those_that_have_them():
    with pytest.raises(LackingPart, match=f"choose among {', '.join(SHIPPED)}"):
        translate("tlh")


def test_numbers_are_written_as_the_reader_writes_them():
    english, norwegian = translate("en"), translate("nb")
    assert (english.number(1234.5, decimals=1), norwegian.number(1234.5, decimals=1)) == (
        "1,234.5",
        "1\u00a0234,5",
    )
    assert (english.percent(0.415), norwegian.percent(0.415)) == ("42%", "42\u00a0%")
    assert (english.number(None), english.percent(None), english.date(None)) == ("–", "–", "–")


def test_nothing_is_minus_nothing():
    assert translate("nb").number(-0.004, decimals=2) == "0,00"
    assert translate("en").percent(-0.004) == "0%"
    assert translate("en").percent(-0.006) == "-1%"


def test_days_are_written_in_the_readers_language():
    day = dt.date(2025, 5, 4)
    assert translate("en").date(day) == "4 May 2025"
    assert translate("nb").date(day) == "4. mai 2025"


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "22 Nov 2026 13:05"),
        ("nb", "22. nov. 2026 13:05"),
        ("nn", "22. nov. 2026 13:05"),
        ("sv", "22 nov. 2026 13:05"),
        ("fi", "22.11.2026 13.05"),
        ("da", "22. nov. 2026 13.05"),
    ],
)
def test_moments_are_written_in_the_readers_language_and_the_zone_that_they_carry(
    language, written
):
    at = dt.datetime(2026, 11, 22, 13, 5, 9, tzinfo=ZoneInfo("Europe/Oslo"))
    assert translate(language).moment(at) == written
    assert translate(language).moment(None) == "–"
    assert translate(language).time(at) == written[-5:]


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_no_long_sentence_is_said_with_the_words_of_a_longer_one(language):
    far = [
        key
        for key, entry in in_catalogue(language).items()
        if isinstance(key, str) and len(key) >= 45 and len(entry.string) > 2 * len(key)
    ]
    assert far == []


@pytest.mark.parametrize(
    ("n", "expected"), [(0, "0 kommuner"), (1, "1 kommune"), (2, "2 kommuner")]
)
def test_one_and_many(n, expected):
    assert translate("nb").count("%(n)s municipality", "%(n)s municipalities", n) == expected


def test_names_are_sorted_as_the_language_does():
    names = ["Øvre", "Ås", "Ærø", "Alta", "zone", "Bø"]
    assert sorted(names, key=translate("nb").order) == ["Alta", "Bø", "zone", "Ærø", "Øvre", "Ås"]


def _whole(entry):
    return all(_forms(entry.string)) and not entry.fuzzy


def _forms(text):
    return (text,) if isinstance(text, str) else tuple(text)


def _blanks(text):
    return sorted(re.findall(r"%\(\w+\)s", text)), text.count("%")
