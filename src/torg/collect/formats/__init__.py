"""One file a format; which file is which is told by its header."""

from torg.collect.formats import page_scraper
from torg.collect.formats.look_alikes import LOOK_ALIKES
from torg.collect.formats.shape import Fields, Format, LookAlike, Read, Terms

FORMATS: dict[str, Format] = {
    format_.name: format_
    for format_ in (
        page_scraper.STATUSES,
        page_scraper.COMMENTS,
    )
}

__all__ = ["FORMATS", "LOOK_ALIKES", "Fields", "Format", "LookAlike", "Read", "Terms"]
