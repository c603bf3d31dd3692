"""Change between two waves: of all units, and of the panel of those that answered both times."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from torg.register import Register
from torg.survey.change.choosing import base_of, chosen
from torg.survey.change.intervals import Shares, of_difference, quantile
from torg.survey.change.levels import Given, Level, Standing, given, level
from torg.survey.change.overlap import Bools, Floats, Ints, Moments, moments
from torg.survey.change.units import Aligned, Placed, aligned
from torg.survey.intervals import NO_SPREAD
from torg.survey.questionnaire import Item, Questionnaire
from torg.survey.surveyed import Surveyed
from torg.survey.tables import ESTIMATES

WIDE = 0.30  # of an interval of shares, from which it says little (Parker et al. 2017, NCHS 2-175)
FEW = 10  # answers in a base, below which intervals are rough

Row = dict[str, object]


@dataclass(frozen=True, eq=False, kw_only=True)
class Found:
    """The change of one item in one group: arrays [C] over its categories."""

    estimates: Floats
    low: Floats
    high: Floats
    n: int


def change(
    before: Surveyed,
    after: Surveyed,
    questionnaire: Questionnaire,
    *,
    register: Register,
    items: Sequence[str] | None = None,
    confidence: float = 0.95,
) -> pl.DataFrame:
    """After less before, item by item: rows of ESTIMATES with the wave "2014 - 2015".

    Group "all": the two waves' estimates on the units of the later frame, with all that answered
    either; `n` is the smaller of the two bases. Group "panel": the mean change of the units that
    answered both times, which stand for all units that both frames have. A share's change is
    between -1 and 1. Flags: "break" where the question no longer compares, "reweighted" where the
    waves are not weighted on the same margins, "wide", "few".
    """
    pair = aligned(before, after, register)
    opens = {wave.id: wave.opens for wave in questionnaire.waves}
    rows = [
        row
        for item in chosen(questionnaire, items)
        for row in _rows(_Named(pair, item, opens), confidence)
    ]
    return pl.DataFrame(rows, schema=dict(ESTIMATES))


def _rows(named: "_Named", confidence: float) -> Iterator[Row]:
    pair, item = named.pair, named.item
    waves = (pair.before.surveyed.wave.id, pair.after.surveyed.wave.id)
    if not all(item.question.is_asked_in(wave) for wave in waves):
        yield from (named.gap(group, "not_asked") for group in ("all", "panel"))
        return
    answers = (given(pair.before, item), given(pair.after, item))
    for group, found in (
        ("all", of_all(pair, *answers, confidence=confidence)),
        ("panel", of_panel(pair, *answers, confidence=confidence)),
    ):
        if found is None:
            yield named.gap(group, "no_answers")
        else:
            yield from named.rows(group, found, answers[1].categories)


def of_all(pair: Aligned, before: Given, after: Given, *, confidence: float) -> Found | None:
    """The difference of both waves' levels; None where nobody is in the base of one of them."""
    old, new = (
        _level(placed, answers, pair.strata)
        for placed, answers in ((pair.before, before), (pair.after, after))
    )
    if old is None or new is None:
        return None
    sure = moments(old.answered, new.answered, pair.strata)
    t = quantile(confidence, min(old.n, new.n) - len(pair.labels))
    low, high = of_difference(
        _shares(old, sure.before), _shares(new, sure.after), covariance=sure.covariance, t=t
    )
    if after.categories == (None,):
        tells = _tells(old, sure.before) & _tells(new, sure.after)
        low, high = _of_means(new.values - old.values, sure, tells=tells, t=t)
    return _held(
        new.values - old.values,
        (low, high),
        possible=(new.lowest - old.highest, new.highest - old.lowest),
        n=min(old.n, new.n),
    )


def _level(placed: Placed, answers: Given, strata: Ints) -> Level | None:
    return level(
        answers,
        Standing(
            weights=placed.weights,
            metric=placed.metric,
            known=placed.known,
            strata=strata,
            asked=placed.asked,
        ),
    )


def _of_means(found: Floats, sure: Moments, *, tells: Bools, t: float) -> tuple[Floats, Floats]:
    """Bounds of a change of means; none where its variance does not tell of the silent."""
    arm = np.where(tells, t * np.sqrt(sure.change), np.nan)
    return found - arm, found + arm


def _tells(found: Level, variances: Floats) -> Bools:
    """Where there is spread, or nobody is silent: that few say the same leaves the others open."""
    is_known = not np.any(found.answered.asked & ~found.answered.has)
    tells: Bools = np.sqrt(variances) > NO_SPREAD * np.maximum(abs(found.values), 1.0)
    return tells | is_known


def _shares(found: Level, variances: Floats) -> Shares:
    units, answers = found.answered.asked.sum(), found.answered.has.sum()
    return Shares(
        values=found.values,
        variances=variances,
        effective=found.effective,
        left=1 - float(answers / units),
    )


def _held(
    estimates: Floats, interval: tuple[Floats, Floats], *, possible: tuple[Floats, Floats], n: int
) -> Found:
    """Within what is possible, whoever has not answered."""
    lowest, highest = possible
    return Found(
        estimates=np.clip(estimates, lowest, highest),
        low=np.clip(interval[0], lowest, highest),
        high=np.clip(interval[1], lowest, highest),
        n=n,
    )


def of_panel(pair: Aligned, before: Given, after: Given, *, confidence: float) -> Found | None:
    """The mean change of the units in both bases, stratum by stratum; None where there are none."""
    panel = panel_of(pair, before, after)
    gained, lost = _moved(panel, +1), _moved(panel, -1)
    standing = _panel_standing(pair, panel.has)
    down, up = level(lost, standing), level(gained, standing)
    if down is None or up is None:
        return None
    sure = moments(down.answered, up.answered, pair.strata)
    t = quantile(confidence, up.n - len(pair.labels))
    found = up.values - down.values
    low, high = of_difference(
        _shares(down, sure.before), _shares(up, sure.after), covariance=sure.covariance, t=t
    )
    if after.categories == (None,):
        tells = _tells(down, sure.before) | _tells(up, sure.after)  # often all go one way
        low, high = _of_means(found, sure, tells=tells, t=t)
    possible = (up.lowest - down.highest, up.highest - down.lowest)
    return _held(found, (low, high), possible=_sharper(possible, panel, standing.asked), n=up.n)


def panel_of(pair: Aligned, before: Given, after: Given) -> Given:
    """What changed [M, C] in the units that are in both bases; known where both waves are."""
    both = before.has & after.has
    base = np.where(both, np.minimum(before.base, after.base), 0.0)
    inside = (base > 0)[:, None]
    return Given(
        categories=after.categories,
        values=np.where(inside, after.values - before.values, 0.0),
        base=(base > 0).astype(np.float64),
        has=both & pair.before.asked & pair.after.asked,
    )


def _moved(panel: Given, way: int) -> Given:
    """The changes of one direction, as sizes."""
    values = np.maximum(way * panel.values, 0.0)
    return Given(categories=panel.categories, values=values, base=panel.base, has=panel.has)


def _panel_standing(pair: Aligned, has: Bools) -> Standing:
    """Those that answered both times stand for all units of their stratum that both frames have."""
    shared = pair.before.asked & pair.after.asked
    count = len(pair.labels)
    units = np.bincount(pair.strata[shared], minlength=count)
    answers = np.bincount(pair.strata[has], minlength=count)
    # A stratum in which nobody did is left out, as if it had changed as much as the others.
    weights = np.where(has, (units / np.maximum(answers, 1))[pair.strata], 0.0)
    known = np.eye(count)[pair.strata]
    return Standing(weights=weights, metric=weights, known=known, strata=pair.strata, asked=shared)


def _sharper(possible: tuple[Floats, Floats], panel: Given, frame: Bools) -> tuple[Floats, Floats]:
    """Nobody both gains and loses: the units that are not known all move one way at most."""
    if panel.categories == (None,):
        return possible
    unknown = float((frame & ~panel.has).sum())
    base, sums = panel.base.sum() + unknown, panel.values.sum(axis=0)
    return (sums - unknown) / base, (sums + unknown) / base


def _known(end: float) -> float | None:
    return float(end) if np.isfinite(end) else None


@dataclass(frozen=True, eq=False)
class _Named:
    """The cells of a row that say what it is of."""

    pair: Aligned
    item: Item
    opens: Mapping[str, dt.date]  # of each wave of the questionnaire

    @property
    def wave(self) -> str:
        return f"{self.pair.before.surveyed.wave.id} - {self.pair.after.surveyed.wave.id}"

    def gap(self, group: str, missing: str) -> Row:
        """A row without a figure."""
        return self._row(group, None, {"n": 0, "missing": missing, "flags": ""})

    def rows(self, group: str, found: Found, categories: tuple[str | None, ...]) -> Iterator[Row]:
        """A row for each category."""
        for place, category in enumerate(categories):
            low, high = (_known(end[place]) for end in (found.low, found.high))
            figures = {"estimate": float(found.estimates[place]), "low": low, "high": high}
            is_wide = low is None or high is None or (category is not None and high - low >= WIDE)
            flags = self._flags(wide=is_wide, few=found.n < FEW)
            yield self._row(group, category, {**figures, "n": found.n, "flags": flags})

    def _flags(self, *, wide: bool, few: bool) -> str:
        by = {p.surveyed.weighting.by for p in (self.pair.before, self.pair.after)}
        flags = {"break": self._is_broken(), "few": few, "reweighted": len(by) > 1, "wide": wide}
        return " ".join(name for name, holds in flags.items() if holds)

    def _is_broken(self) -> bool:
        first, last = sorted(p.surveyed.wave.opens for p in (self.pair.before, self.pair.after))
        breaks = [self.opens[wave] for wave in self.item.question.break_at if wave in self.opens]
        return any(first < day <= last for day in breaks)

    def _row(self, group: str, category: str | None, figures: Row) -> Row:
        blank: Row = dict.fromkeys(ESTIMATES)
        by = self.pair.by if group == "panel" else self.pair.after.surveyed.weighting.by
        named = {"wave": self.wave, "item": self.item.id, "category": category, "group": group}
        return {**blank, **named, "base": base_of(self.item), "weighted_by": by, **figures}
