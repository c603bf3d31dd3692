"""Facebook, with the page's own token: everything a page's visitors see, and nothing else.

Reach, clicks and other insights are the owner's alone, and are not asked for.
"""

from torg.collect.platforms.facebook.records import PLATFORM
from torg.collect.platforms.facebook.visits import counts, posts, presence, profile, replies
from torg.collect.platforms.graph import BUDGET, SERVER
from torg.collect.platforms.shape import Platform

FACEBOOK = Platform(
    name=PLATFORM,
    title="Facebook",
    visits={
        "profile": profile,
        "posts": posts,
        "replies": replies,
        "counts": counts,
        "presence": presence,
    },
    server=lambda _followed: SERVER,
    access="owner",
    may_publish=False,
    keep_days=None,
    needs_token="channel",  # noqa: S106 - whose, not which
    subjects_at_once=25,
    budget=BUDGET,
)

__all__ = ["FACEBOOK"]
