"""Charts of the national page: Altair's grammar, drawn to SVG by vl-convert without a browser.

Each chart has a title and a text alternative, and the page puts a table of the same figures under
it. Nothing depends on colour alone: what matters differs in length, place and label too. Labels get
fixed room instead of measured room, so that the drawing does not change with a machine's fonts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup

from torg.locale import Words, message
from torg.report.figures import bare, figure
from torg.report.national import Line, Overview
from torg.report.places import size_name
from torg.report.standing import Standing

INK, MUTED, LINE = "#16262e", "#4a5a63", "#d5dbdc"
PAPER = "#fff"
ACCENT, PALE = "#0b5b6b", "#629aa5"  # both at least 3:1 on white
FONT = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

_CONFIG = {
    "font": FONT,
    "background": "transparent",
    "view": {"stroke": None},
    "axis": {
        "labelColor": MUTED,
        "titleColor": MUTED,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": LINE,
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
    },
}


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A drawing with its name and what it shows in words."""

    svg: Markup
    title: str
    text: str


def rank_sets(lines: Sequence[Line], *, width: int, words: Words) -> Chart:
    """Everybody's rank sets as vertical lines, from the best to the worst place that they hold."""
    by_estimate = sorted(lines, key=lambda line: line.overall.rank)
    last = len(by_estimate)
    drawing = _set_lines(by_estimate, width, _place_axis(last, words))
    room = {"left": 44, "right": 6, "top": 10, "bottom": 10}
    return Chart(
        svg=draw(drawing.properties(width=width, height=340, padding=room), words),
        title=words.say(message("The places that each municipality could have")),
        text=words.say(
            message(
                "One line for each of %(n)s municipalities, from the best to the worst place that "
                "it cannot be excluded from. Long lines mean that little can be said. The pale "
                "lines hold for all at once, the dark ones within them for one municipality at a "
                "time. The line across is the middle: a set that does not cross it tells most."
            ),
            n=words.number(last),
        ),
    )


def _set_lines(lines: Sequence[Line], width: int, axis: alt.Axis) -> alt.LayerChart:
    last = len(lines)
    thick = max(0.6, min(12, 0.62 * width / last))
    dot = max(7 if width > 400 else 4, 0.5 * thick**2)  # an area, in square pixels
    across = alt.X("position:Q", axis=None, scale=alt.Scale(domain=[0, last + 1], nice=False))
    down = alt.Y("low:Q", scale=alt.Scale(domain=[1, last], reverse=True, nice=False), axis=axis)

    def sets(of: Sequence[Standing | None], color: str) -> alt.Chart:
        rows = [_set_of(at, each) for at, each in enumerate(of, start=1) if each]
        rule = alt.Chart(alt.InlineData(values=rows)).mark_rule(strokeWidth=thick, color=color)
        drawn: alt.Chart = rule.encode(x=across, y=down, y2="high:Q")
        return drawn

    middle = alt.Chart(alt.InlineData(values=[{"middle": (last + 1) / 2}]))
    estimates = [{"position": at, "rank": line.overall.rank} for at, line in enumerate(lines, 1)]
    points = alt.Chart(alt.InlineData(values=estimates))
    drawing: alt.LayerChart = (
        sets([line.overall for line in lines], PALE)
        + sets([line.alone for line in lines], ACCENT)
        + middle.mark_rule(color=INK, strokeWidth=1.2).encode(y="middle:Q")
        + points.mark_point(filled=True, size=dot, color="white", opacity=1).encode(
            x=across, y="rank:Q"
        )
    )
    return drawing


def _set_of(position: int, standing: Standing) -> dict[str, int]:
    low = standing.rank if standing.low is None else standing.low
    high = standing.rank if standing.high is None else standing.high
    return {"position": position, "low": low, "high": high}


def _place_axis(last: int, words: Words) -> alt.Axis:
    step = next(s for s in (1, 2, 5, 10, 25, 50, 100, 250, 500, 1000) if last / s <= 8)
    ticks = sorted({1, *range(step, last - step // 2, step), last})
    return alt.Axis(
        title=words.say(message("Place")),
        values=ticks,
        titlePadding=2,
        format=",d",
        minExtent=26,
        maxExtent=26,
    )


def by_size(overview: Overview, *, words: Words) -> Chart:
    """Median and middle half of a measure in each size class."""
    unit = overview.meaning.unit
    rows = [
        {
            "size": size_name(size, words, short=True),
            "first": spread.first,
            "median": spread.median,
            "third": spread.third,
            "label": figure(spread.median, unit=bare(unit), words=words),
        }
        for size, spread in overview.by_size
        if not spread.is_small
    ]
    title = words.say(overview.meaning.title)
    text = words.say(
        message(
            "%(title)s by size class: the bar holds the middle half of the municipalities, "
            "the mark is the median."
        ),
        title=title,
    )
    return Chart(
        svg=draw(_spread_bars(rows, _value_axis(unit, words)), words), title=title, text=text
    )


def _spread_bars(rows: list[dict[str, Any]], axis: alt.Axis) -> alt.LayerChart:
    across = alt.X("first:Q", axis=axis, scale=alt.Scale(zero=True, nice=True))
    down = alt.Y("size:N", sort=None, axis=alt.Axis(title=None, labelLimit=100))
    bars = alt.Chart(alt.InlineData(values=rows))
    half = bars.mark_bar(color=PALE, height=12).encode(x=across, x2="third:Q", y=down)
    median = bars.mark_tick(color=INK, thickness=3, size=20).encode(x="median:Q", y=down)
    label = bars.mark_text(align="left", dx=10, fontSize=12, fontWeight=600, color=INK).encode(
        x=alt.value(142), y=down, text="label:N"
    )
    room = {"left": 102, "right": 54, "top": 4, "bottom": 26}
    drawing: alt.LayerChart = half + median + label
    return drawing.properties(width=142, height=27 * len(rows), padding=room)


def _value_axis(unit: str, words: Words) -> alt.Axis:
    if unit != "share":
        return alt.Axis(title=None, format=",.3~g", tickCount=3)
    sign = words.percent(0.0).removeprefix("0")  # with the space, or none, that the language wants
    labels = f"format(datum.value * 100, 'd') + '{sign}'"
    return alt.Axis(title=None, labelExpr=labels, tickCount=3)


def draw(chart: alt.LayerChart, words: Words) -> Markup:
    """Draw a chart as SVG with the language's numbers; the page gives it its name."""
    svg = vl_convert.vegalite_to_svg(
        chart.to_dict() | {"config": _CONFIG, "autosize": "none"},
        vl_version=_VEGA_LITE,
        format_locale=_number_format(words),
    )
    # Vega names every mark for itself; the page names the figure as one picture.
    svg = re.sub(r' (aria-\w+|role)="[^"]*"', "", svg)
    svg = re.sub(
        r'<svg [^>]*viewBox="([^"]*)"[^>]*>', r'<svg viewBox="\1" aria-hidden="true">', svg, count=1
    )
    return Markup(svg)  # noqa: S704 -- Vega escapes text; no mark-up comes from the results


_VEGA_LITE = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])


def _number_format(words: Words) -> dict[str, Any]:
    comma = words.number(0.5, decimals=1)[1]
    return {"decimal": comma, "thousands": "\u00a0", "grouping": [3], "currency": ["", ""]}
