"""Times in a file to instants in UTC; the machine's own zone never takes part."""

import datetime as dt

import polars as pl

from torg.collect.options import DateOrder
from torg.collect.reading.cells import Column, is_missing
from torg.collect.reading.faults import cell_fault, first_fault, row_fault
from torg.collect.records import INSTANT
from torg.errors import FileRefused, QuestionError

# Hours east of Greenwich of the abbreviations that platforms write. Where zones of different hours
# share one, CrowdTangle's American reading holds (CST), or it is left out (IST): then the row is
# rejected with the cell.
ABBREVIATIONS: dict[str, float] = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2,
    "EEST": 3, "MSK": 3, "AST": -4, "ADT": -3, "NST": -3.5, "NDT": -2.5, "EST": -5, "EDT": -4,
    "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8,
    "HST": -10, "JST": 9, "AEST": 10, "AEDT": 11,
}  # fmt: skip

_WITH_OFFSET = "%Y-%m-%dT%H:%M:%S%z"  # what networks write, and read in a third of the time
_TICK = dt.timedelta(microseconds=1)
_LONGEST_GAP = dt.timedelta(hours=3)  # no zone has put its clock forward by more at once
_SECONDS = {name: int(hours * 3600) for name, hours in ABBREVIATIONS.items()}
# Microseconds since 1970 of the years 1000, for a year of two digits is none, and 9998: in any
# zone short of the end of Python's own calendar.
_FIRST, _LAST = (
    int((dt.datetime(year, 1, 1, tzinfo=dt.UTC) - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) / _TICK)
    for year in (1000, 9998)
)
PLAIN = "%Y-%m-%d %H:%M:%S"
# As spreadsheets save them: dotted dates begin with the day wherever they are written.
_ISO = ("%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M")
_DOTTED = ("%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H.%M")
_SLASHED: dict[DateOrder, tuple[str, ...]] = {
    "month-first": ("%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S"),
    "day-first": ("%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S"),
}
_TWO_ORDERS = r"^\s*\d{1,2}/\d{1,2}/\d{4}\b"


def local(text: pl.Series, *, what: str, zone: str, order: DateOrder | None = None) -> Column:
    """Times without a zone, which are those of `zone`: ISO, 13.05.2024 12:00 or 5/13/2024 12:00.

    An hour that the clock passed twice is taken as the first. One that it skipped is read as if the
    clock had not been put forward yet: programs that add a fixed offset write such times.
    """
    naive = _naive(text.str.strip_chars(), what=what, order=order)
    return _with_faults(_in_zone(naive, zone), text, what=what)


def abbreviated(
    text: pl.Series, *, what: str, zone: str | None, order: DateOrder | None = None
) -> Column:
    """Times such as "2021-07-06 16:45:20 EDT"; `zone` and `order` are for those that name none."""
    stripped = text.str.strip_chars()
    naive = _parsed(stripped.str.slice(0, 19), PLAIN)
    name = stripped.str.slice(19).str.strip_chars_start()
    seconds = name.replace_strict(_SECONDS, default=None, return_dtype=pl.Int64)
    values = (naive - seconds.cast(pl.Duration("us")) * 1_000_000).dt.replace_time_zone("UTC")
    if values.null_count():
        values = _fill_local(values, stripped, what=what, zone=zone, order=order)
    return _with_faults(values, text, what=what)


def with_offset(
    text: pl.Series,
    *,
    what: str,
    zone: str | None,
    order: DateOrder | None = None,
    needed: bool = True,
) -> Column:
    """ISO 8601 with an offset, seconds and their fractions optional; the rest as `abbreviated`."""
    plain = text.str.to_datetime(_WITH_OFFSET, time_unit="us", time_zone="UTC", strict=False)
    values = plain if not plain.null_count() else _offsets(text)
    if values.null_count():
        values = _fill_local(values, text.str.strip_chars(), what=what, zone=zone, order=order)
    column = _with_faults(values.cast(INSTANT), text, what=what, hint=_OFFSET_HINT)
    if needed or column.faults is None:
        return column
    told = pl.when(~is_missing(text)).then(column.faults)
    return Column(column.values, pl.select(told).to_series())


def _offsets(text: pl.Series) -> pl.Series:
    """ISO 8601 in all ways in which an offset is written."""
    iso = text.str.strip_chars().str.replace(" ", "T", literal=True)
    iso = iso.str.replace(r"[Zz]$", "+00:00").str.replace(r"([+-]\d\d)(\d\d)?$", "$1:$2")
    iso = iso.str.replace(r"([+-]\d\d):$", "$1:00").str.replace(r"(T\d\d:\d\d)([+-])", "$1:00$2")
    return iso.str.to_datetime(
        "%Y-%m-%dT%H:%M:%S%.f%:z", time_unit="us", time_zone="UTC", strict=False
    )


_OFFSET_HINT = ": write an instant with its offset, such as 2024-05-13T12:00:00+02:00"


def date_order(text: pl.Series) -> DateOrder | None:
    """Whether dates such as 03/14/2024 begin with the month, if some cell proves it."""
    if not text.str.contains("/", literal=True).any():
        return None
    first = text.str.extract(r"^\s*(\d{1,2})/").cast(pl.Int64)
    second = text.str.extract(r"^\s*\d{1,2}/(\d{1,2})/").cast(pl.Int64)
    month_first, day_first = (second > 12).any(), (first > 12).any()
    if month_first == day_first:
        return None
    return "month-first" if month_first else "day-first"


def check_zone(zone: str) -> None:
    """Raise where `zone` is no zone of the tz database."""
    try:
        # Polars takes a blank zone for none at all.
        pl.Series([dt.datetime(2000, 1, 1)]).dt.replace_time_zone(zone.strip() or "blank")  # noqa: DTZ001
    except pl.exceptions.PolarsError as error:
        raise FileRefused(
            f"'{zone}' is no time zone: give --timezone a name such as Europe/Oslo"
        ) from error


def zone_question(*, what: str, hint: str = "") -> QuestionError:
    """The question to ask where a file's times have no zone."""
    return QuestionError(
        f"{what} has times without a zone: in which zone are they?{hint} "
        "Say it with --timezone, such as --timezone Europe/Oslo."
    )


def has_slashed(text: pl.Series) -> bool:
    """Whether some time is such as 03/04/2024 09:30, which says a day only with its order."""
    return bool(text.str.contains(_TWO_ORDERS).any())


def _fill_local(
    values: pl.Series, text: pl.Series, *, what: str, zone: str | None, order: DateOrder | None
) -> pl.Series:
    """`values` and, where one is null, the time of `text` that names no zone."""
    naive = _naive(text.set(values.is_not_null(), None), what=what, order=order)
    if naive.null_count() == naive.len():
        return values
    if zone is None:
        raise zone_question(what=what)
    return values.fill_null(_in_zone(naive, zone))


def _in_zone(naive: pl.Series, zone: str) -> pl.Series:
    values = _existing(naive, zone)
    if values.null_count() > naive.null_count():
        values = values.fill_null(_existing(naive - _LONGEST_GAP, zone) + _LONGEST_GAP)
    return values


def _existing(naive: pl.Series, zone: str) -> pl.Series:
    instants = naive.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    return instants.dt.convert_time_zone("UTC").cast(INSTANT)


def _naive(text: pl.Series, *, what: str, order: DateOrder | None) -> pl.Series:
    """Times as the clock showed them, in whatever way they are written."""
    slashed = () if order is None else _SLASHED[order]
    values = pl.Series(text.name, [None], dtype=pl.Datetime("us")).new_from_index(0, text.len())
    for form in (*slashed, PLAIN, *_ISO, *_DOTTED):
        rest = text if values.null_count() == text.len() else text.set(values.is_not_null(), None)
        values = values.fill_null(_parsed(rest, form))
        if values.null_count() == text.null_count():
            return values
    if order is None and has_slashed(rest):
        raise _order_question(rest.filter(rest.str.contains(_TWO_ORDERS))[0], what=what)
    return values


def _order_question(cell: str, *, what: str) -> QuestionError:
    return QuestionError(
        f"{what} is '{cell.strip()}' in places: does the month or the day come first? "
        "Say --dates month-first or --dates day-first."
    )


def _parsed(text: pl.Series, form: str) -> pl.Series:
    return text.str.to_datetime(form, time_unit="us", strict=False)


def _of_the_calendar(values: pl.Series) -> pl.Series:
    """The instants that every later step can show; years of five digits are null."""
    ticks = values.to_physical()
    least, most = ticks.min(), ticks.max()
    if least is None or (least >= _FIRST and most <= _LAST):  # type: ignore[operator]
        return values
    return values.set(~ticks.is_between(_FIRST, _LAST).fill_null(value=False), None)


def _with_faults(values: pl.Series, text: pl.Series, *, what: str, hint: str = "") -> Column:
    values = _of_the_calendar(values)
    if not values.null_count():
        return Column(values)
    faults = (
        row_fault(is_missing(text), f"{what} is blank, and without it nothing can be dated"),
        cell_fault(
            values.is_null(), text.str.strip_chars(), what=what, why=f"is no exact time{hint}"
        ),
    )
    return Column(values, first_fault(faults, height=values.len()))
