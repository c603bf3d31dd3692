"""The register itself: questions about a day, answered by look-up."""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TypeVar

import polars as pl

from torg.register.agreements import Agreement
from torg.register.model import INVENTED, Change, Channel, Municipality

Key = tuple[str, str]  # country, code
_Dated = TypeVar("_Dated", Municipality, Change)

# Upper bounds of inhabitants, exclusive, as Nordic statistics of municipalities commonly cut them.
SIZE_CLASSES = (
    (2_000, "<2k"),
    (5_000, "2-5k"),
    (10_000, "5-10k"),
    (20_000, "10-20k"),
    (50_000, "20-50k"),
)
LARGEST_CLASS = ">50k"

MUNICIPALITY_FRAME: dict[str, type[pl.DataType]] = {
    "country": pl.String,
    "municipality": pl.String,
    "name": pl.String,
    "county": pl.String,
    "population": pl.Int64,
    "population_date": pl.Date,
    "size_class": pl.String,
    "lat": pl.Float64,
    "lon": pl.Float64,
}
NAME_FRAME: dict[str, type[pl.DataType]] = {
    "country": pl.String,
    "municipality": pl.String,
    "language": pl.String,
    "name": pl.String,
}
CHANNEL_FRAME: dict[str, type[pl.DataType]] = {
    "country": pl.String,
    "municipality": pl.String,
    "platform": pl.String,
    "channel": pl.String,
    "handle": pl.String,
    "address": pl.String,
    "owner_name": pl.String,
    "scope": pl.String,
    "valid_from": pl.Date,
    "valid_to": pl.Date,
}


@dataclass(frozen=True)
class Register:
    """Municipalities, their channels, how they merged and split, and what owners agreed to."""

    municipalities: tuple[Municipality, ...] = ()
    channels: tuple[Channel, ...] = ()
    changes: tuple[Change, ...] = ()
    agreements: tuple[Agreement, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "municipalities", tuple(sorted(self.municipalities, key=_place)))
        object.__setattr__(self, "channels", tuple(sorted(self.channels, key=_channel_place)))
        object.__setattr__(self, "changes", tuple(sorted(self.changes, key=_change_place)))
        object.__setattr__(self, "agreements", tuple(sorted(self.agreements)))

    @property
    def is_invented(self) -> bool:
        """Whether a simulation made channels of it up: then all that is counted there is."""
        return any(channel.evidence == INVENTED for channel in self.channels)

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """The countries that have municipalities or channels here, sorted."""
        with_units = {m.country for m in self.municipalities}
        return tuple(sorted(with_units | {c.country for c in self.channels}))

    def in_country(self, country: str | None) -> "Register":
        """The part of the register that is about one country; all of it where none is named."""
        if country is None:
            return self
        others = (c for c in self.channels if c.country != country)
        elsewhere = {(c.platform, name) for c in others for name in (*c.names, c.address)}
        return Register(
            tuple(m for m in self.municipalities if m.country == country),
            tuple(c for c in self.channels if c.country == country),
            tuple(c for c in self.changes if c.country == country),
            tuple(a for a in self.agreements if (a.platform, a.channel) not in elsewhere),
        )

    def as_of(self, day: dt.date) -> "Register":
        """The municipalities and channels that are valid on a day; all changes up to it.

        Where periods of one code overlap, which `check` reports, the one that began last counts.
        """
        units = {(m.country, m.code): m for m in self.municipalities if m.is_valid(day)}
        return Register(
            tuple(units.values()),
            tuple(c for c in self.channels if c.is_valid(day)),
            tuple(c for c in self.changes if c.date <= day),
            tuple(a for a in self.agreements if a.is_in_force(day)),
        )

    def municipality(
        self, country: str, code: str, *, day: dt.date | None = None
    ) -> Municipality | None:
        """The unit with a code on a day, or, without a day, the one that began last."""
        periods = self._units.get((country, code), ())
        valid = [m for m in periods if day is None or m.is_valid(day)]
        return valid[-1] if valid else None

    def population(self, country: str, code: str, day: dt.date) -> tuple[dt.date, int] | None:
        """The date and figure of the last population on or before `day`, else of the first after.

        None where no population is known: missing is not zero.
        """
        series = self._populations.get((country, code))
        if not series:
            return None
        last = bisect_right(series, day, key=lambda entry: entry[0])
        return series[max(last - 1, 0)]

    def successors(self, country: str, code: str, day: dt.date) -> tuple[tuple[str, float], ...]:
        """Who carries the unit on a day: codes with weights, sorted by code.

        A unit that exists on the day carries itself. Empty where it had ended and nobody is known
        to carry it on that day.
        """
        shares: dict[str, float] = defaultdict(float)
        self._carry((country, code), day, 1.0, shares, frozenset())
        return tuple(sorted(shares.items()))

    def _carry(
        self, key: Key, day: dt.date, weight: float, shares: dict[str, float], seen: frozenset[Key]
    ) -> None:
        if self.municipality(*key, day=day):
            shares[key[1]] += weight
            return
        if key in seen:
            return
        for change in self._last_changes(key, day):
            onward = (change.country, change.successor)
            self._carry(onward, day, weight * change.weight, shares, seen | {key})

    def _last_changes(self, key: Key, day: dt.date) -> tuple[Change, ...]:
        known = [c for c in self._changes.get(key, ()) if c.date <= day]
        return tuple(c for c in known if c.date == known[-1].date)

    def municipality_frame(self, day: dt.date, *, languages: tuple[str, ...] = ()) -> pl.DataFrame:
        """The municipalities of a day with the columns of MUNICIPALITY_FRAME, sorted."""
        rows = [self._municipality_row(m, day, languages) for m in self.as_of(day).municipalities]
        return pl.DataFrame(rows, schema=MUNICIPALITY_FRAME, orient="row")

    def _municipality_row(
        self, unit: Municipality, day: dt.date, languages: tuple[str, ...]
    ) -> tuple[object, ...]:
        date, people = self.population(unit.country, unit.code, day) or (None, None)
        name = unit.name(languages=languages)
        known = (unit.country, unit.code, name, unit.county, people, date, size_class(people))
        return (*known, unit.lat, unit.lon)

    def name_frame(self, day: dt.date) -> pl.DataFrame:
        """Every name of the municipalities of a day, with the columns of NAME_FRAME, sorted."""
        rows = [
            (unit.country, unit.code, language, name)
            for unit in self.as_of(day).municipalities
            for language, name in sorted(unit.names.items())
        ]
        return pl.DataFrame(rows, schema=NAME_FRAME, orient="row")

    def channel_frame(self, day: dt.date | None) -> pl.DataFrame:
        """The channels of a day, or of any day where it is None, with CHANNEL_FRAME's columns."""
        rows = [_channel_row(c) for c in self.channels if day is None or c.is_valid(day)]
        return pl.DataFrame(rows, schema=CHANNEL_FRAME, orient="row")

    @cached_property
    def _units(self) -> dict[Key, tuple[Municipality, ...]]:
        return _grouped(self.municipalities)

    @cached_property
    def _changes(self) -> dict[Key, tuple[Change, ...]]:
        return _grouped(self.changes)

    @cached_property
    def _populations(self) -> dict[Key, list[tuple[dt.date, int]]]:
        return {key: _series(units) for key, units in self._units.items()}


def size_class(people: int | None) -> str | None:
    """The class of size for a number of inhabitants; None where it is not known."""
    if people is None:
        return None
    return next((name for below, name in SIZE_CLASSES if people < below), LARGEST_CLASS)


def _series(units: tuple[Municipality, ...]) -> list[tuple[dt.date, int]]:
    return sorted(dict(entry for unit in units for entry in unit.populations).items())


def _grouped(values: tuple[_Dated, ...]) -> dict[Key, tuple[_Dated, ...]]:
    keyed = groupby(values, key=_key)
    return {key: tuple(group) for key, group in keyed}


def _key(value: Municipality | Change) -> Key:
    return (value.country, value.code)


def _place(unit: Municipality) -> tuple[str, str, dt.date, dt.date]:
    return (unit.country, unit.code, unit.valid_from or dt.date.min, unit.valid_to or dt.date.max)


def _channel_place(channel: Channel) -> tuple[str, ...]:
    texts = (channel.platform, channel.address, channel.platform_id or "", channel.scope)
    dates = (str(channel.valid_from or ""), str(channel.valid_to or ""))
    return (channel.country, channel.code, *texts, *dates)


def _change_place(change: Change) -> tuple[str, str, dt.date, str]:
    return (change.country, change.code, change.date, change.successor)


def _channel_row(channel: Channel) -> tuple[object, ...]:
    return (
        channel.country,
        channel.code,
        channel.platform,
        channel.platform_id,
        channel.handle,
        channel.address or None,
        channel.owner_name,
        channel.scope,
        channel.valid_from,
        channel.valid_to,
    )
