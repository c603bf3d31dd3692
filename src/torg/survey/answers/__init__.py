"""From the answers as they were given to one sheet: one state for each unit and item."""

from torg.survey.answers.counting import CONFLICTS, DISAGREEMENTS
from torg.survey.answers.placing import CARRIED, SET_ASIDE
from torg.survey.answers.sheet import Sheet, disagreements_by_item, placed_answers, sheet_of

__all__ = [
    "CARRIED",
    "CONFLICTS",
    "DISAGREEMENTS",
    "SET_ASIDE",
    "Sheet",
    "disagreements_by_item",
    "placed_answers",
    "sheet_of",
]
