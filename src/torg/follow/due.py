"""What is due: a pure function of what was asked, what is known, what the study says, and when.

A table of rules, one for each thing that a channel can be asked for. Each looks at one channel.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from torg.collect.platforms import Followed, Platform, Task, What
from torg.follow.held import LATE, Held, Last, Post, Reply
from torg.follow.presence import Kind, Passes
from torg.follow.rests import DAY, HOUR, has_rested, is_barred, latest, rests_until
from torg.study import Study

OVERLAP = DAY  # each look at posts goes back so far behind the last one that went well
_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)
_AGE_SLACK = 1 / 24  # of an age: a reading so little before it is a reading at it


@dataclass(frozen=True)
class Look:
    """One channel, all that is known of it, and the moment."""

    followed: Followed
    platform: Platform
    held: Held
    study: Study
    now: dt.datetime

    @property
    def posts(self) -> tuple[Post, ...]:
        """Its known posts."""
        return self.held.posts.get(self._key, ())

    @property
    def replies(self) -> tuple[Reply, ...]:
        """The replies to it that are still kept."""
        return self.held.replies.get(self._key, ())

    def last(self, what: What, subject: str | None = None) -> Last | None:
        """How it was asked for the last time."""
        return self.held.visits.get((*self._key, what, subject))

    def has_rested(self, what: What, *, every: dt.timedelta) -> bool:
        """Whether something that is asked of the channel as a whole is due."""
        return has_rested(self.last(what), every=every, now=self.now)

    def may_ask(self, what: What, post: str) -> bool:
        """Whether a post may be asked about: it is not gone, and has not just failed."""
        last = self.last(what, post)
        return (last is None or last.outcome != "gone") and not is_barred(last, now=self.now)

    @cached_property
    def _key(self) -> tuple[str, str]:
        return self.followed.platform, self.followed.channel

    @cached_property
    def kept_under(self) -> frozenset[str]:
        """The posts under which replies are still kept."""
        return frozenset(r.post_native_id for r in self.replies if r.post_native_id)


def due(
    followed: Iterable[Followed],
    held: Held,
    *,
    study: Study,
    platforms: Mapping[str, Platform],
    now: dt.datetime,
) -> tuple[Task, ...]:
    """All that is to be asked now, channel by channel, those first that have waited longest.

    Of a channel the platform calls gone, only the profile is asked.
    """
    looks = [Look(f, platforms[f.platform], held, study, now) for f in followed]
    return tuple(task for look in sorted(looks, key=_patience) for task in _tasks(look))


def next_look(
    followed: Iterable[Followed],
    held: Held,
    *,
    study: Study,
    platforms: Mapping[str, Platform],
) -> dt.datetime | None:
    """When a channel is looked at next where nothing is due now; None where none is followed.

    Counts and replies of single posts may fall due before.
    """
    every = {"profile": study.follow.profile_hours, "posts": study.follow.posts_hours}
    lasts = (
        (held.visits.get((each.platform, each.channel, what, None)), hours * HOUR)
        for each in followed
        for what, hours in every.items()
        if what in platforms[each.platform].visits
    )
    return min((rests_until(last, every=often) for last, often in lasts if last), default=None)


def _patience(look: Look) -> tuple[dt.datetime, str, str]:
    """When it was last looked at: after a round that its budget cut short, the others are first."""
    last = look.last("posts") or look.last("profile")
    return (_asked_at(last), look.followed.platform, look.followed.channel)


def _tasks(look: Look) -> Iterator[Task]:
    profile = look.last("profile")
    is_gone = profile is not None and profile.outcome == "gone"
    for what, rule in RULES.items():
        if what in look.platform.visits and (what == "profile" or not is_gone):
            yield from rule(look)


def _profile(look: Look) -> Iterator[Task]:
    """Followers daily."""
    last = look.last("profile")
    every = look.study.follow.profile_hours * HOUR
    if look.has_rested("profile", every=every):
        yield Task(look.followed, "profile", mark=last.mark if last else None)


def _posts(look: Look) -> Iterator[Task]:
    """New posts every few hours, from a little before the last look that went well."""
    last = look.last("posts")
    if look.has_rested("posts", every=look.study.follow.posts_hours * HOUR):
        seen = latest(last.ok_at if last else None, until=look.now)
        since = seen - OVERLAP if seen else first_look(look.study, look.now)
        yield Task(look.followed, "posts", since=since, mark=last.mark if last else None)


def first_look(study: Study, now: dt.datetime) -> dt.datetime:
    """From when posts are wanted at first: the window's first day, else some days back."""
    if study.window.start is None:
        return now - study.follow.first_days * DAY
    midnight = dt.datetime.combine(study.window.start, dt.time(), tzinfo=study.zone)
    return min(midnight.astimezone(dt.UTC), now)


def _counts(look: Look) -> Iterator[Task]:
    """Counts at the ages that the study names. What was missed is read late, at its real age.

    Posts that a look at new posts is about to show are left to it; if it does not, they come next.
    """
    ages = [hours * HOUR for hours in look.study.follow.ages_hours]
    coming = _posts(look) if "posts" in look.platform.visits else ()
    shown = min((task.since for task in coming if task.since), default=look.now)
    wanted = [
        post.native_id
        for post in sorted(look.posts, key=lambda post: post.readings[-1:])
        if post.published_at < shown
        and look.may_ask("counts", post.native_id)
        and lacks_reading(post, ages, asked=look.last("counts", post.native_id), now=look.now)
    ]
    yield from _by_portions(look, "counts", wanted)


def lacks_reading(
    post: Post, ages: list[dt.timedelta], *, asked: Last | None, now: dt.datetime
) -> bool:
    """Whether the post has passed an age since its counts were last read, and not long since."""
    age = now - post.published_at
    passed = [a for a in ages if a <= age]
    if not passed or age > ages[-1] + LATE:
        return False
    # A platform may answer and give no count at all: then the visit is all that is left of it.
    seen = latest(*post.readings, asked.ok_at if asked else None, until=now)
    return seen is None or seen < post.published_at + passed[-1] * (1 - _AGE_SLACK)


def _replies(look: Look) -> Iterator[Task]:
    """Replies to recent posts, at intervals that grow with the post's age.

    Those that have waited longest come first: where a round is cut short again and again, each time
    by a budget or a power cut, no post waits for ever.
    """
    wanted = {*_to_hear(look), *_to_hear_again(look)}
    lasts = {post: look.last("replies", post) for post in wanted if look.may_ask("replies", post)}
    for post in sorted(lasts, key=lambda post: (_asked_at(lasts[post]), post)):
        last = lasts[post]
        yield Task(look.followed, "replies", (post,), mark=last.mark if last else None)


def _asked_at(last: Last | None) -> dt.datetime:
    return last.at if last else _NEVER


def _to_hear(look: Look) -> Iterator[str]:
    for post in look.posts:
        last = look.last("replies", post.native_id)
        seen = latest(last.ok_at if last else None, _without_comments(look, post), until=look.now)
        if is_to_be_heard(post.published_at, seen=seen, look=look):
            yield post.native_id


def is_to_be_heard(published_at: dt.datetime, *, seen: dt.datetime | None, look: Look) -> bool:
    """Whether replies are due, which were last seen at a moment or never.

    A last look is due when the post has come to the age at which following ends.
    """
    end = look.study.follow.reply_days * DAY
    age = look.now - published_at
    if seen is None:
        return True
    if age >= end:
        return seen < published_at + end and age <= end + LATE
    return has_rested(Last(seen, "ok", seen, 0), every=_interval(age, look), now=look.now)


def _interval(age: dt.timedelta, look: Look) -> dt.timedelta:
    steps = ((DAY, look.study.follow.posts_hours * HOUR), (3 * DAY, 12 * HOUR), (7 * DAY, DAY))
    return next((every for until, every in steps if age < until), 3 * DAY)


def _without_comments(look: Look, post: Post) -> dt.datetime | None:
    """When a reading of the post said that there are none; no need to ask for them then."""
    is_bare = post.comments == 0 and post.native_id not in look.kept_under
    return latest(*post.readings, until=look.now) if is_bare else None


def _to_hear_again(look: Look) -> Iterator[str]:
    """Posts whose replies are listed daily, so that what is no longer there is let go.

    Where the ids of replies name their authors they are not kept, so none can be asked for by id.
    """
    every = look.study.follow.presence_hours * HOUR
    if look.platform.ids_name_authors:
        for post in sorted(look.kept_under):
            if has_rested(look.last("replies", post), every=every, now=look.now):
                yield post


def _presence(look: Look) -> Iterator[Task]:
    """Once a day, whether posts and kept replies are still there."""
    last = look.last("presence")
    if is_barred(last, now=look.now):
        return
    every = look.study.follow.presence_hours * HOUR
    passes = Passes.read(last.mark if last else None)
    for kind, ids in _present(look).items():
        before = passes
        steps = before.steps(
            kind, ids, at_once=look.platform.subjects_at_once, every=every, now=look.now
        )
        for asked, after in steps:
            mark, leaves = passes.mark(), after.mark()
            yield Task(look.followed, "presence", tuple(asked), mark=mark, leaves=leaves, of=kind)
            passes = after


def _present(look: Look) -> Mapping[Kind, list[str]]:
    """What should be there: the posts not seen lately, and the replies that can be asked for."""
    lately = look.now - look.study.follow.presence_hours * HOUR / 2
    posts = [p.native_id for p in look.posts if not _was_seen(look, p, since=lately)]
    if look.platform.ids_name_authors:
        return {"posts": posts, "replies": []}
    # Listed lately or not: that a list does not name a reply is no sign that it is gone.
    return {"posts": posts, "replies": [reply.native_id for reply in look.replies]}


def _was_seen(look: Look, post: Post, *, since: dt.datetime) -> bool:
    last = look.last("counts", post.native_id)
    seen = latest(*post.readings, last.ok_at if last else None, until=look.now)
    return seen is not None and seen >= since


def _by_portions(look: Look, what: What, subjects: list[str]) -> Iterator[Task]:
    size = look.platform.subjects_at_once
    for start in range(0, len(subjects), size):
        yield Task(look.followed, what, tuple(subjects[start : start + size]))


RULES: Mapping[What, Callable[[Look], Iterator[Task]]] = {
    "profile": _profile,
    "posts": _posts,
    "counts": _counts,
    "replies": _replies,
    "presence": _presence,
}
