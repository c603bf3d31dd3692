"""The register's plain files: CSV in UTF-8, sorted, one fault one sentence with its line."""

import csv
import datetime as dt
import io
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from torg.errors import RegisterError
from torg.register.agreements import Agreement
from torg.register.codes import require_all_digits
from torg.register.headers import (
    AGREEMENTS,
    CHANGES,
    CHANNELS,
    PLAIN_FILES,
    UNITS,
    PlainFile,
    header_of,
    is_note,
    is_packed,
    require_columns,
    separator_of,
)
from torg.register.model import SCOPES, Change, Channel, Scope
from torg.register.register import Register
from torg.register.unit_rows import UnitRow, rows_of_unit, units_of_rows

_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
_Value = TypeVar("_Value")
_DEGREES = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True)
class _Row:
    """One row of a plain file: its cells by column, blanks as None, and where it stands."""

    cells: Mapping[str, str | None]
    path: Path
    line: int

    def text(self, column: str) -> str:
        return self.cells.get(column) or ""

    def code(self, column: str) -> str:
        text = self.text(column)
        require_all_digits(self.text("country").upper(), text)
        return text

    def date(self, column: str) -> dt.date | None:
        text = self.text(column)
        try:
            return dt.date.fromisoformat(text) if text else None
        except ValueError as error:
            raise RegisterError(f"{column} '{text}' is no date: write it as 2020-01-31.") from error

    def whole(self, column: str) -> int | None:
        text = self.text(column)
        if (text and not text.isascii()) or (text and not text.isdecimal()):
            raise RegisterError(
                f"{column} '{text}' is no whole number: write digits only, as in 111026, or leave "
                "it blank where it is not known."
            )
        return int(text) if text else None

    def degrees(self, column: str) -> float | None:
        text = self.text(column)
        # A spreadsheet's decimal sign may be a comma; degrees have no use for any other.
        if text and not _DEGREES.fullmatch(text.replace(",", ".")):
            raise RegisterError(
                f"{column} '{text}' is no number of degrees: write it with a decimal point, as in "
                "59.91, or leave it blank where it is not known."
            )
        return float(text.replace(",", ".")) if text else None


def read_register(folder: Path) -> Register:
    """The register in municipalities.csv, channels.csv, changes.csv and agreements.csv.

    A file that is not there holds nothing. Raises RegisterError with file and line.
    """
    units = _read(folder, UNITS, _unit_row)
    channels = _read(folder, CHANNELS, _channel)
    changes = _read(folder, CHANGES, _change)
    agreements = _read(folder, AGREEMENTS, _agreement)
    return Register(units_of_rows(units), tuple(channels), tuple(changes), tuple(agreements))


def read_plain_file(path: Path) -> Register:
    """The register that one file in Torg's own columns holds, whatever the file is called."""
    kind = plain_file(path)
    if kind == UNITS:
        return Register(municipalities=units_of_rows(_values(path, UNITS, _unit_row)))
    if kind == CHANGES:
        return Register(changes=tuple(_values(path, CHANGES, _change)))
    return Register(channels=tuple(_values(path, CHANNELS, _channel)))


def plain_file(path: Path) -> PlainFile | None:
    """Which of the three plain files a file is by its header; None where it is none of them."""
    header = frozenset(header_of(path))
    return next((kind for kind in PLAIN_FILES if kind.needed <= header), None)


def write_register(folder: Path, register: Register) -> None:
    """Write the plain files, sorted; each is replaced whole or left as it was.

    Of agreements only where there are any, or were.

    Raises RegisterError, before anything is written, where a file has columns of notes: a register
    does not hold them, and they would be lost.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for file in (*PLAIN_FILES, AGREEMENTS):
        _require_no_notes(folder / file.name)
    units = (row for unit in register.municipalities for row in rows_of_unit(unit))
    _write(folder / UNITS.name, UNITS.columns, units)
    _write(folder / CHANNELS.name, CHANNELS.columns, map(_channel_cells, register.channels))
    _write(folder / CHANGES.name, CHANGES.columns, map(_change_cells, register.changes))
    agreements = folder / AGREEMENTS.name
    if register.agreements or agreements.is_file():
        _write(agreements, AGREEMENTS.columns, map(_agreement_cells, register.agreements))


def _require_no_notes(path: Path) -> None:
    notes = [name for name in header_of(path) if is_note(name)] if path.is_file() else []
    if notes:
        raise RegisterError(
            f"{path}, line 1: the column '{notes[0]}' would be lost when the file is written "
            "anew: move it to a file of your own first."
        )


def _read(folder: Path, file: PlainFile, make: Callable[[_Row], _Value]) -> list[_Value]:
    path = folder / file.name
    return _values(path, file, make) if path.is_file() else []


def _values(path: Path, file: PlainFile, make: Callable[[_Row], _Value]) -> list[_Value]:
    return [_made(row, make) for row in _rows(path, file)]


def _made(row: _Row, make: Callable[[_Row], _Value]) -> _Value:
    try:
        return make(row)
    except RegisterError as error:
        raise RegisterError(f"{row.path}, line {row.line}: {error}") from error


def _rows(path: Path, file: PlainFile) -> Iterator[_Row]:
    text = _text(path)
    separator = separator_of(text.partition("\n")[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        header = tuple(name.strip() for name in next(reader, ()))
        require_columns(path, header, file)
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                yield _row(path, line, header, cells, _SEPARATORS[separator])
    except csv.Error as error:
        raise RegisterError(
            f"{path}, line {reader.line_num}: {error}; mend the quotes there."
        ) from error


def _text(path: Path) -> str:
    if is_packed(path):
        raise RegisterError(
            f"{path} is a spreadsheet's own file under another name: open it in the spreadsheet "
            "and save it as CSV (UTF-8)."
        )
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise RegisterError(
            f"{path}, line {line}: not UTF-8 text; save the file as UTF-8."
        ) from error


def _row(path: Path, line: int, header: tuple[str, ...], cells: list[str], separator: str) -> _Row:
    if len(cells) != len(header):
        raise RegisterError(
            f"{path}, line {line}: {len(cells)} cells under {len(header)} columns; put text that "
            f"holds a {separator} in quotes."
        )
    nameless = [c for name, c in zip(header, cells, strict=True) if not name and c.strip()]
    if nameless:
        raise RegisterError(
            f"{path}, line {line}: '{nameless[0].strip()}' stands under no column name: name the "
            "column in line 1, or take it out."
        )
    stripped = (cell.strip() or None for cell in cells)
    return _Row(dict(zip(header, stripped, strict=True)), path, line)


def _unit_row(row: _Row) -> UnitRow:
    people, date = row.whole("population"), row.date("population_date")
    return UnitRow(
        country=row.text("country").upper(),
        code=row.code("code"),
        name=row.text("name"),
        language=row.text("name_lang") or "und",
        county=row.text("county") or None,
        population=people,
        population_date=date,
        valid_from=row.date("valid_from"),
        valid_to=row.date("valid_to"),
        lat=row.degrees("lat"),
        lon=row.degrees("lon"),
    )


def _channel(row: _Row) -> Channel:
    return Channel(
        country=row.text("country").upper(),
        code=row.code("code"),
        platform=row.text("platform"),
        address=row.text("address"),
        platform_id=row.text("platform_id") or None,
        owner_name=row.text("owner_name") or None,
        scope=_scope(row.text("scope") or "municipality"),
        valid_from=row.date("valid_from"),
        valid_to=row.date("valid_to"),
        evidence=row.text("evidence") or None,
        declared=row.date("declared"),
    )


def _scope(text: str) -> Scope:
    for scope in SCOPES:
        if scope == text:
            return scope
    raise RegisterError(f"scope '{text}' is not known: write one of {', '.join(SCOPES)}.")


def _change(row: _Row) -> Change:
    date = row.date("date")
    if date is None:
        raise RegisterError("the date is blank: write the first day on which the successor counts.")
    try:
        # A spreadsheet's decimal sign may be a comma; a share of 1 has no use for any other.
        weight = float(row.text("weight").replace(",", ".") or "1")
    except ValueError as error:
        text = row.text("weight")
        raise RegisterError(f"weight '{text}' is no number: write it as 0.35.") from error
    return Change(
        row.text("country").upper(), row.code("code"), row.code("successor"), date, weight
    )


def _agreement(row: _Row) -> Agreement:
    agreed_on = row.date("agreed_on")
    if agreed_on is None:
        raise RegisterError("agreed_on is blank: write the day on which the owner agreed.")
    return Agreement(
        platform=row.text("platform"),
        channel=row.text("channel"),
        shows=row.text("shows") or "counts",
        agreed_on=agreed_on,
        ends_on=row.date("ends_on"),
        evidence=row.text("evidence"),
    )


def _channel_cells(channel: Channel) -> tuple[object, ...]:
    return tuple(getattr(channel, column) for column in CHANNELS.columns)


def _change_cells(change: Change) -> tuple[object, ...]:
    return tuple(getattr(change, column) for column in CHANGES.columns)


def _agreement_cells(agreement: Agreement) -> tuple[object, ...]:
    return tuple(getattr(agreement, column) for column in AGREEMENTS.columns)


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[Iterable[object]]) -> None:
    """Write beside the file first and rename: a reader sees the old file or the new one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
