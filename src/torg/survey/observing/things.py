"""What an item of a form looks at: which thing, on which platform.

The platform stands in the item's id: as the option of a question of several answers
("has_page.facebook"), as the column of a matrix, or at the end of the question's id
("followers_facebook"). A question that is called after a platform, and one that is called
"channels", ask whether there is a page. An item that names no platform is about the municipality as
a whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from torg.survey.questionnaire import Item, Questionnaire, Wave, items_of

# As the register calls them; the older names are those of the years in which they were used.
PLATFORMS: Mapping[str, str] = {
    "facebook": "facebook", "instagram": "instagram", "x": "x", "twitter": "x",
    "youtube": "youtube", "linkedin": "linkedin", "tiktok": "tiktok", "threads": "threads",
    "bluesky": "bluesky", "mastodon": "mastodon", "snapchat": "snapchat", "flickr": "flickr",
    "vimeo": "vimeo", "pinterest": "pinterest", "blog": "rss", "site": "rss", "rss": "rss",
}  # fmt: skip

HAS_PAGE = "has_page"


@dataclass(frozen=True)
class Thing:
    """What is observed: "followers" on "facebook"."""

    name: str
    platform: str | None = None

    @property
    def measure(self) -> str:
        """As measures are called: "followers:facebook"."""
        return f"{self.name}:{self.platform}" if self.platform else self.name


def thing_of(item: Item) -> Thing:
    """What an item of a form looks at."""
    question = item.question
    if question.id in PLATFORMS:
        return Thing(HAS_PAGE, PLATFORMS[question.id])
    last = item.option or item.column
    parts = [question.id, *(part.id for part in (item.row, item.column, item.option) if part)]
    if last is not None and last.id in PLATFORMS:
        name = ".".join(parts[:-1])
        return Thing(HAS_PAGE if name == "channels" else name, PLATFORMS[last.id])
    name, _, end = question.id.rpartition("_")
    if name and end in PLATFORMS:
        return Thing(".".join((name, *parts[1:])), PLATFORMS[end])
    return Thing(".".join(parts))


def platforms_of(questionnaire: Questionnaire, wave: Wave) -> tuple[str, ...]:
    """The platforms that a wave's form looks at, sorted."""
    asked = (item for q in questionnaire.asked_in(wave.id) for item in items_of(q))
    return tuple(sorted({t.platform for t in map(thing_of, asked) if t.platform}))
