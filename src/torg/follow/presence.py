"""How far a channel's posts and replies have been gone through to see whether they are there.

Once a day all of them are asked for, some at a time. How far it has come stands in the mark of the
channel's last visit of presence, so that a round that ends in between goes on there.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from torg.follow.rests import EARLY

Kind = Literal["posts", "replies"]


@dataclass(frozen=True)
class Pass:
    """One going-through: when it began, and the id up to which it came; None: to the end."""

    began: dt.datetime
    past: str | None = None

    def rest(
        self, ids: Sequence[str], *, every: dt.timedelta, now: dt.datetime
    ) -> tuple["Pass", Sequence[str]]:
        """The pass that is under way now, and which of the sorted `ids` are still to be asked."""
        is_stale = self.began > now or now - self.began >= every * EARLY
        if is_stale:
            return Pass(now), ids
        return self, [] if self.past is None else [i for i in ids if i > self.past]


@dataclass(frozen=True)
class Passes:
    """The passes over a channel's posts and over its replies, as a mark holds them."""

    of: Mapping[Kind, Pass] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "of", MappingProxyType(dict(self.of)))

    @classmethod
    def read(cls, mark: str | None) -> "Passes":
        """From a mark; one that is not ours says nothing."""
        try:
            said = json.loads(mark or "{}")
            return cls({kind: _pass(said[kind]) for kind in _KINDS if kind in said})
        except (ValueError, TypeError, KeyError):
            return cls()

    def mark(self) -> str:
        """As a mark."""
        said = {kind: [p.began.isoformat(), p.past] for kind, p in self.of.items()}
        return json.dumps(said, sort_keys=True)

    def steps(
        self,
        kind: Kind,
        ids: Sequence[str],
        *,
        at_once: int,
        every: dt.timedelta,
        now: dt.datetime,
    ) -> Iterator[tuple[Sequence[str], "Passes"]]:
        """What is to be asked next, some at a time, each with the passes as they are after it."""
        before = self.of.get(kind, Pass(dt.datetime.min.replace(tzinfo=dt.UTC)))
        current, left = before.rest(sorted(ids), every=every, now=now)
        for start in range(0, len(left), at_once):
            asked = left[start : start + at_once]
            past = asked[-1] if start + at_once < len(left) else None
            yield asked, Passes({**self.of, kind: Pass(current.began, past)})


_KINDS: tuple[Kind, ...] = ("posts", "replies")


def _pass(said: Any) -> Pass:  # noqa: ANN401 -- whatever the mark holds
    began, past = said
    return Pass(dt.datetime.fromisoformat(began).astimezone(dt.UTC), past)
