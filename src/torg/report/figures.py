"""How a number is written: a share in per cent, hours with their unit, few digits."""

from collections.abc import Iterable

from torg.locale import Words, message

_AFTER = {
    "hours": message("%(value)s hours"),
    "office hours": message("%(value)s office hours"),
    "days": message("%(value)s days"),
    "weeks": message("%(value)s weeks"),
}

WHOLE = 1e-9
_ROOM = 1.08  # a strip goes on a little beyond the largest that it shows


def figure(value: float | None, *, unit: str, words: Words) -> str:
    """Write one value in its unit; a dash where there is none."""
    if value is None:
        return "–"
    if unit == "share":
        return words.percent(value, decimals=_percent_decimals(value))
    written = words.number(value, decimals=_decimals(value))
    return words.say(_AFTER[unit], value=written) if unit in _AFTER else written


def span(low: float | None, high: float | None, *, unit: str, words: Words) -> str | None:
    """Write an interval as 'low to high'; None where there is none.

    An interval without width means that too little varied to tell, not that the value is sure.
    """
    if low is None or high is None or low == high:
        return None
    return words.say(
        message("%(low)s to %(high)s"),
        low=figure(low, unit=bare(unit), words=words),
        high=figure(high, unit=unit, words=words),
    )


def bare(unit: str) -> str:
    """Take the word away that is written after a number: 'hours'. A share stays a share."""
    return "" if unit in _AFTER else unit


def signed(difference: float | None, *, unit: str, words: Words) -> str:
    """A difference with its sign: of shares in percentage points, else in its unit."""
    if difference is None:
        return "–"
    size = abs(difference) * 100 if unit == "share" else abs(difference)
    decimals = 1 if unit == "share" else _decimals(size)
    seen = round(size, decimals) and difference  # what is written as nothing has no sign
    sign = "+" if seen > 0 else "\u2212" if seen < 0 else ""
    written = sign + words.number(size, decimals=decimals)
    return words.say(_AFTER[unit], value=written) if unit in _AFTER else written


def reach(ends: Iterable[float | None], *, unit: str) -> float:
    """Where a strip ends that begins at zero and shows all of these; a share's at most at all."""
    largest = max((end for end in ends if end is not None), default=0.0)
    if unit == "share" and largest <= 1 < largest * _ROOM:
        return 1.0
    return largest * _ROOM or 1.0


def points(difference: float | None, words: Words) -> str:
    """A difference of shares in percentage points, with its sign."""
    if difference is None:
        return "–"
    sign = "+" if round(difference * 100) > 0 else "\u2212" if round(difference * 100) < 0 else ""
    return sign + words.number(abs(difference) * 100)


def _percent_decimals(share: float) -> int:
    """One decimal near the ends, where whole per cents would say 'all' or 'none' too early."""
    near_an_end = abs(share) < 0.1 or 0.99 < share < 1
    return 1 if near_an_end and abs(share * 100 - round(share * 100)) > WHOLE else 0


def _decimals(value: float) -> int:
    if abs(value - round(value)) < WHOLE or abs(value) >= 100:
        return 0
    return 1 if abs(value) >= 10 else 2
