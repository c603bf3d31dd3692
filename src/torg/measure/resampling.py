"""The weekly resampling: what else the same weeks could have given.

Weeks are drawn with replacement, independently for each municipality, and the same draws serve all
measures of a municipality, so that what goes together in a week stays together. Weeks drawn jointly
for all municipalities would give a covariance of rank below the number of weeks, and too many
wrong orders; hence the independence.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]

KEYS = ("country", "municipality", "access", "measure")


@dataclass(frozen=True, kw_only=True)
class WeeklySums:
    """The weekly sums as arrays: one row per key, one column per week.

    `keys` has the columns country, municipality, access, measure and is sorted by them; `observed`
    says in which weeks the key's municipality has any row at all. A measure without a row in an
    observed week has 0/0 there.
    """

    keys: pl.DataFrame
    weeks: tuple[int, ...]
    numerators: Floats
    denominators: Floats
    observed: NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Resampled:
    """Sums over drawn weeks: `numerators` and `denominators` are [keys, draws]."""

    keys: pl.DataFrame
    numerators: Floats
    denominators: Floats


def weekly_sums(weekly: pl.DataFrame) -> WeeklySums:
    """Spread the long frame of weekly sums over one row per key and one column per week."""
    weeks = weekly["week"].unique().sort().to_list()
    totals = weekly.group_by(*KEYS, "week").agg(
        pl.col("numerator").cast(pl.Float64).sum(), pl.col("denominator").cast(pl.Float64).sum()
    )
    keys = totals.select(KEYS).unique().sort(KEYS, nulls_last=True).with_row_index("row")
    column_of = pl.DataFrame({"week": weeks}, schema={"week": weekly.schema["week"]})
    cells = totals.join(keys, on=KEYS, nulls_equal=True).join(
        column_of.with_row_index("column"), on="week"
    )
    at = (cells["row"].to_numpy(), cells["column"].to_numpy())
    shape = (keys.height, len(weeks))
    numerators, denominators = np.zeros(shape), np.zeros(shape)
    numerators[at] = cells["numerator"].to_numpy()
    denominators[at] = cells["denominator"].to_numpy()
    return WeeklySums(
        keys=keys.drop("row"),
        weeks=tuple(weeks),
        numerators=numerators,
        denominators=denominators,
        observed=_observed(keys, at, shape),
    )


def _observed(
    keys: pl.DataFrame, at: tuple[NDArray[np.uint32], NDArray[np.uint32]], shape: tuple[int, int]
) -> NDArray[np.bool_]:
    present = np.zeros(shape, dtype=bool)
    present[at] = True
    for rows in _rows_of_municipalities(keys).values():
        present[rows] = present[rows].any(axis=0)
    return present


def _rows_of_municipalities(keys: pl.DataFrame) -> dict[tuple[str, str], list[int]]:
    rows: dict[tuple[str, str], list[int]] = {}
    for row, key in enumerate(keys.select("country", "municipality").iter_rows()):
        rows.setdefault(key, []).append(row)
    return rows


def resample(weekly: pl.DataFrame, *, draws: int, seed: int) -> Resampled:
    """Draw each municipality's weeks with replacement, `draws` times.

    `weekly` has the columns country, municipality, access, measure, week, numerator, denominator
    and a row, be it 0/0, for every week in which the municipality was observed. A municipality's
    draws follow from the seed, its own country and code, and the number of its weeks: other rows
    neither add to them nor take from them.
    """
    sums = weekly_sums(weekly)
    numerators = np.zeros((sums.keys.height, draws))
    denominators = np.zeros((sums.keys.height, draws))
    for municipality, rows in _rows_of_municipalities(sums.keys).items():
        observed = sums.observed[rows[0]]
        times = week_counts(municipality, weeks=int(observed.sum()), draws=draws, seed=seed)
        here = np.ix_(np.asarray(rows), np.flatnonzero(observed))
        numerators[rows] = np.einsum("kw,dw->kd", sums.numerators[here], times)
        denominators[rows] = np.einsum("kw,dw->kd", sums.denominators[here], times)
    return Resampled(keys=sums.keys, numerators=numerators, denominators=denominators)


def week_counts(municipality: tuple[str, str], *, weeks: int, draws: int, seed: int) -> Floats:
    """How often each of a municipality's weeks is drawn: [draws, weeks], each row sums to weeks."""
    name = "\x1f".join(municipality).encode()
    own = int.from_bytes(hashlib.sha256(name).digest()[:8], "big")
    generator = np.random.default_rng([seed, own])
    return generator.multinomial(weeks, np.full(weeks, 1 / weeks), size=draws).astype(np.float64)
