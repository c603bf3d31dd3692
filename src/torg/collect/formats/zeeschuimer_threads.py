"""Threads as Zeeschuimer saw it."""

from torg.collect.formats.shape import Fields, Read
from torg.collect.formats.zeeschuimer import flag, inside, zeeschuimer
from torg.collect.formats.zeeschuimer_meta import counts_of, read_posts
from torg.collect.reading.cells import word

TYPES = {"1": "photo", "2": "video", "8": "album", "19": "text"}
_COUNTS = ("likes", "comments", "shares")


def _read(fields: Fields) -> Read:
    code, handle = word(fields.text("id")), word(fields.text("handle"))
    refused = {
        "this answers another post, and is no post of its own": flag(fields, "answer"),
        "this passes another account's post on": word(fields.text("passed_on")).is_not_null(),
    }
    return read_posts(
        fields,
        platform="threads",
        code=code,
        url="https://www.threads.com/@" + handle + "/post/" + code,
        types=TYPES,
        counts=counts_of(fields, _COUNTS),
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
