"""The questionnaire: a definition in a file, checked by line, and what it comes down to."""

from torg.survey.questionnaire.conditions import is_shown
from torg.survey.questionnaire.limesurvey import LimeNames, limesurvey_names, write_limesurvey
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
from torg.survey.questionnaire.page import questionnaire_page
from torg.survey.questionnaire.prefill import prefilled
from torg.survey.questionnaire.reading import faults, read_questionnaire
from torg.survey.questionnaire.ready import READY
from torg.survey.questionnaire.source import Fault
from torg.survey.questionnaire.values import LONGEST_TEXT, fault_of
from torg.survey.questionnaire.wording import WORDS, offered
from torg.survey.questionnaire.xlsform import write_xlsform

__all__ = [
    "DONT_KNOW",
    "LONGEST_TEXT",
    "NO",
    "PLANNED",
    "READY",
    "WORDS",
    "YES",
    "Condition",
    "Fault",
    "Item",
    "LimeNames",
    "Option",
    "Question",
    "Questionnaire",
    "Wave",
    "fault_of",
    "faults",
    "is_shown",
    "items_of",
    "limesurvey_names",
    "offered",
    "prefilled",
    "questionnaire_page",
    "read_questionnaire",
    "text_in",
    "write_limesurvey",
    "write_xlsform",
]
