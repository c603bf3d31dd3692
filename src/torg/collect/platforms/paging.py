"""Lists that come page by page: read to a bound, and gone on with at the next visit."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote, unquote

from torg.collect.platforms.payloads import moment
from torg.collect.platforms.refused import Refusal, Refused

# Of one list at one visit. At 25 posts a page that is ten years of three posts a day.
PAGES = 400

_Page = TypeVar("_Page")
_MORE = Refusal("There are more pages than one visit reads.", outcome="partial")
_CIRCLE = Refusal("The pages of the list lead back to one that was read.", outcome="partial")


class Cut(Refused):
    """A list that is longer than one visit reads; `after` is where its next page begins."""

    def __init__(self, after: str) -> None:
        super().__init__(_MORE)
        self.after = after


def pages(
    ask: Callable[[str | None], tuple[_Page, str | None]], *, after: str | None = None
) -> Iterator[_Page]:
    """The pages of a list from `after` on; `ask` gives one, and the cursor of the next if any.

    Raises Cut after PAGES, and Refused where a cursor comes again: such a list was not read whole,
    and what it does not name need not be gone.
    """
    used = {after}
    for _ in range(PAGES):
        page, following = ask(after)
        yield page
        if following is None:
            return
        if following in used:
            raise Refused(_CIRCLE)
        used.add(following)
        after = following
    raise Cut(after or "")


@dataclass(frozen=True)
class Place:
    """How far a list was read, newest first. Its text is the mark of a visit.

    `newest` is when the newest that was read was published. A visit that was cut leaves where the
    next page begins, `after`, and back to which moment the list is still to be read, `since`.
    """

    newest: dt.datetime | None = None
    after: str | None = None
    since: dt.datetime | None = None

    @classmethod
    def read(cls, mark: str | None, *, since: dt.datetime | None) -> "Place":
        """From a mark, or as a task begins that has none that can be read."""
        parts = [*(mark or "").split(), "", "", ""]
        newest = moment({"at": parts[0]}, "at")
        if parts[1]:
            return cls(newest, unquote(parts[1]), moment({"at": parts[2]}, "at"))
        return cls(newest or since, None, newest or since)

    @property
    def mark(self) -> str | None:
        """The text; None where nothing is known."""
        if self.after is not None:
            return f"{_text(self.newest)} {quote(self.after, safe='')} {_text(self.since)}"
        return _text(self.newest) if self.newest else None

    def further(
        self, refused: Refused, *, newest: dt.datetime | None, mark: str | None
    ) -> str | None:
        """The mark that a visit leaves which began here with `mark` and was cut or refused.

        A cursor is forgotten then, for it may be what was refused, and the list is read anew.
        """
        if isinstance(refused, Cut):
            return Place(newest, refused.after, self.since).mark
        return mark if self.after is None else Place(self.since).mark


def _text(at: dt.datetime | None) -> str:
    return at.isoformat() if at else "-"
