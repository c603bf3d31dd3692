"""Threads as Zeeschuimer saw it."""

from torg.collect.formats.shape import Fields, Read
from torg.collect.formats.zeeschuimer import account, count, flag, inside, read_item, zeeschuimer
from torg.collect.reading.cells import kind_of, word
from torg.collect.reading.epochs import seconds

TYPES = {"1": "photo", "2": "video", "8": "album", "19": "text"}
_COUNTS = ("likes", "comments", "shares")


def _read(fields: Fields) -> Read:
    published = seconds(fields.text("published"), what=fields.name("published"))
    hidden = flag(fields, "hidden")
    counts = {
        "likes": count(fields, "likes", hidden=hidden),
        "comments": count(fields, "comments"),
        "shares": count(fields, "shares", hidden=hidden),
    }
    code, handle = word(fields.text("id")), word(fields.text("handle"))
    values = {
        "native_id": code,
        "id_space": fields.constant("shortcode"),
        "type": kind_of(fields.text("type"), TYPES),
        "url": "https://www.threads.com/@" + handle + "/post/" + code,
        "reactions": counts["likes"].values,
    }
    refused = {
        "this answers another post, and is no post of its own": flag(fields, "answer"),
        "this passes another account's post on": word(fields.text("passed_on")).is_not_null(),
    }
    return read_item(
        fields,
        platform="threads",
        channel=account(fields, "threads"),
        published=published,
        values=values,
        counts=counts,
        refused=refused,
    )


ZEESCHUIMER_THREADS = zeeschuimer(
    "threads",
    title="Zeeschuimer export of Threads",
    columns={
        "id": inside("code"),
        "published": inside("taken_at"),
        "type": inside("media_type"),
        "channel": inside("user.pk", "user.id"),
        "handle": inside("user.username"),
        "name": inside("user.full_name"),
        "text": inside("caption.text"),
        "likes": inside("like_count"),
        "comments": inside("text_post_app_info.direct_reply_count"),
        "shares": inside("text_post_app_info.repost_count"),
        "hidden": inside("like_and_view_counts_disabled"),
        "answer": inside("text_post_app_info.is_reply"),
        "passed_on": inside("text_post_app_info.share_info.reposted_post.code"),
    },
    # More than of Instagram, whose items look much the same.
    required=("type", "handle", "comments", "likes", "shares"),
    read=_read,
    counts=_COUNTS,
)
