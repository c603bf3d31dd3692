"""A file read as an import would read it, with nothing kept: what was understood of it, as JSON.

It runs in a process of its own (`reader`), for a file from outside may be made to do harm.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl

from torg.archive import Archive
from torg.coding import languages_of
from torg.collect import (
    FORMATS,
    Batch,
    ImportOptions,
    KnownChannels,
    OpenedSource,
    anchor_of,
    channel_of,
    open_source,
    registered,
)
from torg.importing import headers_of
from torg.main import import_options
from torg.measure import DEFINITIONS
from torg.register import Register, read_register
from torg.site.room.gaps import gaps
from torg.study import Study

SHOWN = 50  # rejected rows that are shown one by one
_LONGEST = 300  # characters of a reason

Key = tuple[str, str]  # platform, channel
Unit = tuple[str, str]  # country, code

# What a family of measures is made of.
_NEEDS: Mapping[str, frozenset[str]] = {
    "activity": frozenset({"posts"}),
    "media": frozenset({"posts"}),
    "engagement": frozenset({"counts"}),
    "medians": frozenset({"counts"}),
    "audiences": frozenset({"audience"}),
    "dialogue": frozenset({"replies"}),
    "answers": frozenset({"replies"}),
}


@dataclass
class _Seen:
    """What was met so far, batch by batch; its days are those of the zone."""

    zone: str
    read: int = 0
    rejected: int = 0
    rejects: list[dict[str, Any]] = field(default_factory=list)
    rows: Counter[Key] = field(default_factory=Counter)
    names: dict[Key, str] = field(default_factory=dict)
    days: dict[Key, set[dt.date]] = field(default_factory=dict)
    has: set[str] = field(default_factory=set)

    def take(self, batch: Batch) -> None:
        self.read += batch.rows_read
        self.rejected += batch.rejects.height
        for line, reason in batch.rejects.select("line", "reason").iter_rows():
            if len(self.rejects) < SHOWN:
                self.rejects.append({"line": line, "reason": reason[:_LONGEST]})
        for kind, frame, day in (
            ("posts", batch.posts, "published_at"),
            ("replies", batch.replies, "published_at"),
            ("audience", batch.audience, "read_at"),
        ):
            if frame.height:
                self.has.add(kind)
                self._count(frame, day)
        if batch.posts.select(pl.col("reactions", "comments", "shares").count()).row(0) > (0, 0, 0):
            self.has.add("counts")
        if batch.posts["followers"].count():
            self.has.add("audience")
        self._name(batch.posts)
        self._name(batch.audience)

    def _count(self, frame: pl.DataFrame, day: str) -> None:
        grouped = frame.group_by("platform", "channel").agg(
            pl.len(), pl.col(day).dt.convert_time_zone(self.zone).dt.date().drop_nulls().unique()
        )
        for platform, channel, rows, days in grouped.iter_rows():
            self.rows[platform, channel] += rows
            self.days.setdefault((platform, channel), set()).update(days)

    def _name(self, frame: pl.DataFrame) -> None:
        named = (
            frame.drop_nulls("channel_name")
            .group_by("platform", "channel")
            .agg(pl.col("channel_name").max())
        )
        for platform, channel, name in named.iter_rows():
            self.names[platform, channel] = name


def options_of(study: Study, answers: Mapping[str, str], *, known: KnownChannels) -> ImportOptions:
    """How the file is to be read: as the study says, and as its owner answered."""
    said = {name: _ANSWERS[name](answer) for name, answer in answers.items() if answer}
    options = import_options(study, **said)
    options = replace(options, home=options.home or study.timezone, learnt=headers_of(study))
    if options.channel is None:
        return options
    return replace(options, channel=registered(options.channel, known=known))


_ANSWERS: Mapping[str, Callable[[str], Any]] = {
    "timezone": str,
    "zone_is_sure": bool,
    "decimal": str,
    "dates": str,
    "exported_at": dt.datetime.fromisoformat,
    "channel": channel_of,
    "anchors": lambda text: tuple(anchor_of(each) for each in text.split()),
}


def import_answers(study: Study, answers: Mapping[str, str]) -> ImportOptions:
    """The options of the import that takes the file in: those that it was understood with."""
    known = KnownChannels.of(read_register(study.register_folder), languages_of=languages_of)
    return options_of(study, answers, known=known)


def understand(
    study: Study,
    path: Path,
    *,
    unit: Unit,
    answers: Mapping[str, str],
    progress: Callable[[int, int, int], None],
) -> dict[str, Any]:
    """What an import of the file would find; `progress` gets rows, bytes read and bytes in all.

    Raises QuestionError where only its owner can know, FileRefused where it cannot be read.
    """
    register = read_register(study.register_folder)
    known = KnownChannels.of(register, languages_of=languages_of)
    source = open_source(path, options=options_of(study, answers, known=known), known=known)
    seen = _Seen(study.timezone)
    taken = 0

    def told(done: int) -> None:
        nonlocal taken
        taken = done

    for batch in source.batches(progress=told):
        seen.take(batch)
        progress(seen.read, taken, source.size)
    return _said(study, source, seen, register=register, unit=unit)


def _said(
    study: Study, source: OpenedSource, seen: _Seen, *, register: Register, unit: Unit
) -> dict[str, Any]:
    owners = _owners(register)
    own = {key: seen.days[key] for key in seen.rows if unit in owners.get(key, ())}
    reading = Archive(study.archive).reading()
    return {
        "format": source.format,
        "title": FORMATS[source.format].title,
        "kind": FORMATS[source.format].kind,
        "exported_at": source.exported_at and source.exported_at.isoformat(),
        "basis": source.exported_at_basis,
        "access": source.access,
        "may_publish": source.may_publish,
        "rows": {
            "read": seen.read,
            "accepted": seen.read - seen.rejected,
            "rejected": seen.rejected,
        },
        "channels": [_channel(key, seen, owners.get(key, frozenset()), unit) for key in
                     sorted(seen.rows)],
        "rejects": seen.rejects,
        "measures": sorted(_measures(seen.has)),
        "known": source.sha256 in set(reading.sources["sha256"]),
        **asdict(gaps(study, register, unit=unit, reading=reading, days=own, has=seen.has)),
    }  # fmt: skip


def _owners(register: Register) -> Mapping[Key, frozenset[Unit]]:
    """Whose each channel is, or was, by every name that records may have of it."""
    found: dict[Key, set[Unit]] = {}
    for channel in register.channels:
        for name in channel.names:
            found.setdefault((channel.platform, name), set()).add((channel.country, channel.code))
    return {key: frozenset(units) for key, units in found.items()}


def _channel(key: Key, seen: _Seen, owners: frozenset[Unit], unit: Unit) -> dict[str, Any]:
    platform, channel = key
    days = seen.days.get(key, set())
    whose = "own" if unit in owners else "other" if owners else "nobody"
    return {
        "platform": platform,
        "channel": channel,
        "name": seen.names.get(key, "") if whose == "own" else "",
        "whose": whose,
        "rows": seen.rows[key],
        "first": min(days).isoformat() if days else None,
        "last": max(days).isoformat() if days else None,
    }


def _measures(has: Iterable[str]) -> Iterable[str]:
    there = set(has)
    return (name for name, each in DEFINITIONS.items() if _NEEDS[each.family] <= there)
