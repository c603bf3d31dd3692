"""Joining what files tell to the register, in steps from value to value."""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from torg.register.importers.facts import Facts, Figure, Listed
from torg.register.importers.joining import Named, join_by_name, named_unit, without_kind
from torg.register.model import Change, Channel, Municipality
from torg.register.register import Key, Register

# Wikidata's ids stand in for official codes where a country has none in the register.
_STAND_IN = re.compile(r"^Q\d+$")


@dataclass(frozen=True)
class Step:
    """The register after a step, and sentences on what the step could not place."""

    register: Register
    left_out: tuple[str, ...] = ()


def is_stand_in(code: str) -> bool:
    """Whether a code is a list's own id that stands in for an official code."""
    return bool(_STAND_IN.match(code))


def with_units(register: Register, facts: Facts) -> Register:
    """The register with the file's units; what it says of a unit already is kept and completed."""
    by_key: dict[Key, list[Municipality]] = defaultdict(list)
    for unit in register.municipalities:
        by_key[unit.country, unit.code].append(unit)
    for unit in facts.units:
        known = by_key[unit.country, unit.code]
        place = _same_period(known, unit)
        if place is None:
            known.append(unit)
        else:
            known[place] = _completed(known[place], unit)
    return replace(register, municipalities=tuple(u for units in by_key.values() for u in units))


def _same_period(known: Sequence[Municipality], unit: Municipality) -> int | None:
    """Which of the periods of a code a unit tells of; without dates it tells of the last."""
    if not known:
        return None
    undated = unit.valid_from is None and unit.valid_to is None
    if undated or (known[-1].valid_from is None and known[-1].valid_to is None):
        return len(known) - 1
    matching = (i for i, old in enumerate(known) if old.valid_from == unit.valid_from)
    return next(matching, None)


def _completed(old: Municipality, new: Municipality) -> Municipality:
    return replace(
        old,
        names={**new.names, **old.names},
        county=old.county or new.county,
        populations=tuple({**dict(old.populations), **dict(new.populations)}.items()),
        valid_from=old.valid_from or new.valid_from,
        valid_to=old.valid_to or new.valid_to,
        lat=new.lat if old.lat is None else old.lat,
        lon=new.lon if old.lon is None else old.lon,
    )


def with_figures(register: Register, facts: Facts) -> Step:
    """The register with the file's populations, by code or by name; later figures replace."""
    coded = {f.own_id or f.name: f for f in facts.figures if f.code is None}
    codes = _codes_of_figures(register, tuple(coded.values()))
    series: dict[Key, dict[dt.date, int]] = defaultdict(dict)
    for figure in facts.figures:
        code = figure.code or codes.get(_id_of(figure), "")
        series[figure.country, code or f"{figure.name} ({figure.own_id})"][figure.date] = (
            figure.people
        )
    known = {(m.country, m.code) for m in register.municipalities}
    lacking = sorted(key for key in series if key not in known)
    units = tuple(_with_series(m, series.get((m.country, m.code))) for m in register.municipalities)
    return Step(
        replace(register, municipalities=units),
        tuple(
            f"{len(series[key])} populations of {' '.join(key)}: not one municipality here"
            for key in lacking
        ),
    )


def _codes_of_figures(register: Register, named: Sequence[Figure]) -> Mapping[str, str]:
    wanted = [Named(_id_of(f), (f.name or "",)) for f in named]
    countries = {f.country for f in named}
    units = [named_unit(m) for m in register.municipalities if m.country in countries]
    return join_by_name(wanted, units) if wanted else {}


def _id_of(figure: Figure) -> str:
    return figure.own_id or figure.name or ""


def _with_series(unit: Municipality, series: Mapping[dt.date, int] | None) -> Municipality:
    if not series:
        return unit
    return replace(unit, populations=tuple({**dict(unit.populations), **series}.items()))


def with_channels(register: Register, channels: Iterable[Channel]) -> Register:
    """The register with channels added that it does not have yet; known ones are completed."""
    known = {_channel_key(c): c for c in register.channels}
    elsewhere = {(c.country, c.platform, c.address) for c in register.channels}
    for channel in channels:
        key = _channel_key(channel)
        if key in known:
            known[key] = _completed_channel(known[key], channel)
        elif not (is_stand_in(channel.code) and _page(channel) in elsewhere):
            known[key] = channel
    return replace(register, channels=tuple(known.values()))


def _channel_key(channel: Channel) -> tuple[object, ...]:
    return (channel.country, channel.code, channel.platform, channel.address or channel.platform_id)


def _page(channel: Channel) -> tuple[str, str, str]:
    return (channel.country, channel.platform, channel.address)


def _completed_channel(old: Channel, new: Channel) -> Channel:
    return replace(
        old,
        platform_id=old.platform_id or new.platform_id,
        owner_name=old.owner_name or new.owner_name,
        valid_from=old.valid_from or new.valid_from,
        valid_to=old.valid_to or new.valid_to,
        evidence=old.evidence or new.evidence,
        declared=old.declared or (new.declared if old.scope == "person" else None),
    )


def with_changes(register: Register, changes: Iterable[Change]) -> Register:
    """The register with changes added; one of the same codes and date is replaced."""
    known = {(c.country, c.code, c.successor, c.date): c for c in register.changes}
    known |= {(c.country, c.code, c.successor, c.date): c for c in changes}
    return replace(register, changes=tuple(known.values()))


def with_listed(register: Register, facts: Facts) -> Step:
    """The register with a list's municipalities and accounts, joined by country and name.

    In a country that has no official codes in the register, the list's ids stand in for them. What
    cannot be joined elsewhere keeps its accounts under the list's id, and is told.
    """
    codes = _codes_of_listed(register, facts.listed)
    official = {m.country for m in register.municipalities if not is_stand_in(m.code)}
    register = _recoded(register, codes)
    unjoined = [one for one in facts.listed if (one.country, one.id) not in codes]
    stand_ins = tuple(_stand_in(one) for one in unjoined if one.country not in official)
    named = tuple(_english(one, codes) for one in facts.listed if (one.country, one.id) in codes)
    register = with_units(register, Facts(read=0, units=(*named, *stand_ins)))
    channels = (_account(one, codes) for one in facts.listed if one.account)
    left = [one for one in unjoined if one.country in official]
    return Step(with_channels(register, channels), _unjoined(left))


def rejoined(register: Register) -> Step:
    """The register in which stand-ins of countries that have official codes by now are joined."""
    official = {m.country for m in register.municipalities if not is_stand_in(m.code)}
    standing = [m for m in register.municipalities if is_stand_in(m.code) and m.country in official]
    listed = [Listed(m.country, m.code, name, "") for m in standing for name in (m.name(),)]
    codes = _codes_of_listed(register, listed)
    left = [one for one in listed if (one.country, one.id) not in codes]
    gone = {(one.country, one.id) for one in listed}
    kept = tuple(m for m in register.municipalities if (m.country, m.code) not in gone)
    return Step(_recoded(replace(register, municipalities=kept), codes), _unjoined(left))


def _codes_of_listed(register: Register, listed: Iterable[Listed]) -> dict[Key, str]:
    by_country: dict[str, dict[str, Listed]] = defaultdict(dict)
    for one in listed:
        by_country[one.country][one.id] = one
    codes: dict[Key, str] = {}
    for country, ones in by_country.items():
        days = [one.day for one in ones.values() if one.day]
        units = _joinable(register, country, max(days, default=None))
        wanted = [Named(one.id, (one.name,), one.detail) for one in ones.values()]
        found = join_by_name(wanted, [named_unit(unit) for unit in units])
        codes |= {(country, id_): code for id_, code in found.items()}
    return codes


def _joinable(register: Register, country: str, day: dt.date | None) -> list[Municipality]:
    """The units that a list of a day can mean; without a day, those that have not ended."""
    return [
        m
        for m in register.municipalities
        if m.country == country
        and not is_stand_in(m.code)
        and (m.is_valid(day) if day else m.valid_to is None)
    ]


def _recoded(register: Register, codes: Mapping[Key, str]) -> Register:
    channels = [replace(c, code=codes.get((c.country, c.code), c.code)) for c in register.channels]
    units = (m for m in register.municipalities if (m.country, m.code) not in codes)
    return with_channels(replace(register, municipalities=tuple(units), channels=()), channels)


def _stand_in(one: Listed) -> Municipality:
    return Municipality(one.country, one.id, {"en": without_kind(one.name)})


def _english(one: Listed, codes: Mapping[Key, str]) -> Municipality:
    code = codes[one.country, one.id]
    return Municipality(one.country, code, {"en": without_kind(one.name)})


def _account(one: Listed, codes: Mapping[Key, str]) -> Channel:
    platform, address = one.account or ("", "")
    code = codes.get((one.country, one.id), one.id)
    return Channel(one.country, code, platform, address, evidence=one.evidence)


def _unjoined(listed: Iterable[Listed]) -> tuple[str, ...]:
    accounts = Counter((one.country, one.id, one.name) for one in listed if one.account)
    names = {(one.country, one.id, one.name) for one in listed}
    return tuple(
        f"{country} {name} ({id_}): no one municipality of the register has this name"
        + (
            f"; its channels ({accounts[key]}) are kept under the code {id_}"
            if accounts[key]
            else ""
        )
        for key in sorted(names)
        for country, id_, name in (key,)
    )
