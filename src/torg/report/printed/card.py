"""The card of a municipality as a PDF on A4: one page or two, to take into a meeting."""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from torg.locale import Words, message
from torg.report import terms
from torg.report.cards import Card, Figure
from torg.report.figures import bare, figure, span
from torg.report.naming import CLASSIC
from torg.report.national import National
from torg.report.peers import Spread
from torg.report.places import size_name
from torg.report.printed.setting import pdf_of
from torg.report.printed.standing import as_values, place_in_words, set_in_words
from torg.report.results import RuleAccuracy
from torg.report.standing import Standing

INVENTED = message("All names and figures on this page are invented.")


def printed_card(
    card: Card, national: National, *, words: Words, release: str, made_on: dt.date,
    address: str = "",
) -> bytes:  # fmt: skip
    """The card as an accessible PDF. `made_on` is the day of its release, which stands in it.

    Raises LackingPart where a name has a sign that no font holds.
    """
    about = _about(card, national, words) | _colophon(national, words, release, made_on, address)
    return pdf_of("card.typ", about, made_on=made_on)


def _about(card: Card, national: National, words: Words) -> dict[str, Any]:
    results, place, say = national.results, card.place, words.say
    confidence = words.percent(results.confidence)
    return {
        "language": words.language,
        "study": results.title,
        "name": place.name,
        "invented": say(INVENTED) if results.invented else "",
        "facts": list(_facts(card, national, words)),
        "stands": say(message("Where it stands")),
        "sets": say(
            message(
                "A rank set holds all the places that a municipality cannot be excluded from, with "
                "%(confidence)s confidence. A wide set means that these months do not tell more."
            ),
            confidence=confidence,
        ),
        "standings": _standings(card, words),
        "list_heads": [say(head) for head in _LIST_HEADS],
        "lists": [_listed(name, standing, words) for name, standing in card.lists],
        "not_ranked": _not_ranked(card, national, words),
        "rules": _rules(national, words) if _has_rule(card) else [],
        "areas": [
            _area(area, figures, card, national, words) for area, figures in card.criteria.items()
        ],
        "counts": say(message("What counts in the ranking")),
        "others_title": say(message("More figures")),
        "others": [_row(each, card, national, words) for each in card.others],
        "heads": [say(head) for head in _HEADS],
        "brief_heads": [say(head) for head in _HEADS[:2]],
        "missing_title": say(message("What is missing, and why")),
        "missing": [
            {
                "why": terms.reason(code, results.reasons, words),
                "what": ", ".join(say(each.meaning.title) for each in figures),
            }
            for code, figures in card.lacking.items()
        ],
    }


_HEADS = (
    message("Measure"),
    message("Value"),
    message("n"),
    message("Same size"),
)
_LIST_HEADS = (message("The lists"), message("Estimate"), message("Could have place"))


def _has_rule(card: Card) -> bool:
    """Whether a figure rests on the rule that finds questions: its accuracy stands beside it."""
    counted = (each for figures in card.criteria.values() for each in figures)
    return any(each.is_by_rule and each.value is not None for each in (*counted, *card.others))


def _rules(national: National, words: Words) -> list[str]:
    """How well each rule does that finds questions; the rule is named where there are several."""
    tried = sorted(national.results.question_rules, key=lambda e: (e.rule, not e.is_real, e.sample))
    several = len({each.rule for each in tried}) > 1
    begins = words.say(message("Questions are found by a rule that is not always right."))
    return [
        " ".join([f"{rule}: " * several + begins, *(_accuracy(each, words) for each in group)])
        for rule, group in groupby(tried, key=lambda each: each.rule)
    ]


def _accuracy(tried: RuleAccuracy, words: Words) -> str:
    real = message(
        "On %(n)s real comments, %(precision)s of those that it called questions were questions, "
        "and it found %(recall)s of all."
    )
    made = message(
        "On %(n)s sentences written to try it, %(precision)s of those that it called questions "
        "were, and it found %(recall)s of all."
    )
    given = {
        "n": words.number(tried.n),
        "precision": words.percent(tried.precision),
        "recall": words.percent(tried.recall),
    }
    return words.say(real if tried.is_real else made, **given)


def _facts(card: Card, national: National, words: Words) -> Iterator[tuple[str, str]]:
    results, place, say = national.results, card.place, words.say
    if place.county:
        yield say(message("County")), place.county
    people = words.number(place.population) if place.population is not None else None
    yield say(message("Inhabitants")), people or say(message("not known"))
    yield say(message("Compared with")), size_name(place.size_class, words)
    window = (
        f"{words.date(results.start, form='medium')} – {words.date(results.end, form='medium')}"
    )
    yield say(message("Observed")), window if card.is_observed else say(message("no"))
    yield say(message("Code")), place.code


def _standings(card: Card, words: Words) -> list[dict[str, Any]]:
    if card.overall is None:
        return []
    say, place = words.say, card.place
    nobody = say(message("Not ranked in this group."))
    among = say(message("Among all"))
    panels = [
        as_values(among, card.alone or card.overall, words, nobody=nobody),
        as_values(size_name(place.size_class, words), card.size, words, nobody=nobody),
    ]
    county = as_values(place.county or "", card.county, words, nobody=nobody)
    return [*panels, county] if place.county else panels


def _listed(name: str, standing: Standing, words: Words) -> list[str]:
    sure = words.say(message("no sampling error"))
    could = sure if standing.low is None else set_in_words(standing, words)
    return [terms.term(CLASSIC, name, words), place_in_words(standing, words), could]


def _not_ranked(card: Card, national: National, words: Words) -> str:
    if card.overall is not None or card.lists:
        return ""
    alone = message("nobody else could be ranked, and a place among one says nothing.")
    code = card.not_ranked
    why = terms.reason(code, national.results.reasons, words) if code else words.say(alone)
    return f"{words.say(message('Not ranked'))}: {why}"


def _area(
    area: str, figures: tuple[Figure, ...], card: Card, national: National, words: Words
) -> dict[str, Any]:
    nothing = message(
        "Nothing in this area could be measured this time. It is left empty and does not count; no "
        "other figure stands in for it."
    )
    return {
        "name": terms.term(terms.AREAS, area, words),
        "question": words.say(terms.ABOUT_AREAS.get(area, "")),
        "rows": [_row(each, card, national, words) for each in figures],
        "nothing": "" if figures else words.say(nothing),
    }


def _row(each: Figure, card: Card, national: National, words: Words) -> dict[str, str]:
    """One line of a table: its figure with base, interval and n, and its peers of the same size."""
    unit = each.meaning.unit
    base = each.meaning.base or each.base or ""
    doubt = span(each.low, each.high, unit=unit, words=words)
    is_there = each.value is not None
    why = terms.reason(each.missing, national.results.reasons, words)
    n = words.number(each.n) if is_there and each.n is not None else ""
    return {
        "title": words.say(each.meaning.title),
        "base": f"{words.say(message('Counted from'))}: {words.say(base)}" if base else "",
        "value": figure(each.value, unit=unit, words=words) if is_there else "",
        "doubt": doubt or "",
        "missing": "" if is_there else f"{words.say(message('Missing'))}: {why}",
        "n": n,
        "counted": ", ".join(
            each for each in (words.say(base), f"n\u00a0=\u00a0{n}" * bool(n)) if each
        ),
        "peers": _peers(each.size, unit, words),
    }


def _peers(spread: Spread | None, unit: str, words: Words) -> str:
    if spread is None or spread.median is None:
        return words.say(message("too few to compare with"))
    given = {
        "median": figure(spread.median, unit=unit, words=words),
        "first": figure(spread.first, unit=bare(unit), words=words),
        "third": figure(spread.third, unit=unit, words=words),
    }
    half = message("median %(median)s, half lie between %(first)s and %(third)s")
    return f"{words.say(half, **given)} (n\u00a0=\u00a0{words.number(spread.n)})"


def _colophon(
    national: National, words: Words, release: str, made_on: dt.date, address: str
) -> dict[str, Any]:
    say = words.say
    confidence = words.percent(national.results.confidence)
    return {
        "reading": say(
            message(
                "In brackets: the interval that the underlying level lies in, with %(confidence)s "
                "confidence."
            ),
            confidence=confidence,
        )
        + " "
        + say(message("Compared only with municipalities observed in the same way.")),
        "release": say(
            message("Release %(name)s of %(day)s."), name=release, day=words.date(made_on)
        )
        + " "
        + say(message("Made with Torg %(version)s."), version=national.results.code_version),
        "how": say(
            message(
                "Sources, formulas, and what was set right by hand stand on the page for the "
                "whole country."
            )
        ),
        "address": address,
        "page": say(message("Page")),
    }
