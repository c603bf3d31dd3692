"""Joining municipalities by name, where a source has no official codes.

Names are compared in rounds, each more lenient than the one before: as written; without accents,
hyphens and words like "kommune"; by one of several languages in one name; without a genitive s. A
name that fits several municipalities is decided by the county, if the source tells it. What is
still not one to one is not joined: a wrong join is worse than none.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from torg.register.model import Municipality

_PLAIN_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "ð": "d", "þ": "th", "đ": "d", "ŋ": "n"})
_SAID_AFTER = re.compile(
    r"\s+(?:regional|municipality|kommune|kommun|kunta|kaupunki|herad|herred)$", re.IGNORECASE
)
_SAID_BEFORE = re.compile(r"^(?:region|city of)\s+", re.IGNORECASE)
_QUALIFIER = re.compile(r"\s*\(([^)]*)\)$")
_LANGUAGES_APART = re.compile(r"\s+[-–/]\s+|[-–/]")
# English names that are other words than the country's own.
_ENGLISH_NAMES = {"copenhagen": "kobenhavn", "gothenburg": "goteborg", "elsinore": "helsingor"}

_Round = Callable[[str], frozenset[str]]


@dataclass(frozen=True)
class Named:
    """One to be joined, or to be joined to: its id, its names, and words that tell its county."""

    id: str
    names: tuple[str, ...]
    county: str = ""


def join_by_name(wanted: Sequence[Named], units: Sequence[Named]) -> Mapping[str, str]:
    """The id of the one unit that is meant, by the id of each of `wanted` that can be joined."""
    joined: dict[str, str] = {}
    for keys in _ROUNDS:
        taken = frozenset(joined.values())
        open_units = [unit for unit in units if unit.id not in taken]
        open_wanted = [one for one in wanted if one.id not in joined]
        joined |= _joined(open_wanted, open_units, keys)
    return joined


def named_unit(unit: Municipality) -> Named:
    """A municipality of the register as one to be joined to."""
    names = tuple(sorted(set(unit.names.values())))
    qualifiers = [match[1] for match in map(_QUALIFIER.search, names) if match]
    return Named(unit.code, names, "\n".join(filter(None, (unit.county, *qualifiers))))


def without_kind(name: str) -> str:
    """A name without "Municipality", "kommune" and the like after it."""
    return _SAID_AFTER.sub("", name)


def _joined(wanted: Sequence[Named], units: Sequence[Named], keys: _Round) -> dict[str, str]:
    index: dict[str, dict[str, Named]] = defaultdict(dict)
    for unit in units:
        for key in _keys(unit, keys):
            index[key][unit.id] = unit
    claims: dict[str, list[str]] = defaultdict(list)
    for one in wanted:
        found = {id_: u for key in _keys(one, keys) for id_, u in index.get(key, {}).items()}
        meant = _in_county(one, found.values())
        if len(meant) == 1:
            claims[meant[0].id].append(one.id)
    return {ids[0]: unit for unit, ids in claims.items() if len(ids) == 1}


def _in_county(one: Named, found: Collection[Named]) -> list[Named]:
    if len(found) < 2:
        return list(found)
    told = _plain(one.county)
    return [
        unit
        for unit in found
        if any(county and _plain(county) in told for county in unit.county.split("\n"))
    ]


def _keys(one: Named, keys: _Round) -> frozenset[str]:
    return frozenset(key for name in one.names for key in keys(name) if key)


def _as_written(name: str) -> frozenset[str]:
    return frozenset({_bare(name).casefold()})


def _without_accents(name: str) -> frozenset[str]:
    plain = _plain(_bare(name))
    return frozenset({_ENGLISH_NAMES.get(plain, plain)})


def _in_one_language(name: str) -> frozenset[str]:
    parts = (_plain(part) for part in _LANGUAGES_APART.split(_bare(name)))
    return _without_accents(name) | frozenset(parts)


def _without_genitive(name: str) -> frozenset[str]:
    return frozenset(key.removesuffix("s") for key in _without_accents(name))


def _bare(name: str) -> str:
    """The name without what says the kind or the county."""
    bare = unicodedata.normalize("NFC", _QUALIFIER.sub("", name.strip()))
    while (shorter := _SAID_AFTER.sub("", bare)) != bare:
        bare = shorter
    return _SAID_BEFORE.sub("", bare)


def _plain(text: str) -> str:
    """Lower case without accents; hyphens are blanks."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN_LETTERS))
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[-–]", " ", kept).split())


_ROUNDS: tuple[_Round, ...] = (_as_written, _without_accents, _in_one_language, _without_genitive)
