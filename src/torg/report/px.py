"""Tables of a release for statistical databases: PX, as PC-Axis and PxWeb read it.

Keywords and their order are those of "PX-file format", AXIS-VERSION 2013 (Statistics Sweden). A
figure that is not there is "..". The words are English, as those of the tables are.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import polars as pl

from torg.report.survey.exports.px import list_of, text_of, told_apart

NOTHING = '".."'
ALL = "all"  # the code of all platforms together

Key = tuple[str, ...]


@dataclass(frozen=True)
class Variable:
    """A variable of a cube: its name, and the codes and values along it."""

    name: str
    codes: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Cube:
    """Figures by the codes of variables; the last variable is the kind of figure."""

    matrix: str
    title: str
    note: str
    stub: tuple[Variable, ...]
    heading: tuple[Variable, ...]
    cells: Mapping[Key, float | int | None]


def px_tables() -> tuple[str, ...]:
    """The tables that there are PX files of."""
    return tuple(_PLANS)


def px_of(
    table: str, frame: pl.DataFrame, municipalities: pl.DataFrame, *, title: str, source: str,
    made: dt.date, invented: bool,
) -> bytes:  # fmt: skip
    """A table of `px_tables` as a PX file; the same table gives the same bytes."""
    cube = _cube(table, frame, _names(municipalities))
    note = f"All names and figures are invented. {cube.note}" if invented else cube.note
    entries = _entries(cube, title=title, source=source, made=made, note=note)
    text = "\n".join(f"{key}={value};" for key, value in entries) + "\n"
    return text.replace("\n", "\r\n").encode()


# --- the cubes ---------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """How a table becomes a cube of municipalities by `down`, and of `across` by `figures`."""

    title: str
    note: str
    down: tuple[str, ...]
    across: tuple[str, ...] = ()
    figures: tuple[str, ...]
    rows: Callable[[pl.DataFrame], pl.DataFrame]  # those that are in it, variables as text


def _whole_or_of_a_platform(frame: pl.DataFrame) -> pl.DataFrame:
    """Of channels there is none: their ids would make a variable of thousands."""
    return frame.filter(pl.col("channel").is_null()).with_columns(
        pl.col("platform").fill_null(ALL), pl.col("period").fill_null("-")
    )


def _of_its_own(frame: pl.DataFrame) -> pl.DataFrame:
    """Of size class and county it is its own that counts."""
    group = pl.col("group")
    own = pl.when(group.str.contains("^(size|county):")).then(group.str.extract("^([a-z]+):"))
    return frame.with_columns(group=own.otherwise(group))


_PLANS: Mapping[str, _Plan] = {
    "measures": _Plan(
        title="Figures by municipality, measure, platform, period and figure",
        note="Shares go from 0 to 1. low and high are the interval; n is what the base counts. "
        "Where there is no value, the table measures says why. It also says how each was got: "
        "figures that were got in different ways must not be compared.",
        down=("measure", "platform"),
        across=("period",),
        figures=("value", "low", "high", "n"),
        rows=_whole_or_of_a_platform,
    ),
    "ranks": _Plan(
        title="Places by municipality, group, rank set and figure",
        note="A place must not be quoted without its rank set: rank_low to rank_high, the places "
        "that cannot be excluded. size and county: within its own.",
        down=("group",),
        across=("set",),
        figures=("rank", "rank_low", "rank_high", "score"),
        rows=_of_its_own,
    ),
    "weeks": _Plan(
        title="Weeks by municipality, week and figure",
        note="A week is named by its Monday. What was not observed has no figure; the table weeks "
        "says why.",
        down=("week",),
        figures=("days", "posts", "reactions", "reactions_of", "comments", "owner_replies"),
        rows=lambda frame: frame.with_columns(pl.col("week").cast(pl.String)),
    ),
}


def _cube(table: str, frame: pl.DataFrame, names: Mapping[str, str]) -> Cube:
    plan = _PLANS[table]
    rows = plan.rows(frame).with_columns(place=pl.format("{}-{}", "country", "municipality"))
    return Cube(
        matrix=table,
        title=plan.title,
        note=plan.note,
        stub=(
            Variable("municipality", tuple(names), tuple(names.values())),
            *(_plain(name, rows) for name in plan.down),
        ),
        heading=(
            *(_plain(name, rows) for name in plan.across),
            Variable("figure", plan.figures, plan.figures),
        ),
        cells=_cells(rows, ("place", *plan.down, *plan.across), plan.figures),
    )


def _names(municipalities: pl.DataFrame) -> Mapping[str, str]:
    """Country and code of each municipality, with its name."""
    rows = municipalities.select("country", "municipality", "name").sort("country", "municipality")
    return {f"{country}-{code}": name or code for country, code, name in rows.iter_rows()}


def _plain(name: str, rows: pl.DataFrame) -> Variable:
    codes = tuple(rows[name].unique().sort().to_list()) or ("-",)
    return Variable(name, codes, codes)


def _cells(
    rows: pl.DataFrame, key: Key, figures: Sequence[str]
) -> Mapping[Key, float | int | None]:
    found: dict[Key, float | int | None] = {}
    for row in rows.select(*key, *figures).iter_rows():
        for figure, value in zip(figures, row[len(key) :], strict=True):
            found[*row[: len(key)], figure] = value
    return found


# --- how it is written -------------------------------------------------------------------------


def _entries(
    cube: Cube, *, title: str, source: str, made: dt.date, note: str
) -> Iterator[tuple[str, str]]:
    yield "CHARSET", '"ANSI"'
    yield "AXIS-VERSION", '"2013"'
    yield "CODEPAGE", '"utf-8"'
    yield "LANGUAGE", '"en"'
    yield "CREATION-DATE", text_of(f"{made:%Y%m%d} 00:00")
    yield "DECIMALS", "6"
    yield "SHOWDECIMALS", "2"
    yield "MATRIX", text_of(cube.matrix)
    yield "AGGREGALLOWED", "NO"  # shares, places and medians have no sum
    yield "SUBJECT-CODE", '"TORG"'
    yield "SUBJECT-AREA", text_of(title)
    yield "TITLE", text_of(cube.title)
    yield "DESCRIPTION", text_of(cube.title)
    yield "CONTENTS", text_of(cube.matrix)
    yield "UNITS", '"see figure"'
    yield "STUB", list_of([each.name for each in cube.stub])
    yield "HEADING", list_of([each.name for each in cube.heading])
    for variable in (*cube.stub, *cube.heading):
        values = told_apart(variable.values, variable.codes)
        yield f'VALUES("{variable.name}")', list_of(values)
        yield f'CODES("{variable.name}")', list_of(variable.codes)
    yield "DATASYMBOL2", '"no figure"'
    yield "SOURCE", text_of(source)
    yield "NOTE", text_of(note)
    yield "DATA", "\n" + "\n".join(_lines(cube))


def _lines(cube: Cube) -> Iterator[str]:
    across = list(product(*(each.codes for each in cube.heading)))
    for down in product(*(each.codes for each in cube.stub)):
        yield " ".join(_cell(cube.cells.get((*down, *each))) for each in across) + " "


def _cell(value: float | None) -> str:
    if value is None:
        return NOTHING
    return str(value) if isinstance(value, int) else f"{value:.6f}".rstrip("0").rstrip(".")
