"""Do 95 per cent intervals hold the truth 95 times in 100? Draws with a known truth.

A country as Finland in 2015 (`tests.lib.nonresponse`): 317 units, 48.6 per cent answer, by size and
by activity. A new population now and then, so that no figure rests on the chance of one.
"""

from functools import cache

import numpy as np
import polars as pl
import pytest

from tests.lib.answering import question, questionnaire, wave
from tests.lib.nightly import scale
from tests.lib.nonresponse import LEANS, SHARES, country, draw
from torg.survey import SHEET, Surveyed, weigh
from torg.survey.estimating import bounded, difference, ready

DRAWS = scale(2_000, 10_000)
EACH = 100  # draws of one population
ITEMS = questionnaire(*(question(f"q{n}", "one") for n in range(len(SHARES) * len(LEANS))))
LARGE = 3  # from the class 10-20k
YES = slice(0, None, 2)  # every other column is the share of "no"


@cache
def everybody(seed):
    """A population, and the sheet were all of it to answer."""
    units = country(seed)
    rows, items = units.says.shape
    names = list(ITEMS.items)
    sheet = pl.DataFrame(
        {
            "wave": "2015",
            "country": "XX",
            "unit": np.repeat(units.frame["unit"].to_numpy(), items),
            "item": np.tile(names, rows),
            "state": "answered",
            "code": np.where(units.says.ravel() == 1, "yes", "no"),
            "number": None,
        },
        schema=dict(SHEET),
    )
    return units, sheet


def surveyed(seed, generator, **how):
    """One wave of a population: who answers is drawn anew, then weighed."""
    units, sheet = everybody(seed)
    answered = draw(units, generator)
    chosen = units.frame.filter(pl.Series(answered))
    weighting = weigh(units.frame, chosen, observed=units.observed, **how)
    answers = sheet.filter(pl.col("unit").is_in(chosen["unit"].implode()))
    return units, Surveyed(wave("2015"), units.frame, answers, weighting)


def covered(measured, **how):
    """What is `measured` of a wave, over all draws: a row for each draw."""
    generator = np.random.default_rng(20151122)
    waves = (surveyed(n // EACH, generator, **how) for n in range(DRAWS))
    tally = [measured(units, ready(wave_, ITEMS)) for units, wave_ in waves]
    return tuple(np.stack(part) for part in zip(*tally, strict=True))


def in_all(units, at):
    """Shares of all, and the difference of large and small: held?; estimates and their errors."""
    table = at.table(None)
    cells = at.cells(table, *at.groups(("all",)))
    is_large = units.size_class >= LARGE
    large, small = (
        at.cells(table, at.roll.by_frame(name, mask))
        for name, mask in (("large", is_large), ("small", ~is_large))
    )
    gap = units.says[is_large].mean(axis=0) - units.says[~is_large].mean(axis=0)
    return (
        _holds(bounded(cells, confidence=0.95), units.says.mean(axis=0)),
        _holds(difference(large, small, confidence=0.95), gap),
        cells.linear.estimates[YES],
        cells.linear.errors[YES],
    )


def in_classes(units, at):
    """Shares within the size classes: held?, and how wide."""
    table = at.table(None)
    found = [bounded(at.cells(table, g), confidence=0.95) for g in at.groups(("size",))]
    assert all("exact" in flags for figures in found for flags in figures.flags)
    return (
        [_holds(f, units.says[units.size_class == n].mean(axis=0)) for n, f in enumerate(found)],
        [(f.high - f.low)[YES] for f in found],
    )


def _holds(figures, truth):
    return (figures.low[YES] <= truth + 1e-9) & (truth <= figures.high[YES] + 1e-9)


def said(name, held):
    rates = held.reshape(-1, held.shape[-1]).mean(axis=0)
    return f"{name} {rates.mean():.2%} (items {rates.min():.1%} to {rates.max():.1%})"


@pytest.mark.slow
def test_raked_intervals_cover_94_to_96_per_cent(figure):
    shares, gaps, estimates, errors = covered(in_all, margins=("size", "region", "activity"))
    within = estimates.reshape(-1, EACH, estimates.shape[1])  # the spread within one population
    spread = np.sqrt(np.mean(np.var(within, axis=1, ddof=1), axis=0))
    ratio = np.mean(np.sqrt(np.mean(errors**2, axis=0)) / spread)
    figure(
        f"intervals that should cover 95 %, raked on size, region and activity, {DRAWS} draws:"
        f" {said('shares', shares)}, {said('differences', gaps)}; standard error to spread"
        f" {ratio:.3f}"
    )
    assert 0.94 <= shares.mean() <= 0.96
    assert 0.94 <= gaps.mean() <= 0.96
    assert 0.96 < ratio < 1.04


@pytest.mark.slow
def test_exact_intervals_cover_at_least_95_per_cent(figure):
    # Within a size class all weigh the same.
    held, widths = covered(in_classes, method="poststratify", margins=("size",))
    figure(
        f"exact intervals in size classes, {DRAWS} draws: {said('shares', held)},"
        f" mean width {widths.mean():.3f}"
    )
    assert held.mean() >= 0.95
