"""The register's three plain files: CSV in UTF-8, sorted, one fault one sentence with its line."""

import csv
import datetime as dt
import io
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from torg.errors import RegisterError
from torg.register.model import SCOPES, Change, Channel, Scope
from torg.register.register import Register
from torg.register.unit_rows import UNIT_COLUMNS, UnitRow, rows_of_unit, units_of_rows

CHANNEL_COLUMNS = (
    "country",
    "code",
    "platform",
    "address",
    "platform_id",
    "owner_name",
    "scope",
    "valid_from",
    "valid_to",
    "evidence",
)
CHANGE_COLUMNS = ("country", "code", "successor", "date", "weight")

# Columns that a hand-written file may leave out; the others must be there.
_MAY_LACK = frozenset(
    [
        "name_lang",
        "county",
        "population",
        "population_date",
        "platform_id",
        "owner_name",
        "scope",
        "valid_from",
        "valid_to",
        "evidence",
        "weight",
    ]
)
_LONGEST_HEADER = 65_536  # characters; a longer first line is no header of ours
_Value = TypeVar("_Value")


@dataclass(frozen=True)
class _Row:
    """One row of a plain file: its cells by column, blanks as None, and where it stands."""

    cells: Mapping[str, str | None]
    path: Path
    line: int

    def text(self, column: str) -> str:
        return self.cells.get(column) or ""

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


def read_register(folder: Path) -> Register:
    """The register in a folder's municipalities.csv, channels.csv and changes.csv.

    A file that is not there holds nothing. Raises RegisterError with file and line.
    """
    units = _read(folder / "municipalities.csv", UNIT_COLUMNS, _unit_row)
    channels = _read(folder / "channels.csv", CHANNEL_COLUMNS, _channel)
    changes = _read(folder / "changes.csv", CHANGE_COLUMNS, _change)
    return Register(units_of_rows(units), tuple(channels), tuple(changes))


def read_plain_file(path: Path) -> Register:
    """The register that one file in Torg's own columns holds, whatever the file is called."""
    found = plain_columns(path)
    if found == UNIT_COLUMNS:
        return Register(municipalities=units_of_rows(_read(path, UNIT_COLUMNS, _unit_row)))
    if found == CHANGE_COLUMNS:
        return Register(changes=tuple(_read(path, CHANGE_COLUMNS, _change)))
    return Register(channels=tuple(_read(path, CHANNEL_COLUMNS, _channel)))


def plain_columns(path: Path) -> tuple[str, ...] | None:
    """Which of the three plain files a file is by its header; None where it is none of them."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        first = lines.readline(_LONGEST_HEADER)
    header = frozenset(name.strip() for name in first.replace('"', "").split(","))
    kinds = (CHANNEL_COLUMNS, CHANGE_COLUMNS, UNIT_COLUMNS)
    return next((k for k in kinds if frozenset(k) - _MAY_LACK <= header), None)


def write_register(folder: Path, register: Register) -> None:
    """Write the three plain files, sorted; each is replaced whole or left as it was."""
    folder.mkdir(parents=True, exist_ok=True)
    units = (row for unit in register.municipalities for row in rows_of_unit(unit))
    _write(folder / "municipalities.csv", UNIT_COLUMNS, units)
    _write(folder / "channels.csv", CHANNEL_COLUMNS, map(_channel_cells, register.channels))
    _write(folder / "changes.csv", CHANGE_COLUMNS, map(_change_cells, register.changes))


def _read(path: Path, columns: tuple[str, ...], make: Callable[[_Row], _Value]) -> list[_Value]:
    if not path.is_file():
        return []
    return [_made(row, make) for row in _rows(path, columns)]


def _made(row: _Row, make: Callable[[_Row], _Value]) -> _Value:
    try:
        return make(row)
    except RegisterError as error:
        raise RegisterError(f"{row.path}, line {row.line}: {error}") from error


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[_Row]:
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, ())]
        _require_columns(path, columns, header)
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                yield _row(path, line, header, cells)
    except csv.Error as error:
        raise RegisterError(
            f"{path}, line {reader.line_num}: {error}; mend the quotes there."
        ) from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise RegisterError(
            f"{path}, line {line}: not UTF-8 text; save the file as UTF-8."
        ) from error


def _require_columns(path: Path, columns: tuple[str, ...], header: list[str]) -> None:
    lacking = [c for c in columns if c not in header and c not in _MAY_LACK]
    if lacking:
        raise RegisterError(
            f"{path}, line 1: the column {lacking[0]} is lacking; the columns are "
            f"{','.join(columns)}."
        )


def _row(path: Path, line: int, header: list[str], cells: list[str]) -> _Row:
    if len(cells) != len(header):
        raise RegisterError(
            f"{path}, line {line}: {len(cells)} cells under {len(header)} columns; put text that "
            "holds a comma in quotes."
        )
    stripped = (cell.strip() or None for cell in cells)
    return _Row(dict(zip(header, stripped, strict=True)), path, line)


def _unit_row(row: _Row) -> UnitRow:
    people, date = row.whole("population"), row.date("population_date")
    return UnitRow(
        country=row.text("country").upper(),
        code=row.text("code"),
        name=row.text("name"),
        language=row.text("name_lang") or "und",
        county=row.text("county") or None,
        population=people,
        population_date=date,
        valid_from=row.date("valid_from"),
        valid_to=row.date("valid_to"),
    )


def _channel(row: _Row) -> Channel:
    return Channel(
        country=row.text("country").upper(),
        code=row.text("code"),
        platform=row.text("platform"),
        address=row.text("address"),
        platform_id=row.text("platform_id") or None,
        owner_name=row.text("owner_name") or None,
        scope=_scope(row.text("scope") or "municipality"),
        valid_from=row.date("valid_from"),
        valid_to=row.date("valid_to"),
        evidence=row.text("evidence") or None,
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
        weight = float(row.text("weight") or "1")
    except ValueError as error:
        text = row.text("weight")
        raise RegisterError(f"weight '{text}' is no number: write it as 0.35.") from error
    return Change(
        row.text("country").upper(), row.text("code"), row.text("successor"), date, weight
    )


def _channel_cells(channel: Channel) -> tuple[object, ...]:
    return tuple(getattr(channel, column) for column in CHANNEL_COLUMNS)


def _change_cells(change: Change) -> tuple[object, ...]:
    return tuple(getattr(change, column) for column in CHANGE_COLUMNS)


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
