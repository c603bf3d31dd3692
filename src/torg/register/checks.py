"""What is doubtful or unknown in a register: findings, never guesses."""

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from torg.register.importers import is_stand_in
from torg.register.model import Change, Channel, Municipality
from torg.register.register import Register
from torg.register.series import lacking_figures


@dataclass(frozen=True)
class Finding:
    """One thing to look at.

    `code` is None where it concerns a whole country, `country` "" where it concerns none.
    """

    kind: str
    country: str
    code: str | None
    message: str


def check(register: Register, *, on: dt.date | None) -> tuple[Finding, ...]:
    """All findings, sorted by kind, country and code.

    What is valid is judged on a day, or, where `on` is None, by what has not ended.
    """
    day = on or dt.date.max
    found = [finding for rule in _RULES for finding in rule(register, day)]
    return tuple(sorted(found, key=lambda f: (f.kind, f.country, f.code or "", f.message)))


def _unknown_channels(register: Register, day: dt.date) -> Iterator[Finding]:
    now = register.as_of(day)
    have = {(c.country, c.code) for c in now.channels}
    for unit in now.municipalities:
        if (unit.country, unit.code) not in have:
            yield _about(
                "unknown_channels",
                unit,
                f"{unit.name()}: its channels are unknown. None is in the register, which does not "
                "say that it has none.",
            )


def _unknown_population(register: Register, day: dt.date) -> Iterator[Finding]:
    for unit in register.as_of(day).municipalities:
        if register.population(unit.country, unit.code, day) is None:
            message = (
                f"{unit.name()}: its population is unknown, so no figure per inhabitant is made."
            )
            yield _about("unknown_population", unit, message)


def _lacking_units(register: Register, _: dt.date) -> Iterator[Finding]:
    for gap in lacking_figures(register):
        named = ", ".join(gap.codes[:10]) + (", ..." if len(gap.codes) > 10 else "")
        when = str(gap.first) if gap.first == gap.last else f"{gap.first} to {gap.last}"
        message = (
            f"the populations of {when} lack {len(gap.codes)} of {gap.units} municipalities "
            f"({named}): do not add them up."
        )
        yield Finding("series_lacks_units", gap.country, None, message)


def _overlapping_periods(register: Register, _: dt.date) -> Iterator[Finding]:
    for _key, group in groupby(register.municipalities, key=lambda m: (m.country, m.code)):
        for earlier, later in pairwise(group):
            if earlier.valid_to is None or earlier.valid_to > (later.valid_from or dt.date.min):
                message = (
                    f"{later.name()} has two periods that overlap, of which the later counts: "
                    "mend valid_from and valid_to in municipalities.csv."
                )
                yield _about("overlapping_periods", later, message)


def _shared_pages(register: Register, day: dt.date) -> Iterator[Finding]:
    for page, channels in _by_page(c for c in register.channels if c.is_valid(day)).items():
        owners = sorted({(c.country, c.code) for c in channels})
        if len(owners) > 1:
            named = ", ".join(" ".join(owner) for owner in owners)
            message = f"{page} is a channel of {len(owners)} municipalities: {named}."
            yield Finding("shared_page", *owners[0], message)


def _repeated_pages(register: Register, day: dt.date) -> Iterator[Finding]:
    for page, channels in _by_page(c for c in register.channels if c.is_valid(day)).items():
        for (country, code), times in Counter((c.country, c.code) for c in channels).items():
            if times > 1:
                message = f"{page} is listed {times} times: keep one row in channels.csv."
                yield Finding("repeated_page", country, code, message)


def _by_page(channels: Iterable[Channel]) -> dict[str, list[Channel]]:
    pages: dict[str, list[Channel]] = defaultdict(list)
    for channel in channels:
        pages[f"{channel.platform} {channel.platform_id or channel.address}"].append(channel)
    return pages


def _unowned_channels(register: Register, day: dt.date) -> Iterator[Finding]:
    for channel in register.channels:
        if register.municipality(channel.country, channel.code) is None:
            message = (
                f"{channel.address or channel.platform_id} is a channel of a municipality that the "
                "register does not have: mend the code in channels.csv."
            )
            yield Finding("unknown_municipality", channel.country, channel.code, message)


def _outliving_channels(register: Register, day: dt.date) -> Iterator[Finding]:
    for channel in register.channels:
        unit = register.municipality(channel.country, channel.code)
        ended = unit.valid_to if unit else None
        if unit and ended and ended <= day and channel.is_valid(day):
            message = (
                f"{channel.address or channel.platform_id} is still a channel of {unit.name()}, "
                f"which ended on {ended}: end it, or enter it for the successor."
            )
            yield _about("channel_outlives", unit, message)


def _undeclared_persons(register: Register, day: dt.date) -> Iterator[Finding]:
    for channel in register.channels:
        if channel.scope == "person" and channel.is_valid(day) and channel.declared is None:
            message = (
                f"{channel.address or channel.platform_id} is an official's own channel and not "
                "declared, so it is not followed: where the official has said that it serves the "
                "office, write that day into 'declared' in channels.csv."
            )
            yield Finding("undeclared_person", channel.country, channel.code, message)


def _stray_agreements(register: Register, day: dt.date) -> Iterator[Finding]:
    known = {(c.platform, name) for c in register.channels for name in (*c.names, c.address)}
    for agreement in register.agreements:
        if agreement.is_in_force(day) and (agreement.platform, agreement.channel) not in known:
            message = (
                f"the agreement for {agreement.platform} {agreement.channel} is of no channel "
                "here, so it opens nothing: mend agreements.csv, or claim the channel."
            )
            yield Finding("stray_agreement", "", None, message)


def _weights(register: Register, _: dt.date) -> Iterator[Finding]:
    for (country, code, date), group in groupby(register.changes, key=_change_key):
        total = math.fsum(change.weight for change in group)
        if abs(total - 1) > 1e-6:
            message = f"the weights of its change on {date} add up to {total:g}, not to 1."
            yield Finding("weights_not_one", country, code, message)


def _change_key(change: Change) -> tuple[str, str, dt.date]:
    return (change.country, change.code, change.date)


def _lost_successors(register: Register, day: dt.date) -> Iterator[Finding]:
    for unit in register.municipalities:
        ended = unit.valid_to
        if ended is None or ended > day or register.municipality(unit.country, unit.code, day=day):
            continue
        if not register.successors(unit.country, unit.code, ended):
            message = (
                f"{unit.name()} ended on {ended}, and nobody is known to carry it from then: add a "
                "row to changes.csv."
            )
            yield _about("unknown_successor", unit, message)


def _beginnings(register: Register) -> set[tuple[str, dt.date | None]]:
    """The day on which each country's list begins, where every unit of it has a first day."""
    firsts: dict[str, list[dt.date | None]] = defaultdict(list)
    for unit in register.municipalities:
        firsts[unit.country].append(unit.valid_from)
    known = {country: [day for day in days if day] for country, days in firsts.items()}
    return {(c, min(known[c])) for c, days in firsts.items() if len(known[c]) == len(days)}


def _sudden_units(register: Register, _: dt.date) -> Iterator[Finding]:
    ends = {(m.country, m.valid_to) for m in register.municipalities} | _beginnings(register)
    followed = {(c.country, c.successor) for c in register.changes}
    for unit in register.municipalities:
        begun = (unit.country, unit.valid_from)
        if unit.valid_from and begun not in ends and (unit.country, unit.code) not in followed:
            message = (
                f"{unit.name()} begins on {unit.valid_from}, when no other ends: its predecessors "
                "may be lacking."
            )
            yield _about("unknown_predecessor", unit, message)


def _stand_in_codes(register: Register, day: dt.date) -> Iterator[Finding]:
    units = (m for m in register.as_of(day).municipalities if is_stand_in(m.code))
    for country, times in sorted(Counter(m.country for m in units).items()):
        message = (
            f"{times} municipalities have the ids of a list in place of official codes: import the "
            "country's own list of municipalities."
        )
        yield Finding("no_official_codes", country, None, message)


def _about(kind: str, unit: Municipality, message: str) -> Finding:
    return Finding(kind, unit.country, unit.code, message)


_Rule = Callable[[Register, dt.date], Iterator[Finding]]
_RULES: tuple[_Rule, ...] = (
    _unknown_channels,
    _unknown_population,
    _lacking_units,
    _overlapping_periods,
    _shared_pages,
    _repeated_pages,
    _unowned_channels,
    _outliving_channels,
    _undeclared_persons,
    _stray_agreements,
    _weights,
    _lost_successors,
    _sudden_units,
    _stand_in_codes,
)
