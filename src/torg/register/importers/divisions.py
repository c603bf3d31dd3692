"""From the days on which codes were seen to when units are valid, and what became of them.

A unit begins on the first day of the source that has it and ends on the first that lacks it; at the
two ends of the source nothing is known, and the period stays open.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from torg.register.importers.facts import Descent, Division, Facts
from torg.register.importers.joining import join_by_name, named_unit
from torg.register.model import Change, Municipality
from torg.register.register import Register


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
    A change that the register has for the day on which the code ended stays.
    """
    by_code = {descent.code: descent for descent in descents}
    told = {(c.country, c.code, c.date) for c in register.changes}
    open_ = [d for d in by_code.values() if (d.country, d.code, d.ended) not in told]
    changes = [change for descent in open_ for change in _changes(register, descent, by_code)]
    replaced = {(descent.country, descent.code) for descent in open_}
    kept = (c for c in register.changes if (c.country, c.code) not in replaced)
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
    known = Counter(m.code for m in register.municipalities if m.country == division.country)
    if len(division.days) == 1 and known:
        return _one_day_more(register, division)
    new = (Municipality(division.country, code, {}) for code in division.seen if code not in known)
    # Where a code has several periods, somebody knows more than the source: they stay.
    dated = (
        _dated(unit, division)
        if unit.country == division.country and unit.code in division.seen and known[unit.code] < 2
        else unit
        for unit in (*register.municipalities, *new)
    )
    return replace(register, municipalities=tuple(dated))


def _dated(unit: Municipality, division: Division) -> Municipality:
    """The unit with the period that the source gives; dates of its own that fit the source stay."""
    seen, days = division.seen[unit.code], division.days
    first, last = min(seen), max(seen)
    before = max((day for day in days if day < first), default=None)
    after = min((day for day in days if day > last), default=None)
    began, ended = unit.valid_from, unit.valid_to
    fits_begin = began is not None and (before or dt.date.min) < began <= first
    fits_end = ended is not None and last < ended <= (after or dt.date.max)
    return replace(
        unit,
        valid_from=began if fits_begin else (first if before else None),
        valid_to=ended if fits_end else after,
    )


def _one_day_more(register: Register, division: Division) -> Register:
    """One day told to a register that has the country: what is new began, what lacks ended."""
    day = division.days[0]
    known = {m.code for m in register.municipalities if m.country == division.country}
    begun = (
        Municipality(division.country, code, {}, valid_from=day)
        for code in division.seen
        if code not in known
    )
    kept = (
        replace(m, valid_to=day)
        if m.country == division.country
        and m.code not in division.seen
        and m.is_valid(day)
        and m.valid_from != day
        else m
        for m in register.municipalities
    )
    return replace(register, municipalities=(*kept, *begun))


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
