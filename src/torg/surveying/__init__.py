"""The survey's use cases as sentences: what the commands call, with the answers handed in."""

from torg.report.survey import SurveyResults
from torg.survey.elsewhere import Taken
from torg.surveying.asked import Asked, Collected, asked, draw_frame
from torg.surveying.definition import (
    check,
    has_survey,
    preview,
    questionnaire_of,
    wave_of,
    write_forms,
)
from torg.surveying.elsewhere import AnswerFile, open_file, take
from torg.surveying.observing import draw_observers, keep_observed
from torg.surveying.output import writing
from torg.surveying.results import results
from torg.surveying.told import (
    COMPARISONS,
    change_between,
    compared,
    estimate,
    export,
    flows_between,
    likeness,
    trend_of,
)

__all__ = [
    "COMPARISONS",
    "AnswerFile",
    "Asked",
    "Collected",
    "SurveyResults",
    "Taken",
    "asked",
    "change_between",
    "check",
    "compared",
    "draw_frame",
    "draw_observers",
    "estimate",
    "export",
    "flows_between",
    "has_survey",
    "keep_observed",
    "likeness",
    "open_file",
    "preview",
    "questionnaire_of",
    "results",
    "take",
    "trend_of",
    "wave_of",
    "write_forms",
    "writing",
]
