"""What every formula sees: the archive's records as few plain columns, assigned and counted once.

The views hold eligible channels only (scope and platforms of the study, valid when the record was
published; a person's channel never), carried to the municipality of the population date. The same
post from two sources is one row; corrections are applied; unclaimed channels are left out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ibis import Table

from torg.measure.engine import Engine
from torg.study import Office

Keys = tuple[str, ...]

MUNICIPALITY: Keys = ("country", "municipality")
PLATFORM: Keys = (*MUNICIPALITY, "platform")
CHANNEL: Keys = (*PLATFORM, "channel")
LEVELS: tuple[Keys, ...] = (MUNICIPALITY, PLATFORM, CHANNEL)
GROUP: Keys = ("group_no",)
BY_WEEK: Keys = (*GROUP, "week")


@dataclass(frozen=True, kw_only=True)
class Span:
    """The window as integers: both days included, in the study's zone."""

    first_day: int  # days since 1970-01-01
    last_day: int
    start_s: int  # seconds since 1970-01-01T00:00Z: the first that counts
    stop_s: int  # ... the first that no longer counts
    weeks: tuple[int, ...]  # Monday-based, (epoch day + 3) // 7, ascending, edge weeks included

    @property
    def days(self) -> int:
        """How many days the window has."""
        return self.last_day - self.first_day + 1

    def days_of(self, week: int) -> int:
        """How many of a week's days lie in the window: 7, but for the weeks at its edges."""
        monday = week * 7 - 3
        return min(monday + 6, self.last_day) - max(monday, self.first_day) + 1


@dataclass(frozen=True, kw_only=True)
class Views:
    """Ibis tables on one engine. All integers are int64 unless said otherwise.

    `municipalities`: country, municipality, population (null where unknown); one row each, all
    that are valid at the population date.

    `channels`: channel_no (int32: how posts, replies and audience name their channel), country,
    municipality, platform, channel, population (of the municipality), observed (boolean: some
    source of the archive saw this channel at or after the window's start, so that no post means
    none), access (of those sources), seen_until_s (the last of their looks; null where there is
    none). One row per channel, also for those never collected.

    `groups`: the channels that are measured together (`torg.measure.groups`): group_no, own
    (boolean: a municipality as a whole), and what `channels` has; one row per group and channel.

    `posts`, of the window only: channel_no, post_key, published_s, local_s (published_s plus the
    zone's offset), day (local, days since 1970-01-01), week, type (photo, album, video, live, link,
    text, event, poll, other or null), followers (of the channel when the post was published),
    followers_x2 (twice the denominator F: twice `followers`, else the sum of the channel's readings
    at the window's start and end), reactions, comments, shares (each null where unknown), at_age
    (boolean: these counts were read at seven days of age), kind (of the denominator: as `audience`
    has it), access.

    `replies`, inside and outside the window (an answer may come after it): channel_no, reply_key,
    post_key (the counted post's), parent_key (null on the top level), published_s, local_s, day,
    week, in_window (boolean), is_owner and is_question (boolean, null where unknown),
    question_rule, observed_until_s and observed_until_local_s (the latest export that would have
    shown an answer), access. `citizens`: reply_key, author_key (null without a key).

    `audience`: channel_no, read_s, day, followers, kind ("followers",
    "likes", or "at_posting": read off the posts), access; readings up to the window's end.
    """

    municipalities: Table
    channels: Table
    groups: Table
    posts: Table
    replies: Table
    citizens: Table
    audience: Table
    span: Span
    engine: Engine
    office: Office = field(default_factory=Office)
    own_hours: Mapping[tuple[str, str], Office] = field(
        default_factory=dict
    )  # country, municipality
    _kept: dict[str, Table] = field(default_factory=dict, repr=False, compare=False)

    def materialise(self, table: Table) -> Table:
        """Compute `table` now, and keep the result on the engine."""
        return self.engine.materialise(table)

    def keep(self, name: str, make: Callable[[], Table]) -> Table:
        """Compute the table `name` once, and keep it on the engine."""
        if name not in self._kept:
            self._kept[name] = self.materialise(make())
        return self._kept[name]


@dataclass(frozen=True, kw_only=True)
class Formula:
    """A family of measures that share their scans.

    `rows(views)` gives [group_no, measure, value (float64), n (int64), base (string: what n
    counts), access (string, "mixed" for several tiers), missing (string: a reason, null where there
    is a value), at_age_share (float64, null where age does not matter)]: one row per measure for
    each group it knows; groups that it leaves out become missing with the reason `absent`. See
    `shape.long`.

    `weekly(views)` gives [group_no, measure, week, numerator, denominator] of the municipalities'
    own groups, both float64 made from exact integers, such that
    value = sum(numerator) / sum(denominator): numerator is a raw count, denominator its exposure in
    the measure's unit. Weeks without a row count as 0 and 0. See `shape.long_weekly`.
    """

    family: str
    measures: tuple[str, ...]
    rows: Callable[[Views], Table]
    weekly: Callable[[Views], Table] | None = None
    absent: str = "no_posts"
