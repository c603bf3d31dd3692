"""Instagram as Zeeschuimer saw it: items of the app's lists, and older ones of its graph."""

from torg.collect.formats.shape import Fields, Read
from torg.collect.formats.zeeschuimer import inside, zeeschuimer
from torg.collect.formats.zeeschuimer_meta import counts_of, read_posts
from torg.collect.reading.cells import word

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
    code = word(fields.text("id"))
    user, owner = (word(fields.text(name)).str.to_lowercase() for name in ("handle", "owner"))
    kind = word(fields.text("product")).str.to_lowercase()
    refused = {
        _ANOTHERS: (user != owner).fill_null(value=False),
        "this is an advertisement": (kind == "ad").fill_null(value=False),
        "this is a story, which is no post": (kind == "story").fill_null(value=False),
    }
    return read_posts(
        fields,
        platform="instagram",
        code=code,
        url="https://www.instagram.com/p/" + code + "/",
        types=TYPES,
        counts=counts_of(fields, _COUNTS),
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
