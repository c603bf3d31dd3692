"""Taking answers from a file: what can be read goes in, the rest is listed by cell."""

import datetime as dt
import hashlib
import hmac
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

import polars as pl

from torg.errors import SurveyError
from torg.register import Register
from torg.survey.elsewhere.meanings import (
    AT,
    COUNTRY,
    NAME,
    RESPONDENT,
    UNIT,
    Column,
    Meanings,
    is_box,
)
from torg.survey.elsewhere.moments import Moments
from torg.survey.elsewhere.reading import Answered, Row, letter
from torg.survey.elsewhere.units import Units, recognised, units_of
from torg.survey.elsewhere.values import BadCell, code_of, several_of, texts_of
from torg.survey.elsewhere.words import TICKED, is_blank, plain, said
from torg.survey.frame import Unit
from torg.survey.questionnaire import (
    DONT_KNOW,
    NO,
    YES,
    Item,
    Questionnaire,
    Wave,
    fault_of,
    items_of,
)
from torg.survey.tables import ANSWERS

_KEY_LENGTH, _FILE_LENGTH = 16, 6  # characters
_OBSERVER = re.compile(r"observer-\d+")  # as the forms for observation by hand have them


@dataclass(frozen=True)
class Refused:
    """A cell that could not be taken in."""

    cell: str  # "D17"
    value: str
    why: str


@dataclass(frozen=True)
class Mended:
    """A cell whose code had lost its leading noughts."""

    cell: str
    value: str
    unit: str


@dataclass(frozen=True)
class Taken:
    """What came of a file."""

    answers: pl.DataFrame  # of ANSWERS, sorted
    refused: tuple[Refused, ...]
    mended: tuple[Mended, ...]
    undated: int  # rows without a moment of their own, which got that of the import
    rows: int  # of the file

    @property
    def units(self) -> int:
        """How many units there are answers of."""
        return self.answers.select("country", "unit").n_unique()


def answers_from(
    table: Answered,
    mapping: Meanings,
    questionnaire: Questionnaire,
    wave: Wave,
    *,
    frame: pl.DataFrame,
    at: dt.datetime,
    zone: str | None = None,
    key: bytes | None = None,
    register: Register | None = None,
) -> Taken:
    """The answers of a file to a wave, and every cell that could not be read.

    `at`: the moment of the import, of answers that have none of their own. `zone`: in which the
    file's moments are, where they do not say. `key`: hides the respondents of a file that knows
    them by more than numbers. Raises SurveyError where a column is open, no column tells the unit,
    or the zone or key that it takes is lacking.
    """
    _require_whole(mapping)
    reader = _Reader(
        table,
        mapping,
        units_of(frame, register=register),
        Moments(at, zone),
        _answering(mapping, questionnaire),
        key,
    )
    read = [_of_row(reader, row) for row in table.rows]
    placed = _numbered([one for one in read if one.unit is not None], of=_of_file(table))
    rows = [row for one in placed for row in _rows(one, wave)]
    return Taken(
        pl.DataFrame(rows, schema=dict(ANSWERS), orient="row").sort(pl.all()),
        tuple(chain.from_iterable(one.refused for one in read)),
        tuple(one.mended for one in read if one.mended),
        sum(one.at is None for one in placed),
        len(table.rows),
    )


@dataclass(frozen=True)
class _Read:
    """A row as it was read."""

    unit: Unit | None
    respondent: str | None
    at: dt.datetime | None
    answers: Mapping[str, str]
    refused: tuple[Refused, ...]
    mended: Mended | None = None
    otherwise: dt.datetime | None = None  # the moment where it has none of its own


@dataclass(frozen=True)
class _Answering:
    """A column that answers, with what its texts stand for."""

    column: Column
    items: tuple[Item, ...]  # one, or all of a question whose answers stand in one cell
    known: Mapping[str, str]

    @cached_property
    def codes(self) -> frozenset[str]:
        """What is an answer without having to be looked at."""
        return frozenset(self.items[0].codes)

    def read(self, cell: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
        """The answers in a cell, and what is none with the reason."""
        if self.column.unknown:
            is_ticked = plain(cell) in TICKED | said(YES) | said(DONT_KNOW)
            return {item.id: DONT_KNOW for item in self.items if is_ticked}, []
        if self.column.question:
            question = self.items[0].question
            told, strange = several_of(question, self.items, cell, values=self.known)
            return told, [(text, "is none of the options") for text in strange]
        item = self.items[0]
        try:
            code = code_of(item, cell, known=self.known)
        except BadCell as error:
            return {}, [(cell, str(error))]
        fault = fault_of(item, code) if code is not None and code not in self.codes else None
        if fault:
            return {}, [(cell, fault)]
        return ({item.id: code} if code is not None else {}), []


@dataclass(frozen=True)
class _Reader:
    table: Answered
    mapping: Meanings
    units: Units
    moments: Moments
    answering: Sequence[_Answering]
    key: bytes | None

    def cell(self, row: Row, means: str) -> str:
        """The cell of the column that means it; "" where there is no such column."""
        column = self.mapping.of(means)
        return row.cells[column.at] if column else ""

    def place(self, row: Row, means: str) -> str:
        column = self.mapping.of(means) or self.mapping.of(NAME)
        return f"{letter(column.at) if column else ''}{row.number}"


def _require_whole(mapping: Meanings) -> None:
    if mapping.open:
        names = ", ".join(f"{letter(c.at)} '{c.name}'" for c in mapping.open)
        raise SurveyError(
            f"it is not known what these columns mean: {names}; import with --teach to be asked "
            f"about each, or say --column {letter(mapping.open[0].at)}=ITEM."
        )
    if mapping.of(UNIT) is None and mapping.of(NAME) is None:
        raise SurveyError(
            "no column tells whose answers they are: say which one holds the units' codes or "
            "names, as --column A=unit."
        )


def _answering(mapping: Meanings, questionnaire: Questionnaire) -> list[_Answering]:
    questions = {question.id: question for question in questionnaire.questions}
    found = []
    for column in mapping.columns:
        if column.item:
            item = questionnaire.items[column.item]
            found.append(_Answering(column, (item,), {**texts_of(item), **column.values}))
        elif column.question or column.unknown:
            items = items_of(questions[column.question or column.unknown or ""])
            found.append(_Answering(column, items, column.values))
    # That an answer is not known outweighs what stands in its own column.
    return sorted(found, key=lambda one: one.column.unknown is not None)


def _of_row(reader: _Reader, row: Row) -> _Read:
    try:
        unit, mended = _unit(reader, row)
    except BadCell as error:
        said = reader.cell(row, UNIT) or reader.cell(row, NAME)
        refused = Refused(reader.place(row, UNIT), said, str(error))
        return _Read(None, None, None, {}, (refused,))
    answers: dict[str, str] = {}
    faults: list[Refused] = []
    for one in reader.answering:
        told, strange = one.read(row.cells[one.column.at])
        answers |= told
        faults += [
            Refused(f"{letter(one.column.at)}{row.number}", text, why) for text, why in strange
        ]
    moment, fault = _at(reader, row)
    return _Read(
        unit,
        _respondent(reader, row),
        moment,
        _with_boxes(answers, reader.answering, {fault.cell for fault in faults}, row),
        (*faults, *fault),
        mended,
        reader.moments.otherwise,
    )


def _unit(reader: _Reader, row: Row) -> tuple[Unit, Mended | None]:
    said = reader.cell(row, UNIT)
    found = recognised(
        reader.units, said, name=reader.cell(row, NAME), country=reader.cell(row, COUNTRY)
    )
    mended = Mended(reader.place(row, UNIT), said, found.unit[1]) if found.is_mended else None
    return found.unit, mended


def _at(reader: _Reader, row: Row) -> tuple[dt.datetime | None, tuple[Refused, ...]]:
    cell = reader.cell(row, AT)
    try:
        return reader.moments.read(cell), ()
    except BadCell as error:
        return None, (Refused(reader.place(row, AT), cell, str(error)),)


def _respondent(reader: _Reader, row: Row) -> str | None:
    """The respondent as a number or a keyed hash, never as a name; None where the file has none."""
    said = reader.cell(row, RESPONDENT)
    if not said:
        return None
    if said.isdecimal():
        return f"{_of_file(reader.table)}-{int(said)}"
    if _OBSERVER.fullmatch(said):
        return said
    if reader.key is None:
        raise SurveyError(
            f"column '{RESPONDENT}' holds more than numbers ('{said[:1]}...' in row {row.number}), "
            "and there is no key to hide it with: set TORG_AUTHOR_KEY, or say that the column "
            "means nothing that is taken in."
        )
    told = f"respondent\n{said.casefold()}".encode()
    return hmac.new(reader.key, told, hashlib.sha256).hexdigest()[:_KEY_LENGTH]


def _with_boxes(
    answers: Mapping[str, str], answering: Sequence[_Answering], bad: set[str], row: Row
) -> Mapping[str, str]:
    """The answers, where a box left blank beside a ticked one is "no".

    Where no box of a question is ticked nobody knows whether it was answered at all.
    """
    boxes = [one for one in answering if one.column.item and is_box(one.items[0])]
    ticked = {one.items[0].question.id for one in boxes if answers.get(one.items[0].id) == YES}
    blank = {
        one.items[0].id: NO
        for one in boxes
        if one.items[0].question.id in ticked and is_blank(row.cells[one.column.at])
    }
    return {**blank, **answers}


def _of_file(table: Answered) -> str:
    """What tells apart two people of one number in files from two tools, and holds over exports."""
    return table.fingerprint[:_FILE_LENGTH]


def _numbered(read: Sequence[_Read], *, of: str) -> list[_Read]:
    """The rows, where those without a respondent are numbered within their unit, as they stand."""
    counts: Counter[Unit] = Counter()
    numbered = []
    for one in read:
        if one.respondent is None and one.unit is not None:
            counts[one.unit] += 1
            numbered.append(replace(one, respondent=f"{of}-nth-{counts[one.unit]}"))
        else:
            numbered.append(one)
    return numbered


def _rows(one: _Read, wave: Wave) -> Iterator[tuple[object, ...]]:
    if one.unit is not None:
        for item, value in one.answers.items():
            yield (wave.id, *one.unit, one.respondent, item, value, one.at or one.otherwise)


def strange_texts(
    table: Answered, mapping: Meanings, questionnaire: Questionnaire
) -> list[tuple[Column, str, int]]:
    """The texts that are no answers to the item of their column, with how often each stands there.

    Only where an answer has a code: a bad number is for its own cell to mend.
    """
    found = []
    for one in _answering(mapping, questionnaire):
        if one.column.item and one.items[0].codes:
            bad = Counter(cell for cell in table.column(one.column.at) if one.read(cell)[1])
            found += [(one.column, text, times) for text, times in sorted(bad.items())]
    return found
