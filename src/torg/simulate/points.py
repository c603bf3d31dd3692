"""Where the invented country's municipalities lie: in the open sea, so that no place is meant."""

import hashlib
from collections.abc import Sequence

import numpy as np

from torg.simulate.clock import Floats

# A country longer than it is broad, in the middle of the North Atlantic.
_SOUTH, _NORTH = 52.0, 60.0
_WEST, _EAST = -37.0, -30.0
_COUNTY_SPREAD = 0.75  # degrees of latitude around a county's middle
_TRIES = 6  # of each point, of which the one farthest from the others is taken
_DECIMALS = 4  # of a degree: about ten metres


def draw_points(codes: Sequence[str], counties: Sequence[str]) -> tuple[tuple[float, float], ...]:
    """Latitude and longitude of each code; those of one county lie near each other.

    The seed is made of the codes and counties themselves, so that nothing else of the country is
    drawn otherwise because there are points.
    """
    seed = hashlib.sha256("\n".join((*codes, *counties)).encode()).digest()
    rng = np.random.Generator(np.random.PCG64(int.from_bytes(seed[:8])))
    middles: dict[str, Floats] = {}
    for county in dict.fromkeys(counties):
        middles[county] = _farthest(rng.uniform(0.1, 0.9, (_TRIES, 2)), list(middles.values()))
    placed: list[Floats] = []
    for county in counties:
        spread = rng.normal(0, _COUNTY_SPREAD / (_NORTH - _SOUTH), (_TRIES, 2))
        placed.append(_farthest(np.clip(middles[county] + spread, 0, 1), placed))
    return tuple(_on_earth(point) for point in placed)


def _farthest(tries: Floats, placed: list[Floats]) -> Floats:
    """The try whose nearest neighbour is farthest away (Mitchell 1991)."""
    if not placed:
        first: Floats = tries[0]
        return first
    apart = ((tries[:, None, :] - np.array(placed)[None, :, :]) ** 2).sum(axis=2).min(axis=1)
    best: Floats = tries[int(apart.argmax())]
    return best


def _on_earth(point: Floats) -> tuple[float, float]:
    up, right = point.tolist()
    lat, lon = _SOUTH + up * (_NORTH - _SOUTH), _WEST + right * (_EAST - _WEST)
    return round(lat, _DECIMALS), round(lon, _DECIMALS)
