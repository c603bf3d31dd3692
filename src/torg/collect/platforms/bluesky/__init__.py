"""Bluesky, and any view of the AT network that speaks its language."""

from urllib.parse import urlsplit

from torg.collect.platforms.bluesky.client import PUBLIC_VIEW
from torg.collect.platforms.bluesky.visits import AT_ONCE, visits_at
from torg.collect.platforms.shape import Followed, Platform


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
    )


BLUESKY = bluesky()

__all__ = ["BLUESKY", "PUBLIC_VIEW", "bluesky"]
