"""Who has good experience with what and who asks for it: from the bank and from the survey."""

from collections.abc import Iterator, Mapping

import polars as pl

from torg.experience import TAXONOMY, Asked, Match, matches
from torg.report.survey import SurveyResults
from torg.site.experience.observed import key_of, latest
from torg.site.experience.queries.published import good_cells
from torg.site.experience.queries.requests import public_requests

Cell = tuple[str, str]
Said = Iterator[tuple[Cell, str]]
YES = "yes"


def all_matches() -> tuple[Match, ...]:
    """Every cell of area and target group of which something is known."""
    shown = latest()
    survey = shown.survey if shown else None
    asked = TAXONOMY.asked_by(survey.questionnaire.id) if survey else None
    if survey is None or asked is None:
        return matches(good=_good_in_bank(), asks=_asked_in_bank())
    return matches(
        good=[*_good_in_bank(), *_named(survey, {**_good(asked), **_ticks(asked.teaches)})],
        asks=[*_asked_in_bank(), *_named(survey, _ticks(asked.asks))],
        good_counts=_counts(survey, {**_good(asked), **_ticks(asked.teaches)}),
        asks_counts=_counts(survey, _ticks(asked.asks)),
    )


def _good_in_bank() -> Said:
    for area, group, place in good_cells():
        yield (area, group), place
        yield (area, ""), place


def _asked_in_bank() -> Said:
    for each in public_requests(state="open"):
        place = key_of(each.country, each.unit)
        yield (each.area, ""), place
        if each.group:
            yield (each.area, each.group), place


def _good(asked: Asked) -> Mapping[tuple[str, str], Cell]:
    """Item and answer -> the cell that it speaks of, in a matrix of areas and target groups."""
    if not asked.good:
        return {}
    return {
        (f"{asked.good}.{area}.{group}", asked.answer): (area, group)
        for area in TAXONOMY.areas
        for group in TAXONOMY.groups
    }


def _ticks(question: str) -> Mapping[tuple[str, str], Cell]:
    if not question:
        return {}
    return {(f"{question}.{area}", YES): (area, "") for area in TAXONOMY.areas}


def _named(survey: SurveyResults, cells: Mapping[tuple[str, str], Cell]) -> Said:
    """Units whose answer is a public fact: `facts` holds no others."""
    rows = survey.facts.filter(pl.col("state") == "answered").select(
        "country", "unit", "item", "code"
    )
    for country, unit, item, code in rows.iter_rows():
        if (item, code) in cells:
            yield cells[item, code], key_of(country, unit)


def _counts(survey: SurveyResults, cells: Mapping[tuple[str, str], Cell]) -> dict[Cell, int]:
    """How many said so, of what is shown as totals only; what is suppressed has no figure.

    They are counted as they answered: a weighted share is of all units, not of these.
    """
    public = survey.questionnaire.facts
    rows = survey.estimates.filter(
        pl.col("group") == "all", pl.col("missing").is_null(), pl.col("estimate").is_not_null()
    ).sort("wave", "weighted_by", descending=[False, True])
    found: dict[Cell, int] = {}
    for row in rows.iter_rows(named=True):  # the last counts: the latest wave, unweighted
        cell = cells.get((row["item"], row["category"]))
        if cell is not None and row["item"] not in public:
            found[cell] = round(row["estimate"] * row["n"])
    return found
