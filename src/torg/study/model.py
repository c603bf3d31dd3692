"""What study.toml says, as one frozen, validated Study."""

import datetime as dt
import tomllib
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    Field,
    ValidationError,
    model_validator,
)

from torg.errors import StudyError
from torg.study.following import Follow
from torg.study.frozen import Frozen
from torg.study.mailing import Mail
from torg.study.serving import Site
from torg.study.surveying import Simulated, Survey

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Area = Literal["dialogue", "reputation", "crisis"]
Transform = Literal["log1p", "linear", "enough"]
Language = Literal["en", "nb", "nn", "sv", "fi", "da"]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-4]):[0-5]\d$")]

_FIRST_YEAR, _LAST_YEAR = 1990, 2200  # zones and clocks are not defined far outside


def in_calendar(day: dt.date) -> dt.date:
    """The day itself. Raises ValueError where zones and clocks are not defined."""
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(f"{day} is not between {_FIRST_YEAR} and {_LAST_YEAR}: mend the year")
    return day


def _zone_name(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"no time zone is called '{name}': write one like Europe/Oslo") from error
    return name


Day = Annotated[dt.date, AfterValidator(in_calendar)]
Zone = Annotated[str, AfterValidator(_zone_name)]

AREAS: tuple[Area, ...] = ("dialogue", "reputation", "crisis")


class Window(Frozen):
    """The days that count, both included; an open end is where the archive begins or ends."""

    start: Day | None = Field(None, alias="from")
    """The first day."""
    end: Day | None = Field(None, alias="to")
    """The last day."""

    @model_validator(mode="after")
    def _in_order(self) -> "Window":
        if self.start and self.end and self.end < self.start:
            raise ValueError("the window ends before it begins: swap 'from' and 'to'")
        return self


class Eligible(Frozen):
    """Which channels speak for a municipality in this study. Persons' channels never do."""

    platforms: tuple[str, ...] = ()
    """As `facebook`, `instagram`; none named means all."""
    scopes: tuple[Literal["municipality", "service", "campaign"], ...] = ("municipality",)
    """Which scopes of channels count."""


class Criterion(Frozen):
    """A measure turned into points. Criteria of your own replace the default set."""

    measure: str
    """The measure's id; one that is a sum over weeks, or a stock."""
    area: Area
    """What it is about."""
    weight: float = Field(1.0, gt=0)
    """Against the other criteria of its area."""
    transform: Transform = "log1p"
    """`log1p` for counts and rates, `linear` for shares, `enough` for a level that is enough."""
    higher_is_better: bool = True
    """`false` where less is better."""
    enough: float | None = Field(None, gt=0)
    """With `enough`: the level from which more earns nothing."""

    @model_validator(mode="after")
    def _enough_has_a_level(self) -> "Criterion":
        if self.transform == "enough" and self.enough is None:
            raise ValueError(f"criterion {self.measure}: transform 'enough' needs enough = LEVEL")
        return self


class Ranking(Frozen):
    """How places and their uncertainty are made."""

    seed: int = Field(20110115, ge=0, lt=2**63)
    """Of all random draws: the same seed, the same sets."""
    draws: int = Field(1000, ge=100, le=100_000)
    """How many."""
    confidence: float = Field(0.95, gt=0.5, lt=1)
    """Of rank sets and intervals."""
    top: int = Field(10, ge=1)
    """The size of the top set."""
    least_posts: int = Field(5, ge=1)
    """With fewer posts in the window a municipality is listed, not ranked."""
    least_weeks: int = Field(4, ge=2)
    """With fewer weeks observed a municipality is listed, not ranked."""
    lists: Literal["areas", "classic", "both"] = "areas"
    """`classic`: the six lists of *NM i Facebook* instead of a score over areas; `both`: beside
    it."""


class Office(Frozen):
    """When an office is open, Monday to Friday but for national holidays."""

    opens: Clock = "08:00"
    """Local time."""
    closes: Clock = "15:30"
    """Local time."""

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> "Office":
        if self.opens >= self.closes:
            raise ValueError("the office closes before it opens: swap 'opens' and 'closes'")
        return self


class OwnHours(Office):
    """The hours of one municipality, where they are known."""

    country: str
    """The country's two letters."""
    municipality: str
    """The official code."""


class OfficeHours(Office):
    """When an office is taken to be open, Monday to Friday but for national holidays."""

    own: tuple[OwnHours, ...] = ()
    """Municipalities whose own hours are known: a table `[[office.own]]` for each."""


class ImportDefaults(Frozen):
    """What you would otherwise say on every import."""

    timezone: Zone | None = None
    """The zone of exports whose times carry none, as `Europe/Oslo`; without it Torg asks."""
    citizen_text_days: int = Field(90, ge=0, le=36_500)
    """How many days the text of citizens' comments is kept."""


class Study(Frozen):
    """What is asked: population, window, eligible channels, criteria."""

    folder: Path = Field(exclude=True)
    id: str = Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")
    """Names the key for authors' names; it means nothing else."""
    title: str
    """Stands on every page."""
    country: str | None = None
    """A country's two letters; without it every municipality in the register counts."""
    invented: bool = False
    """A simulated country: every page says so."""
    languages: tuple[Language, ...] = Field(("en", "nb"), min_length=1)
    """The report's languages; each has pages of its own."""
    timezone: Zone = "Europe/Oslo"
    """The reader's zone: days and weeks begin and end in it."""
    population_date: Day | None = None
    """The day whose municipalities are asked about; without it the end of the window."""
    window: Window = Window()
    channels: Eligible = Eligible()
    criteria: tuple[Criterion, ...] = ()
    ranking: Ranking = Ranking()
    office: OfficeHours = OfficeHours()
    imports: ImportDefaults = Field(ImportDefaults(), alias="import")
    follow: Follow = Follow()
    mail: Mail = Mail()
    survey: Survey = Survey()
    site: Site = Site()
    simulated: Simulated | None = None

    @property
    def is_invented(self) -> bool:
        """Whether it says that all in it is made up; a register says it of itself, too."""
        return self.invented or self.simulated is not None

    @property
    def zone(self) -> ZoneInfo:
        """The reader's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def own_hours(self) -> dict[tuple[str, str], Office]:
        """The hours of the municipalities whose own are known, by country and code."""
        return {
            (own.country, own.municipality): Office(opens=own.opens, closes=own.closes)
            for own in self.office.own
        }

    @property
    def archive(self) -> Path:
        """The folder of the archive's tables."""
        return self.folder / "archive"

    @property
    def register_folder(self) -> Path:
        """The folder of the register's plain files."""
        return self.folder / "register"

    @property
    def releases(self) -> Path:
        """The folder of releases."""
        return self.folder / "releases"

    @property
    def questionnaire(self) -> Path:
        """The file of the survey's waves and questions; it need not exist."""
        return self.folder / "questionnaire.toml"

    @property
    def corrections(self) -> Path:
        """The file of corrections made by hand; it need not exist."""
        return self.folder / "corrections.csv"


def read_study(folder: Path) -> Study:
    """The study that `folder` describes.

    Raises StudyError where there is no study.toml, it is not TOML, or a value in it cannot be.
    """
    path = folder / "study.toml"
    if not path.is_file():
        raise StudyError(
            f"{folder.resolve()} is no study: it has no study.toml. Make one with 'torg init DIR', "
            "or say which folder you mean with 'torg -C DIR ...'."
        )
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        return Study(folder=folder.resolve(), **values)
    except tomllib.TOMLDecodeError as error:
        raise StudyError(f"{path}: {error}. Mend that line.") from error
    except UnicodeDecodeError as error:
        raise StudyError(f"{path} is not UTF-8 text: save it as UTF-8.") from error
    except ValidationError as error:
        raise StudyError(f"{path}: {_first_fault(error)}") from error


def _first_fault(error: ValidationError) -> str:
    fault = error.errors()[0]
    place = ".".join(str(part) for part in fault["loc"]) or "study.toml"
    say = _SAYINGS.get(fault["type"])
    said = say(fault) if say else fault["msg"].removeprefix("Value error, ")
    return f"{place}: {said}."


def _unknown_key(fault: "ErrorDetails") -> str:
    near = get_close_matches(str(fault["loc"][-1]), _all_keys(), n=1)
    meant = f"; did you mean '{near[0]}'?" if near else ""
    return f"no key is called so{meant} See docs/reference/study.md for all keys"


def _all_keys() -> list[str]:
    """Every key of study.toml, of all its tables."""
    models: tuple[type[BaseModel], ...] = (*Frozen.__subclasses__(), OwnHours)
    fields = [item for model in models for item in model.model_fields.items()]
    return sorted({field.alias or name for name, field in fields} - {"folder"})


_WRITTEN = {"id": "letters, digits, - and _", "contact": "an address, without blanks"}

_SAYINGS: dict[str, Callable[["ErrorDetails"], str]] = {
    "extra_forbidden": _unknown_key,
    "missing": lambda _: "this key must be there; see docs/reference/study.md",
    "string_pattern_mismatch": lambda fault: (
        f"'{fault['input']}' is not written as it must be: "
        + _WRITTEN.get(str(fault["loc"][-1]), "a time is written 08:00")
    ),
    "literal_error": lambda fault: f"'{fault['input']}' is not one of {fault['ctx']['expected']}",
}
