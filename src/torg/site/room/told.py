"""What became of a file, for who handed it in: in their own words, never in the reader's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from torg.locale import message
from torg.site.room.actions.reading import GONE, OTHERS
from torg.site.room.actions.tidying import UNANSWERED
from torg.site.room.models import HandIn
from torg.site.room.reader import TOO_MUCH

KINDS: Mapping[str, str] = {
    "posts": message("Posts"),
    "replies": message("Comments"),
    "audience": message("Numbers of followers"),
}

# What a format is of, by the beginning of its name: a tool that its user knows by this name.
_TOOLS: Mapping[str, str] = {
    "business_suite": "Meta Business Suite",
    "content_library": "Meta Content Library",
    "crowdtangle": "CrowdTangle",
    "page_scraper": "Page Scraper",
    "zeeschuimer": "Zeeschuimer",
    "four_cat": "4CAT",
    "youtube_data_tools": "YouTube Data Tools",
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "feed": "RSS, Atom",
    "torg": "Torg",
}

_SAID = frozenset({GONE, OTHERS, TOO_MUCH, UNANSWERED})  # what pages say in every language
SHOWN = 20  # channels that are not the municipality's


@dataclass(frozen=True, kw_only=True)
class Foreign:
    """Whose a file is that was not taken for what else it tells of."""

    channels: Sequence[Mapping[str, Any]]  # those of others, the largest first; at most SHOWN
    more: int  # channels of others beside them
    rows: int  # of others
    own: int  # rows of the municipality's own channels
    unknown: int  # rows of channels that the register does not know


def tool_of(format_: str) -> str:
    """Where a file of a format comes from, as its user calls it; the format's name otherwise."""
    return next((tool for name, tool in _TOOLS.items() if format_.startswith(name)), format_)


def is_unread(file: HandIn) -> bool:
    """Whether all that is said of the file is what the reader said: in English, of columns."""
    return file.state == "unfit" and file.why not in _SAID


def foreign_in(file: HandIn) -> Foreign | None:
    """What a file tells of others; None where it was not turned down for that."""
    if file.state != "unfit" or not file.understood:
        return None
    by_rows = sorted(file.understood["channels"], key=lambda each: -each["rows"])
    others = [each for each in by_rows if each["whose"] == "other"]

    def rows(whose: str) -> int:
        return sum(each["rows"] for each in by_rows if each["whose"] == whose)

    return Foreign(
        channels=others[:SHOWN], more=len(others[SHOWN:]),
        rows=rows("other"), own=rows("own"), unknown=rows("nobody"),
    )  # fmt: skip
