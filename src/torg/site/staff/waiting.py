"""What waits for one of the staff: the shape in which every room shows what is to be reviewed."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from torg.study import Study


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One thing that somebody handed in, and that one of the staff accepts or turns down."""

    number: int
    country: str
    unit: str
    title: str
    at: dt.datetime
    by: str  # as in the log: an account or a link by its number
    said: tuple[tuple[str, str], ...] = ()  # a label (a marked sentence), and the text
    links: tuple[tuple[str, str], ...] = ()  # a label, and an address of the site


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
