"""Every column of every table: what it means, of which type it is, and what it is counted in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from torg.locale import message

Kind = Literal["text", "number", "integer", "boolean", "date", "instant"]


@dataclass(frozen=True)
class Column:
    """A column of a table. `about` and `unit` are English, and keys of the catalogues."""

    kind: Kind
    about: str
    unit: str = ""


SHARE = message("from 0 to 1")
OF_ITS_MEASURE = message("that of the measure")
SHARE_OR_MEAN = message("shares from 0 to 1; means in the unit of the question")
PLACES = message("places")
POINTS = message("points")
DEGREES = message("degrees, WGS 84")
INHABITANTS = message("inhabitants")
MUNICIPALITIES = message("municipalities")
COMMENTS = message("comments")
DAYS = message("days")
ROWS = message("rows")
UNITS = message("units")

COUNTRY = Column("text", message("Country, by its two letters."))
CODE = Column("text", message("The official code of the municipality; text, so that 0301 stays."))
PLATFORM = Column("text", message("The platform. Empty: all platforms together."))
MEASURE = Column("text", message("The measure's id; the table definitions says what it is."))
MISSING = Column(
    "text",
    message("Why there is no value, as a code; the notes say it in words. Never zero."),
)
ACCESS = Column(
    "text", message("How the figure was got. Figures of different access must not be compared.")
)
WAVE = Column("text", message("The wave of the survey, as 2015; of a change: 2014 - 2015."))
ITEM = Column("text", message("The item's id; the table of items has the question's words."))
CATEGORY = Column("text", message("The answer that the share is of. Empty: a mean."))
UNIT = Column("text", message("The official code of the unit that answered."))
GROUP = Column(
    "text", message("Whom it is about: all, size:CLASS, county:NAME, kind:KIND, or another group.")
)
LOW = Column("number", message("The lower end of the interval."), SHARE_OR_MEAN)
HIGH = Column("number", message("The upper end of the interval."), SHARE_OR_MEAN)
N_ANSWERS = Column("integer", message("How many answers it rests on."), message("answers"))
FLAGS = Column("text", message("What to know before it is quoted, as codes."))

COMMON: Mapping[str, Column] = {
    "country": COUNTRY,
    "municipality": CODE,
    "platform": PLATFORM,
    "measure": MEASURE,
    "missing": MISSING,
    "access": ACCESS,
    "wave": WAVE,
    "item": ITEM,
    "category": CATEGORY,
    "unit": UNIT,
    "group": GROUP,
    "low": LOW,
    "high": HIGH,
    "n": N_ANSWERS,
    "flags": FLAGS,
    "name": Column("text", message("The name in the register.")),
    "county": Column("text", message("The county or region.")),
    "population": Column("integer", message("How many live there."), INHABITANTS),
    "class": Column("text", message("Which class of the margin.")),
    "size_class": Column("text", message("The size class, by inhabitants.")),
    "area": Column("text", message("The area: dialogue, reputation, crisis.")),
    "base": Column("text", message("What it is a share or mean of, and what n counts.")),
    "weighted_by": Column(
        "text", message("How answers were weighted. Empty: of those that answered, unweighted.")
    ),
    "estimate": Column("number", message("The share or mean."), SHARE_OR_MEAN),
    "frame_n": Column("integer", message("How many units were asked."), UNITS),
}
