"""The survey's pictures: a dot with its interval, one hue; what differs differs in shape and place.

A filled dot is the figure, a hollow diamond the same without weights, a dashed line an interval so
wide that it says little. Labels stand above their rows, so that one drawing serves every width.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap
from typing import Any

import altair as alt

from torg.locale import Words, message
from torg.report.charts import ACCENT, INK, LINE, MUTED, PAPER, Chart, draw
from torg.report.figures import figure, points
from torg.report.survey.chapter import Block, Course, Line
from torg.report.survey.lookup import Estimate
from torg.report.survey.phrases import Phrases
from torg.report.survey.responding import Answered

ACROSS = 330  # the plot's width in CSS pixels
ROW = 38  # the height of a row whose label stands above it
TEXT_LINE = 14  # what a row grows by for each further line of its label
SMALL_ROW = 25
LONGEST_LINE = 44  # characters above a row, beside the value
MOST_LINES = 3

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Scale:
    """How a kind of value is drawn along an axis, whichever field it comes from."""

    axis: alt.Axis | None
    scale: alt.Scale

    def x(self, name: str) -> alt.X:
        """Across."""
        return alt.X(f"{name}:Q", axis=self.axis, scale=self.scale)

    def y(self, name: str) -> alt.Y:
        """Upwards."""
        return alt.Y(f"{name}:Q", axis=self.axis, scale=self.scale)


def shares(block: Block, *, words: Words) -> Chart:
    """All the figures of a question."""
    rows = [
        _row(line.label, line.main, words) for line in block.first if line.main and line.is_there
    ]
    hollow = [
        {"label": line.label, "at": line.pair.plain.estimate}
        for line in block.first
        if line.is_there and line.pair and line.pair.plain and line.pair.plain.is_there
    ]
    text = words.say(
        message("%(question)s A dot with its interval for each answer."), question=block.text
    )
    if block.has_plain:
        text += " " + words.say(message("The diamond is the figure without weights."))
    drawing = _dots(rows, _scale_of(words, is_number=block.is_number), hollow=hollow)
    return Chart(svg=draw(drawing, words), title=block.text, text=text)


def by_group(line: Line, *, phrases: Phrases) -> Chart:
    """One figure in each size class."""
    words = phrases.words
    pairs = [(group, pair.main) for group, pair in line.by_group if pair and pair.main.is_there]
    rows = [_row(phrases.group(group), each, words) for group, each in pairs]
    scale = _scale_of(words, is_number=line.category is None)
    text = words.say(
        message("%(label)s by number of inhabitants, a dot with its interval for each size class."),
        label=line.label,
    )
    return Chart(svg=draw(_small_dots(rows, scale), words), title=line.label, text=text)


def response(groups: Sequence[Answered], *, phrases: Phrases) -> Chart:
    """The share that answered in each size class."""
    words = phrases.words
    rows = [
        {
            "label": phrases.group(each.group),
            "at": each.share,
            "value": words.say(
                message("%(n)s of %(all)s"),
                n=words.number(each.answered),
                all=words.number(each.asked),
            ),
        }
        for each in groups
        if each.asked
    ]
    title = words.say(message("The share that answered, by number of inhabitants"))
    bars = alt.Chart(alt.InlineData(values=rows))
    down = alt.Y("label:N", sort=None, axis=alt.Axis(title=None, labelLimit=104))
    drawing: alt.LayerChart = bars.mark_bar(color=ACCENT, height=12).encode(
        x=_shares_scale(words).x("at"), y=down
    ) + bars.mark_text(align="left", fontSize=12, color=INK).encode(
        x=alt.value(ACROSS - 166), y=down, text="value:N"
    )
    return Chart(
        svg=draw(_placed(drawing, rows, width=ACROSS - 176), words), title=title, text=title
    )


def course(of: Course, *, phrases: Phrases) -> Chart:
    """An item over the waves: no line over a break, none over a wave that did not ask."""
    words = phrases.words
    points = [_point(wave.closes, each) for wave, each in of.points if each and each.is_there]
    gaps = [
        {"year": _year(wave.closes), "label": words.say(message("not asked"))}
        for wave, each in of.points
        if each is None or each.missing == "not_asked"
    ]
    text = words.say(
        message("%(label)s at each survey: a dot with its interval, joined where they compare."),
        label=of.label,
    )
    if of.breaks:
        text += " " + words.say(message("The dashed line marks a break."))
    drawing = _lines(of, points, gaps, words)
    return Chart(svg=draw(drawing, words), title=of.label, text=text)


def changes(of: Sequence[tuple[Estimate, str]], *, words: Words) -> Chart:
    """Differences from one wave to the next, with their intervals and a line at none."""
    rows: list[Row] = [
        {
            **_labelled(label),
            "at": each.estimate,
            "low": each.low if each.has_interval else each.estimate,
            "high": each.high if each.has_interval else each.estimate,
            "value": points(each.estimate, words),
            "dash": [4, 3] if each.is_wide else [1, 0],
        }
        for each, label in of
    ]
    reach = max(0.1, *(abs(row[end] or 0) for row in rows for end in ("low", "high"))) * 1.05
    signed = "datum.value ? format(datum.value * 100, '+d') : '0'"
    axis = alt.Axis(title=None, labelExpr=signed, tickCount=5)
    scale = Scale(axis=axis, scale=alt.Scale(domain=[-reach, reach], nice=False))
    none = (
        alt.Chart(alt.InlineData(values=[{"at": 0}])).mark_rule(color=INK).encode(x=scale.x("at"))
    )
    drawing = _dots(rows, scale, under=[none])
    title = words.say(message("Change in percentage points"))
    text = words.say(
        message("The change of each share, with its interval; the line across is no change.")
    )
    return Chart(svg=draw(drawing, words), title=title, text=text)


def _row(label: str, each: Estimate, words: Words) -> Row:
    unit = "" if each.category is None else "share"
    low, high = (each.low, each.high) if each.has_interval else (each.estimate, each.estimate)
    return {
        **_labelled(label),
        "at": each.estimate,
        "low": low,
        "high": high,
        "value": figure(each.estimate, unit=unit, words=words),
        "dash": [4, 3] if each.is_wide else [1, 0],
    }


def _labelled(label: str) -> Row:
    """What tells a row from the others, and the lines that are written above it."""
    lines = wrap(label, LONGEST_LINE, max_lines=MOST_LINES, placeholder="…")
    return {"label": label, "lines": lines or [""]}


def _scale_of(words: Words, *, is_number: bool, room: int | None = None) -> Scale:
    """Shares from none to all; means from zero. `room`: pixels for labels beside the axis."""
    if not is_number:
        return _shares_scale(words, room=room)
    axis = alt.Axis(title=None, format=",.3~g", tickCount=4, **_room(room))
    return Scale(axis=axis, scale=alt.Scale(zero=True, nice=True))


def _shares_scale(words: Words, *, room: int | None = None) -> Scale:
    sign = words.percent(0.0).removeprefix("0")  # with the space, or none, that the language wants
    labels = f"format(datum.value * 100, 'd') + '{sign}'"
    axis = alt.Axis(title=None, labelExpr=labels, values=[0, 0.25, 0.5, 0.75, 1], **_room(room))
    return Scale(axis=axis, scale=alt.Scale(domain=[0, 1]))


def _room(pixels: int | None) -> dict[str, Any]:
    return {} if pixels is None else {"minExtent": pixels, "maxExtent": pixels}


def _dots(
    rows: Sequence[Row],
    scale: Scale,
    hollow: Sequence[Row] = (),
    under: Sequence[alt.Chart] = (),
) -> alt.LayerChart:
    """A dot with its interval for each row, the label above and the value behind."""
    down = alt.Y("label:N", sort=None, axis=None)
    most = max(len(row["lines"]) for row in rows)
    level = [{**row, "lines": [""] * (most - len(row["lines"])) + row["lines"]} for row in rows]
    data = alt.Chart(alt.InlineData(values=level))
    more = TEXT_LINE * (most - 1)
    written = (
        *_written(data, "lines", down, align="left", at=0, rise=7 + more),
        *_written(data, "value", down, align="right", at=ACROSS, rise=7, weight=600),
    )
    drawing: alt.LayerChart = alt.LayerChart(
        layer=[*under, *written, _marks(data, scale, down, size=70)]
    )
    if hollow:
        drawing += _diamonds(hollow, down)
    room = {"left": 12, "right": 18, "top": 8 + more // 2, "bottom": 26}
    return drawing.properties(width=ACROSS, height=(ROW + more) * len(rows), padding=room)


def _written(
    data: alt.Chart, name: str, down: alt.Y, *, align: str, at: int, rise: int, weight: int = 400
) -> Iterator[alt.Chart]:
    """Words above each row, `rise` over its dot; on paper, so that no line goes through them."""
    sort: dict[str, Any] = {"align": align, "fontWeight": weight, "fontSize": 12}
    sort |= {"baseline": "bottom", "dy": -rise, "lineHeight": TEXT_LINE}
    where: dict[str, Any] = {"x": alt.value(at), "y": down, "text": f"{name}:N"}
    yield data.mark_text(**sort, color=PAPER, stroke=PAPER, strokeWidth=4).encode(**where)
    yield data.mark_text(**sort, color=INK).encode(**where)


def _diamonds(rows: Sequence[Row], down: alt.Y) -> alt.Chart:
    data = alt.Chart(alt.InlineData(values=list(rows)))
    drawn: alt.Chart = data.mark_point(
        shape="diamond", size=55, color=INK, fill=PAPER, strokeWidth=1.3, opacity=1
    ).encode(x="at:Q", y=down)
    return drawn


def _small_dots(rows: Sequence[Row], scale: Scale) -> alt.LayerChart:
    """The same in a small panel: labels to the left, values to the right."""
    down = alt.Y("label:N", sort=None, axis=alt.Axis(title=None, labelLimit=104))
    data = alt.Chart(alt.InlineData(values=list(rows)))
    values = data.mark_text(align="left", fontSize=12, fontWeight=600, color=INK).encode(
        x=alt.value(ACROSS - 166), y=down, text="value:N"
    )
    return _placed(_marks(data, scale, down, size=50) + values, rows, width=ACROSS - 176)


def _placed(drawing: alt.LayerChart, rows: Sequence[Row], *, width: int) -> alt.LayerChart:
    room = {"left": 108, "right": 68, "top": 4, "bottom": 26}
    placed: alt.LayerChart = drawing.properties(
        width=width, height=SMALL_ROW * len(rows), padding=room
    )
    return placed


def _marks(data: alt.Chart, scale: Scale, down: alt.Y, *, size: int) -> alt.LayerChart:
    dash = alt.StrokeDash("dash:N", scale=None, legend=None)
    line = data.mark_rule(strokeWidth=2.5, color=ACCENT).encode(
        x=scale.x("low"), x2="high:Q", y=down, strokeDash=dash
    )
    dot = data.mark_point(filled=True, size=size, color=ACCENT, opacity=1).encode(
        x=scale.x("at"), y=down
    )
    drawn: alt.LayerChart = line + dot
    return drawn


def _year(day: dt.date) -> float:
    """A day as a point on a line of years; closer than a year is told apart."""
    return day.year + (day.timetuple().tm_yday - 1) / 366


def _point(day: dt.date, each: Estimate) -> Row:
    low, high = (each.low, each.high) if each.has_interval else (each.estimate, each.estimate)
    return {"year": _year(day), "at": each.estimate, "low": low, "high": high}


def _lines(of: Course, points: list[Row], gaps: list[Row], words: Words) -> alt.LayerChart:
    across = _years(of).x("year")
    up = _scale_of(words, is_number=of.category is None, room=40)
    data = alt.Chart(alt.InlineData(values=points))
    joined = alt.Chart(alt.InlineData(values=list(_joined(of))))
    line: dict[str, Any] = {"color": ACCENT, "strokeWidth": 1.5}
    dot: dict[str, Any] = {"color": ACCENT, "filled": True, "size": 60, "opacity": 1}
    drawing: alt.LayerChart = (
        joined.mark_rule(**line).encode(x=across, x2="to:Q", y=up.y("at"), y2="then:Q")
        + data.mark_rule(color=ACCENT, strokeWidth=2.5).encode(x=across, y=up.y("low"), y2="high:Q")
        + data.mark_point(**dot).encode(x=across, y=up.y("at"))
    )
    if gaps:
        drawing += _words_upright(gaps, across)
    if of.breaks:
        drawing += _rules([{"year": year} for year in _breaks(of)], across)
    room = {"left": 48, "right": 14, "top": 10, "bottom": 26}
    placed: alt.LayerChart = drawing.properties(width=ACROSS - 50, height=140, padding=room)
    return placed


def _words_upright(gaps: list[Row], across: alt.X) -> alt.Chart:
    data = alt.Chart(alt.InlineData(values=gaps))
    marks = data.mark_text(angle=270, align="left", fontSize=11, color=MUTED)
    drawn: alt.Chart = marks.encode(x=across, y=alt.value(136), text="label:N")
    return drawn


def _rules(breaks: list[Row], across: alt.X) -> alt.Chart:
    marks = alt.Chart(alt.InlineData(values=breaks)).mark_rule(color=INK, strokeDash=[5, 4])
    drawn: alt.Chart = marks.encode(x=across)
    return drawn


def _breaks(of: Course) -> Iterator[float]:
    """Half way between the wave from which it no longer compares and the one before."""
    broken = {wave.id for wave in of.breaks}
    for (before, _), (wave, _) in pairwise(of.points):
        if wave.id in broken:
            yield (_year(before.closes) + _year(wave.closes)) / 2


def _years(of: Course) -> Scale:
    years = [_year(wave.closes) for wave, _ in of.points]
    names = [
        f"abs(datum.value - {year}) < 0.001 ? '{_plain(wave.id)}'"
        for year, (wave, _) in zip(years, of.points, strict=True)
    ]
    labels = " : ".join([*names, "''"])
    axis = alt.Axis(title=None, values=years, labelExpr=labels, gridColor=LINE)
    domain = [min(years) - 0.6, max(years) + 0.6]
    return Scale(axis=axis, scale=alt.Scale(domain=domain, nice=False, zero=False))


def _plain(name: str) -> str:
    """A wave's name inside an expression: nothing in it may end the text."""
    return "".join(letter for letter in name if letter.isalnum() or letter in " -.")


def _joined(of: Course) -> Iterator[Row]:
    """Lines between neighbouring waves that asked, but not over a break."""
    broken = {wave.id for wave in of.breaks}
    for (wave, each), (after, following) in pairwise(of.points):
        is_there = each and following and each.is_there and following.is_there
        if is_there and each and following and after.id not in broken:
            yield {
                "year": _year(wave.closes),
                "at": each.estimate,
                "to": _year(after.closes),
                "then": following.estimate,
            }
