"""CrowdTangle's CSV of Instagram accounts.

It names accounts by handle alone; the register knows their ids.
"""

import polars as pl

from torg.collect.formats.crowdtangle import created, read_posts
from torg.collect.formats.shape import Fields, Format, Read
from torg.collect.instagram import post_ids, post_types
from torg.collect.known import channel_ids
from torg.collect.reading.cells import Signs, longer, word

_COUNTS = ("followers", "likes", "comments", "views")

COLUMNS = {
    "name": ("Account",),
    "handle": ("User Name",),
    "followers": ("Followers at Posting",),
    "created": ("Post Created", "Created"),
    "type": ("Type",),
    "likes": ("Likes",),
    "comments": ("Comments",),
    "views": ("Views",),
    "url": ("URL",),
    "title": ("Title",),
    "description": ("Description",),
}


def _channel(fields: Fields) -> pl.Series:
    handles = word(fields.text("handle"))
    return channel_ids(handles, platform="instagram", known=fields.terms.known)


def _read(fields: Fields) -> Read:
    counts = {name: fields.count(name) for name in _COUNTS}
    url = word(fields.text("url"))
    values = {
        "type": post_types(fields.text("type")),
        "text": longer(fields.text("title"), fields.text("description")),
        "url": url,
        "reactions": counts["likes"].values,  # Instagram knows one kind
        **{name: column.values for name, column in counts.items()},
    }
    return read_posts(
        fields,
        channel=_channel(fields),
        ids=post_ids(url),
        values=values,
        counts=counts,
        lacking=("handle", "account"),
    )


CROWDTANGLE_INSTAGRAM = Format(
    name="crowdtangle_instagram",
    title="CrowdTangle export of Instagram",
    kind="posts",
    platform="instagram",
    columns=COLUMNS,
    required=frozenset({"name", "handle", "followers", "created", "likes", "comments", "url"}),
    read=_read,
    dated_by="created",
    instants=created,
    channels=_channel,
    channel_fields=("handle",),
    only_known=True,  # its searches went over all of Instagram
    by_handle=True,
    access="public_page",
    may_publish=True,
    personal=frozenset({"name", "handle", "title", "description"}),
    has_zone=True,
    signs=Signs("point"),
    counts=_COUNTS,
)
