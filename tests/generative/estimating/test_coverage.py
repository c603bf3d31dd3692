"""Do 95 per cent intervals hold the truth 95 times in 100? Draws with a known truth.

A country as Finland in 2015 (`tests.lib.nonresponse`): 317 units, 48.6 per cent answer, by size and
by activity. A new population now and then, so that no figure rests on the chance of one.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl
import pytest

from tests.lib.answering import question, questionnaire, wave
from tests.lib.nightly import scale
from tests.lib.nonresponse import CLASSES, LEANS, SHARES, country, draw
from torg.survey import SHEET, Surveyed, weigh
from torg.survey.estimating import Ready, bounded, difference, ready

DRAWS = scale(2_000, 10_000)
EACH = 100  # draws of one population
ITEMS = questionnaire(*(question(f"q{n}", "one") for n in range(len(SHARES) * len(LEANS))))
LARGE = 3  # from the class 10-20k


@dataclass(frozen=True)
class Covered:
    """How often the truth was within, and how wide the intervals were: a value for each item."""

    share: np.ndarray
    difference: np.ndarray
    by_class: np.ndarray  # a row for each size class
    width: float  # mean, of the shares in the size classes
    error: np.ndarray  # mean standard error over the spread of the estimates


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


def covered(**how):
    """Coverage over all draws of the ways of weighing."""
    generator = np.random.default_rng(20151122)
    tally = [_one(seed // EACH, generator, how) for seed in range(DRAWS)]
    share, gap, by_class, widths, errors, middles = (
        np.stack(part) for part in zip(*tally, strict=True)
    )
    of_one = middles.reshape(-1, EACH, middles.shape[1])  # spread within each population
    spread = np.sqrt(np.mean(np.var(of_one, axis=1, ddof=1), axis=0))
    return Covered(
        share.mean(axis=0), gap.mean(axis=0), by_class.mean(axis=0), float(widths.mean()),
        np.sqrt(np.mean(errors**2, axis=0)) / spread,
    )  # fmt: skip


def _one(seed, generator, how):
    units, wave_ = surveyed(seed, generator, **how)
    at: Ready = ready(wave_, ITEMS)
    table = at.table(None)
    yes = slice(0, None, 2)  # every other column is the share of "no"
    truth = units.says.mean(axis=0)
    (whole,) = at.groups(("all",))
    cells = at.cells(table, whole)
    figures = bounded(cells, confidence=0.95)
    is_large = units.size_class >= LARGE
    large, small = (at.roll.by_frame(n, m) for n, m in (("large", is_large), ("small", ~is_large)))
    gap = difference(at.cells(table, large), at.cells(table, small), confidence=0.95)
    true_gap = units.says[is_large].mean(axis=0) - units.says[~is_large].mean(axis=0)
    classes = [bounded(at.cells(table, g), confidence=0.95) for g in at.groups(("size",))]
    true_classes = [units.says[units.size_class == n].mean(axis=0) for n in range(len(CLASSES))]
    return (
        _holds(figures, yes, truth),
        _holds(gap, yes, true_gap),
        np.stack([_holds(c, yes, t) for c, t in zip(classes, true_classes, strict=True)]),
        np.stack([(c.high - c.low)[yes] for c in classes]).mean(axis=1),
        cells.linear.errors[yes],
        cells.linear.estimates[yes],
    )


def _holds(figures, columns, truth):
    return (figures.low[columns] <= truth + 1e-9) & (truth <= figures.high[columns] + 1e-9)


def said(name, values):
    return f"{name} {values.mean():.2%} (items {values.min():.1%} to {values.max():.1%})"


@pytest.mark.parametrize("margins", [("size", "region", "activity")], ids=["three margins"])
def test_raked_intervals_cover_94_to_96_per_cent(margins, figure):
    got = covered(margins=margins)
    figure(
        f"intervals that should cover 95 %, raked on {' + '.join(margins)}, {DRAWS} draws:"
        f" {said('shares', got.share)}, {said('differences', got.difference)}; standard error over"
        f" spread {got.error.mean():.3f}; in size classes {got.by_class.mean():.2%}"
    )
    assert 0.94 <= got.share.mean() <= 0.96
    assert 0.94 <= got.difference.mean() <= 0.96


def test_exact_intervals_cover_at_least_95_per_cent(figure):
    # Within a size class all weigh the same: intervals are exact.
    got = covered(method="poststratify", margins=("size",))
    figure(
        f"exact intervals in size classes, {DRAWS} draws: {said('shares', got.by_class)},"
        f" mean width {got.width:.3f}"
    )
    assert got.by_class.mean() >= 0.95
