"""Listening to a live stream: what is heard is sieved, committed, and gone on from.

The archive is the only state: a commit holds the records and the stream's cursor together, so after
whatever befell us the stream is asked again from there. It tells some things twice then, and the
archive keeps them once.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import polars as pl

from torg.archive import Appended, Archive, Pseudonyms, authors_held
from torg.collect import Run
from torg.collect.platforms.bluesky import Gathering, Sieve, StreamError, Wire
from torg.collect.transport import Clock, Door
from torg.errors import OverBudget, Unreachable
from torg.follow.stopping import Stop, Stopped

PLATFORM = "bluesky"
# Errors of a stream that say: our cursor is not of this server, or of before it began anew.
_NO_SUCH_CURSOR = frozenset({"FutureCursor"})
_LOOK_AT_CLOCK = 512  # frames
_DAY = 86_400.0  # seconds
_SLOWEST = 6  # failures in a row from which waits grow no longer


@dataclass(frozen=True)
class Rhythm:
    """When what was heard is committed, and how often the archive is tidied; seconds."""

    records: int = 20_000  # at once after so many
    some: float = 300.0  # after so long, where anything was told of the channels
    none: float = 1800.0  # where nothing was: only the cursor is noted
    upkeep: float = _DAY
    quiet: float = 1.0  # how long a silent stream is waited for before the clock is looked at


@dataclass(frozen=True)
class Stream:
    """Which stream, and where."""

    wire: Wire
    server: str

    @property
    def name(self) -> str:
        """What the archive calls runs of it; cursors of different servers are no kin."""
        return f"{PLATFORM} {urlsplit(self.server).netloc or self.server}"

    @property
    def format(self) -> str:
        """The interface."""
        return f"{PLATFORM} {self.wire.name}"


@dataclass(frozen=True)
class Keeping:
    """How citizens' words are kept, and who is followed."""

    pseudonyms: Pseudonyms
    languages: Callable[[str, str], tuple[str, ...]]
    text_days: int
    channels: Callable[[], frozenset[str]]  # by their ids, as the register has them now


@dataclass(frozen=True)
class Heard:
    """What came to pass up to one commit."""

    at: dt.datetime
    frames: int  # that the stream sent since the commit before
    mark: str | None
    posts_new: int = 0
    replies_new: int = 0
    vanished: int = 0
    lost: int = 0  # connections


@dataclass
class Listener:
    """Listens until it is stopped. What has been heard and not committed is in `gathering`."""

    archive: Archive
    stream: Stream
    keeping: Keeping
    door: Door
    stop: Stop
    told: Callable[[Heard], None] = lambda _heard: None
    rhythm: Rhythm = field(default_factory=Rhythm)
    _gathering: Gathering = field(init=False)
    _passes: Callable[[bytes], bool] = field(init=False)
    _kept: dict[str, str] = field(default_factory=dict, init=False)  # hidden id -> channel
    _authors: set[str] = field(default_factory=set, init=False)  # by their keys
    _last: bytes | None = field(default=None, init=False)
    _mark: str | None = field(default=None, init=False)
    _frames: int = field(default=0, init=False)
    _lost: int = field(default=0, init=False)
    _committed: float = field(default=0.0, init=False)
    _tidied: float = field(default=0.0, init=False)

    def run(self) -> None:
        """Listen. Returns once it is stopped and all that was heard is committed."""
        self._begin()
        failures = 0
        while not self.stop:
            before = self._frames
            self._hear()
            self._commit_when_due()
            failures = 0 if self._frames != before else failures + 1
            self._rest(failures)
        self._commit()
        self._tidy()

    @property
    def clock(self) -> Clock:
        """The door's."""
        return self.door.clock

    def _begin(self) -> None:
        reading = self.archive.reading()
        self._mark = reading.mark(self.stream.format, self.stream.name)
        self._follow()
        self._remember()
        self._committed = self._tidied = self.clock.seconds()

    def _follow(self) -> None:
        """Look at the register anew, and take an empty gathering."""
        channels = self.keeping.channels()
        self._passes = Sieve(channels, self.stream.wire).test()
        self._gathering = Gathering(channels, self._channel_of, self.clock.now)

    def _remember(self) -> None:
        """Which replies are kept, and whose: to know when one is taken back, or somebody leaves."""
        reading = self.archive.reading()
        kept = reading.kept_replies().filter(pl.col("platform") == PLATFORM)
        self._kept = dict(kept.select("native_id", "channel").iter_rows())
        self._authors = set(authors_held(reading))

    def _channel_of(self, uri: str) -> str | None:
        return self._kept.get(self.keeping.pseudonyms.hidden_id(uri))

    def _hear(self) -> None:
        """One connection, until it is lost or we are stopped."""
        try:
            for frame in self._frames_of_now():
                if self._passes(frame):
                    self._gathering.take(self.stream.wire.read(frame))
        except (Unreachable, OverBudget):
            self._lost += 1
        except StreamError as error:
            self._lost += 1
            self._last = None
            if str(error) in _NO_SUCH_CURSOR:
                self._mark = None

    def _frames_of_now(self) -> Iterator[bytes]:
        """The frames of one connection; the clock is looked at now and then."""
        address = self.stream.wire.address(self.stream.server, self._cursor())
        for message in self.door.messages(address, quiet=self.rhythm.quiet):
            if message is not None:
                frame = message if isinstance(message, bytes) else message.encode()
                yield frame
                self._last = frame
                self._frames += 1
                if self._frames % _LOOK_AT_CLOCK:
                    continue
            self._commit_when_due()
            if self.stop:
                return

    def _cursor(self) -> str | None:
        """Where the stream has come to."""
        return (self._last and self.stream.wire.cursor(self._last)) or self._mark

    def _commit_when_due(self) -> None:
        since, size = self.clock.seconds() - self._committed, self._gathering.size
        wait = self.rhythm.some if size else self.rhythm.none
        if size >= self.rhythm.records or since >= wait:
            self._commit()
        if self.clock.seconds() - self._tidied >= self.rhythm.upkeep:
            self._tidy()

    def _commit(self) -> None:
        """Records and cursor together, or neither."""
        self._mark = self._cursor()
        self._last = None
        batch = self._gathering.batch()
        self._committed = self.clock.seconds()
        if self._frames == 0 and not self._gathering.size:
            return
        self._forget_who_left()
        done = self.archive.append(
            self._run(),
            [batch],
            pseudonyms=self.keeping.pseudonyms,
            languages=self.keeping.languages,
            text_days=self.keeping.text_days,
        )
        self._note_replies()
        self.told(self._heard(done, batch.vanished.height))
        self._frames = self._lost = 0
        self._follow()

    def _forget_who_left(self) -> None:
        """Before the cursor is committed: what is killed in between is done once more."""
        for did in sorted(self._gathering.left):
            if self.keeping.pseudonyms.author_key(did) in self._authors:
                self.archive.forget(author=did, pseudonyms=self.keeping.pseudonyms)

    def _note_replies(self) -> None:
        key = self.keeping.pseudonyms
        for row in self._gathering.replies.values():
            self._kept[key.hidden_id(row["native_id"])] = row["channel"]
            author = key.author_key(row["author"])
            if author is not None:
                self._authors.add(author)

    def _run(self) -> Run:
        return Run(
            name=self.stream.name,
            format=self.stream.format,
            access="open_network",
            exported_at=self.clock.now(),
            mark=self._mark,
            ids_name_authors=True,
        )

    def _heard(self, done: Appended, vanished: int) -> Heard:
        return Heard(
            at=self.clock.now(),
            frames=self._frames,
            mark=self._mark,
            posts_new=done.posts_new,
            replies_new=done.replies_new,
            vanished=vanished,
            lost=self._lost,
        )

    def _tidy(self) -> None:
        """What the networks took back goes, and many small files become few."""
        self.archive.honour()
        self.archive.compact()
        self._remember()
        self._tidied = self.clock.seconds()

    def _rest(self, failures: int) -> None:
        """Before a lost stream is asked again."""
        wait = self.door.retries.wait(min(failures + 1, _SLOWEST), chance=self.door.chance)
        with suppress(Stopped):
            self.stop.clock(self.clock).wait(wait)
