"""How long a thing rests until it is asked for again."""

import datetime as dt

from torg.follow.held import Last

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
# A round that comes a little early does the thing now, or it would slip by a round each time.
EARLY = 0.95
# After so many failures in a row; the last one from then on. Four calls a day cost a server that is
# gone nothing, and one that is back is not found out a day later.
AFTER_FAILURES = (dt.timedelta(minutes=15), HOUR, 4 * HOUR, 6 * HOUR)


def has_rested(last: Last | None, *, every: dt.timedelta, now: dt.datetime) -> bool:
    """Whether a thing that is asked for `every` so often is due.

    A visit from the future was noted by a clock that has been set back since, and counts for
    nothing: the thing is asked for once more, and then its last visit is of today again.
    """
    return last is None or last.at > now or now >= rests_until(last, every=every)


def rests_until(last: Last, *, every: dt.timedelta) -> dt.datetime:
    """When a thing that is asked for `every` so often is due again."""
    if last.outcome == "failed":
        step = min(max(last.failures, 1), len(AFTER_FAILURES)) - 1
        return last.at + AFTER_FAILURES[step] * EARLY
    return last.at + every * EARLY


def is_barred(last: Last | None, *, now: dt.datetime) -> bool:
    """Whether a thing of which something is due must rest all the same, after failing."""
    return last is not None and not has_rested(last, every=dt.timedelta(0), now=now)


def latest(*moments: dt.datetime | None, until: dt.datetime) -> dt.datetime | None:
    """The latest of the moments that are known and not in the future."""
    return max((m for m in moments if m is not None and m <= until), default=None)
