"""Spelling that does not count, and how far two spellings lie apart."""

import pytest

from torg.site.places.folding import apart, loose, plain, without_kind


@pytest.mark.parametrize(
    "spellings",
    [
        ("Ålesund", "Aalesund", "alesund", "ÅLESUND", "A\u030alesund"),
        ("Øksnes", "Oeksnes", "oksnes", "Öksnes"),
        ("Jævnaker", "jaevnaker", "Jävnaker", "javnaker"),
        ("Kárášjohka", "karasjohka"),
        ("Nord-Fron", "nord fron", "NORD–FRON"),
    ],
)
def test_spellings_of_one_name_are_folded_to_one(spellings):
    assert len({loose(each) for each in spellings}) == 1


def test_other_names_stay_apart():
    assert len({loose(each) for each in ("Os", "Ås", "Oslo", "Es", "Is")}) == 5


def test_the_plain_form_keeps_pairs_of_letters():
    assert plain("Aalesund") == "aalesund"
    assert plain("Đánga ŋ ŧ – ð") == "danga n t d"


@pytest.mark.parametrize(
    ("asked", "left"),
    [("oslo kommune", "oslo"), ("helsingin kaupunki", "helsingin"), ("stad", "stad")],
)
def test_the_word_for_what_it_is_does_not_count_unless_it_is_all(asked, left):
    assert without_kind(asked) == left


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [("oslo", "oslo", 0), ("oslo", "osol", 1), ("oslo", "slo", 1), ("oslo", "aslo", 1),
     ("oslo", "oxslo", 1), ("bergen", "breegn", 2), ("oslo", "bergen", 3)],
)  # fmt: skip
def test_edits_are_counted_up_to_the_most_that_is_asked(one, other, edits):
    assert apart(one, other, most=2) == edits
