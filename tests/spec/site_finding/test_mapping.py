"""The map: who stands where, in which class, and that what is missing is drawn as missing."""

from itertools import pairwise
from math import cos, radians

import polars as pl
import pytest

from tests.lib.results import sample
from torg.locale import translate
from torg.report import National, shown
from torg.site.places.mapping import PLACES, STANDS, Map, choices
from torg.site.places.plane import WIDTH, Plane


def results(count=60, without=3, **changes):
    drawn = sample(count=count)
    rows = drawn.municipalities.with_row_index("i").with_columns(
        lat=pl.when(pl.col("i") >= without).then(58 + pl.col("i") * 0.1),
        lon=pl.when(pl.col("i") >= without).then(8 + (pl.col("i") % 7) * 0.4),
    )
    return sample(count=count, municipalities=rows.drop("i"), **changes)


def map_of(key=None, **changes):
    national = National.of(shown(results(**changes)), translate("en"))
    there = choices(national)
    return Map(national, next(each for each in there if key in (None, each.key)), translate("en"))


def test_everybody_is_on_the_map_or_in_the_list_beside_it():
    drawn = map_of()
    assert len(drawn.drawn) == 57
    assert len(drawn.nowhere) == 3
    assert len(drawn.points) == 60
    assert all(0 <= p.x <= WIDTH and 0 <= p.y <= drawn.height for p in drawn.drawn)


def test_north_is_up_and_east_is_right():
    at = Plane.of({("XX", "south"): (58.0, 9.0), ("XX", "north"): (60.0, 8.0)}).at
    assert at["XX", "north"][1] < at["XX", "south"][1]
    assert at["XX", "north"][0] < at["XX", "south"][0]


def test_a_degree_east_is_shortened_by_the_cosine_of_the_latitude():
    corners = {("XX", "a"): (59.0, 10.0), ("XX", "b"): (61.0, 12.0)}
    at = Plane.of(corners).at
    across = at["XX", "b"][0] - at["XX", "a"][0]
    up = at["XX", "a"][1] - at["XX", "b"][1]
    assert across / up == pytest.approx(cos(radians(60)), abs=0.001)


def test_a_country_on_both_sides_of_the_date_line_is_not_torn_apart():
    at = Plane.of(
        {("XX", "w"): (0.0, 179.0), ("XX", "m"): (0.0, 180.0), ("XX", "e"): (0.0, -179.0)}
    ).at
    assert at["XX", "w"][0] < at["XX", "m"][0] < at["XX", "e"][0]


def test_one_point_and_none_can_be_drawn():
    assert Plane.of({}).at == {}
    (x, y), height = Plane.of({("XX", "1"): (60.0, 10.0)}).at["XX", "1"], 60
    assert 0 <= x <= WIDTH
    assert 0 <= y <= height


def test_places_are_told_by_the_side_on_which_the_whole_rank_set_lies():
    drawn = map_of(PLACES)
    standings = drawn.national.standings
    for point in drawn.points:
        standing = standings.overall(point.place.id)
        if standing is None:
            assert point.kind == "missing"
        else:
            assert (point.kind == "upper") == standing.is_upper
            assert (point.kind == "lower") == standing.is_lower
            assert f"from {standing.low} to {standing.high} of {standing.of}" in point.said
    assert {each.kind for each in drawn.legend} == set(STANDS)


def test_the_legend_counts_everybody_and_the_missing_for_themselves():
    drawn = map_of("question_answered_24h")
    values = drawn.national.results.measures.filter(
        pl.col("platform").is_null(), measure="question_answered_24h"
    )
    counted = {each.kind: each.n for each in drawn.legend}
    assert counted["missing"] == values["value"].null_count() > 0
    assert sum(counted.values()) == 60
    quarters = [n for kind, n in counted.items() if kind != "missing"]
    assert len(quarters) == 4
    assert max(quarters) - min(quarters) <= 2


def test_a_class_holds_the_values_between_its_ends():
    drawn = map_of("followers")
    known = drawn.national.results.measures.filter(
        pl.col("platform").is_null(), measure="followers"
    )
    value = {(row["country"], row["municipality"]): row["value"] for row in known.to_dicts()}
    by_class = {}
    for point in drawn.points:
        by_class.setdefault(point.kind, []).append(value.get(point.place.id))
    assert set(by_class.pop("missing")) == {None}
    ordered = [by_class[kind] for kind in sorted(by_class)]
    for lower, upper in pairwise(ordered):
        assert max(lower) < min(upper)


def test_a_measure_that_is_the_same_everywhere_is_one_class():
    drawn = sample(count=60)
    same = drawn.measures.with_columns(
        value=pl.when(pl.col("value").is_not_null()).then(pl.lit(2.0))
    )
    kinds = {point.kind for point in map_of("p2", measures=same).points}
    assert len(kinds - {"missing"}) == 1


def test_figures_of_two_access_tiers_are_two_choices():
    drawn = sample(count=60)
    first = pl.col("municipality") < "0500"
    access = pl.when(first & pl.col("access").is_not_null()).then(pl.lit("owner"))
    apart = drawn.measures.with_columns(access.otherwise("access").alias("access"))
    national = National.of(shown(results(measures=apart)), translate("en"))
    keys = [each.key for each in choices(national) if each.key.startswith("followers:")]
    assert keys == ["followers:owner", "followers:public_page"]
