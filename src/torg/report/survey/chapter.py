"""The survey's page as values, before any mark-up: what was asked, and every figure of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from torg.locale import message
from torg.report.survey.lookup import (
    SUPPRESSED,
    Estimate,
    Figures,
    Pair,
    categories,
    estimates,
    is_of_one_channel,
)
from torg.report.survey.phrases import Phrases
from torg.report.survey.responding import Responding
from torg.report.survey.results import SurveyResults, WeightingNote
from torg.report.survey.sentences import sentences
from torg.report.survey.talk import Sentence, Talk
from torg.survey import Item, Question, Wave
from torg.survey.questionnaire import DONT_KNOW, NO, YES

FIRST_SENTENCES = 8  # of the page; the others are folded


@dataclass(frozen=True, kw_only=True)
class Line:
    """One figure of a question: an option that was ticked, or an answer that was given."""

    item: Item
    category: str | None
    label: str
    pair: Pair | None  # None: the estimates have no row of it
    by_group: tuple[tuple[str, Pair | None], ...]
    printed: tuple[str, str] | None  # what the original printed, and where

    @property
    def main(self) -> Estimate | None:
        """The figure to show."""
        return self.pair.main if self.pair else None

    @property
    def is_there(self) -> bool:
        """There is a figure to draw."""
        return self.main is not None and self.main.is_there

    @property
    def is_suppressed(self) -> bool:
        """It was taken away to protect those behind it."""
        return self.main is not None and self.main.missing == SUPPRESSED


@dataclass(frozen=True, kw_only=True)
class Block:
    """A question with its figures."""

    question: Question
    text: str
    base: str  # "of the municipalities that answered"
    lines: tuple[Line, ...]
    groups: tuple[str, ...]  # size classes and kinds of unit that there are figures of
    is_grid: bool  # a matrix: rows by columns
    disagreed: int  # at least so many units whose respondents gave different answers

    @property
    def there(self) -> tuple[Line, ...]:
        """The lines that can be drawn."""
        return tuple(line for line in self.lines if line.is_there)

    @property
    def first(self) -> tuple[Line, ...]:
        """The lines that are drawn and told by size: of cells with answers the first answer's."""
        if not (self.is_grid and self.question.options):
            return self.lines
        code = self.question.options[0].id
        return tuple(line for line in self.lines if line.category == code)

    @property
    def n(self) -> tuple[int, int] | None:
        """The least and most answers that a figure of it rests on."""
        counts = [line.main.n for line in self.there if line.main]
        return (min(counts), max(counts)) if counts else None

    @property
    def has_wide(self) -> bool:
        """An interval in it says little."""
        return any(line.main and line.main.is_wide for line in self.lines)

    @property
    def has_suppressed(self) -> bool:
        """A figure was taken away, in all or in a group."""
        pairs = [pair for line in self.lines for _, pair in line.by_group]
        groups = any(pair and pair.main.missing == SUPPRESSED for pair in pairs)
        return groups or any(line.is_suppressed for line in self.lines)

    @property
    def has_plain(self) -> bool:
        """Unweighted figures stand beside the weighted ones."""
        return any(line.pair and line.pair.plain for line in self.lines)

    @property
    def has_printed(self) -> bool:
        """The original printed a figure of it."""
        return any(line.printed for line in self.lines)

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the original's figures stand."""
        return tuple(sorted({line.printed[1] for line in self.lines if line.printed}))

    @property
    def is_number(self) -> bool:
        """Its figures are means."""
        return self.question.kind == "number"


@dataclass(frozen=True, kw_only=True)
class Course:
    """One category of an item over the waves."""

    item: Item
    category: str | None
    label: str
    points: tuple[tuple[Wave, Estimate | None], ...]  # None: the wave did not ask

    @property
    def breaks(self) -> tuple[Wave, ...]:
        """The waves from which it no longer compares with before."""
        asked = self.item.question.break_at
        there = [(wave, each) for wave, each in self.points if each and each.is_there]
        return tuple(wave for wave, each in there if wave.id in asked or each.is_break)


@dataclass(frozen=True)
class Chapter:
    """All that the page of one wave shows."""

    survey: SurveyResults
    phrases: Phrases
    wave: Wave

    @cached_property
    def figures(self) -> Figures:
        """The estimates by what they are of."""
        return Figures(self.survey)

    @cached_property
    def responding(self) -> Responding:
        """Who answered."""
        return Responding.of(self.survey, self.wave.id)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """What can be said of it in sentences."""
        return sentences(Talk(self.phrases, self.figures, self.wave))

    @cached_property
    def brief(self) -> tuple[Sentence, ...]:
        """The first sentences, one for each thing that they are about."""
        first: dict[str, Sentence] = {}
        for sentence in self.sentences:
            first.setdefault(sentence.about.split(".")[0], sentence)
        return tuple(first.values())[:FIRST_SENTENCES]

    @property
    def weighting(self) -> WeightingNote | None:
        """How the answers were weighted."""
        return self.survey.weighting(self.wave.id)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The questions of the wave that have figures, in their order."""
        asked = self.survey.questionnaire.asked_in(self.wave.id)
        of_channels = [question for question in asked if is_of_one_channel(question)]
        of_channels = of_channels if len(of_channels) > 1 else []
        made = [self._block_of_channels(of_channels)] if of_channels else []
        alone = (q for q in asked if q.kind != "text" and q not in of_channels)
        made += [self._block(question) for question in alone]
        return tuple(block for block in made if any(line.pair for line in block.lines))

    @cached_property
    def not_asked(self) -> tuple[Question, ...]:
        """Questions of other waves."""
        every = self.survey.questionnaire.questions
        return tuple(question for question in every if not question.is_asked_in(self.wave.id))

    def _block_of_channels(self, questions: Sequence[Question]) -> Block:
        """Channels that have a question each, in one picture: those that answered yes."""
        blocks = [self._block(question) for question in questions]
        lines = [line for block in blocks for line in block.lines if line.category == YES]
        named = [replace(line, label=self._channel(line.item)) for line in lines]
        return replace(
            blocks[0],
            text=self.phrases.words.say(message("Channels that are used")),
            lines=tuple(sorted(named, key=lambda line: -((line.main and line.main.estimate) or 0))),
            disagreed=max(block.disagreed for block in blocks),
        )

    def _channel(self, item: Item) -> str:
        return self.phrases.channel(item.id, self.wave.closes)

    def _block(self, question: Question) -> Block:
        items = [i for i in self.survey.questionnaire.items.values() if i.question is question]
        groups = tuple(
            g for kind in ("size", "kind") for g in self.figures.groups(self.wave.id, kind)
        )
        is_weighted = bool(self.weighting and self.weighting.method != "none")
        return Block(
            question=question,
            text=self.phrases.question(question),
            base=self.phrases.of_base(items[0], of_all=is_weighted),
            lines=tuple(line for item in items for line in self._lines(item, groups)),
            groups=groups,
            is_grid=question.kind == "matrix",
            disagreed=self._disagreed(question),
        )

    def _lines(self, item: Item, groups: Sequence[str]) -> Iterator[Line]:
        for category in categories(item):
            yield Line(
                item=item,
                category=category,
                label=self._label(item, category),
                pair=self.figures.pair(self.wave.id, item.id, category),
                by_group=tuple(
                    (group, self.figures.pair(self.wave.id, item.id, category, group))
                    for group in groups
                ),
                printed=self.figures.printed.get((self.wave.id, item.id, category)),
            )

    def _label(self, item: Item, category: str | None) -> str:
        """The option of a tick, the answer of a choice, both of a cell with answers."""
        answer = self.phrases.answer(item, category)
        if item.question.kind == "many" or (item.row and not item.question.options):
            return self.phrases.short(item)
        return f"{self.phrases.short(item)}: {answer}" if item.row else answer

    def _disagreed(self, question: Question) -> int:
        rows = self.survey.disagreements.filter(wave=self.wave.id)
        mine = {i.id for i in self.survey.questionnaire.items.values() if i.question is question}
        counts = (n for item, n in rows.select("item", "units").iter_rows() if item in mine)
        return max(counts, default=0)

    @cached_property
    def courses(self) -> tuple[Course, ...]:
        """The items that at least two waves have a figure of, over the waves."""
        waves = self.survey.waves
        by_key: dict[tuple[str, str | None], dict[str, Estimate]] = {}
        for each in estimates(self.survey.trends):
            if each.group in {"all", ""}:
                kept = by_key.setdefault((each.item, each.category), {})
                if each.wave not in kept or each.is_weighted:
                    kept[each.wave] = each
        return tuple(
            self._course(item, category, found, waves)
            for item in self.survey.questionnaire.items.values()
            if item.question.kind != "matrix"  # too many for pictures: the tables have them
            for category in categories(item)
            if category not in {NO, DONT_KNOW} and (found := by_key.get((item.id, category)))
            if sum(each.is_there for each in found.values()) > 1
        )

    def _course(
        self, item: Item, category: str | None, found: dict[str, Estimate], waves: Sequence[Wave]
    ) -> Course:
        whole, answer = self.phrases.whole(item), self.phrases.answer(item, category)
        is_told = category in {None, "yes"}
        return Course(
            item=item,
            category=category,
            label=whole if is_told else f"{whole} {answer}",
            points=tuple((wave, found.get(wave.id)) for wave in waves),
        )

    @cached_property
    def changes(self) -> tuple[tuple[Estimate, str], ...]:
        """The changes up to this wave, each with what it is of."""
        ending = f" - {self.wave.id}"
        items = self.survey.questionnaire.items
        return tuple(
            (each, self._label_of_change(items[each.item], each.category))
            for each in estimates(self.survey.changes)
            if each.wave.endswith(ending) and each.item in items
        )

    def _label_of_change(self, item: Item, category: str | None) -> str:
        whole = self.phrases.whole(item)
        return (
            whole if category in {None, "yes"} else f"{whole} {self.phrases.answer(item, category)}"
        )

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows of a frame that are of this wave."""
        return list(getattr(self.survey, name).filter(wave=self.wave.id).iter_rows(named=True))
