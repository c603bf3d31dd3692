"""A place as paper and picture show it: the strip of its rank set, and the set in words."""

from typing import Any

from torg.locale import Words, message
from torg.report.standing import Standing


def strip(standing: Standing) -> dict[str, float]:
    """Where the rank set begins, how long it is, and where the estimate stands, from 0 to 1."""
    low = standing.rank if standing.low is None else standing.low
    high = standing.rank if standing.high is None else standing.high
    return {
        "begin": (low - 1) / standing.of,
        "length": (high - low + 1) / standing.of,
        "point": (standing.rank - 0.5) / standing.of,
    }


def set_in_words(standing: Standing, words: Words) -> str:
    """The places that it could have: "12–48 of 357"."""
    number = words.number
    low = standing.rank if standing.low is None else standing.low
    high = standing.rank if standing.high is None else standing.high
    places = number(low) if low == high else f"{number(low)}–{number(high)}"
    return f"{places} {words.say(message('of %(n)s'), n=number(standing.of))}"


def place_in_words(standing: Standing, words: Words) -> str:
    """The estimate alone, of a list: "7 of 357"."""
    of = words.say(message("of %(n)s"), n=words.number(standing.of))
    return f"{words.number(standing.rank)} {of}"


def told(standing: Standing, words: Words) -> str:
    """What the set means, as a sentence."""
    number = words.number
    if standing.low is None or standing.high is None:
        return words.say(
            message("The list counts everything at one moment: there is no sampling error.")
        )
    return words.say(
        message(
            "Could have any place from %(low)s to %(high)s. The best single estimate is %(rank)s."
        ),
        low=number(standing.low),
        high=number(standing.high),
        rank=number(standing.rank),
    )


def as_values(
    title: str, standing: Standing | None, words: Words, *, nobody: str
) -> dict[str, Any]:
    """A panel: its title, and the set with its strip, or why there is none."""
    if standing is None:
        return {"title": title, "set": "", "told": nobody, "strip": None}
    return {
        "title": title,
        "set": set_in_words(standing, words),
        "told": told(standing, words),
        "strip": strip(standing),
    }
