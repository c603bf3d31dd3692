"""The Meta Content Library's lists of posts, as its site and its interface write them.

The CSV names nested facts with dots (`post_owner.id`), and so do JSON's nested keys once they lie
in columns. There is no public address and no follower count. Where a post stands (its surface) and
who wrote it (its owner) are two things: in a group they differ, and then a citizen may write.

The library's ids are its own. The register's id of a handle is taken before them, so that a page is
one channel whichever way its posts came.
"""

import polars as pl

from torg.collect.formats.shape import Fields, Read
from torg.collect.known import registered_ids
from torg.collect.reading.cells import Column, free_text, word
from torg.collect.reading.instants import with_offset

ZONE_HINT = " The library's own times are in UTC (--timezone UTC)."

COLUMNS = {
    "id": ("id",),
    "created": ("creation_time",),
    "modified": ("modified_time",),
    "type": ("content_type",),
    "owner_id": ("post_owner.id",),
    "owner_handle": ("post_owner.username",),
    "owner_name": ("post_owner.name",),
    "text": ("text",),
    "likes": ("statistics.like_count",),
    "comments": ("statistics.comment_count",),
    "views": ("statistics.views",),
}


def created(fields: Fields) -> Column:
    """When each post was published."""
    return _instants(fields, "created", needed=True)


def whose(fields: Fields, who: str, *, platform: str) -> pl.Series:
    """The channel of the "owner" or "surface": the register's id of its handle, else its own id."""
    handles = word(fields.text(f"{who}_handle"))
    known = registered_ids(handles, platform=platform, known=fields.terms.known)
    return known.fill_null(word(fields.text(f"{who}_id")))


def _instants(fields: Fields, name: str, *, needed: bool) -> Column:
    return with_offset(
        fields.text(name),
        what=fields.name(name),
        zone=fields.terms.zone,
        order=fields.terms.dates,
        needed=needed,
    )


def read(fields: Fields, *, channel: pl.Series, names: pl.Series, counts: tuple[str, ...]) -> Read:
    """What the posts of both networks share."""
    published, modified = created(fields), _instants(fields, "modified", needed=False)
    counted = {name: fields.count(name) for name in counts}
    native_id = word(fields.text("id"))
    edited = pl.when(modified.values > published.values).then(modified.values)
    values = {
        "channel": channel,
        "native_id": native_id,
        "id_space": fields.constant("content_library"),
        "channel_name": names,
        "published_at": published.values,
        "edited_at": pl.select(edited).to_series(),
        "text": free_text(fields.text("text")),
        **{name: column.values for name, column in counted.items()},
    }
    faults = (
        fields.lacking(native_id, "id", "without it the post cannot be told from others"),
        fields.lacking(channel, "owner_id", "without it the post belongs to no channel"),
        *(column.faults for column in (published, modified, *counted.values())),
    )
    return Read(values, faults)
