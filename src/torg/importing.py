"""Exports into the archive, file by file; what is refused does not stop the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from torg.archive import Archive, load_key
from torg.coding import languages_of
from torg.collect import (
    ImportOptions,
    KnownChannels,
    Lesson,
    files_in,
    format_of,
    lesson_on,
    open_source,
    registered,
    remember,
)
from torg.errors import FileRefused
from torg.register import read_register
from torg.study import Study

Row = dict[str, Any]
Progress = Callable[[str, int, int], None]  # file name, bytes read, bytes in all


def no_progress(name: str, done: int, total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Imports:
    """What an import did: a row per file, refusals, rejected rows, and what is unclaimed now."""

    rows: list[Row]
    refusals: list[str]
    rejects: pl.DataFrame  # of these files: name, line, reason, row
    unclaimed: pl.DataFrame
    has_key: bool  # whether authors could be told apart


def import_files(
    study: Study,
    paths: Sequence[Path],
    *,
    options: ImportOptions,
    progress: Progress = no_progress,
) -> Imports:
    """Take exports into the archive, file by file; what is refused does not stop the others."""
    known = KnownChannels.of(read_register(study.register_folder), languages_of=languages_of)
    archive = Archive(study.archive)
    options = replace(options, home=options.home or study.timezone, learnt=headers_of(study))
    if options.channel is not None:
        options = replace(options, channel=registered(options.channel, known=known))
    taken = [
        _import_file(study, archive, path, options=options, known=known, progress=progress)
        for path in files_in(paths)
    ]
    unclaimed = unclaimed_channels(study)
    nobodys = set(unclaimed.select("platform", "channel").iter_rows())
    rejected = [Path(row["path"]).name for row, _ in taken if row["rejected"]]
    return Imports(
        rejects=archive.rejects().filter(pl.col("name").is_in(rejected)),
        rows=[{**row, "unclaimed": len(channels & nobodys)} for row, channels in taken],
        refusals=[row["refused"] for row, _ in taken if row["refused"]],
        unclaimed=unclaimed,
        has_key=load_key(study.id) is not None,
    )


def headers_of(study: Study) -> Path:
    """The file of header names that the study was taught; it need not exist."""
    return study.folder / "headers.toml"


def begin_lesson(study: Study, path: Path, *, format_: str | None = None) -> Lesson:
    """A conversation about the columns of a file whose header names are not known yet."""
    return lesson_on(path, format_=format_, learnt=headers_of(study))


def end_lesson(study: Study, lesson: Lesson) -> Path | None:
    """Remember what was taught, for every later import; the file that holds it.

    None where there is nothing to remember: nothing new was said, or it was not to be kept.
    """
    if not lesson.is_to_be_kept:
        return None
    left_out = {str(lesson.format): lesson.left_out}
    remember(headers_of(study), lesson.taught, left_out=left_out)
    return headers_of(study)


def _import_file(
    study: Study,
    archive: Archive,
    path: Path,
    *,
    options: ImportOptions,
    known: KnownChannels,
    progress: Progress,
) -> tuple[Row, frozenset[tuple[str, str]]]:
    try:
        source = open_source(path, options=options, known=known)
        appended = archive.append(
            source,
            source.batches(progress=lambda done: progress(source.name, done, source.size)),
            pseudonyms=load_key(study.id),
            languages=known.languages,
            text_days=study.imports.citizen_text_days,
        )
    except FileRefused as refusal:
        found = format_of(path, options=options)
        return _import_row(path, format=found, refused=str(refusal)), frozenset()
    row = _import_row(
        path,
        format=source.format,
        read=appended.read,
        accepted=appended.accepted,
        rejected=appended.rejected,
        posts_new=appended.posts_new,
        snapshots_new=appended.snapshots_new,
        replies_new=appended.replies_new,
        exported_at=source.exported_at,
    )
    return row, frozenset(appended.channels)


_NOTHING: Row = {
    "path": None,
    "format": None,
    "read": 0,
    "accepted": 0,
    "rejected": 0,
    "posts_new": 0,
    "snapshots_new": 0,
    "replies_new": 0,
    "unclaimed": 0,
    "exported_at": None,
    "refused": None,
}


def _import_row(path: Path, **facts: Any) -> Row:  # noqa: ANN401 -- counts, moments, sentences
    return {**_NOTHING, "path": str(path), **facts}


def unclaimed_channels(study: Study) -> pl.DataFrame:
    """Channels in the archive that the register does not know: platform, channel, name, counts."""
    channels = read_register(study.register_folder).channel_frame(None)
    return Archive(study.archive).unclaimed(channels)
