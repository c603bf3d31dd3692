"""Search: municipalities and counties by any of their names, or by their official code.

Who is found is ordered by how well the name fits, then as the language sorts; nothing is drawn.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from torg.locale import Words
from torg.report import Place
from torg.site.places.folding import apart, letters_of, loose, plain, without_kind

LONGEST = 80  # signs of a question that are looked at
MOST = 100  # answers that are shown
FEW = 5  # names offered where nothing is found

_Kind = Literal["municipality", "county"]

# How well a name fits, the best first.
EXACT, BEGINS, WORD_BEGINS, WITHIN, SLIP, SLIPS = range(6)
_WITHIN_FROM = 2  # letters; one letter is in most names
_TWO_SLIPS_FROM = 5  # letters; shorter names are all within two slips of each other


@dataclass(frozen=True, kw_only=True)
class Hit:
    """Somebody who was found: a municipality, or a county with its municipalities."""

    fit: int
    called: str  # the name by which it was found
    place: Place | None = None
    county: str | None = None
    members: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Found:
    """The answer to a question: who fits, or else whose names are nearest."""

    hits: tuple[Hit, ...] = ()
    nearest: tuple[Hit, ...] = ()
    more: int = 0  # hits that are not shown

    @property
    def only(self) -> Place | None:
        """The one municipality that is meant: called so exactly, and nobody else comes near."""
        clear = [hit for hit in self.hits if hit.fit < SLIP]
        alone = clear[0] if len(clear) == 1 and clear[0].fit == EXACT else None
        return alone.place if alone else None


@dataclass(frozen=True)
class _Name:
    """One name of somebody, folded once."""

    owner: int  # index among the owners
    called: str
    plain: str
    loose: str
    letters: int


@dataclass(frozen=True)
class _Owner:
    place: Place | None
    county: str | None
    members: tuple[Place, ...]
    codes: frozenset[str]


@dataclass(frozen=True)
class Finder:
    """All names of a release: made once, asked often."""

    places: Sequence[Place]
    names: Sequence[tuple[str, str, str]]  # country, code, name: every name in every language
    words: Words  # decide how names that fit equally well are sorted

    def find(self, asked: str) -> Found:
        """Who is called so, or nearly so."""
        asked = asked[:LONGEST]
        best: dict[int, Hit] = {}
        for hit, owner in self._fitting(asked):
            if owner not in best or hit.fit < best[owner].fit:
                best[owner] = hit
        hits = sorted(best.values(), key=self._order)
        if any(hit.fit < SLIPS for hit in hits):
            hits = [hit for hit in hits if hit.fit < SLIPS]
        nearest = () if hits or not plain(asked) else self._nearest(loose(asked))
        return Found(tuple(hits[:MOST]), nearest, max(0, len(hits) - MOST))

    def _fitting(self, asked: str) -> Iterator[tuple[Hit, int]]:
        code = _code(asked)
        for index, owner in enumerate(self._owners):
            if code and code in owner.codes:
                yield self._hit(index, owner.place.name if owner.place else "", EXACT), index
        question = _Question.of(asked)
        for name in self._names if question.loose else ():
            fit = question.fit(name)
            if fit is not None:
                yield self._hit(name.owner, name.called, fit), name.owner

    def _hit(self, index: int, called: str, fit: int) -> Hit:
        owner = self._owners[index]
        return Hit(
            fit=fit, called=called, place=owner.place, county=owner.county, members=owner.members
        )

    def _order(self, hit: Hit) -> tuple[object, ...]:
        shown = hit.place.name if hit.place else hit.county or ""
        return (hit.fit, self.words.order(shown), hit.place.id if hit.place else ("", ""))

    def _nearest(self, asked: str) -> tuple[Hit, ...]:
        """The municipalities and counties whose names take fewest edits, for each letter."""
        far: dict[int, tuple[float, str]] = {}
        for name in self._names:
            edits = apart(asked, name.loose, most=LONGEST) / max(len(asked), len(name.loose))
            if edits < far.get(name.owner, (1.0, ""))[0]:
                far[name.owner] = (edits, name.called)
        chosen = sorted(far.items(), key=lambda each: (each[1][0], each[1][1], each[0]))[:FEW]
        return tuple(self._hit(owner, called, SLIPS) for owner, (_, called) in chosen)

    @cached_property
    def _owners(self) -> tuple[_Owner, ...]:
        units = [_Owner(each, None, (), _codes(each)) for each in self.places]
        counties = sorted({each.county for each in self.places if each.county})
        return (*units, *(self._county(name) for name in counties))

    def _county(self, name: str) -> _Owner:
        members = [each for each in self.places if each.county == name]
        members.sort(key=lambda place: (self.words.order(place.name), place.id))
        return _Owner(None, name, tuple(members), frozenset())

    @cached_property
    def _names(self) -> tuple[_Name, ...]:
        index = {each.id: at for at, each in enumerate(self.places)}
        called = {(at, each.name) for at, each in enumerate(self.places)}
        called |= {(index[c, u], name) for c, u, name in self.names if (c, u) in index}
        called |= {(at, each.county) for at, each in enumerate(self._owners) if each.county}
        return tuple(_Name(at, name, *_forms(name)) for at, name in sorted(called))


@dataclass(frozen=True)
class _Question:
    plain: str
    loose: str
    letters: int

    @classmethod
    def of(cls, asked: str) -> "_Question":
        return cls(*_forms(asked))

    def fit(self, name: _Name) -> int | None:
        """How well a name fits; None where it does not."""
        if self.loose == name.loose:
            return EXACT
        if name.loose.startswith(self.loose):
            return BEGINS
        if f" {self.loose}" in name.loose:
            return WORD_BEGINS
        if len(self.loose) >= _WITHIN_FROM and self.loose in name.loose:
            return WITHIN
        return self._slips(name)

    def _slips(self, name: _Name) -> int | None:
        most = 2 if len(self.loose) >= _TWO_SLIPS_FROM else 1
        if (self.letters ^ name.letters).bit_count() > 2 * most + 2:
            return None
        edits = apart(self.loose, name.loose, most=most)
        if edits > 1:
            edits = min(edits, apart(self.plain, name.plain, most=most))
        return {1: SLIP, 2: SLIPS}.get(edits) if edits <= most else None


def _forms(text: str) -> tuple[str, str, int]:
    bare = without_kind(plain(text))
    folded = without_kind(loose(text))
    return bare, folded, letters_of(folded)


def _codes(place: Place) -> frozenset[str]:
    """How the official code may be written: with its country, and as a spreadsheet leaves it."""
    code = place.code.casefold()
    return frozenset({code, code.lstrip("0"), f"{place.country}-{code}".casefold()})


def _code(asked: str) -> str:
    return asked.strip().casefold()
