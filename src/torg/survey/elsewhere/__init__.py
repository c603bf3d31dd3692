"""Answers that were collected elsewhere: LimeSurvey, Webropol, Questback, any table.

::

    table = open_answers(path)
    mapping = proposed(table, questionnaire, wave, remembered=read_mappings(...))
    for asked in columns_asked(table, mapping, ...):     # of those that nobody is sure of
        mapping = mapping.told(asked.at, answer, ...)
    remember(folder / FILE, mapping, example=table.name)
    taken = answers_from(table, mapping, questionnaire, wave, frame=frame, at=now)
"""

from torg.survey.elsewhere.asking import ColumnAsked, ValueAsked, columns_asked, values_asked
from torg.survey.elsewhere.meanings import ROLES, Column, Meanings
from torg.survey.elsewhere.proposing import proposed
from torg.survey.elsewhere.reading import Answered, letter, open_answers
from torg.survey.elsewhere.remembering import FILE, read_mappings, remember
from torg.survey.elsewhere.taking import Mended, Refused, Taken, answers_from

__all__ = [
    "FILE",
    "ROLES",
    "Answered",
    "Column",
    "ColumnAsked",
    "Meanings",
    "Mended",
    "Refused",
    "Taken",
    "ValueAsked",
    "answers_from",
    "columns_asked",
    "letter",
    "open_answers",
    "proposed",
    "read_mappings",
    "remember",
    "values_asked",
]
