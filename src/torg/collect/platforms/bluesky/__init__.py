"""Bluesky, and any view of the AT network that speaks its language."""

from urllib.parse import urlsplit

from torg.collect.platforms.bluesky.client import PUBLIC_VIEW
from torg.collect.platforms.bluesky.events import StreamError, Wire
from torg.collect.platforms.bluesky.gathering import Gathering
from torg.collect.platforms.bluesky.jetstream import JETSTREAM
from torg.collect.platforms.bluesky.records import (
    answers,
    author_of,
    count,
    get,
    handle_of,
    instant,
    is_top,
    post_row,
    reply_row,
)
from torg.collect.platforms.bluesky.repos import REPOS
from torg.collect.platforms.bluesky.sieve import Sieve
from torg.collect.platforms.bluesky.threads import is_shown, tree
from torg.collect.platforms.bluesky.visits import AT_ONCE, visits_at
from torg.collect.platforms.shape import Followed, Platform
from torg.collect.transport import Budget

BUDGET = Budget(calls=2000, seconds=300)  # the public view allows 3,000 to an address

WIRES = {wire.name: wire for wire in (JETSTREAM, REPOS)}


def bluesky(*, host: str = PUBLIC_VIEW) -> Platform:
    """Bluesky as the view at `host` shows it."""
    server = urlsplit(host).netloc

    def asked(_followed: Followed) -> str:
        return server

    return Platform(
        name="bluesky",
        title="Bluesky",
        visits=visits_at(host),
        server=asked,
        access="open_network",
        may_publish=True,
        keep_days=None,
        needs_token="never",  # noqa: S106 -- a word, no secret
        subjects_at_once=AT_ONCE,
        budget=BUDGET,
        ids_name_authors=True,  # an address begins with its author's DID
        elsewhere=lambda server: bluesky(host=server),
    )


BLUESKY = bluesky()

__all__ = [
    "BLUESKY",
    "JETSTREAM",
    "PUBLIC_VIEW",
    "REPOS",
    "WIRES",
    "Gathering",
    "Sieve",
    "StreamError",
    "Wire",
    "answers",
    "author_of",
    "bluesky",
    "count",
    "get",
    "handle_of",
    "instant",
    "is_shown",
    "is_top",
    "post_row",
    "reply_row",
    "tree",
]
