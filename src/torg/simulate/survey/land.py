"""The register of an invented country as a survey finds it: sizes, counties, mergers, a capital."""

import datetime as dt
from itertools import pairwise

import numpy as np

from torg.register import Change, Municipality, Register
from torg.simulate.clock import Ints
from torg.simulate.names import county_names, place_names
from torg.simulate.points import draw_points
from torg.simulate.survey.recipe import Land
from torg.simulate.world import COUNTRY

# The size classes of the register, as bounds of inhabitants: within one, every order of magnitude
# is as likely as another.
_SMALLEST = 150
_BOUNDS = (_SMALLEST, 2_000, 5_000, 10_000, 20_000, 50_000)
_CLASSES = ("<2k", "2-5k", "5-10k", "10-20k", "20-50k", ">50k")
_MERGED = (800, 9_000)  # inhabitants of those that end: small ones merge
_BEGAN = dt.date(2000, 1, 1)


def draw_register(rng: np.random.Generator, land: Land) -> Register:
    """The municipalities of the country and how they merged; channels come later.

    The largest municipality is the only one of its county, and named like it, where the country
    has a capital.
    """
    ending = [day for day, count in land.mergers for _ in range(count)]
    count = land.municipalities + len(ending)
    names = place_names(rng, count=count, sound=land.sound)
    people = np.concatenate([_populations(rng, land), _ended(rng, len(ending))])
    county, counties = _counties(rng, land, count=count, capital=names[0])
    successors = _successors(rng, county, staying=land.municipalities)
    grown = _grown(people, successors, ending, staying=land.municipalities)
    other = _other_names(rng, land, count=count)
    codes = [f"{number:03d}" for number in range(1, count + 1)]
    points = draw_points(codes, [counties[i] for i in county])
    units = tuple(
        Municipality(
            country=COUNTRY,
            code=codes[i],
            names=_names(land, names[i], other.get(i)),
            county=counties[county[i]],
            populations=((_BEGAN, int(people[i])), *grown.get(i, ())),
            valid_from=_BEGAN,
            valid_to=ending[i - land.municipalities] if i >= land.municipalities else None,
            lat=points[i][0],
            lon=points[i][1],
        )
        for i in range(count)
    )
    changes = tuple(
        Change(COUNTRY, codes[land.municipalities + k], codes[successors[k]], day)
        for k, day in enumerate(ending)
    )
    return Register(units, (), changes)


def _populations(rng: np.random.Generator, land: Land) -> Ints:
    """Inhabitants of those that are there at the end, the largest first and the rest mixed."""
    tops = (*_BOUNDS[1:], land.largest)
    parts = [
        np.exp(rng.uniform(np.log(low), np.log(high), land.sizes.get(name, 0)))
        for name, low, high in zip(_CLASSES, _BOUNDS, tops, strict=True)
    ]
    drawn = np.floor(np.concatenate(parts)).astype(np.int64)
    drawn = rng.permutation(drawn)
    largest = int(drawn.argmax())
    drawn[[0, largest]] = land.largest, drawn[0]
    return drawn


def _ended(rng: np.random.Generator, count: int) -> Ints:
    low, high = np.log(_MERGED)
    return np.floor(np.exp(rng.uniform(low, high, count))).astype(np.int64)


def _counties(
    rng: np.random.Generator, land: Land, *, count: int, capital: str
) -> tuple[Ints, tuple[str, ...]]:
    """The county of each municipality as an index, and the counties' names.

    Counties differ in how many municipalities they have, about as one to three.
    """
    first = int(land.capital)
    names = county_names(rng, count=land.counties - first, sound=land.sound)
    weights = rng.uniform(1, 3, land.counties - first)
    edges = np.round(np.cumsum([0, *weights]) / weights.sum() * (count - first)).astype(int)
    of = np.concatenate([np.full(b - a, k + first) for k, (a, b) in enumerate(pairwise(edges))])
    mixed = rng.permutation(of)
    if not land.capital:
        return mixed, names
    return np.concatenate([[0], mixed]), (capital, *names)


def _successors(rng: np.random.Generator, county: Ints, *, staying: int) -> list[int]:
    """For each that ended, one of its own county that stays."""
    own = [np.flatnonzero(county[:staying] == c) for c in county[staying:]]
    return [int(rng.choice(candidates)) for candidates in own]


def _grown(
    people: Ints, successors: list[int], ending: list[dt.date], *, staying: int
) -> dict[int, tuple[tuple[dt.date, int], ...]]:
    """Of those that others became part of: the days on which they grew, and to what."""
    grown: dict[int, tuple[tuple[dt.date, int], ...]] = {}
    for k in sorted(range(len(ending)), key=lambda k: (ending[k], k)):
        into = successors[k]
        before = grown[into][-1][1] if into in grown else int(people[into])
        after = (ending[k], before + int(people[staying + k]))
        earlier = [entry for entry in grown.get(into, ()) if entry[0] != ending[k]]
        grown[into] = (*earlier, after)
    return grown


def _other_names(rng: np.random.Generator, land: Land, *, count: int) -> dict[int, str]:
    """The Swedish names of those that have two, by index."""
    bilingual = np.flatnonzero(rng.random(count) < land.bilingual)
    names = place_names(rng, count=len(bilingual), sound="sv")
    return dict(zip(bilingual.tolist(), names, strict=True))


def _names(land: Land, name: str, other: str | None) -> dict[str, str]:
    own = dict.fromkeys(land.languages, name)
    return own | {"sv": other} if other else own
