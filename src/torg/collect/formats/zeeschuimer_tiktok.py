"""TikTok as Zeeschuimer saw it."""

import polars as pl

from torg.collect.formats.shape import Fields, Read
from torg.collect.formats.zeeschuimer import account, count, flag, inside, read_item, zeeschuimer
from torg.collect.reading.cells import word
from torg.collect.reading.epochs import seconds

_ID = r"^(\d{15,20})$"  # Zeeschuimer numbers its items too, from 1
_COUNTS = ("likes", "comments", "shares", "views")


def _read(fields: Fields) -> Read:
    published = seconds(fields.text("published"), what=fields.name("published"))
    counts = {name: count(fields, name) for name in _COUNTS}
    native_id = word(fields.text("id")).str.extract(_ID)
    handle = word(fields.text("handle"))
    values = {
        "native_id": native_id,
        "id_space": fields.constant("post"),
        "type": _types(fields),
        "url": "https://www.tiktok.com/@" + handle + "/video/" + native_id,
        "reactions": counts["likes"].values,
    }
    return read_item(
        fields,
        platform="tiktok",
        channel=account(fields, "tiktok"),
        published=published,
        values=values,
        counts=counts,
        refused={"this is an advertisement": flag(fields, "ad")},
    )


def _types(fields: Fields) -> pl.Series:
    has_pictures = word(fields.text("pictures")).is_not_null()
    told = pl.when(has_pictures).then(pl.lit("album")).otherwise(pl.lit("video"))
    return pl.select(told).to_series()


ZEESCHUIMER_TIKTOK = zeeschuimer(
    "tiktok",
    title="Zeeschuimer export of TikTok",
    columns={
        "id": inside("id"),
        "published": inside("createTime"),
        "channel": inside("author.id", "authorId"),
        "handle": inside("author.uniqueId", "author"),
        "name": inside("author.nickname", "nickname"),
        "text": inside("desc"),
        "pictures": inside("imagePost.images"),
        "ad": inside("isAd"),
        "likes": inside("statsV2.diggCount", "stats.diggCount"),
        "comments": inside("statsV2.commentCount", "stats.commentCount"),
        "shares": inside("statsV2.shareCount", "stats.shareCount"),
        "views": inside("statsV2.playCount", "stats.playCount"),
    },
    required=("handle", "likes"),
    read=_read,
    counts=_COUNTS,
)
