"""One wave ready to be estimated: who was asked, what they answered, and whom they stand for."""

from dataclasses import dataclass

import polars as pl

from torg.errors import SurveyError
from torg.survey.questionnaire import Wave
from torg.survey.weighting import Weighting

_NAMES = ("country", "unit")


@dataclass(frozen=True, eq=False)
class Surveyed:
    """A wave with its frame (FRAME rows), its sheet (SHEET rows) and its weights."""

    wave: Wave
    frame: pl.DataFrame
    sheet: pl.DataFrame
    weighting: Weighting

    def __post_init__(self) -> None:
        """Refuse parts that are not of one wave, and answers that nobody's weight stands for."""
        if self.weighting.wave != self.wave.id:
            raise SurveyError(
                f"the weights are those of wave {self.weighting.wave}, not of {self.wave.id}:"
                " weigh the frame of the wave that is estimated"
            )
        own = respondents_of(self.sheet)
        strangers = own.join(self.weighting.weights, on=_NAMES, how="anti").sort(*_NAMES)
        if not strangers.is_empty():
            country, unit = strangers.row(0)
            raise SurveyError(
                f"{country} {unit} answered and has no weight: weigh all who answered"
            )


def respondents_of(sheet: pl.DataFrame) -> pl.DataFrame:
    """The units (country, unit) of a sheet that answered anything, in order."""
    return sheet.filter(pl.col("state") == "answered").select(_NAMES).unique().sort(*_NAMES)
