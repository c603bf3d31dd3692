"""A release: written aside, compared with the one before, then put in place in one step.

`results/` is what the digest covers: the same archive, study and locked parts give the same
bytes. What differs from run to run (the moment) stands in provenance.json, outside the digest.
"""

import datetime as dt
import hashlib
import json
import re
import shutil
import stat
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torg.errors import StudyError

_NAME = re.compile(r"\d{4}-\d\d-\d\d-\d+$")
_READ_ONLY = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH


@dataclass(frozen=True)
class Release:
    """A release and whether this run made it (`is_new`) or found that nothing had changed."""

    folder: Path
    digest: str  # SHA-256 over results/
    is_new: bool


def make_release(
    releases: Path,
    *,
    write: Callable[[Path], None],
    provenance: Mapping[str, Any],
    now: dt.datetime,
) -> Release:
    """The release of what `write` puts into a folder; the latest one where nothing has changed.

    `write` makes `results/` (what the digest covers) and `report/` (the pages made from it) in the
    folder it is given; `provenance` must be fit for JSON. Raises StudyError where `releases` may
    not be written.
    """
    try:
        releases.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".new-", dir=releases))
    except OSError as error:
        raise StudyError(
            f"{releases} cannot be written ({error.strerror}): mend its rights or make room."
        ) from error
    try:
        write(aside)
        return _settle(releases, aside, provenance=provenance, now=now)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _settle(
    releases: Path, aside: Path, *, provenance: Mapping[str, Any], now: dt.datetime
) -> Release:
    digests = {"digest": digest_of(aside / "results"), "report_digest": digest_of(aside / "report")}
    before = latest_release(releases)
    if before and digests.items() <= _provenance(before.folder).items():
        return before
    facts = {**provenance, **digests, "made_at": now.isoformat(timespec="seconds")}
    (aside / "provenance.json").write_text(
        json.dumps(facts, indent=2, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8"
    )
    _make_read_only(aside)
    folder = _put_in_place(releases, aside, day=now.date())
    return Release(folder, digests["digest"], is_new=True)


def releases_in(releases: Path) -> tuple[Release, ...]:
    """All releases, the oldest first. What is half-written does not count."""
    made = [p.parent for p in releases.glob("*/provenance.json") if _NAME.match(p.parent.name)]
    return tuple(_found(folder) for folder in sorted(made, key=_order))


def latest_release(releases: Path) -> Release | None:
    """The release made last; None where there is none. What is half-written does not count."""
    made = [p.parent for p in releases.glob("*/provenance.json") if _NAME.match(p.parent.name)]
    return _found(max(made, key=_order)) if made else None


def _found(folder: Path) -> Release:
    return Release(folder, _provenance(folder)["digest"], is_new=False)


def _provenance(folder: Path) -> dict[str, Any]:
    path = folder / "provenance.json"
    try:
        facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return {"digest": facts["digest"], **facts}
    except (ValueError, KeyError, TypeError) as error:
        raise StudyError(
            f"{path} is damaged: restore the release {folder.name} from your copy, or move the "
            "folder away."
        ) from error


def _order(folder: Path) -> tuple[str, int]:
    day, _, number = folder.name.rpartition("-")
    return day, int(number)


def _put_in_place(releases: Path, aside: Path, *, day: dt.date) -> Path:
    """Rename `aside` to the first free number of the day; two at once get two numbers."""
    for number in range(1, 10_000):
        folder = releases / f"{day.isoformat()}-{number}"
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        aside.chmod(0o755)
        aside.replace(folder)  # takes the place of the empty folder in one step
        return folder
    raise StudyError(f"{releases} holds 9,999 releases of {day} already: remove some.")


def digest_of(folder: Path) -> str:
    """SHA-256 over names and bytes of all files below `folder`, in the order of their names."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        total.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def _make_read_only(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(_READ_ONLY)
