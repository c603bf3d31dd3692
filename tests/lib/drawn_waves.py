"""Two waves from small drawn tables: what each unit answered before and after."""

import datetime as dt

import polars as pl

from tests.lib.answering import frame, question, questionnaire, wave
from tests.lib.registers import drawn
from torg.register import Change, Municipality, Register
from torg.survey import SHEET, Surveyed, respondents_of, weigh

BEFORE, AFTER = wave("2014", day="2014-05-01"), wave("2015", day="2015-05-01")


def asked(*questions):
    """A questionnaire of two waves; without questions, one item "uses" of yes and no."""
    return questionnaire(*(questions or (question("uses", "one"),)), waves=(BEFORE, AFTER))


def surveyed(table, *, of=AFTER, method="none", margins=("size",), least=2, item="uses"):
    """A wave of a drawn table: unit, and `uses`: a code, a number, "-" (no answer), "n/a"."""
    rows = drawn(table)
    header = [name for name in rows[0] if name != item]
    lines = [" | ".join(header), *(" | ".join(row[name] for name in header) for row in rows)]
    units = frame("\n".join(lines), of=of.id).sort("unit")
    sheet = pl.DataFrame(
        [_answer(of.id, row["unit"], item, row[item]) for row in rows if row[item]],
        schema=dict(SHEET), orient="row",
    )  # fmt: skip
    return Surveyed(of, units, sheet, weigh(
        units, respondents_of(sheet), method=method, margins=margins, least=least
    ))  # fmt: skip


def _answer(of, unit, item, value):
    state = {"-": "no_answer", "n/a": "not_applicable"}.get(value, "answered")
    number = float(value) if value.replace(".", "", 1).isdigit() else None
    code = value if state == "answered" and number is None else None
    return (of, "XX", unit, item, state, code, number)


def both(table, **how):
    """Two waves of one table with the columns unit, before and after (and those of a frame)."""
    rows = drawn(table)
    waves = []
    for name, of in (("before", BEFORE), ("after", AFTER)):
        kept = [{**{k: v for k, v in r.items() if k not in ("before", "after")}, "uses": r[name]}
                for r in rows]  # fmt: skip
        waves.append(surveyed(_table(kept), of=of, **how))
    return waves


def _table(rows):
    lines = [" | ".join(rows[0]), *(" | ".join(row.values()) for row in rows)]
    return "\n".join(lines)


def register(*codes):
    """A register of units that live for ever."""
    return Register(tuple(Municipality("XX", code, {"en": code}) for code in codes))


def merged(*olds, into, on=dt.date(2015, 1, 1)):
    """A register in which some units became one."""
    ended = [Municipality("XX", code, {"en": code}, valid_to=on) for code in olds]
    new = Municipality("XX", into, {"en": into}, valid_from=on)
    changes = tuple(Change("XX", code, into, on) for code in olds)
    return Register((*ended, new), changes=changes)
