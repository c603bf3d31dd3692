"""Where the invented country's people live: names, codes, counties, sizes and mergers."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from torg.register import Change, Municipality
from torg.simulate.clock import Ints
from torg.simulate.names import MOST_PLACES, county_names, place_names
from torg.simulate.points import draw_points
from torg.simulate.world import COUNTRY, World

_MOST_IN_COUNTY = 90  # the last two digits of a code number the county's municipalities
MOST_MUNICIPALITIES = MOST_PLACES - 100  # leaves names for those that merge


@dataclass(frozen=True)
class Places:
    """One entry a municipality; first those that are there at the end, then those that merged."""

    names: tuple[str, ...]
    codes: tuple[str, ...]
    counties: tuple[str, ...]
    county: Ints  # index into `counties`
    population: Ints  # at the start
    staying: int  # how many are there at the end
    successor: Ints  # of those that merged: index among those that stay
    start: dt.date
    merger: dt.date  # the day from which the merged are part of another

    @property
    def population_after(self) -> Ints:
        """Inhabitants after the mergers, of those that stay."""
        after = self.population[: self.staying].copy()
        np.add.at(after, self.successor, self.population[self.staying :])
        return after


def draw_places(rng: np.random.Generator, world: World, *, staying: int, weeks: int) -> Places:
    """A country of `staying` municipalities, and those that merge into them half way."""
    # In a single week there is no middle in which to merge.
    merging = min(world.merging, staying // 20) if weeks > 1 else 0
    count = staying + merging
    counties = _counties(world, count)
    county = np.sort(rng.permutation(count) % counties)
    moved = _moved_last(rng, county, merging=merging)
    return Places(
        names=place_names(rng, count=count),
        codes=tuple(_codes(county)[i] for i in moved),
        counties=county_names(rng, count=counties),
        county=county[moved],
        population=_populations(rng, world, count=count),
        staying=staying,
        successor=_successors(rng, county[moved], staying=staying),
        start=world.start,
        merger=world.start + dt.timedelta(weeks=weeks // 2),
    )


def _counties(world: World, count: int) -> int:
    return max(min(world.counties, count), -(-count // _MOST_IN_COUNTY))


def _codes(county: Ints) -> list[str]:
    """Four digits: the county's two, counted from 01, and a number within it."""
    number = np.arange(len(county)) - np.searchsorted(county, county) + 1
    return [f"{c + 1:02d}{n:02d}" for c, n in zip(county.tolist(), number.tolist(), strict=True)]


def _moved_last(rng: np.random.Generator, county: Ints, *, merging: int) -> Ints:
    """The order in which those that merge come last: one each of some counties that have more."""
    several = np.flatnonzero(np.bincount(county) > 1)
    last_of_county = np.cumsum(np.bincount(county)) - 1
    chosen = last_of_county[rng.permutation(several)[:merging]]
    is_merging = np.isin(np.arange(len(county)), chosen)
    return np.argsort(is_merging, kind="stable")


def _populations(rng: np.random.Generator, world: World, *, count: int) -> Ints:
    z = rng.standard_normal(count)
    spread = np.where(z < 0, world.spread_below, world.spread_above)
    drawn = np.round(world.median_population * np.exp(spread * z))
    return np.clip(drawn, world.smallest, world.largest).astype(np.int64)


def _successors(rng: np.random.Generator, county: Ints, *, staying: int) -> Ints:
    """For each that merges, one of its own county that stays."""
    own = [np.flatnonzero(county[:staying] == c) for c in county[staying:]]
    return np.array([rng.choice(candidates) for candidates in own], dtype=np.int64)


def municipalities(places: Places) -> tuple[Municipality, ...]:
    """The register's municipalities."""
    after = places.population_after
    points = draw_points(places.codes, [places.counties[i] for i in places.county])
    return tuple(
        _municipality(places, i, after=after, point=point) for i, point in enumerate(points)
    )


def _municipality(
    places: Places, i: int, *, after: Ints, point: tuple[float, float]
) -> Municipality:
    start = (dt.date(places.start.year, 1, 1), int(places.population[i]))
    grown = i < places.staying and after[i] != places.population[i]
    later = ((places.merger, int(after[i])),) if grown else ()
    return Municipality(
        country=COUNTRY,
        code=places.codes[i],
        names={"nb": places.names[i]},
        county=places.counties[places.county[i]],
        populations=(start, *later),
        valid_from=dt.date(2000, 1, 1),
        valid_to=places.merger if i >= places.staying else None,
        lat=point[0],
        lon=point[1],
    )


def changes(places: Places) -> tuple[Change, ...]:
    """The register's mergers."""
    merged = enumerate(places.successor.tolist(), start=places.staying)
    return tuple(
        Change(COUNTRY, places.codes[old], places.codes[new], places.merger) for old, new in merged
    )
