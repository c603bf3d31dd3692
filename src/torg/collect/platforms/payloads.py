"""What JSON answers of platforms hold, taken out without trusting their shape."""

import datetime as dt
from typing import Any

Json = dict[str, Any]

# No network of today is older; a claim before it was set by a machine without a clock.
_FIRST = dt.datetime(2004, 1, 1, tzinfo=dt.UTC)
_SKEW = dt.timedelta(days=1)
_LARGEST = 2**63 - 1


def within(payload: object, *path: str) -> Any:  # noqa: ANN401 -- whatever the platform says
    """What lies at a path of keys; None where anything on the way is not there."""
    for key in path:
        if not isinstance(payload, dict):
            return None
        payload = payload.get(key)
    return payload


def listed(payload: object, *path: str) -> list[Json]:
    """The objects of a list at a path; none where there is no list."""
    found = within(payload, *path)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def words(payload: object, *path: str) -> str | None:
    """A text at a path; None where it is empty, blank or none."""
    found = within(payload, *path)
    return found if isinstance(found, str) and found.strip() else None


def whole(payload: object, *path: str) -> int | None:
    """A count at a path, of a number or of its digits; None where none is given."""
    found = within(payload, *path)
    if isinstance(found, str) and found.isascii() and found.isdecimal():
        found = int(found)
    is_count = isinstance(found, int) and not isinstance(found, bool) and 0 <= found <= _LARGEST
    return found if is_count else None


def moment(payload: object, *path: str) -> dt.datetime | None:
    """An instant at a path, in UTC; None where it has no zone or is none."""
    try:
        found = dt.datetime.fromisoformat(str(within(payload, *path)))
        return found.astimezone(dt.UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None


def credible(claimed: dt.datetime | None, *, seen: dt.datetime) -> dt.datetime | None:
    """The claimed moment, or the first sight of what claims an impossible one; None for None."""
    if claimed is None or _FIRST <= claimed <= seen + _SKEW:
        return claimed
    return seen


def latest(*moments: dt.datetime | None, by: dt.datetime) -> dt.datetime | None:
    """The latest of some moments that is not after `by`; None where none is known.

    A mark in the future would hide everything that comes until then.
    """
    return max((at for at in moments if at and at <= by), default=None)
