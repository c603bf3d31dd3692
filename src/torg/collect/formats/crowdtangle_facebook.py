"""CrowdTangle's CSV of Facebook pages and groups, in the headers it has had over the years.

The posts of a page are its owner's; those of a group are citizens', whose words are not taken in.
"""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from torg.collect.facebook import post_ids, post_types
from torg.collect.formats.crowdtangle import created, read_posts
from torg.collect.formats.shape import Fields, Format, Read
from torg.collect.known import channel_ids
from torg.collect.reading.cells import Column, Signs, free_text, word

_KINDS = {
    "likes": ("Likes",),
    "loves": ("Love",),
    "wows": ("Wow",),
    "hahas": ("Haha",),
    "sads": ("Sad",),
    "angrys": ("Angry",),
    "cares": ("Care",),
    "thankfuls": ("Thankful",),
}
# Care came in 2020 and Thankful went in 2016: a file without either still holds all reactions.
_ALWAYS = ("likes", "loves", "wows", "hahas", "sads", "angrys")
_COUNTS = ("total", "comments", "shares", "views", "followers", *_KINDS)

COLUMNS = {
    "name": ("Page Name", "Name"),
    "handle": ("User Name",),
    "channel": ("Facebook Id",),
    "followers": ("Followers at Posting",),
    "created": ("Post Created", "Created"),
    "type": ("Type",),
    "total": ("Total Interactions",),
    "comments": ("Comments",),
    "shares": ("Shares",),
    "views": ("Post Views",),
    "url": ("URL",),
    "message": ("Message",),
    **_KINDS,
}


def _channel(fields: Fields) -> pl.Series:
    """The page's id; without one its handle, without that its name."""
    told = word(fields.text("channel"))
    if not told.null_count():
        return told
    handles = word(fields.text("handle")).fill_null(word(fields.text("name")))
    known = fields.terms.known
    return told.fill_null(channel_ids(handles, platform="facebook", known=known))


def _reactions(fields: Fields, counts: Mapping[str, Column]) -> pl.Series:
    """All reactions: the sum of their kinds, else what interactions leave besides the others.

    "Likes" alone is one kind of several; it is never taken for all of them.
    """
    values = {name: column.values for name, column in counts.items()}
    rest = values["total"] - values["comments"] - values["shares"]
    if not all(name in fields.frame.columns for name in _ALWAYS):
        return rest
    total = values["likes"]
    for name in _KINDS.keys() - {"likes"}:
        if name in fields.frame.columns:
            total = total + values[name]
    return total.fill_null(rest)


def _counts(fields: Fields) -> dict[str, Column]:
    """Every count but the total, which is read only where the kinds do not say all."""
    counts = {name: fields.count(name) for name in _COUNTS if name != "total"}
    kinds = [counts[name].values for name in _ALWAYS]
    whole = not any(values.null_count() for values in kinds)
    return {
        **counts,
        "total": Column(fields.nothing(pl.Int64())) if whole else fields.count("total"),
    }


def _read(fields: Fields) -> Read:
    counts, url = _counts(fields), word(fields.text("url"))
    values = {
        "type": post_types(fields.text("type")),
        "text": free_text(fields.text("message")),
        "url": url,
        "reactions": _reactions(fields, counts),
        **{name: column.values for name, column in counts.items() if name != "total"},
    }
    return read_posts(
        fields,
        channel=_channel(fields),
        ids=post_ids(url),
        values=values,
        counts=counts,
        lacking=("channel", "page"),
    )


CROWDTANGLE = Format(
    name="crowdtangle_facebook",
    title="CrowdTangle export of Facebook",
    kind="posts",
    platform="facebook",
    columns=COLUMNS,
    required=frozenset({"name", "created", "likes", "comments", "shares", "total", "url"}),
    read=_read,
    dated_by="created",
    instants=created,
    channels=_channel,
    channel_fields=("channel", "handle", "name"),
    access="public_page",
    may_publish=True,
    has_zone=True,
    signs=Signs("point"),
    counts=_COUNTS,
)


def _read_group(fields: Fields) -> Read:
    read = _read(fields)
    return Read({**read.values, "text": fields.nothing(pl.String())}, read.faults)


CROWDTANGLE_GROUPS = replace(
    CROWDTANGLE,
    name="crowdtangle_facebook_groups",
    title="CrowdTangle export of Facebook groups",
    columns={**COLUMNS, "name": ("Group Name",)},
    # One more than of a page: a file with the columns of both is read as a group's.
    required=CROWDTANGLE.required | {"type"},
    read=_read_group,
    personal=frozenset({"message"}),
)
