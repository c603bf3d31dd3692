"""The municipalities as the pages name, order and link them."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from torg.locale import Words, message
from torg.report.results import SIZE_CLASSES, Results
from torg.report.standing import Id

_SIZES = {
    "<2k": message("Under 2,000 inhabitants"),
    "2-5k": message("2,000 to 5,000 inhabitants"),
    "5-10k": message("5,000 to 10,000 inhabitants"),
    "10-20k": message("10,000 to 20,000 inhabitants"),
    "20-50k": message("20,000 to 50,000 inhabitants"),
    ">50k": message("Over 50,000 inhabitants"),
}
_SHORT_SIZES = {
    "<2k": message("under 2,000"),
    "2-5k": message("2,000–5,000"),
    "5-10k": message("5,000–10,000"),
    "10-20k": message("10,000–20,000"),
    "20-50k": message("20,000–50,000"),
    ">50k": message("over 50,000"),
}
# In which languages a country's municipalities have names of their own. Elsewhere a name is a
# translation, and pages say the main one; of a country that is not here every name counts as own.
_SPOKEN = {
    "NO": ("nb", "nn"),
    "SE": ("sv", "fi"),
    "FI": ("fi", "sv"),
    "DK": ("da",),
}
UNKNOWN_SIZE = message("Number of inhabitants not known")


@dataclass(frozen=True, kw_only=True)
class Place:
    """One municipality, in the words of the register."""

    country: str
    code: str
    name: str
    county: str | None
    population: int | None
    size_class: str | None

    @property
    def id(self) -> Id:
        """Country and official code."""
        return (self.country, self.code)

    @property
    def key(self) -> str:
        """What its page is called: NO-0301. Only letters and digits of a code go in."""
        return f"{_harmless(self.country)}-{_harmless(self.code)}"

    @property
    def file(self) -> str:
        """The name of its page's file."""
        return f"{self.key}.html"


@dataclass(frozen=True)
class Places:
    """All municipalities of the study."""

    results: Results
    words: Words

    def order(self, place: Place) -> tuple[Any, ...]:
        """Sort places by this: by name as the language sorts, then by code."""
        return (self.words.order(place.name), place.id)

    @cached_property
    def by_id(self) -> Mapping[Id, Place]:
        """Every municipality by country and code, in that order."""
        return {
            (row["country"], row["municipality"]): Place(
                country=row["country"],
                code=row["municipality"],
                name=self._called.get((row["country"], row["municipality"]))
                or row["name"]
                or row["municipality"],
                county=row["county"],
                population=row["population"],
                size_class=row["size_class"],
            )
            for row in self.results.municipalities.iter_rows(named=True)
        }

    @cached_property
    def _called(self) -> Mapping[Id, str]:
        """Names in the page's language, of those in whose country it is spoken: Helsingfors."""
        names = self.results.names.filter(language=self.words.language)
        return {
            (country, code): name
            for country, code, language, name in names.iter_rows()
            if language in _SPOKEN.get(country, (language,))
        }

    @cached_property
    def by_key(self) -> Mapping[str, Place]:
        """Every municipality by what its page is called."""
        return {place.key: place for place in self.by_id.values()}

    def named(self, municipalities: Collection[Id]) -> list[Place]:
        """Those of the municipalities that the study has, by name."""
        found = [place for id_, place in self.by_id.items() if id_ in municipalities]
        return sorted(found, key=self.order)

    @cached_property
    def size_classes(self) -> tuple[str | None, ...]:
        """The size classes that somebody is in, from small to large, the unknown last."""
        there = {place.size_class for place in self.by_id.values()}
        known = tuple(size for size in SIZE_CLASSES if size in there)
        return (*known, None) if None in there else known

    @cached_property
    def with_channel(self) -> set[Id]:
        """Those with a channel in the register."""
        of_persons = {(country, code) for country, code, _ in self.results.persons}
        return (_ids(self.results.channels) | of_persons) & set(self.by_id)

    @cached_property
    def observed(self) -> set[Id]:
        """Those of which there is at least one figure."""
        return _ids(self.results.measures.filter(pl.col("value").is_not_null())) & set(self.by_id)


def size_name(size_class: str | None, words: Words, *, short: bool = False) -> str:
    """Say a size class in words."""
    names, unknown = (_SHORT_SIZES, message("not known")) if short else (_SIZES, UNKNOWN_SIZE)
    return words.say(names.get(size_class or "", unknown))


def _ids(frame: pl.DataFrame) -> set[Id]:
    return set(frame.select("country", "municipality").unique().iter_rows())


def _harmless(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", lambda found: f"_{ord(found.group()):x}_", text)
