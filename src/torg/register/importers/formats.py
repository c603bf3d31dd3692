"""The formats that the register can be fed with, recognised by what a file holds."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from torg.register.headers import header_of
from torg.register.importers import denmark, finland, govdirectory, norway, sweden
from torg.register.importers.facts import Facts
from torg.register.plain import plain_file, read_plain_file


@dataclass(frozen=True)
class Format:
    """A format's name, how it is recognised, and how it is read.

    Where files of one import say different things of a name or county, the format that comes
    earlier in FORMATS is believed.
    """

    name: str
    is_in: Callable[[Path], bool]
    read: Callable[[Path], Facts]


def _has(columns: frozenset[str]) -> Callable[[Path], bool]:
    return lambda path: columns <= frozenset(header_of(path))


def _is_exactly(columns: frozenset[str]) -> Callable[[Path], bool]:
    return lambda path: columns == frozenset(header_of(path))


def _read_torg(path: Path) -> Facts:
    register = read_plain_file(path)
    counted = (register.municipalities, register.channels, register.changes)
    return Facts(
        read=sum(map(len, counted)),
        units=register.municipalities,
        channels=register.channels,
        changes=register.changes,
    )


FORMATS = (
    Format("torg", lambda path: plain_file(path) is not None, _read_torg),
    Format("norway-population", _has(norway.POPULATION_COLUMNS), norway.read_population),
    Format("norway-merging", _has(norway.MERGING_COLUMNS), norway.read_merging),
    Format("norway-locations", _has(norway.LOCATION_COLUMNS), norway.read_locations),
    Format("finland-keys", _has(finland.KEY_COLUMNS), finland.read_keys),
    Format("finland-population", _has(finland.POPULATION_COLUMNS), finland.read_population),
    Format("kolada-units", _is_exactly(sweden.UNIT_COLUMNS), sweden.read_units),
    Format("sweden-population", _has(sweden.POPULATION_COLUMNS), sweden.read_population),
    Format("dawa", denmark.is_dawa, denmark.read_units),
    Format("wikidata-municipalities", _has(govdirectory.UNIT_COLUMNS), govdirectory.read_units),
    Format("wikidata-accounts", _has(govdirectory.ACCOUNT_COLUMNS), govdirectory.read_accounts),
)
