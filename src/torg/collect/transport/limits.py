"""What servers say of their own limits: when to come again, and how many calls are left."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime

_EPOCH = 1_000_000_000  # a number of seconds above this is an instant, not a stretch of time
_EPOCH_MS = 1_000_000_000_000
# (calls left, when they are renewed): Mastodon and many others; Bluesky; the drafts of the IETF.
_PAIRS = (
    ("x-ratelimit-remaining", "x-ratelimit-reset"),
    ("x-rate-limit-remaining", "x-rate-limit-reset"),
    ("ratelimit-remaining", "ratelimit-reset"),
)
# Python refuses to make a number of thousands of digits, and no server counts so far.
_LEFT = re.compile(r"\b(?:remaining|r)=(\d{1,15})(?!\d)")
_RENEWED = re.compile(r"\b(?:reset|t)=(\d{1,15})(?!\d)")
_COUNT = re.compile(r"\s*(\d{1,15})\s*")


def retry_after(headers: Mapping[str, str], *, now: dt.datetime) -> float | None:
    """Seconds that the server asks to be left alone; None where it does not say."""
    said = headers.get("retry-after")
    return None if said is None else _seconds(said, _server_now(headers, now))


def allowance(headers: Mapping[str, str], *, now: dt.datetime) -> tuple[int, float] | None:
    """How many calls are left, and for how many seconds; the scarcest where there are several."""
    found = list(_allowances(headers, _server_now(headers, now)))
    return min(found, key=lambda pair: pair[0] / max(pair[1], 1e-9), default=None)


def _allowances(headers: Mapping[str, str], now: dt.datetime) -> Iterator[tuple[int, float]]:
    for left, renewed in _PAIRS:
        seconds = _seconds(headers.get(renewed, ""), now)
        count = _COUNT.fullmatch(headers.get(left, ""))
        if seconds is not None and count:
            yield int(count[1]), seconds
    for said in headers.get("ratelimit", "").split('"'):
        calls, until = _LEFT.search(said), _RENEWED.search(said)
        if calls and until:
            yield int(calls[1]), float(until[1])


def _server_now(headers: Mapping[str, str], now: dt.datetime) -> dt.datetime:
    """The server's own clock, so that ours need not be right; ours where it says nothing."""
    try:
        said = parsedate_to_datetime(headers.get("date", ""))
    except ValueError:
        return now
    return said if said.tzinfo else said.replace(tzinfo=dt.UTC)


def _seconds(text: str, now: dt.datetime) -> float | None:
    """Seconds from now: of a number of seconds, an instant in seconds, or a date of either kind."""
    text = text.strip()
    if re.fullmatch(r"\d{1,15}(\.\d+)?", text):
        number = float(text)
        number = number / 1000 if number > _EPOCH_MS else number
        return max(0.0, number - now.timestamp()) if number > _EPOCH else number
    moment = _moment(text)
    return None if moment is None else max(0.0, (moment - now).total_seconds())


def _moment(text: str) -> dt.datetime | None:
    for read in (dt.datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text)
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return None
