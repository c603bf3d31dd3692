"""A round before it begins: what is due, in whose turn, through which doors."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from torg.archive import Archive
from torg.coding import languages_of
from torg.collect import KnownChannels
from torg.collect.platforms import Means, Platform, Task
from torg.collect.transport import Door
from torg.follow.due import due
from torg.follow.held import held
from torg.follow.outcome import Tally
from torg.follow.turns import Turn
from torg.follow.ways import Tokens, Ways, asked_with, doors, tokens_of
from torg.follow.whom import whom
from torg.register import read_register
from torg.study import Study


@dataclass(frozen=True)
class Plan:
    """What a round will do."""

    turns: tuple[Turn, ...]
    doors: Mapping[str, Door]  # by platform
    known: KnownChannels
    tallies: Mapping[str, Tally]  # by platform


def plan(
    study: Study,
    archive: Archive,
    *,
    platforms: Mapping[str, Platform],
    ways: Ways,
    now: dt.datetime,
) -> Plan:
    """What is due at `now`, as the register and the archive stand."""
    register = read_register(study.register_folder)
    reading = archive.reading()
    ports = doors(platforms, study=study, ways=ways, reading=reading)
    there = held(reading, now=now)
    today = now.astimezone(study.zone).date()
    followed = whom(register, study=study, platforms=platforms, visits=there.rows, today=today)
    tasks = due(followed, there, study=study, platforms=platforms, now=now)
    known = KnownChannels.of(register, languages_of=languages_of)
    asking = _Asking(platforms, ports, known, ways, ways.tokens or tokens_of(study))
    turns = tuple(asking.turns(tasks))
    return Plan(turns, ports, known, _tallies(platforms, turns))


@dataclass(frozen=True)
class _Asking:
    platforms: Mapping[str, Platform]
    doors: Mapping[str, Door]
    known: KnownChannels
    ways: Ways
    tokens: Tokens

    def turns(self, tasks: Iterable[Task]) -> Iterator[Turn]:
        """A turn for each channel, with whoever is asked about it."""
        for followed, wanted in groupby(tasks, key=lambda task: task.followed):
            own = self.platforms[followed.platform]
            platform, token, lacking = asked_with(own, followed, self.tokens)
            means = Means(self.doors[own.name], self.ways.clock, self.known, token)
            possible = tuple(task for task in wanted if task.what in platform.visits)
            if lacking is not None:  # it is noted once, not for every post
                possible = tuple(task for task in possible if task.what in _WHOLE)[:1]
            yield Turn(platform.server(followed), platform, means, possible, lacking)


_WHOLE = ("profile", "posts")  # what is asked of a channel as a whole


def _tallies(platforms: Iterable[str], turns: Iterable[Turn]) -> dict[str, Tally]:
    tallies = {name: Tally(name) for name in platforms}
    for turn in turns:
        tallies[turn.platform.name].due(turn.tasks)
    return tallies
