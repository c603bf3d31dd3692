"""Instagram: an account's own posts with its own token, and of others the counts that all see.

Reach, saves and stories are not asked for: the first two are the owner's alone, stories are gone
after a day.
"""

from torg.collect.platforms.graph import BUDGET, SERVER
from torg.collect.platforms.instagram import discovery
from torg.collect.platforms.instagram.account import profile
from torg.collect.platforms.instagram.records import PLATFORM
from torg.collect.platforms.instagram.visits import counts, posts, presence, replies
from torg.collect.platforms.shape import Platform

_AT_ONCE = 50  # all are found in one reading of the account's list

INSTAGRAM_DISCOVERY = Platform(
    name=PLATFORM,
    title="Instagram, of others",
    visits={
        "profile": discovery.profile,
        "posts": discovery.posts,
        "counts": discovery.counts,
        "presence": discovery.presence,
    },
    server=lambda _followed: SERVER,
    access="public_page",
    may_publish=True,
    keep_days=None,
    needs_token="study",  # noqa: S106 - whose, not which
    subjects_at_once=_AT_ONCE,
    budget=BUDGET,
)

INSTAGRAM = Platform(
    name=PLATFORM,
    title="Instagram",
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
    subjects_at_once=_AT_ONCE,
    budget=BUDGET,
    otherwise=INSTAGRAM_DISCOVERY,
)

__all__ = ["INSTAGRAM", "INSTAGRAM_DISCOVERY"]
