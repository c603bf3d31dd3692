"""A matrix as its rows and columns: one grid where cells are ticked, one for each answer else."""

from collections.abc import Sequence
from dataclasses import dataclass

from torg.report.survey.chapter import Block
from torg.report.survey.lookup import Estimate
from torg.report.survey.phrases import Phrases
from torg.survey.questionnaire import YES, text_in


@dataclass(frozen=True, kw_only=True)
class Grid:
    """The shares of one answer, row by row."""

    title: str
    is_one_of_many: bool  # of several answers; else the cells are ticked or not
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Estimate | None, ...]], ...]


def grids(block: Block, phrases: Phrases) -> Sequence[Grid]:
    """The grids of a matrix: of ticks, or of every answer that a cell can have."""
    question = block.question
    codes = [option.id for option in question.options] or [YES]
    found = {(line.item.id, line.category): line.main for line in block.lines}
    language = phrases.words.language

    def cells(row: str, code: str) -> tuple[Estimate | None, ...]:
        ids = (f"{question.id}.{row}.{column.id}" for column in question.columns)
        return tuple(found.get((id_, code)) for id_ in ids)

    item = block.lines[0].item
    return [
        Grid(
            title=phrases.answer(item, code) if question.options else block.text,
            is_one_of_many=bool(question.options),
            columns=tuple(text_in(column.texts, language) for column in question.columns),
            rows=tuple((text_in(r.texts, language), cells(r.id, code)) for r in question.rows),
        )
        for code in codes
    ]
