"""Policy: which words may stand for a share, and when two shares are called different.

A word for a fraction claims something, and the interval has to bear it:

- "nearly half" and "just over half" say on which side of the half the share lies. They are used
  where the estimate is within NEAR of the fraction and the whole interval lies on that side.
- "about half" says only that it is near. It is used where the estimate is within CLOSE of the
  fraction, and neither end of the interval is further than FAR from it.
- Only the fraction that is nearest to the estimate is thought of.
- Otherwise the share is said in per cent. The number stands beside the word in any case.
- One share is called larger than another only where their intervals do not meet; else the two are
  "about as many". A share has changed only where the interval of the change leaves out zero.
"""

from collections.abc import Mapping
from typing import Protocol

from torg.locale import Words, message

NEAR = 0.04
CLOSE = 0.025
FAR = 0.08
ROOM = 1e-9  # 1/3 in binary is not a third

NEARLY: Mapping[float, str] = {
    1 / 4: message("nearly a quarter"),
    1 / 3: message("nearly a third"),
    1 / 2: message("nearly half"),
    2 / 3: message("nearly two thirds"),
    3 / 4: message("nearly three quarters"),
}
ABOUT: Mapping[float, str] = {
    1 / 10: message("about one in ten"),
    1 / 5: message("about one in five"),
    1 / 4: message("about a quarter"),
    3 / 10: message("about three in ten"),
    1 / 3: message("about a third"),
    2 / 5: message("about four in ten"),
    1 / 2: message("about half"),
    3 / 5: message("about six in ten"),
    2 / 3: message("about two thirds"),
    7 / 10: message("about seven in ten"),
    3 / 4: message("about three quarters"),
    4 / 5: message("about four in five"),
    9 / 10: message("about nine in ten"),
}
OVER: Mapping[float, str] = {
    1 / 4: message("just over a quarter"),
    1 / 3: message("a good third"),
    1 / 2: message("just over half"),
    2 / 3: message("just over two thirds"),
    3 / 4: message("just over three quarters"),
}


class Interval(Protocol):
    """A figure with the ends of its interval."""

    @property
    def estimate(self) -> float | None:
        """The figure."""

    @property
    def low(self) -> float | None:
        """The lower end."""

    @property
    def high(self) -> float | None:
        """The upper end."""


def per_cent(share: float, words: Words) -> str:
    """A share as "89 per cent"; one decimal below one per cent and above 99."""
    near_an_end = 0 < share < 0.01 or 0.99 < share < 1
    number = words.number(share * 100, decimals=1 if near_an_end else 0)
    return words.say(message("%(number)s per cent"), number=number)


def amount(share: Interval, words: Words) -> str:
    """A share in words that its interval bears, with the number: "nearly half (46 per cent)"."""
    if share.estimate is None:
        return "–"
    number = per_cent(share.estimate, words)
    word = fraction(share)
    if word is None:
        return number
    return words.say(message("%(word)s (%(number)s)"), word=words.say(word), number=number)


def fraction(share: Interval) -> str | None:
    """The English words for a share that its interval bears; None where only the number does."""
    if share.estimate is None or share.low is None or share.high is None:
        return None
    estimate = share.estimate
    one = min(ABOUT, key=lambda known: (abs(estimate - known), known))
    below, above = share.high < one - ROOM, share.low > one + ROOM
    if abs(estimate - one) <= NEAR and (below or above):
        return (NEARLY if below else OVER).get(one) or _about(one, share)
    return _about(one, share)


def _about(one: float, share: Interval) -> str | None:
    ends = (share.estimate or 0, share.low or 0, share.high or 0)
    is_close = abs(ends[0] - one) <= CLOSE
    return ABOUT[one] if is_close and all(abs(end - one) <= FAR for end in ends) else None


def is_more(one: Interval, other: Interval) -> bool:
    """Whether the one is larger and their intervals do not meet."""
    return one.low is not None and other.high is not None and one.low > other.high


def direction(change: Interval) -> int:
    """1 where a change is upwards, -1 downwards, 0 where its interval holds zero or is unknown."""
    if change.low is None or change.high is None:
        return 0
    return (change.low > 0) - (change.high < 0)
