"""Whether posts are still there."""

from collections.abc import Iterator

from torg.collect.platforms.mastodon.accounts import Home, home_of
from torg.collect.platforms.mastodon.client import Client, Declined
from torg.collect.platforms.mastodon.counts import gone
from torg.collect.platforms.mastodon.finding import Finder
from torg.collect.platforms.shape import Means, Task
from torg.collect.platforms.visited import Row, vanished, visited, visits
from torg.collect.records import Batch


def presence(task: Task, means: Means) -> Iterator[Batch]:
    """One batch: which posts are not there any more, and whether all could be asked for."""
    home = home_of(task.followed)
    facts: list[Row] = []
    unasked: list[Declined] = []
    for uri, found in Finder(Client(home, means)).find(task.subjects):
        if not isinstance(found, Declined):
            continue
        facts.extend(gone(uri, found, channel=home.channel, at=means.clock.now()))
        if found.outcome != "gone":
            unasked.append(found)
    yield Batch(visits=visits(_said(task, unasked, home, means)), vanished=vanished(facts))


def _said(task: Task, unasked: list[Declined], home: Home, means: Means) -> Row:
    """How it went: as the answers went, where all went alike; else in part."""
    outcomes = {declined.outcome for declined in unasked}
    is_none = len(unasked) == len(task.subjects) and len(outcomes) == 1
    return visited(
        task,
        at=means.clock.now(),
        channel=home.channel,
        outcome="ok" if not unasked else outcomes.pop() if is_none else "partial",
        detail=unasked[0].detail if unasked else None,
    )
