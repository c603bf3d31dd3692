"""One folder a platform: its client, its records, and a page of its surprises."""

from torg.collect.platforms.bluesky import BLUESKY
from torg.collect.platforms.facebook import FACEBOOK
from torg.collect.platforms.granting import GRANTINGS
from torg.collect.platforms.instagram import INSTAGRAM
from torg.collect.platforms.mastodon import MASTODON
from torg.collect.platforms.rss import RSS
from torg.collect.platforms.shape import Followed, Means, Platform, Task, What
from torg.collect.platforms.youtube import YOUTUBE

PLATFORMS: dict[str, Platform] = {
    platform.name: platform for platform in (BLUESKY, FACEBOOK, INSTAGRAM, MASTODON, RSS, YOUTUBE)
}

__all__ = ["GRANTINGS", "PLATFORMS", "Followed", "Means", "Platform", "Task", "What"]
