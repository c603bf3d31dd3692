"""The survey: from a frame of all municipalities to estimates that own up to who did not answer.

It takes and returns values and knows no database: invitations, respondents and answers are kept by
`site`, and come here as frames with the columns of `tables`.
"""

from torg.survey.answers import (
    CARRIED,
    DISAGREEMENTS,
    SET_ASIDE,
    Sheet,
    disagreements_by_item,
    sheet_of,
)
from torg.survey.change import FLOWS, MOVES, Flows, change, gross_flows
from torg.survey.estimating import cross, differences, estimate
from torg.survey.frame import frame_of, unit_of_county
from torg.survey.questionnaire import Item, Question, Questionnaire, Wave
from torg.survey.response import (
    REPRESENTATIVITY,
    RESPONSE,
    Representativity,
    representativity,
    response,
)
from torg.survey.surveyed import Surveyed, respondents_of
from torg.survey.tables import ANSWERS, ESTIMATES, FRAME, OBSERVED, SHEET, WEIGHTS
from torg.survey.trend import (
    NOWCASTS,
    TREND,
    by_plan,
    nowcast,
    trend,
)
from torg.survey.weighting import Weighting, weigh

__all__ = [
    "ANSWERS",
    "CARRIED",
    "DISAGREEMENTS",
    "ESTIMATES",
    "FLOWS",
    "FRAME",
    "MOVES",
    "NOWCASTS",
    "OBSERVED",
    "REPRESENTATIVITY",
    "RESPONSE",
    "SET_ASIDE",
    "SHEET",
    "TREND",
    "WEIGHTS",
    "Flows",
    "Item",
    "Question",
    "Questionnaire",
    "Representativity",
    "Sheet",
    "Surveyed",
    "Wave",
    "Weighting",
    "by_plan",
    "change",
    "cross",
    "differences",
    "disagreements_by_item",
    "estimate",
    "frame_of",
    "gross_flows",
    "nowcast",
    "representativity",
    "respondents_of",
    "response",
    "sheet_of",
    "trend",
    "unit_of_county",
    "weigh",
]
