"""What was collected goes into the archive, a chunk at a time, while the next is being asked for.

The archive is locked only for as long as a chunk is written; nothing of the network is waited for
meanwhile. A task goes in whole, with the visit that says so: what was killed before is asked again.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from torg.archive import Archive, Pseudonyms, load_key
from torg.collect import KnownChannels, Run
from torg.collect.platforms import Platform
from torg.collect.transport import Clock, Door
from torg.follow.asking import Asked
from torg.follow.outcome import Tally
from torg.follow.units import used_mark
from torg.study import Study


@dataclass(frozen=True)
class Chunks:
    """When a chunk is written: so many records, or so many seconds after its first."""

    records: int = 5_000
    seconds: float = 30.0


@dataclass
class Chunk:
    """What was collected from one platform, under one set of terms, and is not yet written."""

    platform: Platform
    since: float
    asked: list[Asked] = field(default_factory=list)
    records: int = 0

    def add(self, asked: Asked) -> None:
        """Add what a task brought."""
        self.asked.append(asked)
        self.records += asked.records


@dataclass
class Keeper:
    """Gathers what was collected, and commits it."""

    study: Study
    archive: Archive
    known: KnownChannels
    doors: Mapping[str, Door]  # by platform
    tallies: Mapping[str, Tally]  # by platform
    clock: Clock
    chunks: Chunks = field(default_factory=Chunks)
    _open: dict[tuple[str, str], Chunk] = field(default_factory=dict)

    def take(self, asked: Asked) -> None:
        """Add a task's harvest."""
        key = asked.platform.name, asked.platform.access
        chunk = self._open.setdefault(key, Chunk(asked.platform, self.clock.seconds()))
        chunk.add(asked)
        tally = self.tallies[asked.platform.name]
        tally.done += asked.ending == "well"
        tally.failed += asked.is_failure
        tally.said(asked.why)

    def keep_due(self) -> None:
        """Commit the chunks that are large or old enough."""
        now = self.clock.seconds()
        for key, chunk in list(self._open.items()):
            is_old = now - chunk.since >= self.chunks.seconds
            if is_old or chunk.records >= self.chunks.records:
                self._keep(self._open.pop(key))

    def keep_all(self) -> None:
        """Commit whatever there is."""
        while self._open:
            self._keep(self._open.popitem()[1])

    def _keep(self, chunk: Chunk) -> None:
        door = self.doors[chunk.platform.name]
        if not chunk.records and door.units_used() == door.used:
            return  # nobody was asked: a run of nothing would pass for one that collected
        batches = [batch for asked in chunk.asked for batch in asked.batches]
        appended = self.archive.append(
            self._run(chunk.platform),
            batches,
            pseudonyms=self._key(),
            languages=self.known.languages,
            text_days=self.study.imports.citizen_text_days,
        )
        self.tallies[chunk.platform.name].kept(appended)

    def _run(self, platform: Platform) -> Run:
        now = self.clock.now()
        days = platform.keep_days
        used = self.doors[platform.name].units_used()
        return Run(
            name=platform.name,
            format=platform.name,
            access=platform.access,
            exported_at=now,
            may_publish=platform.may_publish,
            keep_until=None if days is None else now.date() + dt.timedelta(days=days),
            mark=used_mark(used),
            ids_name_authors=platform.ids_name_authors,
        )

    def _key(self) -> Pseudonyms | None:
        return load_key(self.study.id)
