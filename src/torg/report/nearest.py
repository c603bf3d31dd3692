"""Which municipalities a municipality is most like: its size, its region, and what it does.

Only those of its size class are looked at. How unlike two of them are is the mean of up to three
parts, of those that are known of both (Gower 1971):

- inhabitants: how far the logarithms of the two lie apart, in robust standard deviations of the
  class (1.4826 times the median absolute deviation: Rousseeuw & Croux 1993), at most 3;
- region: 0 in the same county, else 1;
- profile: the same distance for each figure of PROFILE that both have in the same access tier, and
  the mean of them.

The profile tells how much is posted, what, and to how many. How well a municipality answers is left
out of it, so that the like may be compared in that. Of equals the lower code comes first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from torg.report.peers import whole
from torg.report.results import Results
from torg.report.standing import Id

PROFILE = (
    "posts_per_week",
    "media_share_photo",
    "media_share_video",
    "media_share_link",
    "followers_per_1000",
)
FARTHEST = 3.0  # one odd figure does not decide
ALIKE = 0.5  # robust standard deviations: as near as this is called alike
MAD, MEAN_DEVIATION = 1.4826, 1.2533  # to a standard deviation, of normal values

_INHABITANTS = "inhabitants"
_Key = tuple[str, str]  # measure, access tier


@dataclass(frozen=True, kw_only=True)
class Near:
    """One that is like a municipality, and in what."""

    id: Id
    distance: float
    is_same_county: bool
    is_same_population: bool  # about as many inhabitants, for their size class
    alike: tuple[str, ...]  # the figures of PROFILE in which they are alike, the nearest first


def nearest(results: Results, place: Id, *, n: int = 5) -> tuple[Near, ...]:
    """The `n` municipalities that are most like `place` (country, code), the nearest first.

    Fewer where its size class has fewer of which anything is known, and none where its size is not
    known. Raises KeyError where the results do not have the place.
    """
    return Likeness(results).nearest(place, n=n)


@dataclass(frozen=True)
class Likeness:
    """How like the municipalities of some results are; for asking about many of them."""

    results: Results

    def nearest(self, place: Id, *, n: int = 5) -> tuple[Near, ...]:
        """The `n` most like it: see the function of that name."""
        size_class, _ = self._known[place]
        members = self._members[size_class] if size_class else ()
        others = (self._near(place, other) for other in members if other != place)
        found = sorted((near for near in others if near), key=lambda near: (near.distance, near.id))
        return tuple(found[:n])

    def _near(self, place: Id, other: Id) -> Near | None:
        mine, theirs = self._profiles.get(place, {}), self._profiles.get(other, {})
        apart = {
            key: min(FARTHEST, abs(mine[key] - theirs[key]))
            for key in sorted(mine)
            if key in theirs
        }
        people = apart.pop((_INHABITANTS, ""), None)
        profile = sum(apart.values()) / len(apart) if apart else None
        if people is None and profile is None:
            return None  # that they are neighbours does not make them alike
        region = self._region(place, other)
        known = [part for part in (people, region, profile) if part is not None]
        alike = sorted((far, measure) for (measure, _), far in apart.items() if far <= ALIKE)
        return Near(
            id=other,
            distance=sum(known) / len(known),
            is_same_county=region == 0,
            is_same_population=people is not None and people <= ALIKE,
            alike=tuple(measure for _, measure in alike),
        )

    def _region(self, place: Id, other: Id) -> float | None:
        (_, mine), (_, theirs) = self._known[place], self._known[other]
        if mine is None or theirs is None:
            return None
        return 0.0 if (place[0], mine) == (other[0], theirs) else 1.0

    @cached_property
    def _known(self) -> Mapping[Id, tuple[str | None, str | None]]:
        """Size class and county."""
        rows = self.results.municipalities.select("country", "municipality", "size_class", "county")
        return {(country, code): (size, county) for country, code, size, county in rows.iter_rows()}

    @cached_property
    def _members(self) -> Mapping[str | None, tuple[Id, ...]]:
        found: dict[str | None, list[Id]] = {}
        for id_, (size_class, _) in self._known.items():
            found.setdefault(size_class, []).append(id_)
        return {size_class: tuple(ids) for size_class, ids in found.items()}

    @cached_property
    def _profiles(self) -> Mapping[Id, Mapping[_Key, float]]:
        """Each figure in robust standard deviations of its size class."""
        found: dict[Id, dict[_Key, float]] = {}
        for country, code, measure, access, value in _scaled(self._figures()).iter_rows():
            found.setdefault((country, code), {})[measure, access] = value
        return found

    def _figures(self) -> pl.DataFrame:
        """Country, code, size class, measure, access and value, inhabitants among them."""
        names = ("country", "municipality", "size_class")
        places = self.results.municipalities.filter(pl.col("population") > 0)
        people = places.select(
            *names,
            measure=pl.lit(_INHABITANTS),
            access=pl.lit(""),
            value=pl.col("population").cast(pl.Float64).log(),
        )
        told = whole(self.results).filter(
            pl.col("measure").is_in(PROFILE), pl.col("value").is_not_null()
        )
        sized = told.join(
            self.results.municipalities.select(names), on=["country", "municipality"]
        ).select(*names, "measure", pl.col("access").fill_null(""), "value")
        return pl.concat([people, sized])


def _scaled(figures: pl.DataFrame) -> pl.DataFrame:
    group = ("size_class", "measure", "access")
    value = pl.col("value")
    off = (value - value.median().over(group)).abs()
    robust, plain = MAD * off.median().over(group), MEAN_DEVIATION * off.mean().over(group)
    # Where half of a class are equal, the mean deviation; where all are, none is far from another.
    scale = pl.when(robust > 0).then(robust).when(plain > 0).then(plain).otherwise(1.0)
    return figures.select("country", "municipality", "measure", "access", value / scale)
