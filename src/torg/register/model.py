"""The register's values: which municipalities exist when, and which channels are theirs."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Scope = Literal["municipality", "service", "person", "campaign"]


@dataclass(frozen=True)
class Municipality:
    """A unit with an official code, valid from and to (the first day on which it no longer is)."""

    country: str  # ISO 3166-1 alpha-2
    code: str  # the official code, leading zeros kept
    names: Mapping[str, str]  # language -> name
    county: str | None = None
    populations: tuple[tuple[dt.date, int], ...] = ()  # by date, ascending
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(frozen=True)
class Channel:
    """An official account of a municipality on a platform."""

    country: str
    code: str
    platform: str
    address: str  # as addresses.normalise gives it
    platform_id: str | None = None
    owner_name: str | None = None  # the name that the page itself writes comments under
    scope: Scope = "municipality"
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    evidence: str | None = None


@dataclass(frozen=True)
class Change:
    """From `date`, `weight` of the municipality `code` lives on in `successor`."""

    country: str
    code: str
    successor: str
    date: dt.date
    weight: float = 1.0
