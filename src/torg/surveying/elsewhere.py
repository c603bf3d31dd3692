"""Answers that were collected elsewhere: a file, what its columns mean, and what came of it."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from torg.archive import load_key
from torg.errors import SurveyError
from torg.register import read_register
from torg.study import Study
from torg.survey import Questionnaire, Wave
from torg.survey.elsewhere import (
    FILE,
    Answered,
    ColumnAsked,
    Meanings,
    Taken,
    ValueAsked,
    answers_from,
    columns_asked,
    letter,
    open_answers,
    proposed,
    read_mappings,
    remember,
    values_asked,
)


@dataclass(frozen=True, eq=False)
class AnswerFile:
    """A file of answers to a wave, and what is understood of its columns so far."""

    table: Answered
    meanings: Meanings
    questionnaire: Questionnaire
    wave: Wave
    content: str  # SHA-256 of the file

    @property
    def sha256(self) -> str:
        """By which the same file, understood in the same way, is known again.

        Once a column is understood in another way, the file brings answers anew.
        """
        understood = [(c.means, sorted(c.values.items())) for c in self.meanings.columns]
        return hashlib.sha256(f"{self.content}\n{understood}".encode()).hexdigest()

    @property
    def columns_asked(self) -> tuple[ColumnAsked, ...]:
        """What has to be asked of its columns."""
        return columns_asked(
            self.table, self.meanings, self.questionnaire, self.wave, language=self._language
        )

    @property
    def values_asked(self) -> tuple[ValueAsked, ...]:
        """What has to be asked of its texts, once the columns are known."""
        return values_asked(self.table, self.meanings, self.questionnaire, language=self._language)

    def told(self, at: int, means: str) -> "AnswerFile":
        """The file after a column's meaning was said. Raises SurveyError where it has none such."""
        told = self.meanings.told(at, means, questionnaire=self.questionnaire, wave=self.wave)
        return replace(self, meanings=told)

    def told_value(self, at: int, text: str, code: str) -> "AnswerFile":
        """The file after it was said which answer a text of a column stands for."""
        return replace(self, meanings=self.meanings.told_value(at, text, code))

    @property
    def _language(self) -> str:
        return self.questionnaire.languages[0]


def open_file(
    study: Study,
    questionnaire: Questionnaire,
    wave: Wave,
    path: Path,
    *,
    columns: Sequence[str] = (),
) -> AnswerFile:
    """The file with what is known of its columns: remembered, recognised, or said in `columns`.

    `columns`: "B=guidelines" for what column B means. Raises SurveyError.
    """
    table = open_answers(path)
    known = read_mappings(study.folder / FILE, questionnaire, wave)
    meanings = proposed(table, questionnaire, wave, remembered=known)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    file = AnswerFile(table, meanings, questionnaire, wave, digest)
    for said in columns:
        file = file.told(*_said(said, file))
    return file


def _said(text: str, file: AnswerFile) -> tuple[int, str]:
    place, _, means = text.partition("=")
    letters = {letter(column.at): column.at for column in file.meanings.columns}
    if place.upper() not in letters or not means:
        raise SurveyError(
            f"'{text}' says nothing of a column: write LETTER=MEANS, as B=guidelines; the file's "
            f"columns are {', '.join(letters)}."
        )
    return letters[place.upper()], means


def take(study: Study, file: AnswerFile, *, frame: pl.DataFrame, zone: str | None = None) -> Taken:
    """The file's answers, with every cell that could not be read; what it means is remembered.

    Raises SurveyError where a column is not understood, or nobody can say whose the answers are.
    """
    pseudonyms = load_key(study.id)
    taken = answers_from(
        file.table,
        file.meanings,
        file.questionnaire,
        file.wave,
        frame=frame,
        at=dt.datetime.now(dt.UTC),
        zone=zone or study.imports.timezone,
        key=None if pseudonyms is None else pseudonyms.key,
        register=read_register(study.register_folder),
    )
    remember(study.folder / FILE, file.meanings, example=file.table.name)
    return taken
