"""Answers, frames and questionnaires from small drawn tables, and the slow twin of the sheet."""

import datetime as dt

import polars as pl

from tests.lib.registers import drawn
from torg.survey import ANSWERS, FRAME, Item, Question, Questionnaire, Wave
from torg.survey.questionnaire import Option, items_of

COUNTRY = "XX"


def wave(name="2015", *, day="2015-01-01", mode="questionnaire"):
    """A wave of one month whose frame is that of its first day."""
    opens = dt.date.fromisoformat(day)
    return Wave(name, opens, opens + dt.timedelta(30), opens, mode)


def options(*names):
    return tuple(Option(name, {"en": name.replace("_", " ").capitalize()}) for name in names)


def questionnaire(*questions, waves=()):
    """A questionnaire of those questions in English, with one wave unless others are given."""
    return Questionnaire("drawn", {"en": "Drawn"}, ("en",), waves or (wave(),), questions)


def question(name, kind="planned", **more):
    """A question whose text is its id."""
    texts = more.pop("texts", {"en": name.replace("_", " ").capitalize() + "?"})
    return Question(name, kind, texts, **more)


def instant(text):
    """A moment in UTC: "3" is the third of January 2015 at noon, "3 14:00" at two o'clock."""
    day, _, clock = text.partition(" ")
    return dt.datetime.fromisoformat(f"2015-01-{int(day):02} {clock or '12:00'}+00:00")


def answers(table, *, of="2015"):
    """ANSWERS of a drawn table: unit, respondent, item, value, at; "-" is an answer taken back."""
    rows = [
        (
            row.get("wave", of),
            row.get("country", COUNTRY),
            row["unit"],
            row.get("respondent", "1"),
            row["item"],
            None if row["value"] == "-" else row["value"],
            instant(row.get("at", "1")),
        )
        for row in drawn(table)
    ]
    return pl.DataFrame(rows, schema=dict(ANSWERS), orient="row")


def frame(table, *, of="2015"):
    """A FRAME of a drawn table: unit, and what else is drawn."""
    blank = {"wave": of, "country": COUNTRY, "kind": "municipality"}
    rows = [
        tuple({**blank, **{k: v or None for k, v in row.items()}}.get(name) for name in FRAME)
        for row in drawn(table)
    ]
    texts = pl.DataFrame(rows, schema=dict.fromkeys(FRAME, pl.String), orient="row")
    return texts.cast(dict(FRAME))


def states(sheet, *, of=None):
    """What the sheet says, as {(unit, item): code or number, or the state in brackets}."""
    said = {}
    for row in sheet.rows.iter_rows(named=True):
        value = row["number"] if row["code"] is None else row["code"]
        answered = row["state"] == "answered"
        said[row["unit"], row["item"]] = value if answered else f"({row['state']})"
    return said if of is None else {item: v for (unit, item), v in said.items() if unit == of}


def slow_sheet(given, asked, when, units, *, conflict):
    """What counts, looked at answer by answer: {(unit, item): (state, value)}; no merged units."""
    known = {row["unit"]: row["kind"] for row in units.iter_rows(named=True)}
    rows = [
        row
        for row in given.iter_rows(named=True)
        if row["wave"] == when.id and row["unit"] in known and row["item"] in asked.items
        and _can_be(asked.items[row["item"]], row["value"])
        and asked.items[row["item"]].question.is_asked_in(when.id)
    ]  # fmt: skip
    answered = {
        (unit, item): _said([r for r in rows if (r["unit"], r["item"]) == (unit, item)], conflict)
        for unit in known
        for item in asked.items
    }
    who = sorted({unit for (unit, _), said in answered.items() if said[0] != "no_answer"})
    told = {}
    for unit in who:
        for q in asked.questions:
            for item in items_of(q):
                told[unit, item.id] = (
                    _told(q, when, known[unit], told, unit) or answered[unit, item.id]
                )
    return told


def _can_be(item: Item, value):
    if value is None:
        return True
    if item.question.kind == "number":
        return value.replace(".", "", 1).isdecimal()
    return not item.codes or value in item.codes


def _said(rows, conflict):
    """The state and value of one unit and item from all that its respondents ever said of it."""
    current = []
    for respondent in {row["respondent"] for row in rows}:
        own = sorted(
            (row["at"], row["value"] is not None, row["value"] or "")
            for row in rows
            if row["respondent"] == respondent
        )
        at, is_there, value = own[-1]
        if is_there:
            current.append((own[0][0], at, value))
    if not current:
        return ("no_answer", None)
    if conflict == "first":
        return ("answered", min(current)[2])
    if conflict == "latest":
        return ("answered", max((at, value) for _, at, value in current)[1])
    values = {value for _, _, value in current}
    return ("answered", values.pop()) if len(values) == 1 else ("disagreed", None)


def _told(q, when, kind, told, unit):
    """Why the unit was not asked, or None."""
    if when.id not in (q.waves or (when.id,)):
        return ("not_asked", None)
    if kind != "both" and kind not in q.units:
        return ("not_applicable", None)
    if q.shown_if is None:
        return None
    state, value = told[unit, q.shown_if.item]
    if state == "disagreed":
        return ("disagreed", None)
    is_met = state == "answered" and value in q.shown_if.codes
    return None if is_met else ("not_applicable", None)
