"""A municipality's place in a group: never without the places that it cannot be excluded from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from torg.report.results import Results

Id = tuple[str, str]  # country, official code

KINDS = ("all", "size", "county")

LIST = "classic:"  # in the name of each classic list, of all or within an access tier

# Simultaneous sets hold for all municipalities at once: what a table of all of them must show.
_SETS = ("simultaneous", "marginal", "none")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A place among `of` municipalities; `low` and `high` are null where there is no rank set."""

    rank: int
    low: int | None
    high: int | None
    of: int
    band: str | None
    score: float | None

    @property
    def is_upper(self) -> bool:
        """Every place that it could have is in the upper half."""
        return self.high is not None and self.high <= self.of // 2

    @property
    def is_lower(self) -> bool:
        """Every place that it could have is in the lower half."""
        return self.low is not None and self.low > (self.of + 1) // 2

    @property
    def bands(self) -> str:
        """Every band that the rank set touches: 'B–D'."""
        return (self.band or "–").replace("-", "–")


@dataclass(frozen=True)
class Standings:
    """Who stands where, in every group that was ranked."""

    results: Results

    def overall(self, municipality: Id) -> Standing | None:
        """The place among all that were ranked together."""
        return self.of_group("all").get(municipality) or self.within("access", municipality)

    def alone(self, municipality: Id) -> Standing | None:
        """The place among all with the marginal set: narrower, right for one at a time."""
        return self._marginal.get(municipality)

    def within(self, kind: str, municipality: Id) -> Standing | None:
        """The place in the group of that kind ('size', 'county') that the municipality is in."""
        return self._by_kind.get((kind, municipality))

    def of_group(self, group: str) -> Mapping[Id, Standing]:
        """Everybody's place in one group."""
        return self._by_group.get(group, {})

    @cached_property
    def placed(self) -> frozenset[Id]:
        """Everybody who has a place; one on a list counts where there are lists alone."""
        ranked = [members for group, members in self._by_group.items() if not is_list(group)]
        return frozenset(id_ for members in ranked or self._by_group.values() for id_ in members)

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups in which somebody has a place, sorted."""
        return tuple(sorted(self._by_group))

    @cached_property
    def _marginal(self) -> Mapping[Id, Standing]:
        rows = self.results.ranks.filter(group="all", set="marginal").drop_nulls("rank")
        return _by_municipality(rows) if rows.height > 1 else {}

    @cached_property
    def _by_group(self) -> dict[str, dict[Id, Standing]]:
        found: dict[str, dict[Id, Standing]] = {}
        for (group,), rows in _one_set_each(self.results.ranks).group_by("group"):
            if rows.height > 1:  # a place among one says nothing
                found[str(group)] = _by_municipality(rows)
        return found

    @cached_property
    def _by_kind(self) -> dict[tuple[str, Id], Standing]:
        return {
            (group.partition(":")[0], municipality): standing
            for group, members in self._by_group.items()
            if not is_list(group)
            for municipality, standing in members.items()
        }


def is_list(group: str) -> bool:
    """Whether a group is a classic list, and no group of peers."""
    return LIST in group


def _by_municipality(rows: pl.DataFrame) -> dict[Id, Standing]:
    """One group's places: everybody who has one counts in `of`."""
    return {
        (row["country"], row["municipality"]): _standing(row, of=rows.height)
        for row in rows.iter_rows(named=True)
    }


def _one_set_each(ranks: pl.DataFrame) -> pl.DataFrame:
    order = pl.col("set").replace_strict(dict(zip(_SETS, range(len(_SETS)), strict=True)))
    placed = ranks.filter(pl.col("rank").is_not_null()).sort(order, maintain_order=True)
    return placed.unique(("country", "municipality", "group"), keep="first", maintain_order=True)


def _standing(row: Mapping[str, Any], *, of: int) -> Standing:
    return Standing(
        rank=row["rank"],
        low=row["rank_low"],
        high=row["rank_high"],
        of=of,
        band=row["band"],
        score=row["score"],
    )
