"""What somebody set right by hand: corrections.csv, read and checked line by line."""

import csv
import dataclasses
import datetime as dt
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from torg.errors import MeasureError

Field = Literal["reactions", "comments", "shares", "published_at", "exclude"]

COLUMNS = ("platform", "channel", "post", "field", "value", "who", "when", "why")
COUNTED = ("reactions", "comments", "shares")
TRUE = ("", "yes", "true", "1")
LARGEST_COUNT = 10**12
YEARS = range(1900, 2201)


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One figure set right; `value` is a count, or seconds since 1970-01-01T00:00Z, or None.

    Without a post the whole channel is left out: `exclude` is the only field that can say so.
    """

    platform: str
    channel: str  # its platform id, or its handle
    post: str  # the post's own id on the platform; empty for the whole channel
    field: Field
    value: int | None
    who: str
    when: dt.date
    why: str
    place: str = dataclasses.field(
        default="corrections", compare=False
    )  # file and line where it is written

    @property
    def sentence(self) -> str:
        """What was done, in one sentence."""
        if not self.post:
            return f"{self.platform} channel {self.channel} is left out."
        post = f"post {self.post} of {self.platform} channel {self.channel}"
        if self.field == "exclude":
            return f"{post} is left out."
        if self.field == "published_at" and self.value is not None:
            instant = dt.datetime.fromtimestamp(self.value, dt.UTC)
            return f"{post} was published at {instant:%Y-%m-%d %H:%M:%S} UTC."
        return f"{post} has {self.value} {self.field}."


def read_corrections(path: Path, *, zone: ZoneInfo | None = None) -> tuple[Correction, ...]:
    """The corrections in a file; none where there is no file.

    An instant without an offset is in `zone`, else in UTC. Raises MeasureError with file and line.
    """
    if not path.exists():
        return ()
    # Line ends within a cell are the cell's own, and only the reader of CSV knows which are.
    reader = csv.DictReader(io.StringIO(_text(path), newline=""))
    try:
        if missing := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
            raise MeasureError(f"{path}, line 1: column {', '.join(missing)} is missing: add it.")
        return tuple(_corrections(reader, path, zone or ZoneInfo("UTC")))
    except csv.Error as error:
        place = f"{path}, line {reader.reader.line_num}"
        raise MeasureError(f"{place}: this cannot be read as CSV ({error}): mend it.") from error


def _text(path: Path) -> str:
    if path.is_dir():
        raise MeasureError(f"{path} is a folder: give the file of corrections its name.")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MeasureError(f"{path} is not UTF-8 text: save it as UTF-8.") from error


def _corrections(reader: "csv.DictReader[str]", path: Path, zone: ZoneInfo) -> Iterable[Correction]:
    seen: dict[tuple[str, ...], int] = {}
    for row in reader:
        place = f"{path}, line {reader.line_num}"
        correction = _correction({name: (row[name] or "").strip() for name in COLUMNS}, place, zone)
        key = (correction.platform, correction.channel, correction.post, correction.field)
        if key in seen:
            raise MeasureError(
                f"{place}: {correction.field} of this post is already corrected on line "
                f"{seen[key]}: leave one of them."
            )
        seen[key] = reader.line_num
        yield correction


def _correction(row: Mapping[str, str], place: str, zone: ZoneInfo) -> Correction:
    optional = ("value", "post") if row["field"] == "exclude" else ("value",)
    if empty := [name for name in COLUMNS if not row[name] and name not in optional]:
        raise MeasureError(f"{place}: {', '.join(empty)} is empty: fill it in.")
    if row["field"] not in get_args(Field):
        known = ", ".join(get_args(Field))
        raise MeasureError(f"{place}: field '{row['field']}' is not one of {known}.")
    return Correction(
        platform=row["platform"].lower(),
        channel=row["channel"],
        post=row["post"],
        field=row["field"],  # type: ignore[arg-type]  # it is one of them: see above
        value=_value(row["field"], row["value"], place, zone),
        who=row["who"],
        when=_day(row["when"], place),
        why=row["why"],
        place=place,
    )


def _value(field: str, text: str, place: str, zone: ZoneInfo) -> int | None:
    if field in COUNTED:
        return _count(text, place)
    if field == "published_at":
        return _instant(text, place, zone)
    if text.lower() not in TRUE:
        raise MeasureError(
            f"{place}: exclude takes 'yes', not '{text}': delete the line to keep it."
        )
    return None


def _count(text: str, place: str) -> int:
    # Of thousands of digits Python makes no number at all.
    is_whole = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_COUNT))
    if not is_whole or int(text) > LARGEST_COUNT:
        raise MeasureError(
            f"{place}: value '{text}' is no whole number from 0 to {LARGEST_COUNT:,}: "
            "write digits only."
        )
    return int(text)


def _instant(text: str, place: str, zone: ZoneInfo) -> int:
    try:
        instant = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise MeasureError(
            f"{place}: value '{text}' is no instant: write one like 2024-03-01 12:30."
        ) from error
    if instant.year not in YEARS:
        raise MeasureError(
            f"{place}: value '{text}' is no instant from {YEARS[0]} to {YEARS[-1]}: mend the year."
        )
    return int((instant if instant.tzinfo else instant.replace(tzinfo=zone)).timestamp())


def _day(text: str, place: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise MeasureError(
            f"{place}: when '{text}' is no date: write one like 2024-03-01."
        ) from error
