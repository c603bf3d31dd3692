"""Joining by name: lenient in rounds, never a guess."""

import pytest

from torg.register.importers.joining import Named, join_by_name, without_kind


def joined(wanted, units):
    """Names joined; units are "name" or "name @county"."""
    named = []
    for text in units:
        name, _, county = text.partition(" @")
        named.append(Named(text, (name,), county))
    return dict(join_by_name([Named(name, (name,)) for name in wanted], named))


@pytest.mark.parametrize(
    ("listed", "registered"),
    [
        ("Oslo kommune", "Oslo"),
        ("Herning Municipality", "Herning"),
        ("Bornholm Regional Municipality", "Bornholm"),
        ("Region Gotland", "Gotland"),
        ("Gothenburg Municipality", "Göteborg"),
        ("Copenhagen Municipality", "København"),
        ("Indre Fosen", "Indre-Fosen"),
        ("Karasjok Municipality", "Kárášjohka - Karasjok"),
        ("Snåsa", "Snåase-Snåsa"),
        ("Vesthimmerland Municipality", "Vesthimmerlands"),
        ("Ærø", "AERO"),
        ("Østhammar", "Östhammar"),
    ],
)
def test_names_of_one_municipality(listed, registered):
    assert joined([listed], [registered, "Elsewhere"]) == {listed: registered}


def test_a_name_as_written_goes_before_one_without_accents():
    names = ["Habo", "Håbo"]
    assert joined(names, names) == {"Habo": "Habo", "Håbo": "Håbo"}


def test_one_part_of_a_name_is_not_another_municipality():
    # "Sør-Odal" has a part "Odal", but nobody is called so; "Fron" would be two.
    assert joined(["Fron"], ["Nord-Fron", "Sør-Fron"]) == {}


def test_two_that_claim_one_are_both_left():
    assert joined(["Os kommune", "Os Municipality"], ["Os"]) == {}


def test_the_county_decides_where_it_is_told():
    units = [Named("1", ("Våler",), "Østfold"), Named("2", ("Våler",), "Innlandet")]
    wanted = [Named("a", ("Våler",), "municipality in Østfold, Norway")]
    assert join_by_name(wanted, units) == {"a": "1"}


@pytest.mark.parametrize(
    ("name", "bare"),
    [("Røros Municipality", "Røros"), ("Lomma kommun", "Lomma"), ("Kommunes", "Kommunes")],
)
def test_names_without_their_kind(name, bare):
    assert without_kind(name) == bare
