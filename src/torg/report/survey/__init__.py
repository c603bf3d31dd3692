"""The survey in the report: a chapter, sentences for the press, and files for other programs."""

from torg.report.survey.chapter import Block, Chapter, Course
from torg.report.survey.exports import write_survey_tables
from torg.report.survey.files import file_of
from torg.report.survey.pages import (
    PAGE,
    course_chart,
    overview_of,
    pictures_of,
    speech_of,
    values_of,
    write_survey,
)
from torg.report.survey.phrases import Phrases
from torg.report.survey.press import press_release
from torg.report.survey.reading import read_survey_results
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
    "Block",
    "Chapter",
    "Course",
    "MeasureWords",
    "Phrases",
    "RegisteredHypothesis",
    "SurveyResults",
    "WeightingNote",
    "course_chart",
    "file_of",
    "overview_of",
    "pictures_of",
    "press_release",
    "read_survey_results",
    "speech_of",
    "values_of",
    "write_survey",
    "write_survey_tables",
]
