"""The card on paper and as a picture: accessible, the same bytes, and stamped where invented."""

import datetime as dt
import struct

import polars as pl
import pytest
from pypdf import PdfReader

from tests.lib.results import sample
from torg.errors import LackingPart
from torg.locale import LANGUAGES, translate
from torg.report import Deck, National, shown
from torg.report.printed import HEIGHT, WIDTH, printed_card, sharing_picture

DAY = dt.date(2026, 11, 22)


def deck(language="en", **changes):
    return Deck(National.of(shown(sample(count=60, **changes)), translate(language)))


def card_of(drawn, *, reason=None):
    """The card of the first that has a place, or of the first that has none for the reason."""
    if reason is None:
        return drawn.card(drawn.national.lines[0].place)
    return drawn.card(drawn.national.without_place[reason][0])


def pdf(language="en", *, reason=None, **changes):
    drawn = deck(language, **changes)
    return printed_card(
        card_of(drawn, reason=reason), drawn.national, words=translate(language),
        release="2026-11-22-1", made_on=DAY, address="https://torg.example/en/municipalities/ZZ-1/",
    )  # fmt: skip


def read(content, folder):
    (folder / "card.pdf").write_bytes(content)
    return PdfReader(folder / "card.pdf")


def words(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_it_says_the_place_with_its_rank_set_and_each_figure_with_base_and_n(tmp_path):
    drawn = deck()
    card = card_of(drawn)
    text = words(read(pdf(), tmp_path))
    assert card.place.name in text
    assert f"{card.alone.low}–{card.alone.high} of {card.alone.of}" in text
    for figures in card.criteria.values():
        for each in figures:
            assert each.meaning.title in text
            assert each.meaning.base in text
            assert f" {each.n} " in text
    assert "Release 2026-11-22-1 of 22 November 2026." in text


def test_the_accuracy_of_the_rule_stands_beside_what_rests_on_it(tmp_path):
    assert "Questions are found by a rule that is not always right." in words(read(pdf(), tmp_path))


def test_what_is_missing_is_told_with_its_reason(tmp_path):
    text = words(read(pdf(reason="no_channel"), tmp_path))
    assert "Not ranked: No channel of the municipality is known." in text
    assert "What is missing, and why" in text


def listed(*, alone=False):
    """The ranks, and the same places as a list of followers: counted, so without a rank set."""
    ranks = sample(count=60).ranks
    counted = ranks.filter(group="all", set="simultaneous").with_columns(
        group=pl.lit("classic:likes"), set=pl.lit("none"), rank_low=None, rank_high=None, band=None
    )
    return pl.concat([ranks.clear() if alone else ranks, counted.cast(dict(ranks.schema))])


def test_the_picture_has_the_set_that_holds_for_all_at_once(monkeypatch):
    """It is laid beside others' pictures; the sets of single pages would not hold together."""
    monkeypatch.setattr("torg.report.printed.picture.png_of", lambda _, about: about)
    drawn = deck()
    card = card_of(drawn)
    told = sharing_picture(card, drawn.national, words=translate("en"), made_on=DAY)["set"]
    assert told == f"{card.overall.low}–{card.overall.high} of {card.overall.of}"
    assert told != f"{card.alone.low}–{card.alone.high} of {card.alone.of}"


@pytest.mark.parametrize("alone", [False, True])
def test_the_classic_lists_are_on_it_even_where_there_is_nothing_else(tmp_path, alone):
    drawn = deck(ranks=listed(alone=alone))
    card = next(
        card for card in map(drawn.card, drawn.national.places.by_id.values()) if card.lists
    )
    made = printed_card(
        card, drawn.national, words=translate("en"), release="2026-11-22-1", made_on=DAY
    )
    text = words(read(made, tmp_path))
    ((_, at),) = card.lists
    assert f"Most followers {at.rank} of {at.of} no sampling error" in text
    assert "Not ranked:" not in text


def test_who_is_alone_has_no_place_and_is_told_why(tmp_path):
    drawn = deck(
        ranks=sample(count=60).ranks.clear(), not_ranked=sample(count=60).not_ranked.clear()
    )
    (place, *_) = drawn.national.places.by_id.values()
    made = printed_card(
        drawn.card(place), drawn.national, words=translate("en"), release="2026-11-22-1",
        made_on=DAY,
    )  # fmt: skip
    assert "Not ranked: nobody else could be ranked" in words(read(made, tmp_path))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_can_be_read_aloud_in_every_language(tmp_path, language):
    """PDF/UA-1: tagged, with a title and a language; its fonts are inside."""
    reader = read(pdf(language), tmp_path)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].split("-")[0] == language
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert 1 <= len(reader.pages) <= 2
    fonts = [f.get_object() for page in reader.pages for f in page["/Resources"]["/Font"].values()]
    inside = [font["/DescendantFonts"][0]["/FontDescriptor"].keys() for font in fonts]
    assert all({"/FontFile2", "/FontFile3"} & set(keys) for keys in inside)


def test_the_same_release_gives_the_same_bytes():
    assert pdf() == pdf()


def test_what_is_invented_says_so_and_only_then(tmp_path):
    assert "All names and figures on this page are invented." in words(read(pdf(), tmp_path))
    real = words(read(pdf(invented=False), tmp_path))
    assert "invented" not in real


def test_a_name_is_never_a_command(tmp_path):
    nasty = '#panic("x") $x$ *b* <label> @ref'
    assert nasty in words(read(pdf(title=nasty), tmp_path))


def test_a_sign_that_no_font_has_is_told(tmp_path):
    with pytest.raises(LackingPart, match="no font for a PDF has the sign"):
        pdf(title="Study 漢")


def picture(**changes):
    drawn = deck(**changes)
    words = translate("en")
    return sharing_picture(card_of(drawn), drawn.national, words=words, made_on=DAY)


def test_the_picture_has_the_size_that_links_are_shown_with():
    content = picture()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", content[16:24]) == (WIDTH, HEIGHT)
    assert content == picture()


def test_an_invented_picture_is_another_than_a_real_one():
    assert picture() != picture(invented=False)


def test_who_has_no_figures_has_a_picture_too():
    drawn = deck()
    card = card_of(drawn, reason="no_channel")
    made = sharing_picture(card, drawn.national, words=translate("fi"), made_on=DAY)
    assert struct.unpack(">II", made[16:24]) == (WIDTH, HEIGHT)
