"""Intervals of change hold the truth, over many responses to two waves with overlap."""

import numpy as np
import pytest

from tests.lib.nightly import scale
from tests.lib.two_waves import (
    ITEMS,
    invented,
    merged_by_2015,
    responses,
    responses_of_merged,
    surveyed,
    the_questionnaire,
)
from torg.survey import change

COUNTRIES = (1, 2, 3, 4)
DRAWS = scale(500, 2_000)  # of each country


@pytest.fixture(scope="module")
def drawn():
    """Of each item and group: rows of (estimate, low, high, truth), over all countries."""
    found = {}
    for seed in COUNTRIES:
        for key, rows in _of_country(invented(seed), seed).items():
            found.setdefault(key, []).extend(rows)
    return {key: np.array(rows) for key, rows in found.items()}


def _of_country(country, seed):
    random = np.random.Generator(np.random.PCG64(1000 + seed))
    questionnaire, register = the_questionnaire(), country.register()
    found = {}
    for _ in range(DRAWS):
        answered = responses(country, random)
        waves = [surveyed(country, place, answered[place]) for place in (0, 1)]
        table = change(*waves, questionnaire, register=register)
        for row in table.iter_rows(named=True):
            if row["category"] in ("yes", None):
                ends = (row["estimate"], row["low"], row["high"], country.change(row["item"]))
                found.setdefault((row["item"], row["group"]), []).append(ends)
    return found


def _held(rows):
    return float(np.mean((rows[:, 1] <= rows[:, 3]) & (rows[:, 3] <= rows[:, 2])))


@pytest.mark.slow
def test_intervals_of_change_hold_the_truth_in_94_to_96_of_100(drawn, figure):
    """Two waves raked on size and activity; three shares, from rare to common, and a mean."""
    held = {item: _held(drawn[item, "all"]) for item in ITEMS}
    for item, part in held.items():
        rows = drawn[item, "all"]
        figure(
            f"change with overlap, {item}: 95 % intervals hold the truth in {100 * part:.1f} % of "
            f"{len(rows)} draws; mean width {np.mean(rows[:, 2] - rows[:, 1]):.3f}, bias "
            f"{np.mean(rows[:, 0] - rows[:, 3]):+.4f}"
        )
    shares = np.mean([held[item] for item in ITEMS[:3]])
    figure(f"change with overlap: {100 * shares:.1f} % over the three shares")
    assert 0.94 <= shares <= 0.96
    assert all(0.935 <= part <= 0.965 for part in held.values())


@pytest.mark.slow
def test_the_panels_intervals_miss_where_those_that_answer_twice_are_others(drawn, figure):
    """The panel is weighted on size alone: what activity changes it does not mend."""
    held = {item: _held(drawn[item, "panel"]) for item in ITEMS}
    said = ", ".join(f"{item} {100 * part:.1f}" for item, part in held.items())
    figure(f"change of the panel, weighted on size alone: intervals hold the truth in (%) {said}")
    assert all(part >= 0.9 for part in held.values())


@pytest.mark.slow
def test_intervals_hold_where_ninety_municipalities_became_fortyfive(figure):
    """Of 317 units 90 merged in pairs between the waves: 272 are left, as after a large reform."""
    draws, held = scale(500, 4_000), []
    for seed in COUNTRIES[:2]:
        before = invented(seed)
        after, register = merged_by_2015(before, pairs=45)
        random = np.random.Generator(np.random.PCG64(seed))
        for _ in range(draws // 2):
            first, second = responses_of_merged(before, after, random)
            waves = (surveyed(before, 0, first), surveyed(after, 1, second))
            table = change(*waves, the_questionnaire(), register=register)
            held += [
                row["low"] <= after.change(row["item"]) <= row["high"]
                for row in table.iter_rows(named=True)
                if row["group"] == "all" and row["category"] in ("yes", None)
            ]
    figure(
        f"change over mergers (90 units into 45): 95 % intervals hold the truth in "
        f"{100 * np.mean(held):.1f} % of {len(held)} changes"
    )
    assert np.mean(held) >= 0.935
