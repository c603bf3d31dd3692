"""Mastodon, and other servers that speak its clients' language: open to all, each on its own."""

from torg.collect.platforms.mastodon.accounts import account_name, channel_id, home_of
from torg.collect.platforms.mastodon.counts import counts
from torg.collect.platforms.mastodon.posts import posts
from torg.collect.platforms.mastodon.presence import presence
from torg.collect.platforms.mastodon.profile import profile
from torg.collect.platforms.mastodon.records import (
    instant,
    is_open,
    is_post,
    lacking,
    post_row,
    reply_row,
)
from torg.collect.platforms.mastodon.replies import replies
from torg.collect.platforms.shape import Followed, Platform
from torg.collect.transport import Budget


def _server(followed: Followed) -> str:
    return home_of(followed).server


MASTODON = Platform(
    name="mastodon",
    title="Mastodon",
    visits={
        "profile": profile,
        "posts": posts,
        "replies": replies,
        "counts": counts,
        "presence": presence,
    },
    server=_server,
    access="open_network",
    may_publish=True,
    keep_days=None,
    needs_token="never",  # noqa: S106 -- says when a token is needed, and is none
    subjects_at_once=20,
    learns_ids=False,  # "@name@server" is the account's name for good
    ids_name_authors=True,
    budget=Budget(calls=300, seconds=300),  # what the servers themselves allow an address
)

__all__ = [
    "MASTODON",
    "account_name",
    "channel_id",
    "instant",
    "is_open",
    "is_post",
    "lacking",
    "post_row",
    "reply_row",
]
