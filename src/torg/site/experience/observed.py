"""What the latest public release says of municipalities: names, sizes, and their weeks."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import polars as pl

from torg.experience import Weeks
from torg.report import Results, nearest
from torg.site.places import shelf
from torg.site.places.shelf import Contents, Shown

Key = str  # "NO-0301": country and code
_MOST = 50  # that are put into an order of likeness
_DAYS = 7  # of a whole week
_SMALL = "few_citizens"  # the reason where a value is known and too small to be shown
_WHOLE_OF_IT = pl.col("channel").is_null() & pl.col("platform").is_null()


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A municipality as a filter and a group of peers needs it."""

    key: Key
    country: str
    unit: str
    name: str
    county: str | None
    size_class: str | None


def key_of(country: str, unit: str) -> Key:
    """What a municipality's page is called."""
    return f"{country}-{unit}"


def latest() -> Shown | None:
    """The latest public release; None without one, or where another Torg made it for itself."""
    shown = shelf.latest()
    return shown if shown is not None and shown.is_readable else None


def spots(language: str) -> Mapping[Key, Spot]:
    """The municipalities of the latest public release, by key; none without a release."""
    shown = latest()
    return _spots(shown.contents, language) if shown else {}


def spot_of(country: str, unit: str, *, language: str) -> Spot:
    """A municipality; one that no release has yet is called by its code."""
    key = key_of(country, unit)
    unknown = Spot(key=key, country=country, unit=unit, name=key, county=None, size_class=None)
    return spots(language).get(key, unknown)


def weeks_of(measure: str) -> Mapping[Key, Weeks]:
    """The values of a measure, week by week, of each municipality of the latest public release."""
    shown = latest()
    return _weeks(shown.contents, measure) if shown else {}


def hidden_of(measure: str) -> Mapping[Key, frozenset[dt.date]]:
    """The weeks of each municipality whose value is too small to be shown."""
    shown = latest()
    return _hidden(shown.contents, measure) if shown else {}


def access_of() -> Mapping[Key, str]:
    """How the posts of each municipality were got: only what was got alike is compared."""
    shown = latest()
    return _access(shown.contents) if shown else {}


def nearest_to(key: Key) -> tuple[Key, ...]:
    """The municipalities of its size class that are most like one, the nearest first."""
    shown = latest()
    return _nearest(shown.contents, key) if shown else ()


# What is made of a release is kept as long as the release is asked for.
@lru_cache(maxsize=24)
def _spots(contents: Contents, language: str) -> Mapping[Key, Spot]:
    results, deck = contents.results, contents.deck(language)
    if results is None:
        return {}
    names = {key: place.name for key, place in deck.national.places.by_key.items()} if deck else {}
    found = (_spot(row, names) for row in results.municipalities.iter_rows(named=True))
    return {spot.key: spot for spot in found}


def _spot(row: Mapping[str, Any], names: Mapping[Key, str]) -> Spot:
    key = key_of(row["country"], row["municipality"])
    return Spot(
        key=key,
        country=row["country"],
        unit=row["municipality"],
        name=names.get(key, row["name"]),
        county=row["county"],
        size_class=row["size_class"],
    )


@lru_cache(maxsize=24)
def _weeks(contents: Contents, measure: str) -> Mapping[Key, Weeks]:
    """Whole weeks only: the first and last of a window may be cut."""
    if contents.results is None:
        return {}
    found: dict[Key, dict[dt.date, float | None]] = defaultdict(dict)
    whole = contents.results.weeks.filter(pl.col("days") == _DAYS)
    rows = whole.select("country", "municipality", "week", measure).iter_rows()
    for country, unit, week, value in rows:
        found[key_of(country, unit)][week] = None if value is None else float(value)
    return dict(found)


@lru_cache(maxsize=24)
def _hidden(contents: Contents, measure: str) -> Mapping[Key, frozenset[dt.date]]:
    reason = f"{measure}_missing"
    if contents.results is None or reason not in contents.results.weeks.columns:
        return {}
    found: dict[Key, set[dt.date]] = defaultdict(set)
    small = contents.results.weeks.filter(pl.col(reason) == _SMALL)
    for country, unit, week in small.select("country", "municipality", "week").iter_rows():
        found[key_of(country, unit)].add(week)
    return {key: frozenset(weeks) for key, weeks in found.items()}


@lru_cache(maxsize=200)
def _nearest(contents: Contents, key: Key) -> tuple[Key, ...]:
    country, _, unit = key.partition("-")
    if contents.results is None or not _has(contents.results, country, unit):
        return ()
    return tuple(key_of(*near.id) for near in nearest(contents.results, (country, unit), n=_MOST))


def _has(results: Results, country: str, unit: str) -> bool:
    rows = results.municipalities.filter(country=country, municipality=unit)
    return not rows.is_empty()


@lru_cache(maxsize=8)
def _access(contents: Contents) -> Mapping[Key, str]:
    if contents.results is None:
        return {}
    rows = (
        contents.results.measures.filter(_WHOLE_OF_IT, pl.col("measure") == "posts")
        .drop_nulls("access")
        .select("country", "municipality", "access")
        .iter_rows()
    )
    return {key_of(country, unit): access for country, unit, access in rows}
