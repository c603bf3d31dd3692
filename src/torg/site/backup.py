"""A copy of a whole study in one file, and the way back.

The file is a tar: `manifest.json` with the SHA-256 of every other member, `study/` with the
folder's files as they stood while nobody wrote, and the database as its own program copies it. A
copy is restored by this Torg or a newer one: the database is brought up to date when it is opened.
Keys lie outside of a study, and so outside of its copy; nor does it hold who is signed in.
"""

import datetime as dt
import errno
import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from torg import __version__
from torg.archive import Archive
from torg.errors import LackingPart, StudyError
from torg.site.database import FILE, VARIABLE, Database, database_of
from torg.site.opening import close_people, open_people
from torg.study import Study, read_study

MANIFEST = "manifest.json"
_DUMP = "people.pgdump"
_PIECE = 1 << 20  # bytes read at a time
_SESSIONS = "django_session"  # who has a row of it is signed in: none is copied
_MADE_ANEW = ("cache", "report", "internal-report")
_LEFT_OUT = (".lock", ".tmp", "-wal", "-shm", "-journal")
_TRIES = 3  # to find all files at rest
_OWNER_ONLY = 0o600  # names and addresses lie in it


@dataclass(frozen=True)
class Backup:
    """A copy that was made, or put back."""

    path: Path
    study: str
    made: str
    files: int
    bytes: int


def back_up(study: Study, file: Path) -> Backup:
    """Write a copy of the study into `file`, which must not be there yet, nor in the study.

    Writers of the archive wait meanwhile; the site goes on. Raises StudyError where the file cannot
    be there or be written, or one of the study's does not rest; LackingPart without PostgreSQL's
    own program where it is used.
    """
    _check_place(study, file)
    aside = file.with_name(f".{file.name}.new")
    try:
        with (
            TemporaryDirectory(prefix="torg-", dir=file.parent) as folder,
            Archive(study.archive).at_rest(),
        ):
            people = _copy_people(study, Path(folder))
            made = _write_at_rest(study, aside, people)
        aside.replace(file)
    except OSError as error:
        raise StudyError(
            f"{file} cannot be written ({error.strerror}): choose another place, or make room."
        ) from error
    finally:
        aside.unlink(missing_ok=True)
    return made_of(file, made)


def restore(file: Path, folder: Path) -> Backup:
    """Put a copy back into `folder`, which must be empty or not there; all of it or nothing.

    A PostgreSQL database that the environment names must be new. Raises StudyError where the file
    is no copy, is damaged, or the folder holds something.
    """
    _make_parent(folder)
    with TemporaryDirectory(prefix=".torg-", dir=folder.parent) as aside:
        manifest = _unpack(file, Path(aside))
        dump = Path(aside) / _DUMP
        _put_people_back(read_study(Path(aside) / "study"), dump if dump.exists() else None)
        folder.mkdir(exist_ok=True)
        (Path(aside) / "study").replace(folder)
    return made_of(file, manifest)


def made_of(file: Path, manifest: Mapping[str, Any]) -> Backup:
    """What a manifest says of a copy."""
    sizes = [each["bytes"] for each in manifest["files"].values()]
    return Backup(file, manifest["study"], manifest["made"], len(sizes), sum(sizes))


def _check_place(study: Study, file: Path) -> None:
    if file.exists():
        raise StudyError(f"{file} is there already: choose another name, a copy is never replaced.")
    if study.folder.resolve() in file.resolve().parents:
        raise StudyError(
            f"{file} lies in the study's own folder: choose a place outside, or each copy holds "
            "those before."
        )


class _Restless(Exception):
    """A file that changed while it was copied."""


def _write_at_rest(study: Study, file: Path, people: Path) -> Mapping[str, Any]:
    """Write the tar; where the site changed one of the files meanwhile, from the beginning."""
    for last in range(_TRIES):
        try:
            return _write(study, file, people)
        except _Restless as changed:
            if last == _TRIES - 1:
                raise StudyError(
                    f"{changed} changes while it is copied: stop what writes it, and call again."
                ) from None
    raise AssertionError  # the last try returns or raises


def _write(study: Study, file: Path, people: Path) -> Mapping[str, Any]:
    found = {f"study/{path.relative_to(study.folder)}": path for path in _files_of(study)}
    name = "study/" + FILE if people.suffix == ".sqlite3" else _DUMP
    members = dict(sorted({**found, name: people}.items()))
    manifest: dict[str, Any] = {
        "torg": __version__,
        "study": study.id,
        "made": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "files": {member: _facts(path) for member, path in members.items()},
    }
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with (
        os.fdopen(descriptor, "wb") as raw,
        tarfile.open(fileobj=raw, mode="w:gz", dereference=True) as tar,  # two names: two files
    ):
        _add_text(tar, MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False))
        for member, path in members.items():
            _add(tar, member, path, manifest["files"][member])
    return manifest


def _add(tar: tarfile.TarFile, member: str, path: Path, facts: Mapping[str, Any]) -> None:
    """Add a file with the content that the manifest says; raises _Restless where it has another."""
    try:
        with path.open("rb") as file:
            entry = tar.gettarinfo(arcname=member, fileobj=file)
            entry.size = facts["bytes"]
            reader = _Hashing(file)
            tar.addfile(entry, reader)
            is_as_said = reader.total.hexdigest() == facts["sha256"] and not file.read(1)
    except OSError as error:
        if error.errno not in _IS_CHANGED:
            raise
        raise _Restless(path) from error
    if not is_as_said:
        raise _Restless(path)


_IS_CHANGED = {None, errno.ENOENT}  # it is shorter than it was (tarfile gives no number), or gone


class _Hashing(io.RawIOBase):
    """Reads a file, and hashes what it read."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.total = file, hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        """The next so many bytes."""
        piece = self.file.read(size)
        self.total.update(piece)
        return piece


def _files_of(study: Study) -> Iterator[Path]:
    """The folder's plain files; what is written aside, and the live database, are not copied."""
    for path in sorted(study.folder.rglob("*")):
        is_live = path.name.startswith(FILE)
        is_made_anew = path.relative_to(study.folder).parts[0] in _MADE_ANEW
        is_aside = path.name.endswith(_LEFT_OUT) or any(p.startswith(".new-") for p in path.parts)
        if is_live or is_made_anew or is_aside:
            continue
        if path.is_symlink():
            _check_link(study, path)
        elif path.is_file():
            yield path


def _check_link(study: Study, path: Path) -> None:
    """What a link within the folder means is copied where it lies."""
    meant = path.resolve()
    if study.folder.resolve() not in meant.parents:
        raise StudyError(
            f"{path} is only a link to {meant}, and a copy would lack what lies there: put it into "
            "the folder itself (or mount it there)."
        )


def _facts(path: Path) -> Mapping[str, Any]:
    try:
        return {"sha256": _sha256(path), "bytes": path.stat().st_size}
    except FileNotFoundError:
        raise _Restless(path) from None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    content = text.encode()
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    tar.addfile(entry, io.BytesIO(content))


# --- the database ------------------------------------------------------------------------------


def _copy_people(study: Study, folder: Path) -> Path:
    """The database as it stands at one moment, in a file of its own program's."""
    database = database_of(study)
    open_people(study)
    if database.file is not None:
        return _copy_sqlite(database.file, folder / "people.sqlite3")
    _run(database, "pg_dump", "--format=custom", f"--exclude-table-data={_SESSIONS}",
         f"--file={folder / _DUMP}")  # fmt: skip
    return folder / _DUMP


def _copy_sqlite(source: Path, copy: Path) -> Path:
    copy.touch(_OWNER_ONLY)
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(copy)) as new:
        live.backup(new)
        new.executescript(f"PRAGMA secure_delete=ON; DELETE FROM {_SESSIONS}; VACUUM;")
    return copy


def _put_people_back(study: Study, dump: Path | None) -> None:
    """Open the database that came with the copy; a dump is first read into the one that is named.

    Raises StudyError where the copy's kind of database is not the one that is named.
    """
    database = database_of(study)
    if (dump is None) != (database.file is not None):
        meant = f"set {VARIABLE} to a new PostgreSQL database" if dump else f"unset {VARIABLE}"
        raise StudyError(f"the copy is of another kind of database than is named: {meant}.")
    if dump is not None:
        _run(database, "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction",
             f"--dbname={database.settings['NAME']}", str(dump))  # fmt: skip
    open_people(study)
    close_people()


_TOLD = {
    "PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD",
    "PGSSLMODE": "sslmode", "PGSSLROOTCERT": "sslrootcert", "PGSSLCERT": "sslcert",
    "PGSSLKEY": "sslkey",
}  # fmt: skip


def _run(database: Database, program: str, *options: str) -> None:
    """Run one of PostgreSQL's own programs; the password goes by the environment, not the call."""
    if shutil.which(program) is None:
        raise LackingPart(f"{program} is not there: install PostgreSQL's client programs.")
    settings = database.settings
    told = {**settings, **settings["OPTIONS"]}
    given = {name: str(told[key]) for name, key in _TOLD.items() if told.get(key)}
    environment = {**os.environ, **given, "PGDATABASE": str(settings["NAME"])}
    done = subprocess.run(  # noqa: S603 -- PostgreSQL's own program, with options of ours
        [program, *options], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise StudyError(f"{program} did not succeed: {said[-1] if said else 'it says nothing'}.")


# --- the way back ------------------------------------------------------------------------------


def _make_parent(folder: Path) -> None:
    """Make the folder that the new one goes into. Raises StudyError where that cannot be."""
    try:
        if folder.exists() and any(folder.iterdir()):
            raise StudyError(f"{folder} is not empty: name a new folder, nothing is overwritten.")
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StudyError(
            f"{folder} cannot be made a folder ({error.strerror}): choose another place."
        ) from error


def _unpack(file: Path, folder: Path) -> Mapping[str, Any]:
    """Unpack into an empty folder, each member checked against the manifest."""
    with _said_plainly(file), tarfile.open(file, mode="r:gz") as tar:
        first = tar.next()
        if first is None or first.name != MANIFEST:
            raise StudyError(f"{file} is no copy of a study: name one that 'torg backup' made.")
        manifest: Mapping[str, Any] = json.loads(_content(tar, first))
        left = dict(manifest["files"])
        while (entry := tar.next()) is not None:
            _take(tar, entry, folder, left.pop(entry.name, None), file)
    if left:
        raise StudyError(f"{file} is damaged: {min(left)} is not in it. Take another copy.")
    return manifest


def _take(
    tar: tarfile.TarFile,
    entry: tarfile.TarInfo,
    folder: Path,
    facts: Mapping[str, Any] | None,
    file: Path,
) -> None:
    """Unpack one member, if it is a plain file that the manifest knows, with that content."""
    parts = PurePosixPath(entry.name).parts
    if facts is None or not entry.isreg() or ".." in parts or entry.name.startswith("/"):
        raise StudyError(f"{file} is damaged: {entry.name} does not belong in it.")
    path = folder.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    total = hashlib.sha256()
    with path.open("wb") as out:
        for piece in _pieces(tar, entry):
            total.update(piece)
            out.write(piece)
    path.chmod(_OWNER_ONLY if path.name == FILE else entry.mode & 0o755)
    if total.hexdigest() != facts["sha256"]:
        raise StudyError(f"{file} is damaged: {entry.name} has changed. Take another copy.")


def _pieces(tar: tarfile.TarFile, entry: tarfile.TarInfo) -> Iterable[bytes]:
    source = tar.extractfile(entry)
    if source is None:
        return
    while piece := source.read(_PIECE):
        yield piece


def _content(tar: tarfile.TarFile, entry: tarfile.TarInfo) -> bytes:
    return b"".join(_pieces(tar, entry))


@contextmanager
def _said_plainly(file: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise StudyError(f"{file} is not there: name a file that 'torg backup' made.") from None
    except (tarfile.TarError, EOFError, OSError, ValueError, KeyError) as error:
        raise StudyError(
            f"{file} is no copy of a study, or a damaged one ({error}): take another copy."
        ) from error
