"""RSS and Atom files: what a site published, without counts, for feeds tell none.

Identities are those of the live network, for both are made by `platforms.rss`.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from torg.collect.formats.shape import Documents, Fields, Format, Terms
from torg.collect.platforms.rss import NO_ID, distinct, post_row
from torg.collect.reading.cells import Column
from torg.collect.reading.instants import with_offset
from torg.collect.records import POSTS, REJECTS, Batch
from torg.errors import RegisterError
from torg.register import normalise_address

_NO_DATE = "the item has no date, and a file does not tell when it was first seen"
_NOWHERE = (
    "the feed does not say of which site it is: put the feed's or the site's address into it as "
    "<link>, or follow the site with torg collect"
)
_INSTANTS = ("published", "updated")


def _documents(documents: Documents, terms: Terms) -> Batch:
    pairs = zip(documents.objects, documents.lines, strict=True)
    items = [{**_dated(one), "line": line} for one, line in pairs]
    faults = [(item["line"], _fault(item, terms)) for item in items]
    bad = dict(fault for fault in faults if fault[1])
    good = list(distinct(item for item in items if item["line"] not in bad))
    rejects = [
        {"line": item["line"], "reason": bad[item["line"]], "row": _shown(item)}
        for item in items
        if item["line"] in bad
    ]
    return Batch(
        posts=pl.DataFrame([_row(item, terms) for item in good], schema=POSTS),
        rejects=pl.DataFrame(rejects, schema=REJECTS),
    )


def _dated(one: Mapping[str, Any]) -> dict[str, Any]:
    instants = {n: dt.datetime.fromisoformat(one[n]) if one.get(n) else None for n in _INSTANTS}
    return {**one, **instants}


def _fault(item: Mapping[str, Any], terms: Terms) -> str | None:
    if not item.get("id"):
        return NO_ID
    if not (item["published"] or item["updated"]):
        return _NO_DATE
    return None if _channel(item["feed"]["address"], item["feed"]["site"], terms) else _NOWHERE


def _shown(item: Mapping[str, Any]) -> str:
    return json.dumps({name: item.get(name) for name in ("id", "link", "title")})


def _row(item: Mapping[str, Any], terms: Terms) -> dict[str, Any]:
    moment = item["published"] or item["updated"]
    seen = max(moment, terms.exported_at or moment)
    row = post_row(
        item,
        channel=_channel(item["feed"]["address"], item["feed"]["site"], terms) or "",
        title=item["feed"]["title"],
        seen=seen,
    )
    is_bound = terms.is_bound or seen != terms.exported_at
    return {**row, "line": item["line"], "read_at_is_bound": is_bound}


def _channel(address: str, site: str, terms: Terms) -> str | None:
    """The site as the register has it, by the feed's address or its own; else the feed's own."""
    if terms.channel is not None:
        return terms.channel[1]
    addresses = [url for url in (address, site) if url]
    known = (terms.known.channel_id("rss", url) for url in addresses)
    return next(filter(None, (*known, *map(_normal, addresses))), None)


def _normal(url: str) -> str | None:
    try:
        return normalise_address(url, platform="rss").platform_id
    except (RegisterError, ValueError):
        return None


def _instants(fields: Fields) -> Column:
    text = fields.text("published")
    updated = fields.text("updated")
    told = pl.select(pl.when(text != "").then(text).otherwise(updated)).to_series()
    return with_offset(told, what=fields.name("published"), zone="UTC", needed=False)


def _channels(fields: Fields) -> pl.Series:
    return pl.Series(list(_each(fields)), dtype=pl.String)


def _each(fields: Fields) -> Iterator[str | None]:
    for address, site in zip(fields.text("address"), fields.text("site"), strict=True):
        yield _channel(address, site, fields.terms)


FEED_ITEMS = Format(
    name="feed_items",
    title="feed of a site (RSS or Atom)",
    kind="posts",
    platform="rss",
    columns={
        "id": ("id",),
        "link": ("link",),
        "title": ("title",),
        "text": ("text",),
        "published": ("published",),
        "updated": ("updated",),
        "media": ("media",),
        "site_name": ("feed.title",),
        "address": ("feed.address",),
        "site": ("feed.site",),
    },
    required=frozenset({"id", "link", "published", "updated", "address", "site"}),
    documents=_documents,
    dated_by="published",
    instants=_instants,
    channels=_channels,
    channel_fields=("address", "site", "updated"),
    by_handle=True,
    access="open_network",
    may_publish=True,
    has_zone=True,
)
