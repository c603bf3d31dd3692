"""DAWA's list of Danish municipalities.

It holds Christiansø, which lies outside the municipal division and says so itself.
"""

import json
from pathlib import Path
from typing import Any

from torg.errors import RegisterError
from torg.register.importers.facts import Facts
from torg.register.model import Municipality

COUNTRY = "DK"
KEYS = frozenset({"kode", "navn", "udenforkommuneinddeling"})


def is_dawa(path: Path) -> bool:
    """Whether a file is a JSON list of objects with DAWA's keys."""
    with path.open("rb") as file:
        opening = file.read(4096)
    return opening.lstrip()[:1] == b"[" and all(f'"{key}"'.encode() in opening for key in KEYS)


def read_units(path: Path) -> Facts:
    """The municipalities with their regions."""
    try:
        objects: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise RegisterError(f"{path} is no whole JSON file: {error}; fetch it again.") from error
    outside = [o for o in objects if o.get("udenforkommuneinddeling")]
    return Facts(
        read=len(objects),
        units=tuple(_unit(o) for o in objects if not o.get("udenforkommuneinddeling")),
        left_out=tuple(
            f"{o['kode']} {o['navn']} is outside the municipal division" for o in outside
        ),
    )


def _unit(kommune: dict[str, Any]) -> Municipality:
    lon, lat = kommune.get("visueltcenter") or (None, None)  # as GeoJSON has it: east, then north
    return Municipality(
        country=COUNTRY,
        code=str(kommune["kode"]).zfill(4),
        names={"da": kommune["navn"]},
        county=(kommune.get("region") or {}).get("navn"),
        lat=lat,
        lon=lon,
    )
