"""The register's values: which municipalities exist when, and which channels are theirs."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from torg.errors import RegisterError
from torg.register.addresses import Address, normalise_address
from torg.register.platforms import platform_called

INVENTED = "invented"  # the evidence of a channel that a simulation made up

Scope = Literal["municipality", "service", "person", "campaign"]

SCOPES: tuple[Scope, ...] = get_args(Scope)

# The language in which a country's municipalities are called when the study's own has no name.
_MAIN_LANGUAGE = {
    "NO": "nb",
    "SE": "sv",
    "FI": "fi",
    "DK": "da",
    "IS": "is",
    "GB": "en",
    "US": "en",
}


@dataclass(frozen=True)
class Municipality:
    """A unit with an official code, valid from and to (the first day on which it no longer is)."""

    country: str  # ISO 3166-1 alpha-2
    code: str  # the official code, leading zeros kept
    names: Mapping[str, str] = field(hash=False)  # language -> name
    county: str | None = None
    populations: tuple[tuple[dt.date, int], ...] = ()  # by date, ascending
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    lat: float | None = None  # degrees north in WGS84
    lon: float | None = None  # degrees east in WGS84

    def __post_init__(self) -> None:
        if not self.country or not self.code:
            raise RegisterError("a municipality needs a country and a code: fill in both.")
        _require_order(self, f"municipality {self.country} {self.code}")
        if any(people < 0 for _, people in self.populations):
            raise RegisterError(
                f"municipality {self.country} {self.code} has a population below zero: mend it, "
                "or leave it blank where it is not known."
            )
        _require_on_earth(self)
        object.__setattr__(self, "populations", tuple(sorted(self.populations)))

    def name(self, *, languages: tuple[str, ...] = ()) -> str:
        """The name in the first of `languages` that has one, else in the country's, else in any."""
        for language in (*languages, _MAIN_LANGUAGE.get(self.country, "en"), *sorted(self.names)):
            if language in self.names:
                return self.names[language]
        return self.code

    def is_valid(self, day: dt.date) -> bool:
        """Whether the unit exists on a day."""
        return _covers(self, day)


@dataclass(frozen=True)
class Channel:
    """An official account of a municipality on a platform.

    The address is put into its one form at birth, so two spellings make equal channels; it may be
    "" where only the platform's id is known.
    """

    country: str
    code: str
    platform: str
    address: str
    platform_id: str | None = None
    owner_name: str | None = None  # the name that the page itself writes comments under
    scope: Scope = "municipality"
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    evidence: str | None = None
    declared: dt.date | None = None  # the day on which an official said that it serves the office

    def __post_init__(self) -> None:
        if not self.country or not self.code:
            raise RegisterError("a channel needs the country and code of its municipality.")
        if self.scope not in SCOPES:
            raise RegisterError(
                f"scope '{self.scope}' is not known: write one of {', '.join(SCOPES)}."
            )
        if self.declared and self.scope != "person":
            raise RegisterError(
                f"channel {self.address or self.platform_id} is declared, and its scope is "
                f"'{self.scope}': only officials' own channels are, so write the scope 'person' or "
                "leave 'declared' blank."
            )
        _require_order(self, f"channel {self.address or self.platform_id}")
        if not self.address and not self.platform_id:
            raise RegisterError("a channel needs an address or the platform's id of its page.")
        where = self._where()
        object.__setattr__(self, "platform", where.platform)
        object.__setattr__(self, "address", where.address)
        object.__setattr__(self, "platform_id", self.platform_id or where.platform_id)

    def _where(self) -> Address:
        if not self.address:
            return Address(platform=platform_called(self.platform), address="")
        return normalise_address(self.address, platform=self.platform)

    @property
    def last_day(self) -> dt.date | None:
        """The last day that it counts: `valid_to` is the first that it no longer does."""
        return self.valid_to and self.valid_to - dt.timedelta(days=1)

    @property
    def handle(self) -> str | None:
        """The name in the address, in the form used to compare; None where there is none."""
        return self._where().handle

    @property
    def names(self) -> tuple[str, ...]:
        """How records of the channel may name it: by the platform's id, or by "@handle"."""
        handle = f"@{self.handle.lower()}" if self.handle else None
        return tuple(name for name in (self.platform_id, handle) if name)

    @property
    def known_as(self) -> str:
        """The first of its names; its address where it has none."""
        return next(iter(self.names), self.address)

    def is_valid(self, day: dt.date) -> bool:
        """Whether the channel is the municipality's on a day."""
        return _covers(self, day)

    def may_be_followed(self, day: dt.date) -> bool:
        """Whether anything may be asked of it on a day: an official's own only once declared."""
        is_private = self.scope == "person" and (self.declared is None or day < self.declared)
        return self.is_valid(day) and not is_private


@dataclass(frozen=True)
class Change:
    """From `date`, `weight` of the municipality `code` lives on in `successor`."""

    country: str
    code: str
    successor: str
    date: dt.date
    weight: float = 1.0

    def __post_init__(self) -> None:
        if not self.country or not self.code or not self.successor:
            raise RegisterError("a change needs a country, a code and a successor: fill in all.")
        if not 0 < self.weight <= 1:
            raise RegisterError(
                f"the change of {self.country} {self.code} has weight {self.weight}: a weight is "
                "the share that lives on in the successor, above 0 and at most 1."
            )


def _covers(value: Municipality | Channel, day: dt.date) -> bool:
    begun = value.valid_from is None or value.valid_from <= day
    return begun and (value.valid_to is None or day < value.valid_to)


def _require_on_earth(unit: Municipality) -> None:
    what = f"municipality {unit.country} {unit.code}"
    if (unit.lat is None) != (unit.lon is None):
        raise RegisterError(f"{what} has only one of lat and lon: fill in both, or neither.")
    for name, degrees, most in (("lat", unit.lat, 90), ("lon", unit.lon, 180)):
        if degrees is not None and not -most <= degrees <= most:
            raise RegisterError(
                f"{what} has {name} {degrees:g}: write degrees of WGS84, from -{most} to {most}, "
                "such as 59.91 for Oslo's lat and 10.75 for its lon."
            )


def _require_order(value: Municipality | Channel, what: str) -> None:
    if value.valid_from and value.valid_to and value.valid_to <= value.valid_from:
        raise RegisterError(
            f"{what} ends on {value.valid_to}, not after it begins on {value.valid_from}: valid_to "
            "is the first day on which it no longer is."
        )
