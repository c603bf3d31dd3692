"""The public facts of a wave as an SPSS file, with labels and declared missing values."""

import datetime as dt
import textwrap
from pathlib import Path
from typing import Any

import polars as pl

from torg.report.survey.exports.variables import (
    MISSING,
    UNIT_COLUMNS,
    UNSURE_OF_A_NUMBER,
    Variable,
    cases,
    variables,
)
from torg.report.survey.files import file_of
from torg.report.survey.results import SurveyResults
from torg.survey import Wave

# Where the header keeps the day and time of writing (PSPP's description of the format): set to the
# wave's last day, so that the same facts give the same bytes.
DATE_AT, TIME_AT = 92, 101
LONGEST_NOTE = 80  # characters of a line

LABELS = {
    "country": "Country",
    "unit": "Official code of the unit",
    "kind": "Kind of unit",
    "name": "Name",
    "county": "County",
    "population": "Inhabitants",
    "size_class": "Size class",
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def write_sav(survey: SurveyResults, wave: Wave, folder: Path, *, language: str) -> Path | None:
    """Write `facts-WAVE.sav`; nothing where no unit has a public fact. Gives the path."""
    import pyreadstat  # brings pandas' relatives along, and most commands write no file

    found = variables(survey, language=language)
    frame = cases(survey, wave, found)
    if frame.is_empty() or not found:
        return None
    path = folder / f"facts-{file_of(wave)}.sav"
    pyreadstat.write_sav(
        frame.with_columns(pl.col("population").cast(pl.Float64())),
        path,
        file_label=_title(survey, wave),
        column_labels={**LABELS, **{each.name: each.label for each in found}},
        variable_value_labels={each.name: _labels(each) for each in found},
        missing_ranges={each.name: _missing(each) for each in found},
        variable_measure={
            **{name: "nominal" for name in UNIT_COLUMNS if name != "population"},
            "population": "scale",
            **{each.name: _level(each) for each in found},
        },
        note=_notes(survey, wave),
    )
    _pin(path, wave.closes)
    return path


def _title(survey: SurveyResults, wave: Wave) -> str:
    title = f"{'INVENTED. ' if survey.invented else ''}{survey.title} {wave.id}"
    return title.encode()[:64].decode(errors="ignore")


def _notes(survey: SurveyResults, wave: Wave) -> list[str]:
    notes = [
        f"Answered {wave.opens} to {wave.closes}; units of {wave.frame_date}.",
        "Only questions whose answers are public facts. Units that did not answer are not here.",
    ]
    invented = ["All names and figures are invented."] if survey.invented else []
    return [line for note in (*invented, *notes) for line in textwrap.wrap(note, LONGEST_NOTE)]


def _labels(variable: Variable) -> dict[int | float, str]:
    return dict(variable.values.items())


def _missing(variable: Variable) -> list[Any]:
    """Not sure of a number is no number; not sure in a choice is an answer like the others."""
    highest = UNSURE_OF_A_NUMBER if variable.item.is_number else max(MISSING.values())
    return [{"lo": min(MISSING.values()), "hi": highest}]


def _level(variable: Variable) -> str:
    levels = {"number": "scale", "scale": "ordinal"}
    return levels.get(variable.item.question.kind, "nominal")


def _pin(path: Path, day: dt.date) -> None:
    with path.open("r+b") as file:
        file.seek(DATE_AT)
        file.write(f"{day.day:02} {MONTHS[day.month - 1]} {day.year % 100:02}".encode())
        file.seek(TIME_AT)
        file.write(b"00:00:00")
