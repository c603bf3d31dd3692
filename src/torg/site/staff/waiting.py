"""What waits for one of the staff: the shape in which every room shows what is to be reviewed."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from torg.study import Study


class Sentence(str):
    """A marked sentence, which pages say in their reader's language; other text stands as it is."""

    __slots__ = ()
    is_sentence = True


class Moment(str):
    """A moment as ISO 8601 writes it, which pages say as their reader does."""

    __slots__ = ()

    @property
    def at(self) -> dt.datetime:
        """The moment itself."""
        return dt.datetime.fromisoformat(self)


class Day(str):
    """A day as ISO 8601 writes it, which pages say as their reader does."""

    __slots__ = ()

    @property
    def day(self) -> dt.date:
        """The day itself."""
        return dt.date.fromisoformat(self)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One thing that somebody handed in, and that one of the staff accepts or turns down."""

    number: int
    country: str
    unit: str
    title: str  # in the own words of who handed it in, or a Sentence
    at: dt.datetime
    by: str  # as in the log: an account or a link by its number
    said: tuple[tuple[str, str], ...] = ()  # a label (a marked sentence), and text as the title
    language: str = ""  # of the own words; "" where it is not known
    links: tuple[tuple[str, str], ...] = ()  # a name, and an address of the site


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One field that is filled in to accept a thing; with options, one of them is chosen."""

    name: str
    label: str  # a marked sentence, as the help is
    help: str = ""
    is_needed: bool = True
    options: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Review:
    """A kind of things to review. `decide(study, visitor, number, accepts=, reason=)` notes itself.

    Where it asks for something, what was filled in comes as `filled`, by the fields' names. It
    raises TorgError with a sentence where that cannot be decided so.
    """

    title: str  # a marked sentence
    waiting: Callable[[], Sequence[Waiting]]
    decide: Callable[..., Any]
    asks: Callable[[Study, Waiting], Sequence[Ask]] | None = None
