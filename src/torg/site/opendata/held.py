"""The public releases as this room gives them out: each read once, and kept while asked for."""

import logging
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import polars as pl

from torg.deposit import LICENCES, Held, Terms, read_held
from torg.errors import StudyError
from torg.site.current import current_study
from torg.site.places import shelf
from torg.site.places.shelf import Shown

_log = logging.getLogger("torg.site.opendata")

_MOST_FRAMES = 64
_MOST_RELEASES = 128  # read once: a list of all releases must not read each anew at every call


def releases() -> tuple[Shown, ...]:
    """The releases that everybody may see, the newest first."""
    return shelf.public()


def held_releases() -> Iterator[Held]:
    """The same, with what each holds; one that is not as it was made is left out."""
    for shown in releases():
        found = _held_or_none(shown)
        if found is not None:
            yield found


def held(release: str) -> Held | None:
    """What a public release holds; None where there is none of the name, or it is damaged."""
    shown = shelf.named(release)
    return _held_or_none(shown) if shown else None


def latest_held() -> Held | None:
    """What the newest public release holds; None where there is none."""
    return next(held_releases(), None)


def frame(of: Held, table: str) -> pl.DataFrame:
    """A table of a release; empty, without columns, where the release has no such table."""
    return _frame(of, table) if table in of.tables else pl.DataFrame()


def terms() -> Terms:
    """On which terms the study's releases are given, and by whom."""
    study = current_study()
    publisher = study.site.publisher
    licence = study.site.licence
    return Terms(
        publisher=publisher or study.title,
        address=study.site.address,
        licence=LICENCES[licence],
    )


def _held_or_none(shown: Shown) -> Held | None:
    if not shown.contents.folder.is_dir():  # it was read once, and taken away since
        return None
    try:
        found = _read(shown.contents.folder)
    except StudyError as error:
        _log.error("%s", error)
        return None
    return found if found.digest == shown.digest else None


@lru_cache(maxsize=_MOST_RELEASES)
def _read(folder: Path) -> Held:
    return read_held(folder)


@lru_cache(maxsize=_MOST_FRAMES)
def _frame(of: Held, table: str) -> pl.DataFrame:
    return of.frame(table)
