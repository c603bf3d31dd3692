"""Invented names that sound Nordic and belong to nobody.

Each place ends in a syllable that no municipality of the Nordic countries ends in, so none of the
names can be that of a real one; a test holds the endings against published lists.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType

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


@dataclass(frozen=True)
class Sound:
    """What the names of a country are made of, so that they sound like those of one language."""

    first: tuple[str, ...]
    middle: tuple[str, ...]
    endings: tuple[str, ...]
    county: str  # ending of its counties

    @property
    def most_places(self) -> int:
        """How many places it has names for."""
        return len(self.first) * len(self.middle) * len(self.endings)


SOUNDS: Mapping[str, Sound] = MappingProxyType(
    {
        "nb": Sound(_FIRST, _MIDDLE, ENDINGS, COUNTY_ENDING),
        "sv": Sound(
            (
                "Alm", "Berg", "Björk", "Dal", "Ek", "Eld", "Falk", "Frost", "Gran", "Hav",
                "Hjort", "Kall", "Kvarn", "Lind", "Ljung", "Malm", "Norr", "Orr", "Ros", "Skog",
                "Sten", "Söder", "Tall", "Ulv", "Väst", "Ås", "Älg", "Öst",
            ),
            ("", "a", "e", "er"),
            (
                "brättla", "fallsa", "hyltra", "knuvla", "mårsla", "myltra", "rävla", "skruvla",
                "strömla", "svedla", "tvinge", "vassla",
            ),
            "sysla",
        ),
        "fi": Sound(
            (
                "Aho", "Haapa", "Hilla", "Hirvi", "Ilves", "Joutsen", "Kallio", "Kanerva", "Karhu",
                "Kataja", "Kettu", "Koivu", "Korpi", "Kurki", "Kuusi", "Kyyhky", "Lehto", "Lumi",
                "Marja", "Metso", "Mänty", "Niitty", "Pihla", "Pohja", "Rauta", "Salo", "Suvi",
                "Tammi", "Telkkä", "Tuuli", "Vaahtera", "Vesi", "Ylä",
            ),
            ("",),
            (
                "aholmo", "harjelmo", "jokelmo", "kivelmä", "korvelmo", "lammero", "lehdelmo",
                "niitylmä", "rannokka", "rinnelmä", "suvelmo", "tuvelmo", "vuorelmo",
            ),
            "kihla",
        ),
    }
)  # fmt: skip


def place_names(rng: np.random.Generator, *, count: int, sound: str = "nb") -> tuple[str, ...]:
    """`count` different names of places, at most `most_places` of the sound."""
    of = SOUNDS[sound]
    every = [
        first + middle + end for first, middle, end in product(of.first, of.middle, of.endings)
    ]
    return tuple(every[i] for i in rng.permutation(len(every))[:count])


def county_names(rng: np.random.Generator, *, count: int, sound: str = "nb") -> tuple[str, ...]:
    """`count` different names of counties, at most as many as the sound has first syllables."""
    of = SOUNDS[sound]
    return tuple(of.first[i] + of.county for i in rng.permutation(len(of.first))[:count])


def person_names() -> tuple[str, ...]:
    """Every invented person: a given and a family name, always in the same order."""
    given = [first + end for first, end in product(_FIRST, _GIVEN_ENDINGS)]
    family = [first + end for first, end in product(_FIRST, _FAMILY_ENDINGS)]
    return tuple(f"{g} {f}" for g, f in zip(given * _TURNS, _turned(family), strict=True))


def _turned(names: list[str]) -> list[str]:
    """The list over and over, each time turned by seven more, so that no pair comes twice."""
    turns = [names[7 * turn :] + names[: 7 * turn] for turn in range(_TURNS)]
    return [name for turn in turns for name in turn]


_PLAIN = str.maketrans("øåäö", "oaao") | {ord("æ"): "ae"}


def slug(name: str) -> str:
    """The name as it stands in an address: small letters of the English alphabet."""
    return name.casefold().translate(_PLAIN)
