"""What a platform is to those who follow channels on it, and what it is asked."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from torg.collect.known import KnownChannels
from torg.collect.records import Batch
from torg.collect.transport import Budget, Clock, Door, Quota
from torg.tokens import Secret

What = Literal["profile", "posts", "replies", "counts", "presence"]


@dataclass(frozen=True)
class Followed:
    """A channel to follow, as the register has it."""

    platform: str
    channel: str  # the platform's id; "@handle" until it is known
    handle: str | None
    address: str


@dataclass(frozen=True)
class Task:
    """What is asked of one channel at one visit.

    `subjects` are native ids: of the posts whose replies or counts are wanted, or of the posts and
    replies whose presence is asked for (never both kinds in one task). `since` is the moment from
    which posts are wanted, `mark` what the last visit of this kind left. `leaves` is the mark that
    is noted when the visit went well and the platform left none itself.
    """

    followed: Followed
    what: What
    subjects: tuple[str, ...] = ()
    since: dt.datetime | None = None
    mark: str | None = None
    leaves: str | None = None
    of: Literal["posts", "replies"] = "posts"  # what the subjects of a task of presence are


@dataclass(frozen=True)
class Means:
    """What a visit is made with."""

    door: Door
    clock: Clock
    known: KnownChannels = field(default_factory=KnownChannels)
    token: Secret | None = None


Visit = Callable[[Task, Means], Iterator[Batch]]


@dataclass(frozen=True)
class Platform:
    """A platform that can be asked: what for, how often, and under which terms.

    Every batch of a visit is whole in itself and says in `visits` what was asked and how it went.
    Raises nothing for what a platform answers; what the door raises goes through.
    """

    name: str
    title: str
    visits: Mapping[What, Visit]
    server: Callable[[Followed], str]  # the host whose budget a task is counted against
    access: str  # access tier
    may_publish: bool
    keep_days: int | None  # how long its terms let records be kept without a new reading
    needs_token: Literal["never", "study", "channel"]
    subjects_at_once: int = 1  # how many a task of counts or presence may name
    # What every server of it may be asked, where the study does not say otherwise.
    budget: Budget = field(default_factory=lambda: Budget(calls=60, seconds=60))
    quota: Quota | None = None  # of all servers together
    learns_ids: bool = True  # False: "@handle" is the channel's identity for good
    ids_name_authors: bool = False  # the ids of replies tell who wrote them
    otherwise: "Platform | None" = None  # who is asked about a channel without a token of its own
    elsewhere: "Callable[[str], Platform] | None" = None  # the platform on a server that is named
