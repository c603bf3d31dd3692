"""The questionnaire: a definition in a file, checked by line, and what it comes down to."""

from torg.survey.questionnaire.model import (
    DONT_KNOW,
    NO,
    PLANNED,
    YES,
    Condition,
    Item,
    Option,
    Question,
    Questionnaire,
    Wave,
    items_of,
    text_in,
)

__all__ = [
    "DONT_KNOW",
    "NO",
    "PLANNED",
    "YES",
    "Condition",
    "Item",
    "Option",
    "Question",
    "Questionnaire",
    "Wave",
    "items_of",
    "text_in",
]
