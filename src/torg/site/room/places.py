"""Where uploads lie: in the study's folder, outside of all that is served, under made-up names."""

import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from torg.study import Study

FOLDER = "handins"
_LONGEST = 200  # characters of a name
_PLACE = re.compile(r"[0-9a-f]{32}")
# A date in a file's name tells when it was exported. It is all that is kept of the name on disk.
_DATE = re.compile(
    r"(?<!\d)20\d\d[-_.]?\d\d[-_.]?\d\d(?:[-T_ ]\d\d[-:.]\d\d[-:.]\d\d-?[A-Z]{1,4})?(?![\dA-Za-z])"
    r"|(?<![A-Za-z])[A-Z][a-z]{2}-\d\d-20\d\d(?!\d)"
)


def new_place(study: Study) -> str:
    """A folder of its own for an upload, which nobody else on the machine can open; its name."""
    folder = study.folder / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    place = secrets.token_hex(16)
    (folder / place).mkdir(mode=0o700)
    return place


def path_for(study: Study, place: str, *, called: str) -> Path:
    """The path for an upload that its owner calls so: made up, but for the dates in the name."""
    dates = _DATE.findall(called)[:4]
    return _folder(study, place) / "_".join((f"hand-in-{place[:8]}", *dates))


def upload_at(study: Study, place: str) -> Path | None:
    """The upload in a place; None where it was deleted."""
    folder = _folder(study, place)
    return next(iter(sorted(folder.iterdir())), None) if folder.is_dir() else None


def delete_upload(study: Study, place: str) -> None:
    """Delete what lies in a place, and the place."""
    if place:
        shutil.rmtree(_folder(study, place), ignore_errors=True)


def places_in(study: Study) -> Iterator[tuple[str, float]]:
    """Every place with the moment at which something was last put there, in seconds since 1970."""
    folder = study.folder / FOLDER
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if _PLACE.fullmatch(path.name):
            yield path.name, path.stat().st_mtime


def plain_name(called: str) -> str:
    """What an owner calls a file, fit to be shown: its last part, without control characters."""
    last = re.split(r"[\\/]", called)[-1]
    kept = "".join(sign for sign in last if sign.isprintable()).strip()
    return kept[:_LONGEST] or "?"


def _folder(study: Study, place: str) -> Path:
    if not _PLACE.fullmatch(place):
        raise ValueError(f"'{place}' is no place of an upload")
    return study.folder / FOLDER / place
