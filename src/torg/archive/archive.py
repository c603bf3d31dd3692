"""The archive as one thing: where it lies, who may write now, and what can be done with it."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import filelock
import polars as pl

from torg.archive import append as appending
from torg.archive.append import Appended
from torg.archive.checking import Finding, findings
from torg.archive.compacting import Compacted, compact
from torg.archive.engine import connect
from torg.archive.forgetting import Forgotten, Named, forget_author, forget_post, forget_reply
from torg.archive.honouring import honour
from torg.archive.identity import Identity
from torg.archive.intake import Languages, Terms
from torg.archive.lake import create_tables
from torg.archive.leftovers import leftovers, remove
from torg.archive.oblivion import gone
from torg.archive.pinned import LAPSING, pin, query
from torg.archive.pseudonyms import Pseudonyms
from torg.archive.reading import Reading
from torg.archive.rewriting import drop_dead
from torg.archive.tidying import upkeep
from torg.archive.unclaimed import unclaimed
from torg.archive.writing import writable
from torg.collect import Batch, Provenance
from torg.errors import ArchiveError, LackingPart, UserError

LOCK = "writing.lock"
UNFINISHED = "writing.unfinished"  # lies there while somebody writes, and after who could not end


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Archive:
    """The archive in `folder`; an archive without its folder is an empty one.

    One writes at a time: the others wait up to `patience` seconds. Nobody waits to read.
    """

    folder: Path
    patience: float = 3600.0
    now: Callable[[], dt.datetime] = _now
    identity: Identity = field(default_factory=Identity)

    def append(
        self,
        source: Provenance,
        batches: Iterable[Batch],
        *,
        pseudonyms: Pseudonyms | None,
        languages: Languages,
        text_days: int,
    ) -> Appended:
        """Take in a file: all of it or, whatever happens, nothing.

        The same file read with the same options changes nothing. Read with other options it
        supersedes what it brought before. `languages` tells in which languages a channel's readers
        write; citizens' text is kept for `text_days` days. Without `pseudonyms` no author is kept;
        once they are there, the same file brings its authors.
        """
        with self._writing():
            with writable(self.folder):
                create_tables(self.folder)
            today = self.now().date()
            pinned = upkeep(self.folder, today=today)
            same = appending.unchanged(pinned, source, keyed=pseudonyms is not None)
            if same is not None:
                return same
            terms = Terms(
                pseudonyms=pseudonyms,
                languages=languages,
                expires_on=today + dt.timedelta(days=text_days),
                keep_text=text_days > 0,
                keep_until=source.keep_until,
                ids_name_authors=source.ids_name_authors,
                gone=gone(pinned),
            )
            job = appending.begin(
                self.folder,
                source,
                pinned=pinned,
                terms=terms,
                identity=self.identity,
                now=self.now(),
            )
            return appending.run(job, batches)

    def reading(self, *, as_of: dt.datetime | None = None) -> Reading:
        """The archive as it is, or as it was at a moment; what comes later does not change it."""
        today = self.now().date()
        return Reading(pin(self.folder, as_of=as_of, today=today), today=today)

    def rejects(self) -> pl.DataFrame:
        """Every rejected row of the sources that count: name, line, reason, row."""
        pinned = pin(self.folder)
        names = pinned.live.select("source_id", "name", position="sources_seen")
        with connect() as connection:
            rows = query(connection, f"SELECT * FROM {pinned.sql('rejects')}")
        named = rows.join(names, on="source_id").sort("position", "line", "reason", "row")
        return named.select("name", "line", "reason", "row", "source_id")

    def unclaimed(self, register_channels: pl.DataFrame) -> pl.DataFrame:
        """Channels with records here that the register does not know.

        `register_channels` has platform, channel (null where unknown) and handle; the answer has
        platform, channel, channel_name, posts, replies.
        """
        with connect() as connection:
            return unclaimed(
                connection, pinned=pin(self.folder), register_channels=register_channels
            )

    def check(self) -> tuple[Finding, ...]:
        """All that is wrong; nothing where the archive is whole."""
        found = tuple(findings(self.folder, self.identity, today=self.now().date()))
        if any(finding.kind == "damaged" for finding in found):
            return found
        return found + self._leftovers()

    def compact(self) -> Compacted:
        """Join small files, remove what killed runs left, take out texts that have expired."""
        with self._writing():
            return compact(self.folder, today=self.now().date())

    def honour(self) -> Forgotten:
        """Take out the words of what vanished, the older ones of edited replies, and what lapsed.

        To be called once a day at least; where nothing is due it takes some milliseconds. The
        facts, counts and instants stay. Readings that were opened before may lose their files.
        """
        if not self.folder.is_dir():
            return Forgotten(rows=0, files=0)
        with self._writing():
            with writable(self.folder):
                create_tables(self.folder)
            pinned = upkeep(self.folder, today=self.now().date())
            return honour(self.folder, pinned=pinned)

    def forget(
        self,
        *,
        author: str | None = None,
        post: str | None = None,
        reply: str | None = None,
        pseudonyms: Pseudonyms | None = None,
    ) -> Forgotten:
        """Take out what one author wrote, one post with all that was said under it, or one reply.

        `author` is a name as the platform shows it, `post` and `reply` are "platform:channel:id".
        Readings that were opened before lose their files. Raises ArchiveError unless one of the
        three is given, and LackingPart for an author without the key.
        """
        if sum(name is not None for name in (author, post, reply)) != 1:
            raise ArchiveError(
                "Say whom or what to forget: either an author or a post, or a single reply."
            )
        with self._writing():
            if author is not None:
                return forget_author(self.folder, _author_key(author, pseudonyms))
            pinned = pin(self.folder)
            named = _named(post or reply or "", pseudonyms)
            take = forget_post if post is not None else forget_reply
            return take(self.folder, pinned=pinned, identity=self.identity, named=named)

    def _leftovers(self) -> tuple[Finding, ...]:
        """What killed runs left; while somebody writes, nobody can tell it from their files."""
        if not self.folder.is_dir():
            return ()
        try:
            with filelock.FileLock(self.folder / LOCK, timeout=0):
                return tuple(
                    Finding(
                        "leftover",
                        left.table,
                        f"{left.path} was left by a run that was ended: compact removes it.",
                    )
                    for left in leftovers(self.folder)
                )
        except filelock.Timeout:
            return ()

    @contextmanager
    def at_rest(self) -> Iterator[None]:
        """Hold writers off, so that the files can be copied as they stand.

        Raises ArchiveError where another writes for longer than `patience` seconds.
        """
        if not self.folder.is_dir():
            yield
            return
        with self._held():
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with writable(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
        with self._held(), self._finishing():
            yield

    @contextmanager
    def _held(self) -> Iterator[None]:
        try:
            with filelock.FileLock(self.folder / LOCK, timeout=self.patience):
                yield
        except filelock.Timeout:
            raise ArchiveError(
                f"Another Torg has been writing to {self.folder} for {self.patience:.0f} seconds: "
                "wait until it is done, or end it, then run the command again."
            ) from None

    @contextmanager
    def _finishing(self) -> Iterator[None]:
        """Take away what a writer left who was killed or ran out of room: words may lie in it."""
        sign = self.folder / UNFINISHED
        with writable(self.folder):
            if sign.exists():
                remove(self.folder, leftovers(self.folder))
                for table in LAPSING:  # he may have replaced files whose rows had to go for good
                    drop_dead(self.folder, table)
            sign.touch()
        try:
            yield
        except UserError as error:
            # What was refused for its own sake left nothing; without room it may not have ended.
            if not isinstance(error.__cause__, OSError):
                sign.unlink(missing_ok=True)
            raise
        sign.unlink(missing_ok=True)


def _author_key(author: str, pseudonyms: Pseudonyms | None) -> str:
    if pseudonyms is None:
        raise LackingPart(
            "There is no author key, so nobody can be found by name: put the key back that this "
            "study was imported with, or forget by post."
        )
    key = pseudonyms.author_key(author)
    if key is None:
        raise ArchiveError(f"'{author}' names nobody: give the name as the platform shows it.")
    return key


def _named(text: str, pseudonyms: Pseudonyms | None) -> list[Named]:
    """What "platform:channel:id" may mean: a channel's id, and a record's, may hold colons too.

    A reply may be stored under a hidden id.
    """
    platform, *parts = text.split(":")
    named = [(platform, ":".join(parts[:at]), ":".join(parts[at:])) for at in range(1, len(parts))]
    if not named or not all(parts):
        raise ArchiveError(
            f"'{text}' is no record: write platform:channel:id, as in facebook:1234:5678."
        )
    if pseudonyms is not None:
        named += [
            (platform, channel, pseudonyms.hidden_id(native_id))
            for platform, channel, native_id in named
        ]
    return named
