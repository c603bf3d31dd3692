"""Which municipalities are like one: by hand, and against a slow, obvious twin."""

import datetime as dt
import math
from statistics import mean, median

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lib.results import MEASURE_COLUMNS, PLACE_COLUMNS, sample
from torg.report import nearest
from torg.report.nearest import PROFILE

DAY = dt.date(2025, 1, 1)


def results(places, figures=()):
    """Places: (code, county, inhabitants, size class); figures: (code, measure, access, value)."""
    rows = [("XX", code, code, county, people, DAY, size) for code, county, people, size in places]
    told = [
        ("XX", code, None, None, measure, "2025", float(value), None, None, 9, "posts", access,
         None, None)
        for code, measure, access, value in figures
    ]  # fmt: skip
    kinds = {"municipality": pl.String, "platform": pl.String, "channel": pl.String}
    return sample(
        count=20,
        municipalities=pl.DataFrame(rows, schema=list(PLACE_COLUMNS), orient="row"),
        measures=pl.DataFrame(
            told,
            schema=list(MEASURE_COLUMNS),
            orient="row",
            infer_schema_length=None,
            schema_overrides=kinds,
        )
        if told
        else sample(count=20).measures.clear(),
        top_set=(),
    )


def codes(found):
    return [near.id[1] for near in found]


FOUR = [
    ("a", "Nord", 3000, "2-5k"),
    ("b", "Nord", 3100, "2-5k"),
    ("c", "Sør", 3100, "2-5k"),
    ("d", "Nord", 4900, "2-5k"),
    ("e", "Nord", 3000, "5-10k"),
]


def test_by_inhabitants_and_county_where_nothing_else_is_known():
    found = nearest(results(FOUR), ("XX", "a"))
    # As many inhabitants each; b is of the county too. d is far, and at most 3 deviations.
    assert codes(found) == ["b", "c", "d"]
    assert [near.is_same_county for near in found] == [True, False, True]
    # Logarithms: 3000, 3100, 3100, 4900; the median is that of 3100, two lie on it, and half of
    # what the two others are off, once sorted 0 0 x y, is x / 2.
    x = math.log(3100) - math.log(3000)
    far = x / (1.4826 * x / 2)
    assert found[0].distance == pytest.approx((far + 0) / 2)
    assert found[1].distance == pytest.approx((far + 1) / 2)
    assert found[2].distance == pytest.approx((3 + 0) / 2)


def test_another_size_class_is_never_near():
    assert codes(nearest(results(FOUR), ("XX", "e"))) == []


def test_where_the_size_is_not_known_nobody_is_said_to_be_of_it():
    places = [(code, "Nord", None, None) for code in "ab"]
    figures = [(code, "posts_per_week", "owner", 3) for code in "ab"]
    assert nearest(results(places, figures), ("XX", "a")) == ()


def test_as_many_as_are_asked_for_and_of_equals_the_lower_code():
    same = [(code, "Nord", 3000, "2-5k") for code in "dacb"]
    assert codes(nearest(results(same), ("XX", "b"), n=2)) == ["a", "c"]


def test_figures_of_another_access_tier_are_not_held_against_each_other():
    places = [(code, "Nord", None, "2-5k") for code in "abc"]
    figures = [
        ("a", "posts_per_week", "owner", 3),
        ("b", "posts_per_week", "public_page", 3),
        ("c", "posts_per_week", "owner", 9),
    ]
    assert codes(nearest(results(places, figures), ("XX", "a"))) == ["c"]


def test_it_says_in_what_they_are_alike():
    places = [(code, "Nord", 3000, "2-5k") for code in "abcd"]
    figures = [
        (code, "posts_per_week", "owner", n) for code, n in zip("abcd", (3, 3, 9, 12), strict=True)
    ]
    found = nearest(results(places, figures), ("XX", "a"))
    assert (found[0].id[1], found[0].alike) == ("b", ("posts_per_week",))
    assert found[0].is_same_population
    assert found[-1].alike == ()


def test_how_well_they_answer_plays_no_part():
    places = [(code, "Nord", 3000, "2-5k") for code in "abc"]
    figures = [
        (code, "answered_24h", "owner", n) for code, n in zip("abc", (0.1, 0.9, 0.1), strict=True)
    ]
    assert codes(nearest(results(places, figures), ("XX", "a"))) == ["b", "c"]


def test_a_place_that_there_is_not_is_refused():
    with pytest.raises(KeyError):
        nearest(results(FOUR), ("XX", "z"))


def slow(places, figures, place):
    """Distances by the words of the module's docstring."""
    known = {code: (county, people, size) for code, county, people, size in places}
    county, _, size = known[place]
    peers = {code for code, each in known.items() if each[2] == size}
    values = {(c, "inhabitants", ""): math.log(known[c][1]) for c in peers if known[c][1]}
    values |= {(c, m, a): v for c, m, a, v in figures if c in peers and m in PROFILE}
    found = {}
    for other in peers - {place}:
        apart = {}
        for measure, access in {(m, a) for _, m, a in values}:
            mine, theirs = (values.get((c, measure, access)) for c in (place, other))
            if mine is None or theirs is None:
                continue
            group = [v for (_, m, a), v in values.items() if (m, a) == (measure, access)]
            off = [abs(v - median(group)) for v in group]
            scale = 1.4826 * median(off) or 1.2533 * mean(off) or 1
            apart[measure, access] = min(3, abs(mine - theirs) / scale)
        parts = [apart.pop(("inhabitants", ""))] if ("inhabitants", "") in apart else []
        parts += [mean(apart.values())] if apart else []
        if parts:
            region = [] if None in (county, known[other][0]) else [float(county != known[other][0])]
            found[other] = mean(parts + region)
    return found


place = st.tuples(
    st.sampled_from(["Nord", "Sør", None]),
    st.sampled_from([None, 2100, 2500, 3000, 4800]),
    st.sampled_from(["2-5k", "5-10k"]),
)
told = st.tuples(
    st.integers(0, 7),
    st.sampled_from([*PROFILE, "answered_24h"]),
    st.sampled_from(["owner", "manual"]),
    st.sampled_from([0.0, 0.25, 0.5, 2.0, 4.0]),
)  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(
    st.lists(place, min_size=8, max_size=8),
    st.lists(told, max_size=25, unique_by=lambda each: each[:2]),
)
def test_equal_to_the_slow_twin(drawn, figures):
    places = [(str(at), *each) for at, each in enumerate(drawn)]
    named = [(str(at), *rest) for at, *rest in figures]
    found = nearest(results(places, named), ("XX", "0"), n=99)
    wanted = slow(places, named, "0")
    assert {near.id[1]: near.distance for near in found} == pytest.approx(wanted)
    assert [near.distance for near in found] == sorted(near.distance for near in found)
