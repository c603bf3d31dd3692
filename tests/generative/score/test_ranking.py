"""Whatever was observed: everybody is listed once, places lie in their sets, nothing is NaN."""

from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lib.observed import municipalities, observed
from torg.score import rank
from torg.study import Criterion, Ranking, Study

TOWNS = [f"{number:04d}" for number in range(1, 15)]
CRITERIA = (
    Criterion(measure="question_answered_24h", area="dialogue", transform="linear"),
    Criterion(measure="posts_per_week", area="reputation", transform="enough", enough=3.0),
    Criterion(measure="c2", area="reputation", weight=2),
)


@st.composite
def seen(draw):
    weeks = draw(st.integers(1, 12))
    counts = st.integers(0, draw(st.sampled_from([1, 5, 1000])))
    towns = draw(st.lists(st.sampled_from(TOWNS), unique=True, max_size=12))
    cells = {one.measure: {} for one in CRITERIA}
    for town in towns:
        posts = draw(st.lists(counts, min_size=weeks, max_size=weeks))
        asked = draw(st.lists(counts, min_size=weeks, max_size=weeks))
        answered = [draw(st.integers(0, number)) for number in asked]
        talk = [draw(counts) if number else 0 for number in posts]
        cells["posts_per_week"][town] = [(number, 1) for number in posts]
        cells["c2"][town] = list(zip(talk, posts, strict=True))
        if draw(st.booleans()):
            cells["question_answered_24h"][town] = list(zip(answered, asked, strict=True))
    tiers = {town: draw(st.sampled_from(["public_page", "public_page", "owner"])) for town in towns}
    return observed(cells, tiers=tiers)


@given(
    seen(), st.sets(st.sampled_from(CRITERIA), min_size=1), st.sampled_from(["areas", "classic"])
)
@settings(max_examples=40, deadline=None)
def test_whatever_was_observed(found, criteria, lists):
    study = Study(
        folder=Path(),
        id="x",
        title="x",
        criteria=tuple(criteria),
        ranking=Ranking(draws=100, least_posts=1, least_weeks=2, lists=lists),
    )
    towns = municipalities(TOWNS, sizes=dict.fromkeys(TOWNS[:5], "<2k"))
    rows = rank(found, towns, study).rows
    assert not any(rows.select(pl.col(pl.Float64).is_nan().any()).row(0))
    ranked = rows.filter(pl.col("rank").is_not_null())
    inside = (pl.col("rank_low") <= pl.col("rank")) & (pl.col("rank") <= pl.col("rank_high"))
    assert ranked.filter(pl.col("set") != "none").select(inside.all()).item()
    assert ranked["missing"].null_count() == ranked.height
    assert rows.filter(pl.col("rank").is_null())["missing"].null_count() == 0
    listed = rows.filter(pl.col("set") != "marginal").select("group", "municipality")
    assert listed.is_unique().all()
    assert set(listed["municipality"]) == set(TOWNS)
