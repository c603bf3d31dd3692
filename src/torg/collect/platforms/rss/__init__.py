"""Sites and blogs by their feeds, RSS or Atom: what they publish, and no counts."""

from urllib.parse import urlsplit

from torg.collect.platforms.rss.posts import posts
from torg.collect.platforms.rss.records import NO_DATE, NO_ID, distinct, post_row
from torg.collect.platforms.shape import Followed, Platform
from torg.collect.transport import Budget


def _server(followed: Followed) -> str:
    return urlsplit(followed.address).netloc.casefold()


RSS = Platform(
    name="rss",
    title="Sites and blogs (RSS, Atom)",
    visits={"posts": posts},
    server=_server,
    access="open_network",
    may_publish=True,
    keep_days=None,
    needs_token="never",  # noqa: S106 -- says when a token is needed, and is none
    learns_ids=False,  # a site's address is its id
    budget=Budget(calls=20, seconds=60),  # small sites stand behind many of these addresses
)

__all__ = ["NO_DATE", "NO_ID", "RSS", "distinct", "post_row"]
