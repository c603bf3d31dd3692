"""A survey's estimates as everybody may see them: small cells out, and what gives them away.

Every shown share is taken to tell its count, since its n stands beside it. Figures made of others
(a difference, a change, "by plan") are shown where all their parts are: then they tell nothing new.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from torg.disclose.lattice import Cell, Lattice
from torg.disclose.members import ALL, ITEM, NUMBER, lattice_of
from torg.disclose.small_cells import (
    FIGURES_OF_A_MEAN,
    LEAST_WEIGHTED,
    P_PERCENT,
    PER_CENTS,
    SUPPRESSED,
    is_dominated,
    is_guarded,
    least_of,
    sensitive,
    width_of,
)
from torg.disclose.suppressing import suppressed
from torg.survey import Item, Questionnaire, Surveyed
from torg.survey.questionnaire import Condition

Key = tuple[str, str]  # wave, item
Hidden = Mapping[Key, "Looked"]

_FIGURES = ("estimate", "low", "high")
_CLOSE = 1e-6
_OF_ALL = ("panel",)  # a group that a figure of all would be worked out from
_SEPARATOR = " - "
# A county's own name may have a dash: only before another group does it part two.
_BETWEEN_GROUPS = re.compile(rf"{_SEPARATOR}(?=(?:all$|panel$|size:|county:|kind:|item:))")
_SEVERAL = {"by_plan": ("yes", "planned")}  # categories made of others; also "by_plan:0.5"


@dataclass(frozen=True)
class Looked:
    """What was found of one item in one wave: the groups looked into, and what to hide there."""

    groups: frozenset[str] = frozenset()
    cells: frozenset[Cell] = frozenset()
    uneven: Mapping[str, int] = field(default_factory=dict)  # groups, with how many answered


@dataclass(frozen=True)
class Parts:
    """What a figure is made of: the waves, groups and categories whose cells must be shown."""

    waves: tuple[str, ...]
    groups: tuple[str, ...]
    categories: tuple[str, ...]


@dataclass(frozen=True)
class Guard:
    """What of a survey may not be shown, looked into once for all tables that are published."""

    questionnaire: Questionnaire
    hidden: Hidden

    def protect(self, estimates: pl.DataFrame) -> pl.DataFrame:
        """The ESTIMATES rows in their order, without what may not be shown.

        A row that is taken out has no figure, no flags, and is missing as "suppressed"; its n is
        taken out as well where it would tell a hidden count. Wide intervals stay: they are flagged.
        A figure of a group or wave that was not looked into is not shown. Public facts pass.
        Where weights differ, the others are told in whole per cents.
        """
        keys = estimates.select("wave", "item", "category", "group")
        marks = [_mark(row, self.hidden, self.questionnaire) for row in keys.rows()]
        is_out = pl.Series([out for out, _ in marks], dtype=pl.Boolean)
        without_n = pl.Series([n for _, n in marks], dtype=pl.Boolean)
        is_rough = pl.Series([bool(self._uneven(row)) for row in keys.rows()], dtype=pl.Boolean)
        return _roughly(estimates, is_rough).with_columns(
            *(pl.when(~is_out).then(name).alias(name) for name in _FIGURES),
            n=pl.when(~without_n).then("n"),
            missing=pl.when(is_out).then(pl.lit(SUPPRESSED)).otherwise("missing"),
            flags=pl.when(is_out).then(pl.lit("")).otherwise("flags"),
        )

    def one_of_two(self, estimates: pl.DataFrame) -> pl.DataFrame:
        """The rows without the plain figures that stand beside weighted ones, and the other way.

        Of items whose answers are shown as totals only, and groups in which weights differ: those
        of few answers are told without weights, all others with them.
        """
        keys = estimates.select("wave", "item", "category", "group")
        sizes = [self._uneven(row) for row in keys.rows()]
        kept = [
            not own or (min(own) >= LEAST_WEIGHTED) == bool(by)
            for own, by in zip(sizes, estimates["weighted_by"], strict=True)
        ]
        return estimates.filter(pl.Series(kept, dtype=pl.Boolean))

    def _uneven(self, row: tuple[str, str, str | None, str]) -> tuple[int, ...]:
        """How many answered in the groups of a guarded figure in which weights differ."""
        wave, name, category, group = row
        parts = parts_of(wave, group, category)
        if not is_guarded(self.questionnaire.items[name]):
            return ()
        looked = (self.hidden.get((w, name), _NOT_LOOKED).uneven for w in parts.waves)
        return tuple(each[g] for each in looked for g in parts.groups if g in each)


def _roughly(estimates: pl.DataFrame, is_rough: pl.Series) -> pl.DataFrame:
    """The rows, those that `is_rough` marks in steps: shares of a per cent, their ends outwards."""
    steps = {
        "estimate": (pl.col("estimate") * PER_CENTS).round(0),
        "low": (pl.col("low") * PER_CENTS + _CLOSE).floor(),
        "high": (pl.col("high") * PER_CENTS - _CLOSE).ceil(),
    }
    is_share = pl.col("category").is_not_null()
    return estimates.with_columns(
        pl.when(~is_rough)
        .then(name)
        .when(is_share)
        .then(step / PER_CENTS)
        .otherwise(pl.col(name).round_sig_figs(FIGURES_OF_A_MEAN))
        .alias(name)
        for name, step in steps.items()
    )


def guard(
    tables: Sequence[pl.DataFrame], surveyed: Iterable[Surveyed], questionnaire: Questionnaire
) -> Guard:
    """Look into all `tables` (ESTIMATES rows) that are published of the waves `surveyed`.

    All of them at once: what one table hides, another would give away.
    """
    waves = {each.wave.id: each for each in surveyed}
    names = ["wave", "item", "group"]
    figures = pl.concat([table.select(names) for table in tables]).unique()
    return Guard(questionnaire, hidden_cells(figures, waves, questionnaire))


def protect(
    estimates: pl.DataFrame, surveyed: Iterable[Surveyed], questionnaire: Questionnaire
) -> pl.DataFrame:
    """`Guard.protect` where these ESTIMATES rows are all that is published of the waves."""
    return guard([estimates], surveyed, questionnaire).protect(estimates)


def hidden_cells(
    estimates: pl.DataFrame, waves: Mapping[str, Surveyed], questionnaire: Questionnaire
) -> Hidden:
    """Of each wave and guarded item the cells that may not be shown."""
    groups = _groups(estimates, waves)
    return {
        (wave, name): hidden_of(waves[wave], questionnaire.items[name], own)
        for (wave, name), own in sorted(groups.items())
        if is_guarded(questionnaire.items[name]) or any(g.startswith(ITEM) for g in own)
    }


def hidden_of(surveyed: Surveyed, item: Item, groups: Iterable[str]) -> Looked:
    """The cells of one item in those groups that may not be shown."""
    lattice = lattice_of(surveyed, item, set(groups))
    find = _dominated if item.is_number else _small
    cells = suppressed(lattice, find(lattice, least_of(item.question)))
    return Looked(frozenset(lattice.groups), cells, lattice.uneven)


def _small(lattice: Lattice, least: int) -> Mapping[Cell, float]:
    """The small cells of an item with answers, and the range that must stay open."""
    return {
        (group, category): width_of(size, least=least)
        for group, size in lattice.sizes.items()
        for category in sensitive(
            {c: int(lattice.cells[group, c]) for c in lattice.categories}, least=least
        )
    }


def _dominated(lattice: Lattice, least: int) -> Mapping[Cell, float]:
    """The groups whose mean tells too much of one unit, and the range that must stay open."""
    numbers = defaultdict(list)
    for own, value in zip(lattice.within, lattice.values, strict=True):
        for group in own:
            numbers[group].append(value)
    sums = [abs(value) for value in lattice.values]
    mean = sum(sums) / max(len(sums), 1)
    return {
        (group, NUMBER): P_PERCENT * max(abs(lattice.cells[group, NUMBER]), mean * len(values))
        for group, values in sorted(numbers.items())
        if is_dominated(values, least=least) and mean
    }


def _groups(estimates: pl.DataFrame, waves: Mapping[str, Surveyed]) -> Mapping[Key, set[str]]:
    """Of each wave and item the groups that any figure is of, or is made of."""
    found: dict[Key, set[str]] = defaultdict(set)
    for wave, item, group in estimates.select("wave", "item", "group").unique().rows():
        parts = parts_of(wave, group, None)
        for name in parts.waves:
            if name in waves:
                found[name, item] |= set(parts.groups)
    return found


def parts_of(wave: str, group: str, category: str | None) -> Parts:
    """What a figure is made of, by its names: "2014 - 2015", "size:<2k - size:2-5k", "by_plan"."""
    groups = tuple(ALL if name in _OF_ALL else name for name in _BETWEEN_GROUPS.split(group))
    own = NUMBER if category is None else category
    return Parts(tuple(wave.split(_SEPARATOR)), groups, _SEVERAL.get(own.partition(":")[0], (own,)))


def _mark(
    row: tuple[str, str, str | None, str],
    hidden: Hidden,
    questionnaire: Questionnaire,
) -> tuple[bool, bool]:
    """Whether a row is taken out, and whether its n is."""
    wave, name, category, group = row
    item, parts = questionnaire.items[name], parts_of(wave, group, category)
    by_answer = [g for g in parts.groups if g.startswith(f"{ITEM}:")]
    told = any(_tells(g, parts.waves, hidden) for g in by_answer) or any(
        _is_filtered(item.question.shown_if, w, g, hidden)
        for w in parts.waves
        for g in parts.groups
    )
    guarded = is_guarded(item) or _by_guarded(by_answer, questionnaire)
    if not guarded:
        return told, told
    looked = [hidden.get((w, name), _NOT_LOOKED) for w in parts.waves]
    cells = {(g, c) for g in parts.groups for c in parts.categories}
    is_out = any(not each.groups.issuperset(parts.groups) or each.cells & cells for each in looked)
    return told or is_out, told


_NOT_LOOKED = Looked()


def _by_guarded(groups: Sequence[str], questionnaire: Questionnaire) -> bool:
    """Whether a group is of those who gave an answer that is shown as a total only."""
    names = (g.removeprefix(f"{ITEM}:").partition("=")[0] for g in groups)
    return any(is_guarded(questionnaire.items[name]) for name in names)


def _tells(group: str, waves: Sequence[str], hidden: Hidden) -> bool:
    """Whether the n of a group by an answer is a hidden count."""
    name, _, code = group.removeprefix(f"{ITEM}:").partition("=")
    return any((ALL, code) in hidden.get((wave, name), _NOT_LOOKED).cells for wave in waves)


def _is_filtered(condition: Condition | None, wave: str, group: str, hidden: Hidden) -> bool:
    """Whether the base of a figure is a hidden count: those who gave the answers that it is of."""
    while condition is not None:
        cells = hidden.get((wave, condition.item), _NOT_LOOKED).cells
        if any((group, code) in cells for code in condition.codes):
            return True
        condition = condition.above
    return False
