"""YouTube, by its Data API with the study's own key: public figures, kept for thirty days."""

from torg.collect.platforms.shape import Platform
from torg.collect.platforms.youtube.channel import profile
from torg.collect.platforms.youtube.client import AT_ONCE, SERVER
from torg.collect.platforms.youtube.comments import replies
from torg.collect.platforms.youtube.granting import YouTubeGranting
from torg.collect.platforms.youtube.readings import counts, presence
from torg.collect.platforms.youtube.records import PLATFORM
from torg.collect.platforms.youtube.uploads import posts
from torg.collect.transport import Budget, Quota

YOUTUBE = Platform(
    name=PLATFORM,
    title="YouTube",
    visits={
        "profile": profile,
        "posts": posts,
        "replies": replies,
        "counts": counts,
        "presence": presence,
    },
    server=lambda _followed: SERVER,
    access="public_page",
    may_publish=True,
    keep_days=30,  # "Developer Policies", III.E.4: refreshed or deleted after 30 days
    needs_token="study",  # noqa: S106 - whose, not which
    subjects_at_once=AT_ONCE,
    budget=Budget(calls=300, seconds=60),
    quota=Quota(units=10_000, zone="America/Los_Angeles"),
)

__all__ = ["YOUTUBE", "YouTubeGranting"]
