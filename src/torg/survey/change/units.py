"""Two waves on the units of one year: mergers and splits mapped, each unit once.

The year is that of the later frame. What a unit of today answered in the earlier wave is made from
those it grew out of, by four rules:

1. Each of them counts with the people that it brought: its population in the earlier frame times
   the part of it that lives on in the unit (the register's weight). Where a population is not
   known, all that the unit grew out of count alike.
2. Of an item they make one answer whose categories are shares: where they agreed it is that answer,
   and else 0.7 of "yes" and 0.3 of "no" where 0.7 of the people were with "yes". Shares then still
   add up to one, and a merger by itself moves no share up or down. ("Yes if any of them said yes"
   would raise shares by merging alone, and "only if all did" would lower them.)
3. It counts as answered where those of them that answered bring at least half of the people.
4. Its weight is the mean of theirs, by people; then the weights of each stratum are set to add up
   to its units once more.

A unit that nobody carries on has ended, one that grew out of nobody in the earlier frame is new:
both stay in the wave that they were asked in, and have no part in what the waves share.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import polars as pl

from torg.register import Register
from torg.survey.change.overlap import Bools, Floats, Ints
from torg.survey.change.strata import stratum_labels
from torg.survey.surveyed import Surveyed
from torg.survey.weighting import Design

Key = tuple[str, str]  # country, unit
LEAST_PEOPLE = 0.5  # of a merged unit's, in those that answered, so that it counts as answered


@dataclass(frozen=True, eq=False, kw_only=True)
class Placed:
    """One wave over the M units of one year; K units are those of the wave's own frame."""

    surveyed: Surveyed
    asked: Bools  # [M]: in the frame, itself or one that it grew out of
    parts: Floats = field(repr=False)  # [M, K]: how much of each unit is of which; rows add up to 1
    weights: Floats = field(repr=False)  # [M]: 0 where nothing was answered
    metric: Floats = field(repr=False)  # [M]: weights of the regression on `known`
    known: Floats = field(repr=False)  # [M, P]: classes of the margins weighted on

    @cached_property
    def rows(self) -> Mapping[Key, int]:
        """The place of each unit among the K of the wave's own frame."""
        return {key: place for place, key in enumerate(_keys(self.surveyed.frame))}

    @cached_property
    def sheets(self) -> Mapping[str, pl.DataFrame]:
        """The rows of the sheet by item."""
        parts = self.surveyed.sheet.partition_by("item", as_dict=True)
        return {str(item): rows for (item,), rows in parts.items()}


@dataclass(frozen=True, eq=False, kw_only=True)
class Aligned:
    """Two waves on the same M units, sorted by country and unit."""

    units: tuple[Key, ...]
    before: Placed
    after: Placed
    strata: Ints  # [M], counted from 0
    labels: tuple[str, ...]  # of the strata; one that is "" where there is but one
    merged: int  # units that grew out of several of the earlier frame
    ended: int  # units of the earlier frame that nobody carries on
    new: int  # units of the later frame that grew out of none of the earlier

    @property
    def by(self) -> str:
        """What both waves and the panel are stratified by: "size", or "" where by nothing."""
        return "" if len(self.labels) == 1 else _margin(self.after.surveyed)


def aligned(before: Surveyed, after: Surveyed, register: Register) -> Aligned:
    """Both waves on the units of the later of the two frames, whichever way round they are."""
    turned = before.wave.frame_date > after.wave.frame_date
    earlier, later = (after, before) if turned else (before, after)
    carried = _carried(earlier, later, register)
    ended = sorted(key for key, to in carried.items() if not to)
    units = tuple(sorted({*_keys(later.frame), *ended}))
    parts = _parts(earlier, carried, units)
    labels, strata = _strata(earlier, later, units)
    old = _placed(earlier, parts, strata)
    new = _placed(later, _itself(later, units), strata)
    return Aligned(
        units=units,
        before=new if turned else old,
        after=old if turned else new,
        strata=strata,
        labels=labels,
        merged=int(np.sum(np.count_nonzero(parts, axis=1) > 1)),
        ended=len(ended),
        new=int((new.asked & ~old.asked).sum()),
    )


def _keys(frame: pl.DataFrame) -> list[Key]:
    return list(frame.sort("country", "unit").select("country", "unit").iter_rows())


def _carried(
    earlier: Surveyed, later: Surveyed, register: Register
) -> dict[Key, tuple[tuple[Key, float], ...]]:
    """Of each unit of the earlier frame, the units of the later one that carry it, with parts."""
    known = set(_keys(later.frame))
    day = later.wave.frame_date
    return {key: _successors(key, known, register, day) for key in _keys(earlier.frame)}


def _successors(
    key: Key, known: set[Key], register: Register, day: dt.date
) -> tuple[tuple[Key, float], ...]:
    country, unit = key
    found = register.successors(country, unit, day)
    # Counties are no units of the register: one that is in both frames is itself.
    carried = [((country, code), part) for code, part in found or ((unit, 1.0),)]
    return tuple((to, part) for to, part in carried if to in known)


def _parts(
    earlier: Surveyed, carried: Mapping[Key, tuple[tuple[Key, float], ...]], units: tuple[Key, ...]
) -> Floats:
    place = {key: number for number, key in enumerate(units)}
    people = earlier.frame.sort("country", "unit")["population"].cast(pl.Float64).to_numpy()
    lives_on = np.zeros((len(units), len(people)))
    for column, (key, onward) in enumerate(carried.items()):
        for to, part in onward or ((key, 1.0),):
            lives_on[place[to], column] += part
    return _shares(lives_on, people)


def _shares(lives_on: Floats, people: Floats) -> Floats:
    """By people; alike in the rows in which anybody's are not known, or there are none."""
    brought = np.where(lives_on > 0, lives_on * np.nan_to_num(people, nan=0.0), 0.0)
    lacks = np.asarray(((lives_on > 0) & ~(people > 0)).any(axis=1))
    counted = np.where(lacks[:, None], lives_on, brought)
    total = counted.sum(axis=1, keepdims=True)
    shares: Floats = np.divide(counted, total, out=np.zeros_like(counted), where=total > 0)
    return shares


def _itself(later: Surveyed, units: tuple[Key, ...]) -> Floats:
    own = {key: column for column, key in enumerate(_keys(later.frame))}
    parts = np.zeros((len(units), len(own)))
    for row, key in enumerate(units):
        if key in own:
            parts[row, own[key]] = 1.0
    return parts


def _placed(surveyed: Surveyed, parts: Floats, strata: Ints) -> Placed:
    weights, metric, known = _own_weights(surveyed)
    has = np.asarray(weights > 0)
    answered = parts @ has
    counts = answered >= LEAST_PEOPLE
    over = np.where(counts, answered, 1.0)[:, None]
    asked = np.asarray(parts.sum(axis=1) > 0)
    mean = np.where(counts, (parts @ weights) / over[:, 0], 0.0)
    return Placed(
        surveyed=surveyed,
        asked=asked,
        parts=parts,
        weights=_to_sizes(mean, asked, strata) if _is_mapped(parts) else mean,
        metric=np.where(counts, (parts @ metric) / over[:, 0], 0.0),
        known=np.where(counts[:, None], (parts @ known) / over, 0.0),
    )


def _is_mapped(parts: Floats) -> bool:
    """Whether any unit is other than one unit of the wave's own frame, and the only one of it."""
    is_part = np.asarray(parts > 0)
    return bool(np.any(is_part.sum(axis=1) > 1) or np.any(is_part.sum(axis=0) > 1))


def _own_weights(surveyed: Surveyed) -> tuple[Floats, Floats, Floats]:
    """Of the K units of the frame: weight [K], weight in the regression [K], classes [K, P].

    All are 0 of a unit without answers.
    """
    rows = {key: place for place, key in enumerate(_keys(surveyed.frame))}
    weighting = surveyed.weighting
    keys = weighting.weights.select("country", "unit").iter_rows()
    places = np.array([rows[key] for key in keys], dtype=np.intp)
    classes = _classes(surveyed)
    weights, metric = np.zeros(len(rows)), np.zeros(len(rows))
    known = np.zeros((len(rows), classes.shape[1]))
    weights[places] = weighting.weights["weight"].to_numpy()
    metric[places] = weighting.design.metric
    known[places] = classes
    return weights, metric, known


def _classes(surveyed: Surveyed) -> Floats:
    """A column for each class of each margin, and for each stratum of a design that has several."""
    design = surveyed.weighting.design
    strata = design.strata[:, None] == np.arange(len(design.sizes))
    columns: Floats = np.concatenate([strata, _indicators(design)], axis=1).astype(np.float64)
    return columns


def _indicators(design: Design) -> Floats:
    columns = [margin[:, None] == np.unique(margin)[None, :] for margin in design.margins]
    found: Floats = np.concatenate([np.empty((len(design.weights), 0)), *columns], axis=1)
    return found


def _to_sizes(weights: Floats, asked: Bools, strata: Ints) -> Floats:
    units = np.bincount(strata[asked], minlength=int(strata.max()) + 1)
    held = np.bincount(strata, weights=weights, minlength=len(units))
    factor = np.divide(units, held, out=np.ones(len(units)), where=held > 0)
    scaled: Floats = weights * factor[strata]
    return scaled


def _strata(
    earlier: Surveyed, later: Surveyed, units: tuple[Key, ...]
) -> tuple[tuple[str, ...], Ints]:
    """The stratum of each unit by the later frame, of one that ended by the earlier."""
    names = {**stratum_labels(earlier, (earlier, later)), **stratum_labels(later, (earlier, later))}
    own = [names[key] for key in units]
    labels, codes = np.unique(own, return_inverse=True)
    return tuple(str(label) for label in labels), codes.astype(np.intp)


def _margin(surveyed: Surveyed) -> str:
    return surveyed.weighting.by.split(" ")[0]
