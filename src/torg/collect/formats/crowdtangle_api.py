"""What CrowdTangle's interface answered when it was asked for posts, of Facebook and Instagram.

Its times are in UTC. `updated` says when CrowdTangle last read the counts, which is the moment for
which they hold.
"""

from collections.abc import Mapping

import polars as pl

from torg.collect import facebook, instagram
from torg.collect.formats.shape import Fields, Format, Read
from torg.collect.reading.cells import Column, Signs, free_text, word
from torg.collect.reading.faults import cell_fault
from torg.collect.reading.instants import local

_PLATFORMS = ("facebook", "instagram")
_KINDS = {
    "loves": ("statistics.actual.loveCount",),
    "wows": ("statistics.actual.wowCount",),
    "hahas": ("statistics.actual.hahaCount",),
    "sads": ("statistics.actual.sadCount",),
    "angrys": ("statistics.actual.angryCount",),
    "cares": ("statistics.actual.careCount",),
    "thankfuls": ("statistics.actual.thankfulCount",),
}
# Care came in 2020 and Thankful went in 2016: an answer without either still holds all reactions.
_NOT_ALWAYS = ("cares", "thankfuls")
_COUNTS = ("likes", "favourites", "comments", "shares", "followers", *_KINDS)

COLUMNS = {
    "platform": ("platform",),
    "channel": ("account.platformId",),
    "handle": ("account.handle",),
    "name": ("account.name",),
    "account_type": ("account.accountType",),
    "post_id": ("platformId",),
    "created": ("date",),
    "updated": ("updated",),
    "type": ("type",),
    "message": ("message",),
    "description": ("description",),
    "url": ("postUrl",),
    "followers": ("subscriberCount",),
    "likes": ("statistics.actual.likeCount",),
    "favourites": ("statistics.actual.favoriteCount",),
    "comments": ("statistics.actual.commentCount",),
    "shares": ("statistics.actual.shareCount",),
    **_KINDS,
}


def _instant(fields: Fields, name: str) -> Column:
    return local(fields.text(name), what=fields.name(name), zone="UTC", order=fields.terms.dates)


def _platform(fields: Fields) -> pl.Series:
    return word(fields.text("platform")).str.to_lowercase()


def _by_platform(fields: Fields, on_facebook: pl.Series, on_instagram: pl.Series) -> pl.Series:
    """Row by row, what holds on its platform."""
    is_instagram = _platform(fields) == "instagram"
    return pl.select(pl.when(is_instagram).then(on_instagram).otherwise(on_facebook)).to_series()


def _ids(fields: Fields, url: pl.Series) -> tuple[pl.Series, pl.Series]:
    """As the CSV gives them: by the address; without one, the last part of PAGE_POST."""
    tail = word(fields.text("post_id")).str.extract(r"^\d+_(\d+)$")
    (page_id, page_space), (code, code_space) = facebook.post_ids(url), instagram.post_ids(url)
    told = pl.when(page_id.is_null() & tail.is_not_null())
    page_space = pl.select(told.then(pl.lit("post")).otherwise(page_space)).to_series()
    return (
        _by_platform(fields, page_id.fill_null(tail), code),
        _by_platform(fields, page_space, code_space),
    )


def _reactions(fields: Fields, counts: Mapping[str, Column]) -> pl.Series:
    """The sum of all kinds; of Instagram its one kind."""
    total = counts["likes"].values
    for name in _KINDS:
        values = counts[name].values
        total = total + (values.fill_null(0) if name in _NOT_ALWAYS else values)
    return _by_platform(fields, total, counts["favourites"].values)


def _text(fields: Fields) -> pl.Series:
    """The caption; what citizens wrote in a group is not taken in."""
    caption = _by_platform(
        fields, free_text(fields.text("message")), free_text(fields.text("description"))
    )
    in_group = fields.text("account_type").str.to_lowercase().str.contains("group", literal=True)
    return pl.select(pl.when(~in_group).then(caption)).to_series()


def _type(fields: Fields) -> pl.Series:
    text = fields.text("type").str.replace_all("_", " ")
    return _by_platform(fields, facebook.post_types(text), instagram.post_types(text))


def _read(fields: Fields) -> Read:
    created, updated = _instant(fields, "created"), _instant(fields, "updated")
    counts = {name: fields.count(name) for name in _COUNTS}
    platform, channel = _platform(fields), word(fields.text("channel"))
    url = word(fields.text("url"))
    native_id, id_space = _ids(fields, url)
    likes = _by_platform(fields, counts["likes"].values, counts["favourites"].values)
    values = {
        "platform": platform,
        "channel": channel,
        "native_id": native_id,
        "id_space": id_space,
        "channel_name": word(fields.text("name")),
        "published_at": created.values,
        "read_at": updated.values,
        "type": _type(fields),
        "text": _text(fields),
        "url": url,
        "reactions": _reactions(fields, counts),
        **{name: counts[name].values for name in _COUNTS if name != "favourites"},
        "likes": likes,
    }
    faults = (
        cell_fault(
            ~platform.is_in(_PLATFORMS).fill_null(value=False),
            fields.text("platform"),
            what=fields.name("platform"),
            why="is neither Facebook nor Instagram",
        ),
        fields.lacking(native_id, "url", "without it the post cannot be told from others"),
        fields.lacking(channel, "channel", "without it the post belongs to no page"),
        *(column.faults for column in (created, updated, *counts.values())),
    )
    return Read(values, faults)


CROWDTANGLE_API = Format(
    name="crowdtangle_api",
    title="CrowdTangle answer with posts",
    kind="posts",
    platform=None,
    columns=COLUMNS,
    required=frozenset({"platform", "channel", "created", "updated", "url", "comments"}),
    read=_read,
    dated_by="created",
    says_moment="updated",
    instants=lambda fields: _instant(fields, "updated"),
    channels=lambda fields: word(fields.text("channel")),
    channel_fields=("channel", "handle", "platform"),
    only_known=True,
    handles=lambda fields: word(fields.text("handle")),
    access="public_page",
    may_publish=True,
    personal=frozenset({"name", "handle", "message", "description"}),
    has_zone=True,
    signs=Signs("point"),
    counts=_COUNTS,
)
