"""Import: files of any known format, all at once, into the register."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from torg.errors import FileRefused
from torg.register.importers import assembling
from torg.register.importers.divisions import descended, divided
from torg.register.importers.facts import Facts
from torg.register.importers.formats import FORMATS, Format
from torg.register.importers.strange import said_of
from torg.register.register import Register


@dataclass(frozen=True)
class ImportedFile:
    """What came of one file: its format, how much it told, and sentences on what was left out."""

    path: str
    format: str
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
    format: Format
    facts: Facts


def import_register(paths: Sequence[Path], *, register: Register | None = None) -> Imported:
    """The register with what files or folders tell, whatever order they are given in.

    Files of no known format that lie in a folder are passed over and told. Raises FileRefused for
    one that is named itself, or where nothing is left, and RegisterError, with file and line, for a
    fault in one; then nothing is taken.
    """
    told, strange = _read(*_files(paths))
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
    rows = [_row(one, left_out[one.path]) for one in told]
    rows += [_passed_over(path) for path in strange]
    return Imported(done.register, tuple(rows))


def _own_rows(register: Register, facts: Facts) -> assembling.Step:
    grown = assembling.with_channels(register, facts.channels)
    return assembling.Step(assembling.with_changes(grown, facts.changes))


def _files(paths: Sequence[Path]) -> tuple[set[Path], list[Path]]:
    """The files that are named themselves, and all, those in folders included, sorted."""
    named, found = set(), set()
    for path in map(Path, paths):
        if not path.exists():
            raise FileRefused(f"{path} does not exist: mend the path.")
        if path.is_dir():
            found |= {p for p in path.rglob("*") if p.is_file() and not p.name.startswith(".")}
        else:
            named.add(path)
    return named, sorted(named | found)


def _read(named: set[Path], found: list[Path]) -> tuple[list[_Told], list[Path]]:
    """What the files of known format tell, the most believed first, and the others."""
    formats = {path: _format(path) for path in found}
    strange = [path for path, format_ in formats.items() if format_ is None]
    for path in strange:
        if path in named or len(strange) == len(found):
            raise FileRefused(said_of(path))
    told = [
        _Told(path, format_, format_.read(path)) for path, format_ in formats.items() if format_
    ]
    return sorted(told, key=_rank), strange


def _format(path: Path) -> Format | None:
    return next((one for one in FORMATS if one.is_in(path)), None)


def _passed_over(path: Path) -> ImportedFile:
    return ImportedFile(str(path), "unknown", 0, 0, 0, 0, 0, (said_of(path),))


def _rank(told: _Told) -> tuple[int, dt.timedelta, str]:
    """Earlier formats first; among files of one format the one that tells of the latest day."""
    days = told.facts.division.days if told.facts.division else (dt.date.min,)
    return (FORMATS.index(told.format), dt.date.max - days[-1], str(told.path))


def _row(told: _Told, left_out: tuple[str, ...]) -> ImportedFile:
    facts = told.facts
    named = {(one.country, one.id) for one in facts.listed}
    return ImportedFile(
        path=str(told.path),
        format=told.format.name,
        read=facts.read,
        municipalities=len(facts.units) + len(named),
        populations=len(facts.figures) + sum(len(unit.populations) for unit in facts.units),
        channels=len(facts.channels) + sum(1 for one in facts.listed if one.account),
        changes=len(facts.changes) + len(facts.descents),
        left_out=left_out,
    )
