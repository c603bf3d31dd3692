"""The figures that a ranking starts from, as arrays of criteria by municipalities."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from torg.measure import resample, weekly_sums
from torg.score.criteria import STOCKS

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Unit = tuple[str, str]  # country, official code
Name = TypeVar("Name", str, Unit)


class Observations(Protocol):
    """What ranking needs of what was observed: the frames of `torg.measure.Observed`."""

    @property
    def rows(self) -> pl.DataFrame:
        """A row per municipality, channel, platform and measure."""

    @property
    def weekly(self) -> pl.DataFrame:
        """The weekly sums of the measures that have them."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Values of K measures for N municipalities, and how they vary with the weeks.

    `values` [K, N] has NaN where a value is missing; `redrawn` [K, N, draws] are the values of
    weeks drawn anew; `without` [K, N, W] those without one week (NaN where the municipality was
    not observed in that week); `numerators` and `denominators` [K, N, W] the weekly sums,
    `observed` [N, W] the weeks of each municipality, and `scales` [K, N] turn a ratio of sums into
    the value: 1 for most, 1000 for a rate per thousand.
    """

    measures: tuple[str, ...]
    units: tuple[Unit, ...]
    values: Floats
    redrawn: Floats
    without: Floats
    numerators: Floats
    denominators: Floats
    observed: Flags
    scales: Floats


def whole_municipality(rows: pl.DataFrame) -> pl.DataFrame:
    """Only the rows that speak for a municipality as a whole, not for one channel or platform."""
    return rows.filter(pl.col("channel").is_null() & pl.col("platform").is_null())


def figures(
    observed: Observations, measures: Sequence[str], units: Sequence[Unit], *, draws: int, seed: int
) -> Figures:
    """Gather values, weekly sums and draws of `measures` for `units`."""
    values = _values(observed.rows, measures, units)
    weekly = _of_interest(observed.weekly, measures, units)
    numerators, denominators, weeks_seen = _weekly(weekly, measures, units)
    totals = numerators.sum(axis=2), denominators.sum(axis=2)
    _forget_without_weeks(values, totals[1], measures)
    scales = _scales(values, *totals)
    left_out = (totals[0][..., None] - numerators, totals[1][..., None] - denominators)
    without = np.where(weeks_seen, _ratio(*left_out, values, scales), np.nan)
    return Figures(
        measures=tuple(measures),
        units=tuple(units),
        values=values,
        redrawn=_ratio(*_drawn(weekly, measures, units, draws, seed), values, scales),
        without=without,
        numerators=numerators,
        denominators=denominators,
        observed=weeks_seen,
        scales=scales,
    )


def _values(rows: pl.DataFrame, measures: Sequence[str], units: Sequence[Unit]) -> Floats:
    values = np.full((len(measures), len(units)), np.nan)
    known = whole_municipality(rows).filter(
        pl.col("measure").is_in(list(measures)) & pl.col("value").is_not_null()
    )
    _fill(values, known, "value", measures, units)
    return values


def _fill(
    target: Floats, frame: pl.DataFrame, column: str, measures: Sequence[str], units: Sequence[Unit]
) -> None:
    row_of, column_of = _places(measures), _places(units)
    cells = frame.select("measure", "country", "municipality", column).iter_rows()
    for measure, country, municipality, value in cells:
        if (country, municipality) in column_of:
            target[row_of[measure], column_of[country, municipality]] = value


def _places(names: Sequence[Name]) -> dict[Name, int]:
    return {name: place for place, name in enumerate(names)}


def _of_interest(
    weekly: pl.DataFrame, measures: Sequence[str], units: Sequence[Unit]
) -> pl.DataFrame:
    """The weeks of these measures and units; every unit keeps a 0/0 row for each observed week."""
    names = pl.DataFrame(list(units), schema=["country", "municipality"], orient="row")
    here = weekly.join(names, on=["country", "municipality"], how="semi").with_columns(
        pl.lit(None, pl.String).alias("access")  # tiers are kept apart before, by whole units
    )
    seen = here.select("country", "municipality", "week").unique()
    blank = seen.join(pl.DataFrame({"measure": list(measures)}), how="cross").with_columns(
        pl.lit(None, pl.String).alias("access"),
        pl.lit(0.0).alias("numerator"),
        pl.lit(0.0).alias("denominator"),
    )
    wanted = here.filter(pl.col("measure").is_in(list(measures)))
    columns = ["country", "municipality", "access", "measure", "week"]
    sums = [pl.col(name).cast(pl.Float64) for name in ("numerator", "denominator")]
    return pl.concat([wanted.select(*columns, *sums), blank.select(*columns, *sums)])


def _where(
    keys: pl.DataFrame, measures: Sequence[str], units: Sequence[Unit]
) -> tuple[list[int], list[int]]:
    row_of, column_of = _places(measures), _places(units)
    names = keys.select("measure", "country", "municipality").rows()
    return (
        [row_of[measure] for measure, *_ in names],
        [column_of[country, municipality] for _, country, municipality in names],
    )


def _weekly(
    weekly: pl.DataFrame, measures: Sequence[str], units: Sequence[Unit]
) -> tuple[Floats, Floats, Flags]:
    sums = weekly_sums(weekly)
    shape = (len(measures), len(units), len(sums.weeks))
    numerators, denominators = np.zeros(shape), np.zeros(shape)
    observed = np.zeros(shape[1:], dtype=bool)
    at = _where(sums.keys, measures, units)
    numerators[at], denominators[at], observed[at[1]] = (
        sums.numerators,
        sums.denominators,
        sums.observed,
    )
    return numerators, denominators, observed


def _drawn(
    weekly: pl.DataFrame, measures: Sequence[str], units: Sequence[Unit], draws: int, seed: int
) -> tuple[Floats, Floats]:
    drawn = resample(weekly, draws=draws, seed=seed)
    shape = (len(measures), len(units), draws)
    numerators, denominators = np.zeros(shape), np.zeros(shape)
    at = _where(drawn.keys, measures, units)
    numerators[at], denominators[at] = drawn.numerators, drawn.denominators
    return numerators, denominators


def _forget_without_weeks(values: Floats, denominators: Floats, measures: Sequence[str]) -> None:
    """A figure whose weeks are unknown has an unknown uncertainty: it cannot be ranked."""
    for row, measure in enumerate(measures):
        if measure not in STOCKS:
            values[row, denominators[row] <= 0] = np.nan


def _scales(values: Floats, numerators: Floats, denominators: Floats) -> Floats:
    """What turns sum over sum into the value; where the sum is 0, what holds for the others."""
    with np.errstate(divide="ignore", invalid="ignore"):
        scales = values * denominators / numerators
    scales[~np.isfinite(scales)] = np.nan
    for row in scales:
        known = row[~np.isnan(row)]
        row[np.isnan(row)] = np.median(known) if len(known) else 1.0
    return scales


def _ratio(numerators: Floats, denominators: Floats, values: Floats, scales: Floats) -> Floats:
    """The value of other weeks; weeks with nothing to divide by leave the value as it is."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = numerators / denominators * scales[..., None]
    kept = (denominators > 0) & ~np.isnan(values)[..., None]
    return np.where(kept, ratio, values[..., None])
