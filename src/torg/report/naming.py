"""Codes of some results in a reader's words: what the templates call to name a thing."""

from collections.abc import Callable, Mapping
from functools import partial
from zoneinfo import ZoneInfo

from torg.locale import Words, message
from torg.report import terms
from torg.report.national import meaning
from torg.report.results import Results

CLASSIC = {
    "classic:likes": message("Most followers"),
    "classic:likes_share": message("Most followers for each inhabitant"),
    "classic:talking": message("Most talked about"),
    "classic:talking_share": message("Most talked about for each inhabitant"),
    "classic:growth": message("Largest growth in followers"),
    "classic:growth_share": message("Fastest growth in followers"),
}

_TABLES: Mapping[str, Mapping[str, str]] = {
    "area_name": terms.AREAS,
    "area_question": terms.ABOUT_AREAS,
    "access_name": terms.ACCESS,
    "transform": terms.TRANSFORMS,
    "export_basis": terms.BASES_OF_EXPORT,
    "platform": terms.PLATFORMS,
    "scope": terms.SCOPES,
    "list_name": CLASSIC,
}


def naming_of(results: Results, words: Words) -> Mapping[str, Callable[..., str]]:
    """The functions by the names that templates call them by; times are those of the study."""
    zone = ZoneInfo(results.zone)
    return {
        **{name: partial(_term, table, words) for name, table in _TABLES.items()},
        "reason": lambda code: terms.reason(code, results.reasons, words),
        "title_of": lambda measure: words.say(meaning(results, measure).title),
        "moment": lambda instant: words.moment(instant and instant.astimezone(zone)),
    }


def _term(table: Mapping[str, str], words: Words, code: str | None) -> str:
    return terms.term(table, code, words)
