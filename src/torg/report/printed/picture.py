"""A picture of a municipality's card, of the size that links are shown with elsewhere."""

import datetime as dt
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, Final

from torg.locale import Words, message
from torg.report.cards import Card, Figure
from torg.report.figures import figure, span
from torg.report.national import National
from torg.report.printed.setting import png_of
from torg.report.printed.standing import set_in_words, strip

WIDTH: Final = 1200  # dots; 1.91 to 1, as the Open Graph protocol's readers cut pictures
HEIGHT: Final = 630

_FIGURES = 3


def sharing_picture(card: Card, national: National, *, words: Words, made_on: dt.date) -> bytes:
    """The name, a few figures with base and n, and the rank set, as PNG.

    A picture travels without its page: so what is invented says so in the picture itself, and the
    set is that which holds for all at once, because pictures are laid beside each other.
    """
    results, say = national.results, words.say
    standing = card.overall
    invented = message("Invented: simulated country, no real municipality")
    about: dict[str, Any] = {
        "language": words.language,
        "width": WIDTH,
        "height": HEIGHT,
        "study": results.title,
        "name": card.place.name,
        "county": card.place.county or "",
        "invented": say(invented) if results.invented else "",
        "figures": [_figure(each, words) for each in islice(_shown(card), _FIGURES)],
        "nothing": say(message("No figures: nothing of it could be observed.")),
        "stands": say(message("Could have place")) if standing else say(message("Not ranked")),
        "set": set_in_words(standing, words) if standing else "",
        "strip": strip(standing) if standing else None,
        "dates": f"{words.date(results.start, form='medium')} – "
        f"{words.date(results.end, form='medium')}",
        "made": words.date(made_on, form="medium"),
    }
    return png_of("picture.typ", about)


def _shown(card: Card) -> Iterator[Figure]:
    """The figures that are there: those that count in the ranking before the others.

    Those that rest on the rule that finds questions come last: here is no room for its accuracy.
    """
    counted = chain.from_iterable(card.criteria.values())
    there = [each for each in chain(counted, card.others) if each.value is not None]
    return iter(sorted(there, key=lambda each: each.is_by_rule))


def _figure(each: Figure, words: Words) -> dict[str, str]:
    unit, base = each.meaning.unit, each.meaning.base or each.base or ""
    n = f"n\u00a0=\u00a0{words.number(each.n)}" if each.n is not None else ""
    return {
        "value": figure(each.value, unit=unit, words=words),
        "doubt": span(each.low, each.high, unit=unit, words=words) or "",
        "title": words.say(each.meaning.title),
        "base": ", ".join(part for part in (words.say(base) if base else "", n) if part),
    }
