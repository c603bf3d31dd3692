"""Business Suite's daily series of new follows, tied to followers that somebody read off the page.

The series says how many began to follow on each day and not how many stopped. With one reading it
would only bound the followers, and flatter the page by all who left. Between two readings those who
left are known in number; they are spread evenly over the days, so that the followers at each
reading are those that were read, and those in between are off by no more than all who left.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

import polars as pl

from torg.collect.formats.business_suite import columns_of
from torg.collect.formats.shape import Fields, Format, Read, Terms
from torg.collect.options import Anchor
from torg.collect.reading.cells import Column, Signs
from torg.collect.reading.faults import row_fault
from torg.collect.reading.instants import local
from torg.errors import FileRefused, QuestionError

_PLATFORMS = ("facebook", "instagram")
_LEAST_ANCHORS = 2
_LAST_SECOND = "T23:59:59"
Figures = Mapping[dt.date, int | None]


def followers_between(figures: Figures, anchors: Sequence[Anchor]) -> dict[dt.date, int]:
    """Followers at the end of each day from the first anchor to the last.

    With S the reading at the first of two anchors, E at the second, and F(d) the new follows from
    the first up to day d of n: S + F(d) - (S + F(n) - E) d / n, rounded down. Raises `FileRefused`
    where a day has no figure, or more followers came than began to follow.
    """
    found = {anchors[0].day: anchors[0].followers}
    for first, last in pairwise(anchors):
        found |= _stretch(figures, first, last)
    return found


def _stretch(figures: Figures, first: Anchor, last: Anchor) -> Iterator[tuple[dt.date, int]]:
    days = [first.day + dt.timedelta(n) for n in range(1, (last.day - first.day).days + 1)]
    lacking = [day for day in days if figures.get(day) is None]
    if lacking:
        raise FileRefused(
            f"the series has no figure for {lacking[0]}, which lies between the readings of "
            f"{first.day} and {last.day}: export it for all of these days, or give readings that "
            "lie within it"
        )
    came = list(accumulate(figures[day] or 0 for day in days))
    left = first.followers + came[-1] - last.followers
    if left < 0:
        raise FileRefused(
            f"from {first.day} to {last.day} the followers grew by "
            f"{last.followers - first.followers}, but only {came[-1]} began to follow: check the "
            "readings given with --anchor, and that the file is of this page"
        )
    for number, (day, new) in enumerate(zip(days, came, strict=True), start=1):
        yield day, first.followers + new - -(-left * number // len(days))


def _days(fields: Fields) -> Column:
    """The end of each day, in the zone that the user says."""
    ends = fields.text("day").str.strip_chars().str.slice(0, 10) + _LAST_SECOND
    return local(ends, what=fields.name("day"), zone=fields.terms.zone or "UTC")


def _read(fields: Fields) -> Read:
    moments, new = _days(fields), fields.count("follows")
    days = fields.text("day").str.strip_chars().str.slice(0, 10).str.to_date(strict=False)
    platform, channel = fields.terms.channel or ("", "")
    if days.is_duplicated().any():
        raise FileRefused("a day stands twice in the series: export it again, one page at a time")
    figures = dict(zip(days, new.values, strict=True))
    found = followers_between(figures, fields.terms.anchors)
    followers = pl.Series("followers", [found.get(day) for day in days], dtype=pl.Int64)
    outside = row_fault(
        followers.is_null(),
        "the day lies outside the readings given with --anchor, and new follows alone do not "
        "tell how many there were",
    )
    values = {
        "platform": fields.constant(platform),
        "channel": fields.constant(channel),
        "read_at": moments.values,
        "followers": followers,
        "kind": fields.constant("followers"),
    }
    return Read(values, (moments.faults, new.faults, outside))


_WHOSE = (
    "this series does not say which page it is of: say it with --channel, such as "
    "--channel facebook:1234567890"
)
_HOW_MANY = (
    "this series says how many began to follow on each day, not how many stopped: give two "
    "readings of the page's followers, at the ends of the stretch that you want, such as "
    "--anchor 2025-07-31=5203 --anchor 2025-08-31=5321"
)


def _ask(fields: Fields) -> str | None:
    """The first rows are looked at before anything else: here the missing answers are asked for."""
    terms = fields.terms
    asked = [
        *([_WHOSE] if terms.channel is None else []),
        *([_HOW_MANY] if len(terms.anchors) < _LEAST_ANCHORS else []),
    ]
    if asked:
        raise QuestionError("; and ".join(asked))
    if terms.channel is not None and terms.channel[0] not in _PLATFORMS:
        return f"--channel names {terms.channel[0]}, and the series is of Facebook or Instagram"
    return None


def _settled(terms: Terms) -> Mapping[str, object]:
    return {
        "channel": list(terms.channel or ()),
        "anchors": [[anchor.day.isoformat(), anchor.followers] for anchor in terms.anchors],
    }


FOLLOWS = Format(
    name="business_suite_follows",
    title="Business Suite daily series of new follows",
    kind="audience",
    platform=None,
    columns=columns_of("business_suite_follows"),
    required=frozenset({"day", "follows"}),
    read=_read,
    dated_by="day",
    instants=_days,
    channels=lambda fields: fields.constant((fields.terms.channel or ("", ""))[1]),
    channel_fields=(),
    access="owner",
    may_publish=False,
    zone_hint=" The zone of the page's own country is near enough for whole days.",
    signs=Signs("point"),
    counts=("follows",),
    refuse=_ask,
    settled_by=_settled,
)
