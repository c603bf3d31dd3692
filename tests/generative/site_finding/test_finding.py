"""Search forgives: every municipality by every name, mistyped once, or without its marks."""

import unicodedata
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from torg.locale import translate
from torg.report import Place
from torg.site.places.finding import MOST, SLIP, Finder
from torg.site.places.folding import apart, loose

LETTERS = "abcdefghijklmnopqrstuvwxyzæøåäöáčđŋš"
ONSETS = ("Bjørn", "Elv", "Fjær", "Gran", "Håv", "Kvit", "Lång", "Myr", "Nörd", "Säl", "Ás", "Øy")
ENDINGS = ("bekk", "berg", "dal", "fjell", "hëim", "näs", "sund", "våg", "ås", "koski", "aa", "oe")
SHORT = ("Ås", "Os", "Å", "Ø", "Vik", "Hol")
TWO = ("Nordre Lånd", "Kárášjohka – Karasjok", "Stad", "Sankt Olof")


@cache
def finder():
    called = [*SHORT, *TWO, *(a + b for a in ONSETS for b in ENDINGS)]
    places = tuple(
        Place(country="XX", code=f"{i:04}", name=name, county=f"Fylke {i % 7}", population=None,
              size_class=None)
        for i, name in enumerate(called, 101)
    )  # fmt: skip
    others = [("XX", place.code, f"{place.name[::-1].title()}la") for place in places]
    own = [("XX", place.code, place.name) for place in places]
    return Finder(places, tuple(own + others), translate("nb"))


def found(asked):
    answer = finder().find(asked)
    assert len(answer.hits) <= MOST
    return [hit.place.id for hit in answer.hits if hit.place]


def names():
    return st.sampled_from(finder().names)


@given(names())
def test_each_is_found_by_each_of_its_names(named):
    country, code, name = named
    best = finder().find(name).hits[0].fit
    assert (country, code) in [
        hit.place.id for hit in finder().find(name).hits if hit.place and hit.fit == best
    ]


@given(names(), st.sampled_from(("casefold", "upper", "swapcase")))
def test_marks_and_letter_case_do_not_count(named, change):
    country, code, name = named
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    assert (country, code) in found(getattr(bare, change)())
    as_pairs = name.replace("ø", "oe").replace("å", "aa").replace("ä", "ae").replace("ö", "oe")
    assert (country, code) in found(as_pairs)


@st.composite
def mistyped(draw):
    """A name of four letters or more with one slip: a letter more, less, other, or two swapped."""
    country, code, name = draw(names().filter(lambda named: len(loose(named[2])) > 3))
    at = draw(st.integers(0, len(name) - 1))
    letter = draw(st.sampled_from(LETTERS))
    swapped = name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :]
    slips = (
        name[:at] + letter + name[at:], name[:at] + name[at + 1 :], name[:at] + letter +
        name[at + 1 :], swapped,
    )  # fmt: skip
    return (country, code), draw(st.sampled_from(slips))


@given(mistyped())
def test_each_is_found_with_one_slip_of_the_hand(drawn):
    id_, asked = drawn
    assert id_ in found(asked)


@given(st.text(max_size=200))
def test_whatever_is_asked_is_answered_and_the_same_each_time(asked):
    answer = finder().find(asked)
    assert answer == finder().find(asked)
    assert not (answer.hits and answer.nearest)
    fits = [hit.fit for hit in answer.hits]
    assert fits == sorted(fits)


@given(st.text("abå ", max_size=8), st.text("abå ", max_size=8), st.integers(0, 9))
def test_edits_are_those_of_the_slow_twin(one, other, most):
    assert apart(one, other, most=most) == min(slow_apart(one, other), most + 1)


@cache
def slow_apart(one, other):
    """Damerau-Levenshtein with each pair swapped at most once, as it is defined."""
    if not one or not other:
        return len(one) + len(other)
    ways = [
        slow_apart(one[1:], other) + 1,
        slow_apart(one, other[1:]) + 1,
        slow_apart(one[1:], other[1:]) + (one[0] != other[0]),
    ]
    if one[:2] == other[1::-1] and len(one) > 1 and len(other) > 1:
        ways.append(slow_apart(one[2:], other[2:]) + 1)
    return min(ways)


def test_a_slip_ranks_behind_whoever_is_called_so():
    hits = finder().find("Granberg").hits
    assert hits[0].place.name == "Granberg"
    assert all(hit.fit >= SLIP for hit in hits[1:] if "granberg" not in loose(hit.called))
