"""What study.toml says of the survey: who is asked, how answers are weighted, and who asks."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from torg.study.frozen import Frozen

Margin = Literal["size", "region", "activity"]
Weighting = Literal["rake", "poststratify", "propensity", "none"]
Conflict = Literal["latest", "first", "agreed"]
UnitKind = Literal["municipality", "county"]


class Survey(Frozen):
    """The survey: who is asked, how several answers become one, and how answers are weighted."""

    units: tuple[UnitKind, ...] = Field(("municipality",), min_length=1)
    """Who is asked: `municipality`, `county`, or both in one frame."""
    conflict: Conflict = "latest"
    """Of several respondents of one unit that disagree: the `latest` answer counts, the `first`,
    or only what all `agreed` on. The disagreement is reported in any case."""
    weights: Weighting = "rake"
    """How those who answered are made to stand for all: `rake` to every margin by itself,
    `poststratify` to the margins crossed, `propensity` by classes of how likely they answer, or
    `none`."""
    margins: tuple[Margin, ...] = ("size", "region", "activity")
    """What is known of the whole frame and weighted on; `activity` counts only where every unit
    was observed."""
    activity: tuple[str, ...] = ("posts_per_week",)
    """The observed measures that `activity` is made of."""
    bounds: Annotated[tuple[float, float], Field()] = (0.3, 3.0)
    """Of raking: the least and the most that a weight may be of the mean weight."""
    least: int = Field(5, ge=2)
    """A class with fewer answers is joined with its neighbour before weighting."""
    confidence: float = Field(0.95, gt=0.5, lt=1)
    """Of intervals."""
    nowcast: dt.date | None = None
    """A day after the last wave, or between two: what the levels are on it is said with an
    interval, and with what that assumes."""
    contact: str | None = None
    """Who asks, as a name and a mail address; stands in every invitation."""
    link: str | None = Field(None, pattern=r"^https?://\S+/$")
    """Where respondents answer, as `https://survey.example.no/answer/`; the personal part of the
    link is put after it."""

    @model_validator(mode="after")
    def _bounds_hold_one(self) -> "Survey":
        low, high = self.bounds
        if not 0 < low < 1 < high:
            raise ValueError("bounds are two numbers, one below 1 and one above, as [0.3, 3.0]")
        return self


class Simulated(Frozen):
    """That everything in the study is made up by `torg simulate`, and how."""

    recipe: str
    """Which study's response pattern is followed, as `ks-2014`; for another name `torg simulate`
    lists them all."""
    seed: int = Field(1, ge=0, lt=2**63)
    """Another seed, another country."""
