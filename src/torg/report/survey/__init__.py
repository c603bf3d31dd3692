"""The survey in the report: a chapter, sentences for the press, and files for other programs."""

from torg.report.survey.exports import write_survey_tables
from torg.report.survey.pages import PAGE, write_survey
from torg.report.survey.results import (
    AGREEMENT,
    BIAS,
    COVERAGE,
    FLOWS,
    NOWCAST,
    PRINTED,
    STATED,
    MeasureWords,
    RegisteredHypothesis,
    SurveyResults,
    WeightingNote,
)

__all__ = [
    "AGREEMENT",
    "BIAS",
    "COVERAGE",
    "FLOWS",
    "NOWCAST",
    "PAGE",
    "PRINTED",
    "STATED",
    "MeasureWords",
    "RegisteredHypothesis",
    "SurveyResults",
    "WeightingNote",
    "write_survey",
    "write_survey_tables",
]
