"""Points of the earth on a plane: where a municipality stands on the drawing of the map."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, radians
from typing import Final

WIDTH: Final = 640.0  # of the drawing, in its own units
_TALLEST = 1.5 * WIDTH
_MARGIN = 26.0
_HALF_TURN, _TURN = 180, 360  # degrees

_Id = tuple[str, str]


@dataclass(frozen=True)
class Plane:
    """Points on a plane: a cylinder that touches the earth where the country's middle lies.

    Equirectangular, one degree east shortened by the cosine of the middle latitude (Snyder 1987):
    within one country distances are right to a few per cent.
    """

    at: Mapping[_Id, tuple[float, float]]
    height: float

    @classmethod
    def of(cls, points: Mapping[_Id, tuple[float, float]]) -> "Plane":
        """Fit latitudes and longitudes into the drawing, north up."""
        if not points:
            return cls({}, 0.0)
        lats = [lat for lat, _ in points.values()]
        east = _unwrapped({id_: lon for id_, (_, lon) in points.items()})
        shrink = cos(radians((min(lats) + max(lats)) / 2))
        broad = (max(east.values()) - min(east.values())) * shrink
        tall = max(lats) - min(lats)
        inner = WIDTH - 2 * _MARGIN
        scale = min(inner / broad if broad else 1e9, _TALLEST / tall if tall else 1e9)
        scale = scale if scale < 1e9 else 1.0
        aside = (WIDTH - broad * scale) / 2
        at = {
            id_: (
                round(aside + (east[id_] - min(east.values())) * shrink * scale, 1),
                round(_MARGIN + (max(lats) - lat) * scale, 1),
            )
            for id_, (lat, _) in points.items()
        }
        return cls(at, round(tall * scale + 2 * _MARGIN, 1))


def _unwrapped(lons: Mapping[_Id, float]) -> Mapping[_Id, float]:
    """Longitudes without the jump at the antimeridian, where they would lie on both sides of it."""
    if max(lons.values()) - min(lons.values()) <= _HALF_TURN:
        return lons
    return {id_: lon + _TURN if lon < 0 else lon for id_, lon in lons.items()}
