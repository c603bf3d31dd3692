"""What is due now, in whose turn, and through which doors."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from torg.archive import Reading
from torg.coding import languages_of
from torg.collect import KnownChannels
from torg.collect.platforms import Means, Platform, Task
from torg.collect.transport import Door
from torg.follow.due import due, next_look
from torg.follow.held import held
from torg.follow.turns import Turn
from torg.follow.ways import Tokens, Ways, asked_with, tokens_of
from torg.follow.whom import whom
from torg.register import Register, read_register
from torg.study import Study

_WHOLE = ("profile", "posts")  # what is asked of a channel as a whole
_NO_KEY = (
    "There is no author key, so replies are not asked for where their ids name people: put the key "
    "back that this study began with."
)


@dataclass(frozen=True)
class Plan:
    """The turns of what is due, and when the next channel is looked at where nothing is."""

    turns: tuple[Turn, ...]
    next_look: dt.datetime | None


@dataclass(frozen=True)
class Planner:
    """Plans the turns of one round, as often as something new may be due."""

    study: Study
    platforms: Mapping[str, Platform]
    doors: Mapping[str, Door]  # by platform
    ways: Ways
    has_key: bool  # whether authors can be told apart without being named

    def plan(self, reading: Reading, *, now: dt.datetime) -> Plan:
        """A turn for each channel of which something is due, as register and archive stand."""
        register = read_register(self.study.register_folder)
        there = held(reading, follow=self.study.follow, now=now)
        followed = whom(
            register,
            study=self.study,
            platforms=self.platforms,
            visits=there.rows,
            today=now.astimezone(self.study.zone).date(),
        )
        tasks = due(followed, there, study=self.study, platforms=self.platforms, now=now)
        return Plan(
            tuple(self._turns(tasks, known_channels(register))),
            next_look(followed, there, study=self.study, platforms=self.platforms),
        )

    def _turns(self, tasks: Iterable[Task], known: KnownChannels) -> Iterator[Turn]:
        tokens: Tokens = self.ways.tokens or tokens_of(self.study)
        for followed, wanted in groupby(tasks, key=lambda task: task.followed):
            platform, token, lacking = asked_with(
                self.platforms[followed.platform], followed, tokens
            )
            means = Means(self.doors[followed.platform], self.ways.clock, known, token)
            possible = tuple(task for task in wanted if self._may_be_kept(task, platform))
            if lacking is not None:  # it is noted of the channel, not of every post
                possible = tuple(task for task in possible if task.what in _WHOLE)
            if possible:
                yield Turn(platform.server(followed), platform, means, possible, lacking)

    def _may_be_kept(self, task: Task, platform: Platform) -> bool:
        """Whether a platform has what is asked for, and the archive can take it.

        Where ids name people it hides them by the author key, and takes no reply without it.
        """
        is_hidden = platform.ids_name_authors and task.what == "replies"
        return task.what in platform.visits and (self.has_key or not is_hidden)

    def hindrance(self, platform: Platform) -> str | None:
        """What keeps a platform from being asked for all that it has, in a sentence."""
        return None if self.has_key or not platform.ids_name_authors else _NO_KEY


def known_channels(register: Register) -> KnownChannels:
    """What the register knows, with the languages of its countries."""
    return KnownChannels.of(register, languages_of=languages_of)
