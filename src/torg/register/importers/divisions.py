"""From the days on which codes were seen to when units are valid, and what became of them.

A unit begins on the first day of the source that has it and ends on the first that lacks it; at the
two ends of the source nothing is known, and the period stays open.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from torg.register.importers.facts import Descent, Division, Facts
from torg.register.importers.joining import join_by_name, named_unit
from torg.register.model import Change, Municipality
from torg.register.register import Register

Period = tuple[dt.date | None, dt.date | None]


def divided(register: Register, facts: Collection[Facts]) -> Register:
    """The register with the periods that all divisions told at once give."""
    told = [f.division for f in facts if f.division is not None]
    for division in _combined(told, register):
        register = _with_division(register, division)
    return register


def descended(register: Register, descents: Iterable[Descent]) -> Register:
    """The register with a change from each ended code to the codes that it lives on in.

    A source tells where a code ended up in its last year. Where it lies in between, the unit of the
    next day that ended up in the same places and, if there are several, has the same name is its
    successor; where that is not one unit, the change leads to the last place, on its first day.
    """
    by_code = {descent.code: descent for descent in descents}
    changes = [change for d in by_code.values() for change in _changes(register, d, by_code)]
    kept = (
        c
        for c in register.changes
        if (c.country, c.code) not in {(d.country, d.code) for d in changes}
    )
    return replace(register, changes=(*kept, *changes))


def _combined(told: Sequence[Division], register: Register) -> list[Division]:
    combined = []
    for country in sorted({d.country for d in told}):
        ours = [d for d in told if d.country == country]
        strong = [d for d in ours if not d.is_weak]
        dated = any(
            m.valid_from or m.valid_to for m in register.municipalities if m.country == country
        )
        if strong or not dated:
            combined.append(_union(country, strong or ours))
    return combined


def _union(country: str, divisions: Sequence[Division]) -> Division:
    seen: dict[str, frozenset[dt.date]] = defaultdict(frozenset)
    for division in divisions:
        for code, days in division.seen.items():
            seen[code] |= days
    return Division(country, seen)


def _with_division(register: Register, division: Division) -> Register:
    known = {m.code for m in register.municipalities if m.country == division.country}
    periods = _periods(division)
    if len(division.days) == 1 and known:
        periods = _one_day_more(register, division)
    new = (Municipality(division.country, code, {}) for code in division.seen if code not in known)
    units = [*register.municipalities, *new]
    return replace(
        register,
        municipalities=tuple(_dated(unit, division.country, periods) for unit in units),
    )


def _dated(unit: Municipality, country: str, periods: Mapping[str, Period]) -> Municipality:
    if unit.country != country or unit.code not in periods:
        return unit
    return replace(unit, valid_from=periods[unit.code][0], valid_to=periods[unit.code][1])


def _periods(division: Division) -> dict[str, Period]:
    days = division.days
    following = dict(zip(days, (*days[1:], None), strict=True))
    return {
        code: (None if min(seen) == days[0] else min(seen), following[max(seen)])
        for code, seen in division.seen.items()
    }


def _one_day_more(register: Register, division: Division) -> dict[str, Period]:
    """One day told to a register that has the country: what is new began, what lacks ended."""
    day = division.days[0]
    known = [m for m in register.municipalities if m.country == division.country]
    begun: dict[str, Period] = {
        code: (day, None) for code in division.seen if code not in {m.code for m in known}
    }
    ended: dict[str, Period] = {
        m.code: (m.valid_from, day)
        for m in known
        if m.code not in division.seen and m.is_valid(day) and m.valid_from != day
    }
    return begun | ended


def _changes(register: Register, descent: Descent, descents: Mapping[str, Descent]) -> list[Change]:
    if descent.arrived <= descent.ended:
        return _arrivals(descent, descent.ended)
    successor = _next(register, descent, descents)
    if successor is None:
        return _arrivals(descent, descent.arrived)
    return [Change(descent.country, descent.code, successor, descent.ended)]


def _arrivals(descent: Descent, day: dt.date) -> list[Change]:
    return [
        Change(descent.country, descent.code, code, day, share)
        for code, share in descent.shares.items()
    ]


def _next(register: Register, descent: Descent, descents: Mapping[str, Descent]) -> str | None:
    """The unit of the day after that ended up where this one did, if it is one."""
    same = [
        unit
        for unit in register.municipalities
        if unit.country == descent.country
        and unit.is_valid(descent.ended)
        and unit.code in descents
        and descents[unit.code].shares == descent.shares
    ]
    new = [unit for unit in same if unit.valid_from == descent.ended]
    fitting = new or same
    if len(fitting) == 1:
        return fitting[0].code
    own = register.municipality(descent.country, descent.code)
    if own is None:
        return None
    return join_by_name([named_unit(own)], [named_unit(u) for u in fitting]).get(own.code)
