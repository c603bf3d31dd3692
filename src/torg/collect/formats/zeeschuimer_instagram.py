"""Instagram as Zeeschuimer saw it: items of the app's lists, and older ones of its graph."""

from torg.collect.formats.shape import Fields, Read
from torg.collect.formats.zeeschuimer import account, count, flag, inside, read_item, zeeschuimer
from torg.collect.reading.cells import kind_of, word
from torg.collect.reading.epochs import seconds

TYPES = {
    "1": "photo", "2": "video", "8": "album", "graphimage": "photo", "xdtgraphimage": "photo",
    "graphvideo": "video", "xdtgraphvideo": "video", "graphsidecar": "album",
    "xdtgraphsidecar": "album",
}  # fmt: skip
_COUNTS = ("likes", "comments", "views")
_ANOTHERS = (
    "this item names one account as its owner and another as its author: it cannot be told whose "
    "post it is"
)


def _read(fields: Fields) -> Read:
    published = seconds(fields.text("published"), what=fields.name("published"))
    hidden = flag(fields, "hidden")
    counts = {
        "likes": count(fields, "likes", hidden=hidden),
        "comments": count(fields, "comments"),
        "views": count(fields, "views", hidden=hidden),
    }
    code = word(fields.text("id"))
    user, owner = (word(fields.text(name)).str.to_lowercase() for name in ("handle", "owner"))
    kind = word(fields.text("product")).str.to_lowercase()
    refused = {
        _ANOTHERS: (user != owner).fill_null(value=False),
        "this is an advertisement": (kind == "ad").fill_null(value=False),
        "this is a story, which is no post": (kind == "story").fill_null(value=False),
    }
    values = {
        "native_id": code,
        "id_space": fields.constant("shortcode"),
        "type": kind_of(fields.text("type"), TYPES),
        "url": "https://www.instagram.com/p/" + code + "/",
        "reactions": counts["likes"].values,
    }
    return read_item(
        fields,
        platform="instagram",
        channel=account(fields, "instagram"),
        published=published,
        values=values,
        counts=counts,
        refused=refused,
    )


ZEESCHUIMER_INSTAGRAM = zeeschuimer(
    "instagram",
    title="Zeeschuimer export of Instagram",
    columns={
        "id": inside("code", "shortcode"),
        "published": inside("taken_at", "taken_at_timestamp"),
        "type": inside("media_type", "__typename"),
        "product": inside("product_type"),
        "channel": inside("user.pk", "user.id", "owner.pk", "owner.id"),
        "handle": inside("user.username", "owner.username"),
        "owner": inside("owner.username"),
        "name": inside("user.full_name", "owner.full_name"),
        "text": inside("caption.text", "edge_media_to_caption.edges.0.node.text"),
        "likes": inside("like_count", "edge_media_preview_like.count"),
        "comments": inside(
            "comment_count", "edge_media_to_comment.count", "edge_media_preview_comment.count"
        ),
        "views": inside("play_count", "ig_play_count", "view_count", "video_view_count"),
        "hidden": inside("like_and_view_counts_disabled"),
    },
    required=("type", "handle"),
    read=_read,
    counts=_COUNTS,
)
