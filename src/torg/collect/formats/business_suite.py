"""What the content exports of Meta Business Suite share: columns, times, and how they go wrong.

Their headers follow the exporter's language; the names that are known lie in aliases/.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files

import polars as pl

from torg.collect.formats.shape import Fields, Format, Read
from torg.collect.reading.cells import Column, word
from torg.collect.reading.headers import parse_aliases
from torg.collect.reading.instants import local
from torg.collect.records import INSTANT

PACIFIC = "America/Los_Angeles"
_ZONE_HINT = (
    f" Exports have been seen in Pacific time ({PACIFIC}) wherever the page was:"
    " compare one post's time with the page."
)
# A right export has one row a post (0.996 of the rows seen); one by day has about 28 (0.036).
LEAST_SHARE_OF_POSTS = 0.5

# Offices post by day. A zone under which most posts are not, while another one puts them there, is
# the other one's: nine hours stand between Los Angeles and Scandinavia.
DAYTIME = (7, 18)  # the hours that begin in it
LEAST_POSTS = 20  # fewer tell nothing
LEAST_BY_DAY = 0.5
LEAST_GAIN = 0.3  # share of posts that the other zone brings into the day


def columns_of(name: str) -> dict[str, tuple[str, ...]]:
    """The header names of one format, by field, as the file of that name in aliases/ has them."""
    path = files("torg.collect.formats").joinpath(f"aliases/{name}.toml")
    return parse_aliases(path.read_text("utf-8"))


def content_export(
    platform: str, *, owner: str, read: Callable[[Fields], Read], counts: Sequence[str]
) -> Format:
    """The export of one network; `owner` is what its columns call the channel: page or account."""
    return Format(
        name=f"business_suite_{platform}",
        title=f"Business Suite content export of {platform.title()}",
        kind="posts",
        platform=platform,
        columns=columns_of(f"business_suite_{platform}"),
        required=frozenset({"post_id", f"{owner}_id", "published"}),
        read=read,
        dated_by="published",
        instants=_published,
        channels=lambda fields: _channel(fields, owner),
        channel_fields=(f"{owner}_id",),
        access="owner",
        may_publish=False,
        zone_hint=_ZONE_HINT,
        counts=tuple(counts),
        refuse=_refuse_by_day,
        doubt=_doubt_zone,
    )


def read_posts(
    fields: Fields,
    *,
    owner: str,
    ids: tuple[pl.Series, pl.Series],
    values: Mapping[str, pl.Series],
    counts: Mapping[str, Column],
) -> Read:
    """Posts by their `ids` and id spaces: what all networks' exports say, and `values` besides."""
    moments, channel = _published(fields), _channel(fields, owner)
    native_id, id_space = ids
    records = {
        "channel": channel,
        "native_id": native_id,
        "id_space": id_space,
        "channel_name": word(fields.text(f"{owner}_name")),
        "published_at": moments.values,
        **values,
    }
    faults = (
        fields.lacking(native_id, "post_id", "without it the post cannot be told from others"),
        fields.lacking(channel, f"{owner}_id", f"without it the post belongs to no {owner}"),
        *(column.faults for column in (moments, *counts.values())),
    )
    return Read(records, faults)


def _channel(fields: Fields, owner: str) -> pl.Series:
    return word(fields.text(f"{owner}_id"))


def _published(fields: Fields) -> Column:
    """When each post was published, by the clock of the zone that the user says."""
    return local(
        fields.text("published"),
        what=fields.name("published"),
        zone=fields.terms.zone or "UTC",
        order=fields.terms.dates,
    )


def _refuse_by_day(fields: Fields) -> str | None:
    """Why the first rows are no list of posts, if they are none."""
    ids = word(fields.text("post_id")).drop_nulls()
    if ids.len() and ids.n_unique() < LEAST_SHARE_OF_POSTS * ids.len() and _is_by_day(fields):
        return (
            f"this export has a row for each post and day ({ids.n_unique()} posts in {ids.len()} "
            "rows), and days cannot be told from posts' totals: export again with the data "
            "breakdown 'Lifetime' instead of 'Daily'"
        )
    return None


def _doubt_zone(fields: Fields) -> str | None:
    """The question to ask where posts cluster at night under the zone that the user gave."""
    given = fields.terms.zone
    home = fields.terms.home or given
    if fields.terms.zone_is_sure or given is None or home is None:
        return None
    shares = {zone: _share_by_day(fields, zone, home) for zone in (given, home, PACIFIC)}
    mine = shares.pop(given)
    if mine is None or mine >= LEAST_BY_DAY or not shares:
        return None
    other, best = max(shares.items(), key=lambda item: item[1] or 0)
    if (best or 0) < mine + LEAST_GAIN:
        return None
    return (
        f"read as times of {given}, {mine:.0%} of the posts were published between {DAYTIME[0]} "
        f"and {DAYTIME[1]} o'clock in {home}; read as times of {other}, {best:.0%}. Compare one "
        f"post's time with the page, and say --timezone {other}; if {given} is right all the "
        "same, add --zone-is-sure"
    )


def _share_by_day(fields: Fields, zone: str, home: str) -> float | None:
    """The share of posts that fall into the day of `home` if the file's clock is that of `zone`."""
    times = local(
        fields.text("published"),
        what=fields.name("published"),
        zone=zone,
        order=fields.terms.dates,
    ).values.drop_nulls()
    if times.len() < LEAST_POSTS:
        return None
    hours = times.cast(INSTANT).dt.convert_time_zone(home).dt.hour()
    by_day = hours.is_between(*DAYTIME, closed="left").mean()
    return by_day if isinstance(by_day, float) else None


def _is_by_day(fields: Fields) -> bool:
    has_views = "views" in fields.frame.columns
    return not has_views or word(fields.text("date")).n_unique() > 1
