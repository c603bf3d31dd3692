"""The pair of files that the page scrapers of 2016 to 2018 wrote: statuses and comments."""

import polars as pl

from torg.collect.facebook import post_types
from torg.collect.formats.shape import Fields, Format, Read
from torg.collect.known import are_owners
from torg.collect.reading.cells import Column, Signs, free_text, word
from torg.collect.reading.faults import cell_fault
from torg.collect.reading.instants import local

_REACTIONS = {
    "likes": ("num_likes",),
    "loves": ("num_loves",),
    "wows": ("num_wows",),
    "hahas": ("num_hahas",),
    "sads": ("num_sads",),
    "angrys": ("num_angrys",),
}
_COUNTS = ("reactions", "comments", "shares", *_REACTIONS)
_STATUS_ID = r"^(\d+)_(\d+)$"  # page, post


def _published(fields: Fields) -> Column:
    zone = fields.terms.zone or "UTC"
    return local(
        fields.text("published"),
        what=fields.name("published"),
        zone=zone,
        order=fields.terms.dates,
    )


def _channel(fields: Fields) -> pl.Series:
    return word(fields.text("status_id")).str.extract(_STATUS_ID, 1)


def _post(fields: Fields) -> pl.Series:
    return word(fields.text("status_id")).str.extract(_STATUS_ID, 2)


def _id_faults(fields: Fields, name: str, ids: pl.Series) -> pl.Series:
    return cell_fault(
        ids.is_null(), fields.text(name), what=fields.name(name), why="is no PAGE_POST id"
    )


def _read_statuses(fields: Fields) -> Read:
    published = _published(fields)
    counts = {name: fields.count(name) for name in _COUNTS}
    native_id = _post(fields)
    values = {
        "channel": _channel(fields),
        "native_id": native_id,
        "id_space": fields.constant("post"),
        "published_at": published.values,
        "type": post_types(fields.text("type")),
        "text": free_text(fields.text("message")),
        "url": word(fields.text("link")),
        **{name: column.values for name, column in counts.items()},
    }
    faults = (column.faults for column in (published, *counts.values()))
    return Read(values, (_id_faults(fields, "status_id", native_id), *faults))


def _read_comments(fields: Fields) -> Read:
    published, reactions = _published(fields), fields.count("reactions")
    channel, author = _channel(fields), word(fields.text("author"))
    native_id = word(fields.text("comment_id"))
    values = {
        "channel": channel,
        "native_id": native_id,
        "id_space": fields.constant("comment"),
        "post_native_id": _post(fields),
        "post_id_space": fields.constant("post"),
        "parent_native_id": word(fields.text("parent_id")),
        "published_at": published.values,
        "author": author,
        "is_owner": are_owners(
            author,
            platforms=fields.constant("facebook"),
            channels=channel,
            known=fields.terms.known,
        ),
        "text": free_text(fields.text("message")),
        "reactions": reactions.values,
    }
    faults = (
        _id_faults(fields, "status_id", channel),
        _id_faults(fields, "comment_id", native_id.str.extract(r"^(\d+(?:_\d+)*)$")),
        published.faults,
        reactions.faults,
    )
    return Read(values, faults)


STATUSES = Format(
    name="page_scraper_statuses",
    title="page scraper, statuses",
    kind="posts",
    platform="facebook",
    columns={
        "status_id": ("status_id",),
        "message": ("status_message",),
        "type": ("status_type",),
        "link": ("status_link",),
        "published": ("status_published",),
        "reactions": ("num_reactions",),
        "comments": ("num_comments",),
        "shares": ("num_shares",),
        **_REACTIONS,
    },
    required=frozenset({"status_id", "message", "type", "published"}),
    read=_read_statuses,
    dated_by="published",
    instants=_published,
    channels=_channel,
    channel_fields=("status_id",),
    access="public_page",
    may_publish=True,
    signs=Signs("point"),
    counts=_COUNTS,
)

COMMENTS = Format(
    name="page_scraper_comments",
    title="page scraper, comments",
    kind="replies",
    platform="facebook",
    columns={
        "comment_id": ("comment_id",),
        "status_id": ("status_id",),
        "parent_id": ("parent_id",),
        "message": ("comment_message",),
        "author": ("comment_author",),
        "published": ("comment_published",),
        "reactions": ("num_reactions", "comment_likes"),
    },
    required=frozenset({"comment_id", "status_id", "message", "published"}),
    read=_read_comments,
    dated_by="published",
    instants=_published,
    channels=_channel,
    channel_fields=("status_id",),
    access="public_page",
    may_publish=True,
    personal=frozenset({"message", "author"}),
    signs=Signs("point"),
    counts=("reactions",),
)
