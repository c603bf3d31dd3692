"""Which unit of the frame a cell names: by its code, with or without noughts, or its name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from torg.register import Register
from torg.survey.elsewhere.values import BadCell
from torg.survey.elsewhere.words import plain
from torg.survey.frame import BOTH, COUNTY, MUNICIPALITY, Unit

# What stands before or after a name and says only which kind of unit it is of.
_KINDS: Mapping[str, frozenset[str]] = {
    COUNTY: frozenset({"fylkeskommune", "fylke", "landsting", "region", "maakunta", "county"}),
    MUNICIPALITY: frozenset(
        {"kommune", "kommun", "kunta", "kaupunki", "stad", "herad", "municipality", "city", "of"}
    ),
}
_WORD = re.compile(r"[^\s,()]+")
_LEADING = re.compile(r"^0+")
_WHOLE_NUMBER = re.compile(r"(\d+)\.0+")


@dataclass(frozen=True)
class Units:
    """The units of a frame, by all that a file may call them."""

    by_code: Mapping[str, frozenset[Unit]]
    by_short_code: Mapping[str, frozenset[Unit]]  # without leading noughts
    by_name: Mapping[str, frozenset[Unit]]
    kinds: Mapping[Unit, str]
    former: frozenset[Unit]  # that are not in the frame, and that the register knows of another day


@dataclass(frozen=True)
class Recognised:
    """A unit, and whether its code had to be mended."""

    unit: Unit
    is_mended: bool = False


def units_of(frame: pl.DataFrame, *, register: Register | None) -> Units:
    """The units of a frame by code and name; with the register also by names in other languages."""
    kinds = {(c, u): kind for c, u, kind in frame.select("country", "unit", "kind").iter_rows()}
    names = [((c, u), name) for c, u, name in frame.select("country", "unit", "name").iter_rows()]
    municipalities = register.municipalities if register else ()
    known = {(m.country, m.code) for m in municipalities}
    names += [
        ((m.country, m.code), name)
        for m in municipalities
        for name in m.names.values()
        if (m.country, m.code) in kinds
    ]
    codes = kinds.keys() | known
    return Units(
        _sets((unit[1], unit) for unit in codes),
        _sets((_short(unit[1]), unit) for unit in kinds if unit[1].isdecimal()),
        _sets((plain(name), unit) for unit, name in names if name),
        kinds,
        frozenset(known - kinds.keys()),
    )


def recognised(units: Units, said: str, *, name: str = "", country: str = "") -> Recognised:
    """The unit that a cell names, and a name beside it that may decide. Raises BadCell.

    A code that lost its leading noughts is mended where only one unit of the frame can be meant.
    """
    code = match[1] if (match := _WHOLE_NUMBER.fullmatch(said)) else said
    found = _within(units.by_code.get(code, frozenset()), units, country)
    if not found and code.isdecimal():
        short = _within(units.by_short_code.get(_short(code), frozenset()), units, country)
        return Recognised(_one(_decided(short, units, name)), is_mended=True)
    if not found:
        found = _within(_named(units, said or name), units, country)
    return Recognised(_one(_decided(found, units, name)))


def _decided(found: frozenset[Unit], units: Units, name: str) -> frozenset[Unit]:
    """Of several, the one that also has the name beside the code."""
    return (found & _named(units, name) or found) if len(found) > 1 and name else found


def _within(found: frozenset[Unit], units: Units, country: str) -> frozenset[Unit]:
    """Those of a country; units of the frame before those that are none any more."""
    there = {unit for unit in found if not country or unit[0] == country.upper()}
    return frozenset(there - units.former or there)


def _named(units: Units, said: str) -> frozenset[Unit]:
    whole = units.by_name.get(plain(said))
    if whole:
        return whole
    words = _WORD.findall(said)
    told = {kind for kind, of in _KINDS.items() for word in words if word.casefold() in of}
    bare = "".join(w for w in words if not any(w.casefold() in of for of in _KINDS.values()))
    found = units.by_name.get(plain(bare), frozenset())
    fitting = {unit for unit in found if units.kinds.get(unit) in {BOTH, *told}}
    return frozenset(fitting) if told else found


def _one(found: frozenset[Unit]) -> Unit:
    if len(found) == 1:
        return next(iter(found))
    if not found:
        raise BadCell("is no code or name of a unit that was asked")
    told = " and ".join(" ".join(unit) for unit in sorted(found))
    raise BadCell(f"can be {told}: write its code, and its country where two have the same")


def _sets(pairs: Iterable[tuple[str, Unit]]) -> Mapping[str, frozenset[Unit]]:
    sets: dict[str, set[Unit]] = defaultdict(set)
    for key, unit in pairs:
        sets[key].add(unit)
    return {key: frozenset(units) for key, units in sets.items()}


def _short(code: str) -> str:
    return _LEADING.sub("", code)
