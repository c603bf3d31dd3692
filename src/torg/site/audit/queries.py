"""Read the log: all of it by who, what, whose and when, or what was done for one municipality."""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from torg.site.audit.models import Entry

COLUMNS = ("at", "who", "role", "country", "unit", "what", "about", "detail")

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what spreadsheets would calculate


@dataclass(frozen=True, kw_only=True)
class Sought:
    """Which entries are asked for; "" and None are any."""

    who: str = ""
    what: str = ""
    country: str = ""
    unit: str = ""
    start: dt.datetime | None = None
    end: dt.datetime | None = None  # before it


def entries(sought: Sought) -> Any:  # noqa: ANN401 -- Django's, untyped
    """The entries, the newest first."""
    said = {
        "who": sought.who,
        "what": sought.what,
        "country": sought.country,
        "unit": sought.unit,
        "at__gte": sought.start,
        "at__lt": sought.end,
    }
    named = {field: value for field, value in said.items() if value}
    return Entry.objects.filter(**named).order_by("-at", "-id")


def entries_of(country: str, unit: str, *, limit: int = 100) -> list[Entry]:
    """What was done for one municipality, the newest first."""
    return list(entries(Sought(country=country, unit=unit))[:limit])


def last_who(what: str, *, about: str, country: str, unit: str) -> str:
    """Who did it last, to that; "" where nobody did, or the entry is too old to be kept."""
    found = entries(Sought(what=what, country=country, unit=unit)).filter(about=about).first()
    return found.who if found else ""


def kinds() -> list[str]:
    """All that was ever done, by name."""
    return sorted(Entry.objects.values_list("what", flat=True).distinct())


def csv_of(sought: Sought) -> Iterator[str]:
    """The entries as the lines of a CSV, its header first."""
    yield _line(COLUMNS)
    for entry in entries(sought).iterator(chunk_size=2000):
        detail = json.dumps(entry.detail, ensure_ascii=False, sort_keys=True)
        yield _line(
            (entry.at.isoformat(), entry.who, entry.role, entry.country, entry.unit, entry.what,
             entry.about, detail)
        )  # fmt: skip


def _line(cells: tuple[str, ...]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(
        f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells
    )
    return written.getvalue()
