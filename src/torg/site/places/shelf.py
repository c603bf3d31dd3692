"""The shelf: the releases that pages are made from, each read once and kept while it is asked for.

Which releases are public is looked up in the database every few seconds; what is in a release
never changes, so its folder is read once in a process.
"""

import datetime as dt
import logging
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock, RLock
from typing import Any

from django.db import DatabaseError
from django.db.models.signals import post_delete, post_save

from torg.errors import StudyError, Unreachable
from torg.locale import translate
from torg.report import Card, Deck, National, Place, Results, read_shown, shown
from torg.report.survey import SurveyResults
from torg.site.current import current_study
from torg.site.releases.actions import offer_new
from torg.site.releases.models import Publication
from torg.site.releases.queries import order_of
from torg.study import Study

_log = logging.getLogger(__name__)
_SECONDS = 10  # for so long a release that is new may wait to be seen
_MOST_READ = 8  # releases that are kept in memory, the latest asked for


@dataclass(frozen=True, eq=False)
class Contents:
    """What is in a release's folder: read when it is asked for, then kept."""

    folder: Path
    _lock: RLock = field(default_factory=RLock)
    _decks: dict[str, Deck] = field(default_factory=dict)
    _refused: dict[str, float] = field(default_factory=dict)  # when it could not be read, if so

    @property
    def results(self) -> Results | None:
        """What was observed; None where the release is of a survey only."""
        return self._read if isinstance(self._read, Results) else None

    @property
    def survey(self) -> SurveyResults | None:
        """What was answered; None without a survey."""
        return self._read.survey if isinstance(self._read, Results) else self._read

    @cached_property
    def _read(self) -> Results | SurveyResults:
        with self._lock:
            found = read_shown(self.folder / "results")
            return shown(found) if isinstance(found, Results) else found

    @property
    def is_readable(self) -> bool:
        """Whether this Torg understands it: another version may have made it.

        A "no" holds for some seconds: to find out costs as much as to read it.
        """
        if time.monotonic() - self._refused.get("at", float("-inf")) < _SECONDS:
            return False
        try:
            return self._read is not None
        except StudyError:
            self._refused["at"] = time.monotonic()
            return False

    def deck(self, language: str) -> Deck | None:
        """The cards in the order of a language; None where nothing was observed."""
        results = self.results
        if results is None or (results.measures.is_empty() and results.sources.is_empty()):
            return None
        with self._lock:
            if language not in self._decks:
                self._decks[language] = Deck(National.of(results, translate(language)))
            return self._decks[language]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A release as it stands on the shelf."""

    name: str  # its folder's
    digest: str
    offered: dt.datetime
    public_from: dt.datetime
    is_latest: bool  # of those that everybody may see
    contents: Contents = field(compare=False, repr=False)

    @property
    def is_readable(self) -> bool:
        """Whether this Torg understands it: another version may have made it."""
        return self.contents.is_readable

    @property
    def day(self) -> dt.date:
        """The day that it was made on."""
        return dt.date.fromisoformat(self.name[:10])

    @property
    def results(self) -> Results | None:
        """What was observed; None where the release is of a survey only."""
        return self.contents.results

    @property
    def survey(self) -> SurveyResults | None:
        """What was answered; None without a survey."""
        return self.contents.survey

    def national(self, language: str) -> National | None:
        """The national picture; None where nothing was observed."""
        deck = self.contents.deck(language)
        return deck.national if deck else None

    def place(self, key: str, *, language: str = "en") -> Place | None:
        """The municipality that a page's address names: NO-0301; None where it has none."""
        national = self.national(language)
        return national.places.by_key.get(key) if national else None

    def card(self, language: str, key: str) -> Card | None:
        """A municipality's card; None where the release has no such municipality."""
        deck, place = self.contents.deck(language), self.place(key, language=language)
        return deck.card(place) if deck and place else None


def latest() -> Shown | None:
    """The newest release that everybody may see; None where there is none."""
    return next(iter(public()), None)


def public() -> tuple[Shown, ...]:
    """The releases that everybody may see, the newest first."""
    rows = _kept.rows()
    now = dt.datetime.now(dt.UTC)  # after a look, which may have offered a release just now
    found = [row for row in rows if row.withdrawn is None and row.public_from <= now]
    return tuple(_on_shelf(row, is_latest=at == 0) for at, row in enumerate(found))


def named(release: str) -> Shown | None:
    """A release that everybody may see; None where there is none of the name."""
    return next((each for each in public() if each.name == release), None)


def offered(release: str) -> Shown | None:
    """A release that was offered to municipalities, public or not: for rooms behind a door."""
    row = next((row for row in _kept.rows() if row.release == release), None)
    return _on_shelf(row, is_latest=False) if row and row.withdrawn is None else None


def withdrawn() -> tuple[Publication, ...]:
    """The releases that were taken back after everybody could see them, the newest first."""
    return tuple(row for row in _kept.rows() if row.withdrawn and row.public_from <= row.withdrawn)


def taken_back(release: str) -> Publication | None:
    """The release of that name, if it is one of them."""
    return next((row for row in withdrawn() if row.release == release), None)


def look_again(**_: Any) -> None:  # noqa: ANN401 -- Django's signals say more than is needed
    """Let the next call ask the database, whatever was found a moment ago."""
    _kept.forget()


def _on_shelf(row: Publication, *, is_latest: bool) -> Shown:
    return Shown(
        name=row.release,
        digest=row.digest,
        offered=row.offered,
        public_from=row.public_from,
        is_latest=is_latest,
        contents=_kept.contents(current_study().releases / row.release),
    )


@dataclass
class _Kept:
    """What this process knows of the releases."""

    lock: Lock = field(default_factory=Lock)
    study: Study | None = None
    looked: float = float("-inf")
    known: tuple[Publication, ...] = ()
    read: OrderedDict[Path, Contents] = field(default_factory=OrderedDict)

    def rows(self) -> tuple[Publication, ...]:
        """What the database knew a moment ago, the newest release first."""
        study = current_study()
        if self.study is not study or time.monotonic() - self.looked > _SECONDS:
            with self.lock:
                if self.study is not study or time.monotonic() - self.looked > _SECONDS:
                    self._look_if_there(study)
        return self.known

    def _look_if_there(self, study: Study) -> None:
        """Look; while the database is away, what was known of this study stands."""
        try:
            self._look(study)
        except (DatabaseError, Unreachable) as error:
            if self.study is not study:
                raise
            _log.error("what releases there are cannot be looked up: %s", error)
            self.looked = time.monotonic()

    def _look(self, study: Study) -> None:
        try:
            offer_new(study)
        except StudyError as error:  # one is damaged: nothing new is offered, the others are shown
            _log.error("%s", error)
        rows = [
            row
            for row in Publication.objects.all()
            if row.withdrawn or _is_readable(study, row.release)
        ]
        self.known = tuple(sorted(rows, key=lambda row: order_of(row.release), reverse=True))
        self.study, self.looked = study, time.monotonic()

    def forget(self) -> None:
        """Look again at the next call."""
        self.looked = float("-inf")

    def contents(self, folder: Path) -> Contents:
        """The contents of a release; those that nobody asked for lately are let go."""
        with self.lock:
            found = self.read.setdefault(folder, Contents(folder))
            self.read.move_to_end(folder)
            while len(self.read) > _MOST_READ:
                self.read.popitem(last=False)
        return found


def _is_readable(study: Study, release: str) -> bool:
    """Whether its folder is there, and of a Torg that wrote down what a page needs."""
    results = study.releases / release / "results"
    return any((folder / "about.json").is_file() for folder in (results, results / "survey"))


_kept = _Kept()
post_save.connect(look_again, sender=Publication)
post_delete.connect(look_again, sender=Publication)
