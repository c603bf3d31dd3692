"""Import: files of any known shape, all at once, into the register."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from torg.errors import FileRefused
from torg.register.importers import assembling
from torg.register.importers.divisions import descended, divided
from torg.register.importers.facts import Facts
from torg.register.importers.shapes import SHAPES, Shape
from torg.register.register import Register


@dataclass(frozen=True)
class ImportedFile:
    """What came of one file: its shape, how much it told, and sentences on what was left out."""

    path: str
    shape: str
    read: int
    municipalities: int
    populations: int
    channels: int
    changes: int
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Imported:
    """The register after an import, and a row for each file."""

    register: Register
    rows: tuple[ImportedFile, ...]


@dataclass(frozen=True)
class _Told:
    path: Path
    shape: Shape
    facts: Facts


def import_register(paths: Sequence[Path], *, register: Register | None = None) -> Imported:
    """The register with what files or folders tell, whatever order they are given in.

    Raises FileRefused for a file of no known shape and RegisterError, with file and line, for a
    fault in one; then nothing is taken.
    """
    told = sorted((_told(path) for path in _files(paths)), key=_rank)
    facts = [one.facts for one in told]
    grown = divided(register or Register(), facts)
    for each in facts:
        grown = assembling.with_units(grown, each)
    grown = descended(grown, [d for each in facts for d in each.descents])
    left_out: dict[Path, tuple[str, ...]] = {one.path: one.facts.left_out for one in told}
    for one in told:
        for step in (_own_rows, assembling.with_figures, assembling.with_listed):
            done = step(grown, one.facts)
            grown = done.register
            left_out[one.path] += done.left_out
    done = assembling.rejoined(grown)
    rows = tuple(_row(one, left_out[one.path]) for one in told)
    return Imported(done.register, rows)


def _own_rows(register: Register, facts: Facts) -> assembling.Step:
    grown = assembling.with_channels(register, facts.channels)
    return assembling.Step(assembling.with_changes(grown, facts.changes))


def _files(paths: Sequence[Path]) -> list[Path]:
    found = []
    for path in map(Path, paths):
        if not path.exists():
            raise FileRefused(f"{path} does not exist: mend the path.")
        inside = path.rglob("*") if path.is_dir() else (path,)
        found += [p for p in inside if p.is_file() and not p.name.startswith(".")]
    return sorted(set(found))


def _told(path: Path) -> _Told:
    for shape in SHAPES:
        if shape.is_in(path):
            return _Told(path, shape, shape.read(path))
    known = ", ".join(shape.name for shape in SHAPES)
    raise FileRefused(
        f"{path} has no shape that the register knows ({known}): give it the columns of "
        "municipalities.csv, channels.csv or changes.csv."
    )


def _rank(told: _Told) -> tuple[int, dt.timedelta, str]:
    """Earlier shapes first; among files of one shape the one that tells of the latest day."""
    days = told.facts.division.days if told.facts.division else (dt.date.min,)
    return (SHAPES.index(told.shape), dt.date.max - days[-1], str(told.path))


def _row(told: _Told, left_out: tuple[str, ...]) -> ImportedFile:
    facts = told.facts
    named = {(one.country, one.id) for one in facts.listed}
    return ImportedFile(
        path=str(told.path),
        shape=told.shape.name,
        read=facts.read,
        municipalities=len(facts.units) + len(named),
        populations=len(facts.figures) + sum(len(unit.populations) for unit in facts.units),
        channels=len(facts.channels) + sum(1 for one in facts.listed if one.account),
        changes=len(facts.changes) + len(facts.descents),
        left_out=left_out,
    )
