"""One file a format; which file is which is told by its header."""

from torg.collect.formats.bluesky_posts import BLUESKY_POSTS
from torg.collect.formats.business_suite_facebook import BUSINESS_SUITE
from torg.collect.formats.business_suite_follows import FOLLOWS
from torg.collect.formats.business_suite_instagram import BUSINESS_SUITE_INSTAGRAM
from torg.collect.formats.content_library_facebook import CONTENT_LIBRARY
from torg.collect.formats.content_library_instagram import CONTENT_LIBRARY_INSTAGRAM
from torg.collect.formats.crowdtangle_api import CROWDTANGLE_API
from torg.collect.formats.crowdtangle_facebook import CROWDTANGLE, CROWDTANGLE_GROUPS
from torg.collect.formats.crowdtangle_instagram import CROWDTANGLE_INSTAGRAM
from torg.collect.formats.feed_items import FEED_ITEMS
from torg.collect.formats.four_cat import (
    FOUR_CAT_INSTAGRAM,
    FOUR_CAT_LINKEDIN,
    FOUR_CAT_THREADS,
    FOUR_CAT_TIKTOK,
)
from torg.collect.formats.look_alikes import LOOK_ALIKES
from torg.collect.formats.mastodon_statuses import MASTODON_STATUSES
from torg.collect.formats.page_scraper import COMMENTS, STATUSES
from torg.collect.formats.shape import Documents, Fields, Format, LookAlike, Read, Terms
from torg.collect.formats.torg_own import TORG_AUDIENCE, TORG_POSTS, TORG_REPLIES
from torg.collect.formats.youtube_data_tools import YOUTUBE_COMMENTS, YOUTUBE_VIDEOS
from torg.collect.formats.zeeschuimer_instagram import ZEESCHUIMER_INSTAGRAM
from torg.collect.formats.zeeschuimer_linkedin import ZEESCHUIMER_LINKEDIN
from torg.collect.formats.zeeschuimer_threads import ZEESCHUIMER_THREADS
from torg.collect.formats.zeeschuimer_tiktok import ZEESCHUIMER_TIKTOK

FORMATS: dict[str, Format] = {
    format_.name: format_
    for format_ in (
        CROWDTANGLE,
        CROWDTANGLE_GROUPS,
        CROWDTANGLE_INSTAGRAM,
        CROWDTANGLE_API,
        CONTENT_LIBRARY,
        CONTENT_LIBRARY_INSTAGRAM,
        STATUSES,
        COMMENTS,
        BUSINESS_SUITE,
        BUSINESS_SUITE_INSTAGRAM,
        FOLLOWS,
        ZEESCHUIMER_INSTAGRAM,
        ZEESCHUIMER_TIKTOK,
        ZEESCHUIMER_THREADS,
        ZEESCHUIMER_LINKEDIN,
        FOUR_CAT_INSTAGRAM,
        FOUR_CAT_TIKTOK,
        FOUR_CAT_THREADS,
        FOUR_CAT_LINKEDIN,
        YOUTUBE_VIDEOS,
        YOUTUBE_COMMENTS,
        BLUESKY_POSTS,
        MASTODON_STATUSES,
        FEED_ITEMS,
        TORG_POSTS,
        TORG_REPLIES,
        TORG_AUDIENCE,
    )
}

__all__ = ["FORMATS", "LOOK_ALIKES", "Documents", "Fields", "Format", "LookAlike", "Read", "Terms"]
