"""Which row of the estimates is shown: the weighted one first, the unweighted beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from torg.report.results import SIZE_CLASSES
from torg.report.survey.results import SurveyResults
from torg.survey import Item, Question

Key = tuple[str, str, str | None, str]  # wave, item, category, group

WIDE = "wide"  # the flag of an interval that says little
BREAK = "break"  # the flag of a wave from which an item no longer compares with before
SUPPRESSED = "suppressed"
BY_PLAN = "by_plan"


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """One figure: a share (0 to 1) or, where `category` is null, a mean."""

    wave: str
    item: str
    category: str | None
    group: str
    estimate: float | None
    low: float | None
    high: float | None
    base: str
    n: int
    weighted_by: str
    missing: str | None
    flags: str | None

    @property
    def is_there(self) -> bool:
        """There is a figure."""
        return self.estimate is not None

    @property
    def is_weighted(self) -> bool:
        """It stands for all units, not only for those that answered."""
        return bool(self.weighted_by)

    @property
    def is_wide(self) -> bool:
        """Its interval is so wide that it says little."""
        return WIDE in self.words_of_flags

    @property
    def is_break(self) -> bool:
        """From this wave on the item no longer compares with before."""
        return BREAK in self.words_of_flags

    @property
    def words_of_flags(self) -> tuple[str, ...]:
        """The flags one by one."""
        return tuple((self.flags or "").split())

    @property
    def has_interval(self) -> bool:
        """It has an interval with a width."""
        return self.low is not None and self.high is not None and self.low < self.high


@dataclass(frozen=True, kw_only=True)
class Pair:
    """The figure to show, and the unweighted one beside it where the first is weighted."""

    main: Estimate
    plain: Estimate | None


@dataclass(frozen=True)
class Figures:
    """The estimates of a survey, by wave, item, category and group."""

    survey: SurveyResults

    def pair(self, wave: str, item: str, category: str | None, group: str = "all") -> Pair | None:
        """The figure of a category in a group, with or without weights; None where there is none.

        Where either has been taken away to protect those behind it, so is the other.
        """
        found = self._by_key.get((wave, item, category, group))
        if not found:
            return None
        weighted = [each for each in found if each.is_weighted]
        plain = [each for each in found if not each.is_weighted]
        main = (weighted or plain)[0]
        hidden = [each for each in found if each.missing == SUPPRESSED]
        if hidden:
            return Pair(main=hidden[0], plain=None)
        return Pair(main=main, plain=plain[0] if weighted and plain else None)

    def not_asked(self, wave: str, item: Item) -> bool:
        """Whether the wave did not have the item."""
        return not item.question.is_asked_in(wave)

    def groups(self, wave: str, kind: str) -> tuple[str, ...]:
        """The groups of a kind ("size", "county", "kind") that a wave has figures of, in order."""
        prefix = f"{kind}:"
        found = {g for w, g in self._groups if w == wave and g.startswith(prefix)}
        order = {f"size:{size}": at for at, size in enumerate((*SIZE_CLASSES, "county"))}
        return tuple(sorted(found, key=lambda group: (order.get(group, len(order)), group)))

    @cached_property
    def _groups(self) -> set[tuple[str, str]]:
        return {(wave, group) for wave, _, _, group in self._by_key}

    @cached_property
    def _by_key(self) -> Mapping[Key, list[Estimate]]:
        found: dict[Key, list[Estimate]] = {}
        for each in estimates(self.survey.estimates):
            found.setdefault((each.wave, each.item, each.category, each.group), []).append(each)
        return found

    @cached_property
    def printed(self) -> Mapping[tuple[str, str, str | None], tuple[str, str]]:
        """What the original printed of a wave, item and category, and where."""
        rows = self.survey.printed.iter_rows(named=True)
        return {
            (row["wave"], row["item"], row["category"]): (row["printed"], row["source"])
            for row in rows
        }


def estimates(frame: pl.DataFrame) -> Iterator[Estimate]:
    """The rows of a frame of estimates as values."""
    for row in frame.iter_rows(named=True):
        yield Estimate(**{**row, "n": row["n"] or 0, "weighted_by": row["weighted_by"] or ""})


def is_of_all(each: Estimate) -> bool:
    """Whether it is a figure of all units together."""
    return each.group == "all" and each.is_there


def is_of_one_channel(question: Question) -> bool:
    """Whether it asks, yes or no, for the use of the one channel that it is named after."""
    is_choice = question.kind in {"one", "planned"}
    return is_choice and question.prefill == f"channel:{question.id}"


def categories(item: Item) -> tuple[str | None, ...]:
    """What an item is shown by: "yes" of a tick, every answer of a choice, the mean of a number."""
    if item.is_number:
        return (None,)
    if item.question.kind == "many" or (
        item.question.kind == "matrix" and not item.question.options
    ):
        return ("yes",)
    return item.codes
