"""The survey in the report: a chapter, sentences for the press, and files for other programs."""

from torg.report.survey.pages import PAGE, write_survey
from torg.report.survey.results import (
    PRINTED,
    MeasureWords,
    RegisteredHypothesis,
    SurveyResults,
    WeightingNote,
)

__all__ = [
    "PAGE",
    "PRINTED",
    "MeasureWords",
    "RegisteredHypothesis",
    "SurveyResults",
    "WeightingNote",
    "write_survey",
]
