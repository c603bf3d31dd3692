"""The slow, obvious twin of the weeks: loops over days, posts, replies and looks."""

import datetime as dt
from zoneinfo import ZoneInfo

DAY = dt.timedelta(days=1)
NEVER = dt.date.max


def weeks(posts, replies, channels, *, start, end, zone):
    """{Monday: (days, posts, reactions, posts with known reactions, comments, owner's replies)}.

    Of one municipality; None where a count is not told. `channels`: {name: (valid from, valid to or
    None, looks at it)}, each look an instant. `posts`: (channel, instant, platform, reactions or
    None); `replies`: (channel, instant, by the owner, on the top level, who saw it).
    """
    zone = ZoneInfo(zone)
    found = {}
    counted = [
        (at.astimezone(zone).date(), platform, reactions)
        for name, at, platform, reactions in posts
        if _valid(channels, name, at, zone) and start <= at.astimezone(zone).date() <= end
    ]
    of_one = len({platform for _, platform, _ in counted}) <= 1
    monday = start - start.weekday() * DAY
    while monday <= end:
        days = [monday + n * DAY for n in range(7) if start <= monday + n * DAY <= end]
        spoke = {name for name, (since, to, _) in channels.items() if _overlap(since, to, days)}
        seen = [
            max(looks).astimezone(zone).date()
            for name, (_, _, looks) in channels.items()
            if name in spoke and looks
        ]
        heard = [
            max(at).astimezone(zone).date()
            for name in spoke
            if (
                at := [r[4] for r in replies if r[0] == name and _valid(channels, name, r[1], zone)]
            )
        ]
        own = [
            (owner, top)
            for name, at, owner, top, _ in replies
            if at.astimezone(zone).date() in days and _valid(channels, name, at, zone)
        ]
        written = [reactions for day, _, reactions in counted if day in days]
        known = [reactions for reactions in written if reactions is not None]
        is_seen = bool(seen) and min(seen) >= days[-1]
        is_heard = bool(heard) and min(heard) >= days[-1]
        found[monday] = (
            len(days),
            len(written) if is_seen else None,
            sum(known) if is_seen and of_one and (known or not written) else None,
            len(known) if is_seen and of_one else None,
            sum(top and not owner for owner, top in own) if is_heard else None,
            sum(owner for owner, _ in own) if is_heard else None,
        )
        monday += 7 * DAY
    return found


def _overlap(since, to, days):
    return any(since <= day < (to or NEVER) for day in days)


def _valid(channels, name, at, zone):
    since, to, _ = channels[name]
    return since <= at.astimezone(zone).date() < (to or NEVER)
