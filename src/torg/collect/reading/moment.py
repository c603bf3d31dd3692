"""When a file was exported, as far as anything tells."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from torg.collect.reading.instants import ABBREVIATIONS

Basis = Literal["content", "option", "name", "latest instant"]

_NUMERIC = re.compile(
    r"(?<!\d)(?P<year>20\d\d)(?P<gap>[-_.]?)(?P<month>\d\d)(?P=gap)(?P<day>\d\d)"
    r"(?:[-T_ ](?P<hour>\d\d)[-:.](?P<minute>\d\d)[-:.](?P<second>\d\d)"
    r"-?(?P<zone>[A-Z]{1,4})?)?(?!\d)"
)
_NAMED = re.compile(r"(?<![A-Za-z])(?P<name>[A-Z][a-z]{2})-(?P<day>\d\d)-(?P<year>20\d\d)(?!\d)")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NOON = dt.time(12, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Moment:
    """When the file's counts hold; `is_bound` where that is only not before."""

    at: dt.datetime | None
    basis: Basis

    @property
    def is_bound(self) -> bool:
        """Whether `at` is only a lower bound."""
        return self.basis == "latest instant"


@dataclass(frozen=True)
class NameDate:
    """The last moment that a file's name holds; a day without an hour is taken at noon UTC."""

    at: dt.datetime
    is_exact: bool  # with hour and zone: the stamp of a tool, which needs no second witness


def name_date(name: str) -> NameDate | None:
    """The latest date in a file's name, for of two dates the export is not before the later."""
    return max([*_numeric(name), *_named(name)], key=lambda found: found.at, default=None)


def decide(
    *,
    said: dt.datetime | None,
    option: dt.datetime | None,
    named: NameDate | None,
    latest: dt.datetime | None,
) -> Moment:
    """What the content says, else the user, else the name unless the content is later.

    Where none of them does, the file was exported no earlier than the latest instant in it.
    """
    if said is not None:
        return Moment(said, "content")
    if option is not None:
        return Moment(option.astimezone(dt.UTC), "option")
    if named and (named.is_exact or latest is None or latest.date() <= named.at.date()):
        return Moment(named.at, "name")
    return Moment(latest, "latest instant")


def _numeric(name: str) -> Iterator[NameDate]:
    for found in _NUMERIC.finditer(name):
        try:
            day = dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
            yield _with_clock(found, day) or NameDate(
                dt.datetime.combine(day, NOON), is_exact=False
            )
        except ValueError:
            continue


def _with_clock(found: re.Match[str], day: dt.date) -> NameDate | None:
    if found["zone"] not in ABBREVIATIONS:
        return None
    clock = dt.time(int(found["hour"]), int(found["minute"]), int(found["second"]), tzinfo=dt.UTC)
    offset = dt.timedelta(hours=ABBREVIATIONS[found["zone"]])
    return NameDate(dt.datetime.combine(day, clock) - offset, is_exact=True)


def _named(name: str) -> Iterator[NameDate]:
    for found in _NAMED.finditer(name):
        if found["name"] in _MONTHS:
            month = _MONTHS.index(found["name"]) + 1
            try:
                day = dt.date(int(found["year"]), month, int(found["day"]))
            except ValueError:
                continue
            yield NameDate(dt.datetime.combine(day, NOON), is_exact=False)
