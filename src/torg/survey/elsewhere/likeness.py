"""What a column may mean whose header says nothing sure: by likeness, and by what its cells say."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import product

from torg.survey.elsewhere.meanings import ITEM, Column
from torg.survey.elsewhere.values import texts_of
from torg.survey.elsewhere.words import is_blank, plain, unnumbered
from torg.survey.questionnaire import Item, Question, items_of

NEAR = 0.8  # likeness of a header and a text that is worth a proposal
_MOST_OPTIONS = 60  # different cells of a column that are compared with the options


@dataclass(frozen=True)
class Candidate:
    """An item that a column may answer: the headers it may have, and the texts of its answers."""

    means: str
    headers: tuple[str, ...]  # in plain form
    answers: frozenset[str]  # in plain form; none where a number or text is given


def candidates_of(questions: Iterable[Question]) -> tuple[Candidate, ...]:
    """The items of a wave as candidates, in their order."""
    return tuple(_candidate(item) for question in questions for item in items_of(question))


def _candidate(item: Item) -> Candidate:
    own = item.option.texts.values() if item.option else ()
    headers = dict.fromkeys(plain(text) for text in (*headers_of(item), *own))
    answers = frozenset(texts_of(item)) if item.codes else frozenset()
    return Candidate(f"{ITEM}{item.id}", tuple(headers), answers)


def headers_of(item: Item) -> Iterator[str]:
    """The headers that an item may have: its question's text, and then its option's or cell's."""
    question = item.question
    tails = [part.texts.values() for part in (item.option, item.row, item.column) if part]
    for text in question.texts.values():
        yield from (" ".join((text, *tail)) for tail in product(*tails))


def likely(column: Column, cells: Sequence[str], candidates: Sequence[Candidate]) -> Column:
    """The column with the item that it most probably answers, to be confirmed; or as it was.

    Where the header says nothing, cells that fit one item and no other are worth a question.
    """
    told = frozenset(plain(cell) for cell in cells if not is_blank(cell))
    said = SequenceMatcher(b=plain(unnumbered(column.name)))
    fitting = {one.means for one in candidates if _fits(one, told)}
    near = [
        (like + (one.means in fitting), one.means)
        for one in candidates
        if (like := _likeness(said, one)) >= NEAR
    ]
    if near:
        return replace(column, means=max(near)[1], sure="near")
    return replace(column, means=fitting.pop(), sure="near") if len(fitting) == 1 else column


def _likeness(said: SequenceMatcher[str], candidate: Candidate) -> float:
    """The likeness to the nearest header; 0 where none comes near, which is quickly seen."""
    best = 0.0
    for header in candidate.headers:
        said.set_seq1(header)
        if said.real_quick_ratio() >= NEAR and said.quick_ratio() >= NEAR:
            best = max(best, said.ratio())
    return best


def _fits(candidate: Candidate, told: frozenset[str]) -> bool:
    """Whether the cells are answers to the item; one answer alone says nothing."""
    return 1 < len(told) <= _MOST_OPTIONS and told <= candidate.answers
