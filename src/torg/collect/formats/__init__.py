"""One file a format; which file is which is told by its header."""

from torg.collect.formats.business_suite_facebook import BUSINESS_SUITE
from torg.collect.formats.crowdtangle_facebook import CROWDTANGLE, CROWDTANGLE_GROUPS
from torg.collect.formats.look_alikes import LOOK_ALIKES
from torg.collect.formats.page_scraper import COMMENTS, STATUSES
from torg.collect.formats.shape import Fields, Format, LookAlike, Read, Terms
from torg.collect.formats.torg_own import TORG_AUDIENCE, TORG_POSTS, TORG_REPLIES

FORMATS: dict[str, Format] = {
    format_.name: format_
    for format_ in (
        CROWDTANGLE,
        CROWDTANGLE_GROUPS,
        STATUSES,
        COMMENTS,
        BUSINESS_SUITE,
        TORG_POSTS,
        TORG_REPLIES,
        TORG_AUDIENCE,
    )
}

__all__ = ["FORMATS", "LOOK_ALIKES", "Fields", "Format", "LookAlike", "Read", "Terms"]
