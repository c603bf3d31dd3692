"""What an author writes of a trial: one frozen value, as a form gives it and a version keeps it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from torg.experience import TAXONOMY
from torg.locale import message
from torg.site.experience.models import Version

WENT: Mapping[str, str] = {
    "good": message("It went well"),
    "mixed": message("It went partly well"),
    "bad": message("It did not go well"),
}

# What has to be there before it is sent for review, and the sentence that asks for it.
NEEDED: Mapping[str, str] = {
    "title": message("Give it a title."),
    "area": message("Choose the area of use."),
    "group": message("Choose the target group."),
    "begins": message("Say on which day it began."),
    "tried": message("Tell what you tried."),
    "went": message("Say how it went."),
    "happened": message("Tell what happened."),
}


@dataclass(frozen=True, kw_only=True)
class Content:
    """One version of an experience, without its number and moment."""

    language: str
    title: str = ""
    area: str = ""
    group: str = ""
    channel: str = ""
    service: str = ""
    hours: int | None = None
    begins: dt.date | None = None
    ends: dt.date | None = None
    went: str = ""
    tried: str = ""
    happened: str = ""
    measures: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    files: tuple[int, ...] = ()  # numbers of attachments
    contact: str = ""
    contact_is_public: bool = False

    @classmethod
    def of(cls, version: Version) -> "Content":
        """What a version says."""
        said = {each.name: getattr(version, each.name) for each in fields(cls)}
        for name in ("measures", "links", "files"):
            said[name] = tuple(said[name])
        return cls(**said)

    @property
    def columns(self) -> Mapping[str, Any]:
        """As a version keeps it."""
        said = asdict(self)
        return said | {name: list(said[name]) for name in ("measures", "links", "files")}

    @property
    def is_begun(self) -> bool:
        """Whether the author said anything of it."""
        return replace(self, contact_is_public=False) != Content(language=self.language)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The fields that have to be filled in yet before it is sent for review."""
        return tuple(name for name in NEEDED if not getattr(self, name))

    @property
    def shown_measures(self) -> tuple[str, ...]:
        """The measures that are shown of it: those that the author names, else the area's."""
        return self.measures or TAXONOMY.measures_of(self.area)

    def with_files(self, files: tuple[int, ...]) -> "Content":
        """The same with other files."""
        return replace(self, files=files)
