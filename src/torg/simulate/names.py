"""Invented names that sound Nordic and belong to nobody.

Each place ends in a syllable that no municipality of the Nordic countries ends in, so none of the
names can be that of a real one; a test holds the endings against published lists.
"""

from itertools import product

import numpy as np

_FIRST = (
    "Ald", "Bjur", "Brak", "Drau", "Elv", "Fros", "Gril", "Hask", "Hvit", "Isv", "Jarl", "Kjem",
    "Kvel", "Lom", "Myr", "Narv", "Osk", "Pil", "Rau", "Rim", "Skar", "Snar", "Tind", "Torm", "Ulv",
    "Varg", "Veid", "Yst", "Ærn", "Øks", "Åst",
)  # fmt: skip
_MIDDLE = ("a", "e", "u", "ar", "en", "il", "or", "un")
ENDINGS = (
    "skvald", "tveim", "mundra", "hellun", "gjerv", "rosk", "vornes", "fjom", "skjelv", "snurr",
    "holmra", "lysk", "vadra",
)  # fmt: skip
COUNTY_ENDING = "merk"
_GIVEN_ENDINGS = ("ra", "vin", "lo", "de", "mar", "ne", "sa", "til")
_FAMILY_ENDINGS = ("sk", "brum", "gjo", "knup", "skvett", "vrang", "dunk", "plir")

_TURNS = 35  # seven times this is less than the number of family names: 8,680 different persons

MOST_PLACES = len(_FIRST) * len(_MIDDLE) * len(ENDINGS)
MOST_COUNTIES = len(_FIRST)


def place_names(rng: np.random.Generator, *, count: int) -> tuple[str, ...]:
    """`count` different names of places, at most MOST_PLACES."""
    every = [first + middle + end for first, middle, end in product(_FIRST, _MIDDLE, ENDINGS)]
    return tuple(every[i] for i in rng.permutation(len(every))[:count])


def county_names(rng: np.random.Generator, *, count: int) -> tuple[str, ...]:
    """`count` different names of counties, at most MOST_COUNTIES."""
    return tuple(_FIRST[i] + COUNTY_ENDING for i in rng.permutation(len(_FIRST))[:count])


def person_names() -> tuple[str, ...]:
    """Every invented person: a given and a family name, always in the same order."""
    given = [first + end for first, end in product(_FIRST, _GIVEN_ENDINGS)]
    family = [first + end for first, end in product(_FIRST, _FAMILY_ENDINGS)]
    return tuple(f"{g} {f}" for g, f in zip(given * _TURNS, _turned(family), strict=True))


def _turned(names: list[str]) -> list[str]:
    """The list over and over, each time turned by seven more, so that no pair comes twice."""
    turns = [names[7 * turn :] + names[: 7 * turn] for turn in range(_TURNS)]
    return [name for turn in turns for name in turn]


_PLAIN = str.maketrans("øå", "oa") | {ord("æ"): "ae"}


def slug(name: str) -> str:
    """The name as it stands in an address: small letters of the English alphabet."""
    return name.casefold().translate(_PLAIN)
