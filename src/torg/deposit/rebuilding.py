"""A release rebuilt from its deposit alone: no study, no archive, no network."""

import json
import lzma
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from torg import __version__
from torg.deposit.depositing import PROVENANCE, RELEASE_SUMS
from torg.deposit.summing import read_sums, summed
from torg.errors import StudyError, UserError
from torg.locale import shipped
from torg.release import digest_of
from torg.report import Results, read_shown, write_report, write_tables
from torg.report.survey import SurveyResults, write_survey, write_survey_tables

LARGEST = 4 * 2**30  # bytes of all that a deposit holds
MOST_FILES = 20_000

PARTS = ("results", "report")

_UNREADABLE = (
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
)


@dataclass(frozen=True, kw_only=True)
class Rebuilt:
    """What came of it: the folder, and every file that is not as it was in the release."""

    folder: Path
    files: int  # that the release has
    differ: tuple[str, ...]  # files with other bytes
    lacking: tuple[str, ...]  # files of the release that were not rebuilt
    beyond: tuple[str, ...]  # files that the release has not
    has_digest: bool  # the results have the digest of the release
    has_report_digest: bool
    made_by: str  # the version of Torg that made the release
    rebuilt_by: str = __version__

    @property
    def is_equal(self) -> bool:
        """Whether everything is as it was, byte for byte."""
        others = self.differ or self.lacking or self.beyond
        return not others and self.has_digest and self.has_report_digest


def rebuild(deposit: Path, into: Path) -> Rebuilt:
    """Rebuild tables and pages of a release from its deposit, into a folder that is not there yet.

    Raises UserError where the deposit is no deposit, is damaged, or the folder holds something.
    """
    _require_room(into)
    with tempfile.TemporaryDirectory(prefix="torg-rebuild-") as aside:
        there = _unpacked(deposit, Path(aside))
        told = _read_provenance(there / PROVENANCE)
        sums = read_sums((there / RELEASE_SUMS).read_bytes(), where=RELEASE_SUMS)
        _require_whole(there, sums)
        made = Path(aside) / "made"
        shown = _read(there / "results", deposit, told)
        write_shown(shown, made, languages=_languages(told, sums))
        shutil.copyfile(there / PROVENANCE, made / PROVENANCE)
        into.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(made, into, dirs_exist_ok=True)
    return _compared(into, told, sums)


def write_shown(shown: Results | SurveyResults, folder: Path, *, languages: Sequence[str]) -> None:
    """Write tables and pages of what a release shows, as they lie in its folder."""
    survey = shown if isinstance(shown, SurveyResults) else shown.survey
    if isinstance(shown, Results):
        write_tables(shown, folder / "results")
    if survey:
        write_survey_tables(survey, folder / "results" / "survey")
    for language in languages:
        into = folder / "report" / language
        if isinstance(shown, Results):
            write_report(shown, into, language=language, languages=languages)
        else:
            write_survey(shown, into, language=language, languages=languages)


def _read(results: Path, deposit: Path, told: Mapping[str, Any]) -> Results | SurveyResults:
    try:
        return read_shown(results)
    except StudyError as error:
        raise UserError(
            f"{deposit} was made by Torg {told.get('code_version')}, in a form that this Torg "
            f"({__version__}) does not read: rebuild it with that version."
        ) from error


def _require_room(into: Path) -> None:
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise UserError(f"{into} is there already: name a folder that is empty or not there yet.")


def _unpacked(deposit: Path, aside: Path) -> Path:
    """The one folder of a deposit, unpacked: nothing gets outside it, whatever its files' names."""
    try:
        with zipfile.ZipFile(deposit) as archive:
            _require_sound(deposit, archive)
            archive.extractall(aside / "deposit")
    except _UNREADABLE as error:
        raise UserError(f"{deposit} cannot be read as a deposit: take another copy.") from error
    folders = [path for path in (aside / "deposit").iterdir() if path.is_dir()]
    if len(folders) != 1 or not all((folders[0] / name).is_file() for name in _NEEDED):
        raise UserError(
            f"{deposit} is no deposit of a release: it lacks {PROVENANCE} or {RELEASE_SUMS}."
        )
    return folders[0]


_NEEDED = (PROVENANCE, RELEASE_SUMS)


def _require_sound(deposit: Path, archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > LARGEST:
        raise UserError(f"{deposit} holds more than a deposit does: take another copy.")
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in entry.filename:
            raise UserError(f"{deposit} has a file that would lie outside: it is no deposit.")


def _read_provenance(path: Path) -> Mapping[str, Any]:
    try:
        told = json.loads(path.read_text("utf-8"))
        tuple(told.get("study", {}).get("languages", ()))
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        raise UserError(f"{path.name} in the deposit is damaged: take another copy.") from error
    return told  # type: ignore[no-any-return]


def _require_whole(there: Path, sums: Mapping[str, str]) -> None:
    """Raise UserError where a file of the deposit is not the release's."""
    for path, digest in summed(there, ("results",)).items():
        if sums.get(path) != digest:
            raise UserError(f"{path} in the deposit is not the release's: take another copy.")


def _languages(told: Mapping[str, Any], sums: Mapping[str, str]) -> tuple[str, ...]:
    """The languages of the report, in the order of the study: every page links to the others."""
    there = {path.split("/")[1] for path in sums if path.startswith("report/")}
    strange = sorted(there - set(shipped()))
    if strange:
        raise UserError(
            f"The release has pages in '{strange[0]}', which this Torg ({__version__}) does not "
            f"speak: rebuild it with Torg {told.get('code_version')}."
        )
    said = told.get("study", {}).get("languages", ())
    return (*(name for name in said if name in there), *sorted(there - set(said)))


def _compared(folder: Path, told: Mapping[str, Any], sums: Mapping[str, str]) -> Rebuilt:
    made = summed(folder, PARTS)
    return Rebuilt(
        folder=folder,
        files=len(sums),
        differ=tuple(path for path in sums if path in made and made[path] != sums[path]),
        lacking=tuple(path for path in sums if path not in made),
        beyond=tuple(path for path in made if path not in sums),
        has_digest=digest_of(folder / "results") == told.get("digest"),
        has_report_digest=digest_of(folder / "report") == told.get("report_digest"),
        made_by=str(told.get("code_version", "")),
    )
