"""Estimates of random waves: as their slow twins, in any order, and never beyond what can be."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lib.answering import question, questionnaire, wave
from tests.lib.nonresponse import country, draw
from tests.lib.slow_estimates import counts_possible, hypergeometric_range, post_stratified_mean
from torg.survey import SHEET, Surveyed, differences, estimate, weigh
from torg.survey.estimating import ratios
from torg.survey.intervals import hypergeometric, korn_graubard, possible, wilson
from torg.survey.weighting import stratified

ITEMS = questionnaire(
    question("a", "one", allows_dont_know=True), question("b", "one"), question("c", "number")
)


@st.composite
def strata_and_values(draw):
    answers = draw(st.lists(st.integers(2, 6), min_size=1, max_size=4))
    silent = [draw(st.integers(0, 6)) for _ in answers]
    strata = [h for h, n in enumerate(answers) for _ in range(n)]
    values = [draw(st.integers(-50, 50)) for _ in strata]
    return strata, values, [float(n + more) for n, more in zip(answers, silent, strict=True)]


@given(strata_and_values())
def test_the_post_stratified_mean_and_its_variance_are_those_of_the_slow_twin(drawn):
    strata, values, sizes = drawn
    design = stratified(np.array(strata), np.array(sizes))
    column = np.array(values, dtype=float)[:, None]
    found = ratios(design, column, np.ones_like(column))
    mean, variance = post_stratified_mean(values, strata, dict(enumerate(sizes)))
    assert found.estimates[0] == pytest.approx(mean, abs=1e-9)
    assert found.variances[0] == pytest.approx(variance, abs=1e-8)


@st.composite
def counts(draw):
    size = draw(st.integers(1, 40))
    n = draw(st.integers(0, size))
    return draw(st.integers(0, n)), n, size


@given(counts())
def test_exact_ends_are_those_of_the_slow_twin(drawn):
    yes, n, size = drawn
    low, high = hypergeometric(yes, n=n, size=size)
    least, most = hypergeometric_range(yes, n, size)
    assert (low * size, high * size) == (pytest.approx(least), pytest.approx(most))


@given(counts())
def test_one_more_who_is_silent_never_shortens_the_range_of_possible_counts(drawn):
    yes, n, size = drawn
    here, more = counts_possible(yes, n, size), counts_possible(yes, n, size + 1)
    assert here <= more
    low, high = possible(yes, base=n, unknown=size - n)
    assert (low * size, high * size) == (pytest.approx(min(here)), pytest.approx(max(here)))


@given(
    st.floats(0.01, 0.99),
    st.integers(5, 300),
    st.floats(0.3, 3),
    st.sampled_from([0.8, 0.95, 0.99]),
)
def test_intervals_lie_around_the_share_and_grow_with_confidence(share, n, effect, level):
    error = np.sqrt(share * (1 - share) / n * effect)
    for ends in (
        lambda level: korn_graubard(share, error, n=n, df=n - 1, confidence=level),
        lambda level: wilson(share, error, df=n - 1, confidence=level),
    ):
        low, high = ends(level)
        lower, higher = ends((1 + level) / 2)
        assert 0 <= lower <= low <= share <= high <= higher <= 1


def waved(seed):
    """A wave of the country of 317 with blanks, don't knows, and numbers, as parts in any order."""
    generator = np.random.default_rng(seed)
    units = country(seed % 3)
    chosen = units.frame.filter(pl.Series(draw(units, generator)))
    n = len(chosen)
    said = {
        "a": (generator.choice(["yes", "no", "dont_know"], n), None),
        "b": (generator.choice(["yes", "no"], n), None),
        "c": (None, generator.poisson(3, n).astype(float)),
    }
    parts = [
        chosen.select("wave", "country", "unit").with_columns(
            pl.lit(name).alias("item"),
            pl.Series("state", np.where(generator.random(n) < 0.05, "no_answer", "answered")),
            pl.lit(None, pl.String).alias("code") if codes is None else pl.Series("code", codes),
            pl.lit(numbers, pl.Float64).alias("number")
            if numbers is None
            else pl.Series("number", numbers),
        )
        for name, (codes, numbers) in said.items()
    ]
    return units, chosen, pl.concat(parts).select(SHEET.keys())


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["rake", "poststratify", "propensity", "none"]))
def test_the_order_of_rows_does_not_matter(seed, method):
    units, chosen, sheet = waved(seed)
    found = []
    for shuffle in (None, 1, 2):
        parts = (units.frame, chosen, sheet, units.observed)
        if shuffle:
            parts = tuple(p.sample(fraction=1, shuffle=True, seed=shuffle) for p in parts)
        frame, respondents, rows, observed = parts
        weighting = weigh(frame, respondents, method=method, observed=observed)
        at = Surveyed(wave("2015"), frame, rows, weighting)
        found.append((estimate(at, ITEMS), differences(at, ITEMS), weighting.weights))
    for other in found[1:]:
        for one, same in zip(found[0], other, strict=True):
            assert one.equals(same)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["rake", "poststratify", "propensity", "none"]))
def test_weights_sum_to_the_frame_and_no_figure_is_beyond_what_is_possible(seed, method):
    units, chosen, sheet = waved(seed)
    weighting = weigh(units.frame, chosen, method=method, observed=units.observed)
    assert weighting.weights["weight"].sum() == pytest.approx(len(units.frame), rel=1e-9)
    for _, _, frame_n, _, weighted in weighting.classes.rows():
        assert weighted == pytest.approx(frame_n, rel=1e-8)
    assert weighting.least >= 1 - 1e-9
    assert weighting.kish >= 1
    got = estimate(Surveyed(wave("2015"), units.frame, sheet, weighting), ITEMS)
    shares = got.filter(pl.col("category").is_not_null(), pl.col("estimate").is_not_null())
    assert shares.filter(
        (pl.col("low") > pl.col("estimate")) | (pl.col("estimate") > pl.col("high"))
    ).is_empty()
    of_all = shares.filter(item="b", group="all", category="yes").row(0, named=True)
    yes = sheet.filter(item="b", state="answered", code="yes").height
    silent = len(units.frame) - of_all["n"]
    assert of_all["low"] >= yes / len(units.frame) - 1e-12
    assert of_all["high"] <= (yes + silent) / len(units.frame) + 1e-12
