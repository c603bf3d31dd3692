"""Places, rank sets and bands of one group, as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from torg.score.figures import Unit
from torg.score.ranksets import RankSets, rank_sets
from torg.study import AREAS, Ranking

Floats = NDArray[np.float64]

BANDS = "ABCDE"

RANK_COLUMNS: Mapping[str, Any] = {
    "country": pl.String,
    "municipality": pl.String,
    "group": pl.String,
    "set": pl.String,
    "score": pl.Float64,
    "rank": pl.Int64,
    "rank_low": pl.Int64,
    "rank_high": pl.Int64,
    "band": pl.String,
    "areas": pl.Struct(dict.fromkeys(AREAS, pl.Float64)),
    "missing": pl.String,
}

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is compared: scores [N] that are shown, estimates and variances [N] that are tested.

    For most the estimates are the scores. `variances` is None for stocks: they have no sampling
    error, and no set. `areas` are the points by area, {} where there are none.
    """

    units: tuple[Unit, ...]
    scores: Floats
    estimates: Floats
    variances: Floats | None
    areas: Mapping[str, Floats]

    def among(self, members: frozenset[Unit]) -> "Standing":
        """Only the members, in the same order."""
        kept = np.array([unit in members for unit in self.units], dtype=bool)
        return replace(
            self,
            units=tuple(unit for unit in self.units if unit in members),
            scores=self.scores[kept],
            estimates=self.estimates[kept],
            variances=None if self.variances is None else self.variances[kept],
            areas={area: given[kept] for area, given in self.areas.items()},
        )


NOBODY = Standing(
    units=(), scores=np.zeros(0), estimates=np.zeros(0), variances=np.zeros(0), areas={}
)


def places(estimates: Floats) -> NDArray[np.int64]:
    """One more than how many are better: equals share a place, and the next place stays empty."""
    in_order = np.sort(estimates)
    better = len(estimates) - np.searchsorted(in_order, estimates, side="right")
    return 1 + better.astype(np.int64)


def sets_of(standing: Standing, ranking: Ranking) -> RankSets | None:
    """The rank sets of a standing; None where nothing has sampling error."""
    if standing.variances is None:
        return None
    return rank_sets(
        standing.estimates,
        standing.variances,
        draws=ranking.draws,
        confidence=ranking.confidence,
        seed=ranking.seed,
    )


def bands(low: int, high: int, n: int) -> str:
    """Every band that the places from `low` to `high` touch: "B" or "B-D".

    The places 1 to n are cut into five equal parts, A the first; place r lies in part
    floor(5 (r - 1) / n).
    """
    first, last = (BANDS[len(BANDS) * (place - 1) // n] for place in (low, high))
    return first if first == last else f"{first}-{last}"


def rows_of(
    standing: Standing, *, group: str, sets: RankSets | None, kind: str, reasons: Mapping[Unit, str]
) -> list[Row]:
    """A row per ranked municipality, best first, then those listed with a reason."""
    found = places(standing.estimates)
    low, high = _ends(sets, kind)
    ranked = [
        _row(unit, group, kind)
        | {
            "score": float(standing.scores[at]),
            "rank": int(found[at]),
            "rank_low": None if low is None else int(low[at]),
            "rank_high": None if high is None else int(high[at]),
            "band": _band(at, found, low, high),
            "areas": _areas(standing, at),
        }
        for at, unit in enumerate(standing.units)
    ]
    listed = [
        _row(unit, group, kind) | {"missing": reason} for unit, reason in sorted(reasons.items())
    ]
    return (
        sorted(ranked, key=lambda row: (row["rank"], row["country"], row["municipality"])) + listed
    )


def _ends(
    sets: RankSets | None, kind: str
) -> tuple[NDArray[np.int64] | None, NDArray[np.int64] | None]:
    if sets is None:
        return None, None
    return getattr(sets, f"{kind}_low"), getattr(sets, f"{kind}_high")


def _band(
    at: int,
    found: NDArray[np.int64],
    low: NDArray[np.int64] | None,
    high: NDArray[np.int64] | None,
) -> str:
    first = found if low is None else low
    last = found if high is None else high
    return bands(int(first[at]), int(last[at]), len(found))


def _areas(standing: Standing, at: int) -> dict[str, float | None]:
    given = {area: float(standing.areas[area][at]) for area in standing.areas}
    return {area: given.get(area) for area in AREAS}


def _row(unit: Unit, group: str, kind: str) -> Row:
    blank: Row = dict.fromkeys(RANK_COLUMNS)
    country, municipality = unit
    return blank | {
        "country": country,
        "municipality": municipality,
        "group": group,
        "set": kind,
        "areas": dict.fromkeys(AREAS),
    }


def frame_of(rows: Sequence[Row]) -> pl.DataFrame:
    """The rows as a frame with RANK_COLUMNS, in the order given."""
    return pl.DataFrame(list(rows), schema=dict(RANK_COLUMNS), orient="row")
