"""The slow, obvious twin of torg.measure: plain loops over lists of dicts, one channel at a time.

It takes rows as the archive has them, of one channel of one municipality, and gives every measure
of posts, engagement and audience as a number, or as None where there is no value.
"""

import datetime as dt
from statistics import median
from zoneinfo import ZoneInfo

DAY = dt.timedelta(days=1)
WEEK = 7 * DAY
TYPES = {
    "photo": {"photo", "album"},
    "video": {"video", "live"},
    "link": {"link"},
    "text": {"text"},
    "other": {"event", "poll", "other"},
}
COUNTS = {"p": "reactions", "c": "comments", "v": "shares"}


def measures(posts, snapshots, audience, *, start, end, zone, people):
    """Every measure of one channel that was observed over the days from start to end."""
    zone = ZoneInfo(zone)
    inside = [post for post in posts if start <= _day(post["published_at"], zone) <= end]
    read = [{**post, **_counts(post, snapshots)} for post in inside]
    values = {}
    values.update(_activity([_day(post["published_at"], zone) for post in read], start, end))
    values.update(_media(read))
    values.update(_audience(read, audience, start, end, zone, people))
    mean_x2 = _mean_x2(audience, start, end, zone)
    for post in read:
        post["f"] = post["followers"]
        if post["f"] is None and mean_x2 is not None:
            post["f"] = mean_x2 / 2
    values.update(_engagement(read, people=people, days=(end - start).days + 1))
    return values


def _day(instant, zone):
    return instant.astimezone(zone).date()


def _counts(post, snapshots):
    """The reading at seven days of age, else the latest, else nothing."""
    own = [s for s in snapshots if s["post_key"] == post["post_key"]]
    near = [
        s
        for s in own
        if 6 * DAY <= s["read_at"] - post["published_at"] <= 9 * DAY and not s["read_at_is_bound"]
    ]
    if near:
        best = min(abs(s["read_at"] - post["published_at"] - WEEK) for s in near)
        equal = [s for s in near if abs(s["read_at"] - post["published_at"] - WEEK) == best]
        chosen = max(equal, key=lambda s: s["read_at"])
    elif own:
        chosen = max(own, key=lambda s: s["read_at"])
    else:
        chosen = {}
    return {name: chosen.get(name) for name in COUNTS.values()}


def _activity(days, start, end):
    longest = run = 0
    day = start
    while day <= end:
        run = 0 if day in days else run + 1
        longest = max(longest, run)
        day += DAY
    return {
        "posts": len(days),
        "posts_per_week": len(days) * 7 / ((end - start).days + 1),
        "active_weeks": len({day.isocalendar()[:2] for day in days}),
        "longest_silence_days": longest,
    }


def _media(posts):
    typed = [post for post in posts if post["type"] is not None]
    return {
        f"media_share_{medium}": _ratio(len([p for p in typed if p["type"] in types]), len(typed))
        for medium, types in TYPES.items()
    }


def _engagement(posts, *, people, days):
    values = {}
    for letter, name in COUNTS.items():
        known = [post for post in posts if post[name] is not None]
        followed = [post for post in known if post["f"] is not None]
        total = sum(post[name] for post in known)
        values[f"{letter}1"] = _ratio(len([p for p in known if p[name] >= 1]), len(known))
        values[f"{letter}2"] = _ratio(total, len(known))
        values[f"{letter}3"] = _ratio(
            1000 * sum(p[name] for p in followed), sum(p["f"] for p in followed)
        )
        values[f"{name}_median"] = median(post[name] for post in known) if known else None
    whole = [post for post in posts if all(post[name] is not None for name in COUNTS.values())]
    followed = [post for post in whole if post["f"] is not None]
    values["e"] = _ratio(1000 * _interactions(followed), sum(post["f"] for post in followed))
    values["engagement_per_1000"] = None
    if whole and people:
        values["engagement_per_1000"] = _interactions(whole) / (people / 1000) / (days / 30.4375)
    return values


def _interactions(posts):
    return sum(post[name] for post in posts for name in COUNTS.values())


def _audience(posts, audience, start, end, zone, people):
    readings = _readings(audience, end, zone)
    if not readings:
        readings = _printed(posts, zone)
    none = dict.fromkeys(
        ("followers", "followers_per_1000", "follower_growth", "follower_growth_rate")
    )
    if not readings:
        return none
    first, last = _first(readings, start, zone), readings[-1]
    values = {**none, "followers": last["followers"]}
    values["followers_per_1000"] = _ratio(last["followers"] * 1000, people or 0)
    begins = dt.datetime.combine(start, dt.time(), zone)
    stops = dt.datetime.combine(end + DAY, dt.time(), zone)
    # Instants of one zone subtract as the wall clock shows them, in UTC as time passes.
    window = stops.astimezone(dt.UTC) - begins.astimezone(dt.UTC)
    if (last["read_at"] - first["read_at"]) * 2 >= window:
        values["follower_growth"] = last["followers"] - first["followers"]
        values["follower_growth_rate"] = _ratio(values["follower_growth"], first["followers"])
    return values


def _readings(audience, end, zone):
    """Those up to the window's end, by time: of followers where there are any, else of likes."""
    until = [r for r in audience if _day(r["read_at"], zone) <= end]
    kind = "followers" if any(r["kind"] == "followers" for r in until) else "likes"
    return sorted((r for r in until if r["kind"] == kind), key=lambda r: r["read_at"])


def _printed(posts, zone):
    """One reading a day: that of the day's last post that has one."""
    days = {}
    for post in sorted(posts, key=lambda p: (p["published_at"], p["followers"] or 0)):
        if post["followers"] is not None:
            reading = {"read_at": post["published_at"], "followers": post["followers"]}
            days[_day(post["published_at"], zone)] = reading
    return [days[day] for day in sorted(days)]


def _first(readings, start, zone):
    before = [r for r in readings if _day(r["read_at"], zone) < start]
    return before[-1] if before else readings[0]


def _mean_x2(audience, start, end, zone):
    readings = _readings(audience, end, zone)
    return (
        _first(readings, start, zone)["followers"] + readings[-1]["followers"] if readings else None
    )


def _ratio(numerator, denominator):
    return numerator / denominator if denominator else None
