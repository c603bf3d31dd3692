"""The parts that sentences about a wave are put together from: amounts, bases, n, comparisons."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from torg.locale import Words, message
from torg.report.survey.amounts import amount, direction, is_more, per_cent
from torg.report.survey.lookup import Estimate, Figures, Pair, estimates
from torg.report.survey.phrases import Phrases
from torg.survey import Item, Question, Wave

LEAST_N = 5  # answers; below, a sentence would speak of single units

_CHANGED = {
    1: message("That is more than in %(before)s (a change of %(low)s to %(high)s points)."),
    0: message("That is about the same as in %(before)s (a change of %(low)s to %(high)s points)."),
    -1: message("That is less than in %(before)s (a change of %(low)s to %(high)s points)."),
}


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence and what it is about: an item, a question, or a part of the survey."""

    about: str
    text: str
    more: str = ""  # its change, its doubt, its difference by size
    order: str = ""  # where it stands among others

    @property
    def brief(self) -> str:
        """Without what is nearer to its details."""
        return f"{self.text} {self.order}".strip()

    @property
    def whole(self) -> str:
        """With all that follows it."""
        return " ".join(part for part in (self.text, self.more, self.order) if part)


@dataclass(frozen=True)
class Talk:
    """One wave in one language, in parts of sentences."""

    phrases: Phrases
    figures: Figures
    wave: Wave

    def sentence(self, about: str, text: str, **values: object) -> Sentence:
        """A sentence with its blanks filled and a capital in front."""
        said = self.phrases.words.say(text, **values)
        return Sentence(about=about, text=said[:1].upper() + said[1:])

    def items(self, question: Question) -> list[Item]:
        """The items of a question, in order."""
        every = self.phrases.survey.questionnaire.items.values()
        return [item for item in every if item.question is question]

    def figure(self, item: Item, category: str | None, group: str = "all") -> Pair | None:
        """A figure that a sentence may be made of; None where it is missing or of too few."""
        pair = self.figures.pair(self.wave.id, item.id, category, group)
        if pair is None or not pair.main.is_there or pair.main.n < LEAST_N:
            return None
        return pair

    def ranked(self, question: Question, category: str) -> list[tuple[Item, Pair]]:
        """The items of a question by the share that gave an answer, the most first."""
        found = [(item, self.figure(item, category)) for item in self.items(question)]
        there = [(item, pair) for item, pair in found if pair is not None]
        return sorted(there, key=lambda each: (-(each[1].main.estimate or 0), each[0].id))

    def said(self, item: Item, pair: Pair) -> dict[str, str]:
        """The parts that most sentences have: amount, base, n."""
        return {
            "amount": amount(pair.main, self.phrases.words),
            "of": self.phrases.of_base(item, of_all=pair.main.is_weighted),
            "tail": self.tail(pair),
        }

    def tail(self, pair: Pair) -> str:
        """The n, the interval, and what the figure is without weights."""
        number = self.phrases.words.number(pair.main.n)
        counted = self.phrases.words.say(message("n = %(n)s"), n=number)
        return f"{counted}, {self.interval(pair)}" if pair.main.has_interval else counted

    def interval(self, pair: Pair) -> str:
        """Say the interval; of a weighted figure, also what it is of those that answered."""
        words, main, plain = self.phrases.words, pair.main, pair.plain
        low, high = (words.number((end or 0) * 100) for end in (main.low, main.high))
        if plain is None or not plain.is_there:
            return words.say(message("between %(low)s and %(high)s"), low=low, high=high)
        return words.say(
            message("between %(low)s and %(high)s; unweighted %(share)s"),
            low=low,
            high=high,
            share=per_cent(plain.estimate or 0, words),
        )

    def remarks(self, item: Item, category: str | None) -> str:
        """What follows a figure: its change, its doubt, its difference by size; or nothing."""
        parts = (self._changed(item, category), self._doubt(item, category), self._by_size(item))
        return " ".join(part for part in parts if part)

    def _doubt(self, item: Item, category: str | None) -> str:
        pair = self.figure(item, category)
        if pair is None or not pair.main.is_wide:
            return ""
        return self.phrases.words.say(message("The interval is wide: the figure is uncertain."))

    def _changed(self, item: Item, category: str | None) -> str:
        """How it compares with the wave before, where that can be told."""
        found = self._changes.get((item.id, category))
        if found is None or found.is_break or not found.has_interval:
            return ""
        words = self.phrases.words
        return words.say(
            _CHANGED[direction(found)],
            before=found.wave.split(" - ")[0],
            low=_points(found.low, words),
            high=_points(found.high, words),
        )

    @cached_property
    def _changes(self) -> dict[tuple[str, str | None], Estimate]:
        ending = f" - {self.wave.id}"
        return {
            (each.item, each.category): each
            for each in estimates(self.phrases.survey.changes)
            if each.group == "all" and each.wave.endswith(ending) and each.is_there
        }

    def _by_size(self, item: Item) -> str:
        """The smallest and the largest class, where their intervals do not meet."""
        sizes = self.figures.groups(self.wave.id, "size")
        pairs = [(group, self.figure(item, "yes", group)) for group in sizes]
        there = [(g, p) for g, p in pairs if p is not None and g != "size:county"]
        if len(there) < 2 or not _apart(there[0][1].main, there[-1][1].main):
            return ""
        (small, least), (large, most) = there[0], there[-1]
        if not (least.main.has_interval and most.main.has_interval):
            return ""  # all answered: two counts of a few units each are no tendency
        return self.phrases.words.say(
            message(
                "It goes with size: %(most)s of those with %(large)s inhabitants (n = %(most_n)s), "
                "%(least)s of those with %(small)s (n = %(least_n)s)."
            ),
            large=self.phrases.group(large),
            small=self.phrases.group(small),
            **self._share_and_n("most", most),
            **self._share_and_n("least", least),
        )

    def _share_and_n(self, name: str, pair: Pair) -> dict[str, str]:
        words, main = self.phrases.words, pair.main
        return {name: per_cent(main.estimate or 0, words), f"{name}_n": words.number(main.n)}

    def channel(self, item: Item) -> str:
        """The channel that a question of its own is about, by its name then."""
        platform = (item.question.prefill or item.id).removeprefix("channel:")
        return self.phrases.channel(platform, self.wave.closes)

    def as_many(self, others: Sequence[tuple[Item, Pair]], name: Callable[[Item], str]) -> str:
        """Those that cannot be told from the one before; or nothing."""
        if not others:
            return ""
        words = self.phrases.words
        named = [
            words.say(
                message("%(option)s (%(share)s, n = %(n)s)"),
                option=name(item),
                share=per_cent(pair.main.estimate or 0, words),
                n=words.number(pair.main.n),
            )
            for item, pair in others
        ]
        return words.say(message("About as many: %(options)s."), options=self.phrases.listed(named))


def _points(end: float | None, words: Words) -> str:
    """Percentage points; an end near zero keeps a decimal, so that it is seen to be past it."""
    in_points = (end or 0) * 100
    return words.number(in_points, decimals=1 if 0 < abs(in_points) < 0.95 else 0)


def _apart(one: Estimate, other: Estimate) -> bool:
    return is_more(one, other) or is_more(other, one)
