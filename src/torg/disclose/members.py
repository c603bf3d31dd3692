"""The units that answered an item, with the groups they are in: what a lattice is made of."""

from collections.abc import Collection, Mapping

import polars as pl

from torg.disclose.lattice import Lattice
from torg.survey import Item, Surveyed

NAMES = ("country", "unit")
ALL, SIZE, COUNTY, KIND, ITEM = "all", "size", "county", "kind", "item"
_KINDS = ("municipality", "county")
NUMBER = ""  # the category of an item that is a number


def lattice_of(surveyed: Surveyed, item: Item, groups: Collection[str]) -> Lattice:
    """The cells of an item in one wave, in those of the `groups` that are of that wave."""
    has = pl.col("number").is_not_null() if item.is_number else pl.col("code").is_in(item.codes)
    said = surveyed.sheet.filter(pl.col("item") == item.id, pl.col("state") == "answered", has)
    of_frame, of_answers = _by_frame(surveyed), _by_answer(surveyed, groups)
    asked = {ALL, *groups}
    known = {group for own in of_frame.values() for group in own}
    wanted = {g for g in asked if g in known or g.startswith(f"{ITEM}:")}
    codes, values = _values(said, item)
    weighed = said.join(surveyed.weighting.weights, on=NAMES, how="left", maintain_order="left")
    return Lattice(
        categories=(NUMBER,) if item.is_number else item.codes,
        groups=tuple(sorted(wanted)),
        answers=codes,
        values=values,
        within=tuple(
            (of_frame.get(unit, frozenset()) | of_answers.get(unit, frozenset())) & wanted
            for unit in said.select(NAMES).rows()
        ),
        are_counts=not item.is_number,
        weights=tuple(weighed["weight"].fill_null(0.0)),
    )


def _values(said: pl.DataFrame, item: Item) -> tuple[tuple[str, ...], tuple[float, ...]]:
    if item.is_number:
        return (NUMBER,) * said.height, tuple(said["number"])
    return tuple(said["code"]), (1.0,) * said.height


def _by_frame(surveyed: Surveyed) -> Mapping[tuple[str, str], frozenset[str]]:
    """The groups of each unit of the frame, as estimates name them."""
    frame = surveyed.frame
    several = frame["country"].n_unique() > 1
    kinds = frame["kind"].n_unique() > 1
    found = {}
    for row in frame.iter_rows(named=True):
        own = {ALL}
        if row["kind"] != _KINDS[1]:
            county = f"{row['country']} {row['county']}" if several else row["county"]
            own |= {f"{SIZE}:{row['size_class']}"} if row["size_class"] else set()
            own |= {f"{COUNTY}:{county}"} if row["county"] else set()
        if kinds:
            own |= {f"{KIND}:{kind}" for kind in _KINDS if row["kind"] in (kind, "both")}
        found[row["country"], row["unit"]] = frozenset(own)
    return found


def _by_answer(
    surveyed: Surveyed, groups: Collection[str]
) -> Mapping[tuple[str, str], frozenset[str]]:
    """Of the groups "item:ID=CODE" those that each unit is in."""
    wanted = {g.removeprefix(f"{ITEM}:"): g for g in groups if g.startswith(f"{ITEM}:")}
    if not wanted:
        return {}
    said = surveyed.sheet.filter(pl.col("state") == "answered", pl.col("code").is_not_null())
    named = said.select(*NAMES, group=pl.col("item") + "=" + pl.col("code"))
    own = named.filter(pl.col("group").is_in(list(wanted)))
    found: dict[tuple[str, str], frozenset[str]] = {}
    for country, unit, group in own.iter_rows():
        found[country, unit] = found.get((country, unit), frozenset()) | {wanted[group]}
    return found
