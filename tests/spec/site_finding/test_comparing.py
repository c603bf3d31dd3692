"""Side by side: the same figures of each, and a warning where they were got in different ways."""

import csv
import io

import polars as pl

from tests.lib.results import sample
from torg.locale import translate
from torg.report import Deck, National, shown
from torg.site.places.comparing import COLUMNS, Comparison, as_csv


def compared(results, count=3):
    national = National.of(shown(results), translate("en"))
    step = max(1, len(national.lines) // count)
    placed = [line.place for line in national.lines][::step][:count]
    deck = Deck(national)
    return Comparison(tuple(deck.card(place) for place in placed), national)


def got_otherwise(results, municipality):
    """The results with one municipality's figures from its own export."""
    own = pl.col("municipality") == municipality
    access = pl.when(own & pl.col("access").is_not_null()).then(pl.lit("owner"))
    return sample(count=60, measures=results.measures.with_columns(access.otherwise("access")
                  .alias("access")))  # fmt: skip


def test_every_figure_of_each_stands_in_its_column():
    comparison = compared(sample(count=60))
    rows = {row.measure: row for _, section in comparison.sections for row in section}
    assert len(rows) == len(sample(count=60).definitions)
    for row in rows.values():
        for card, cell in zip(comparison.cards, row.cells, strict=True):
            known = sample_value(comparison, card.place, row.measure)
            assert cell.figure.value == known
            assert (cell.figure.missing is None) == (known is not None)


def sample_value(comparison, place, measure):
    rows = comparison.national.results.measures.filter(
        pl.col("platform").is_null(), country=place.country, municipality=place.code,
        measure=measure,
    )  # fmt: skip
    return rows["value"][0]


def test_what_was_got_in_one_way_is_compared_without_a_warning():
    comparison = compared(sample(count=60))
    assert not comparison.has_mixed_tiers
    assert comparison.is_one_ranking


def test_figures_of_two_tiers_are_marked_and_never_set_on_one_scale():
    results = sample(count=60)
    first = compared(results).cards[0].place.code
    comparison = compared(got_otherwise(results, first))
    mixed = [row for _, rows in comparison.sections for row in rows if not row.is_comparable]
    assert comparison.has_mixed_tiers
    assert {row.tiers for row in mixed} == {("owner", "public_page")}


def test_only_pairs_whose_rank_sets_do_not_meet_are_told_apart():
    comparison = compared(sample(count=60), count=6)
    for better, worse in comparison.told_apart:
        assert better.overall.high < worse.overall.low
    assert comparison.told_apart
    told = {(b.place.id, w.place.id) for b, w in comparison.told_apart}
    for one in comparison.cards:
        for other in comparison.cards:
            is_before = one.overall.high < other.overall.low
            assert ((one.place.id, other.place.id) in told) == is_before


def test_the_table_holds_what_is_shown_and_leaves_blank_what_is_missing():
    comparison = compared(sample(count=60))
    header, *lines = csv.reader(io.StringIO(as_csv(comparison)))
    assert tuple(header) == COLUMNS
    rows = [dict(zip(header, line, strict=True)) for line in lines]
    shown_rows = sum(len(rows) for _, rows in comparison.sections)
    assert len(rows) == len(comparison.cards) * (shown_rows + 1)
    assert all((row["value"] == "") == bool(row["missing"]) for row in rows)
    place = next(row for row in rows if row["measure"] == "place")
    assert int(place["low"]) <= int(place["value"]) <= int(place["high"]) <= int(place["n"])
    assert rows[0]["municipality"] == comparison.cards[0].place.code
