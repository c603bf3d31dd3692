"""Single figures of a release, as they are shown and cited at their own addresses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from torg.locale import translate
from torg.report import Meaning, Overview, Place, figure, meaning, naming_of, span
from torg.report.survey import Phrases, SurveyResults
from torg.site.places.shelf import Shown
from torg.survey import Item, Wave

Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class OneFigure:
    """A figure of a municipality, with those of its platforms and channels."""

    place: Place
    measure: str
    meaning: Meaning
    row: Row
    parts: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class NationalFigure:
    """A measure over the country: quartiles over its municipalities, for each access tier."""

    measure: str
    meaning: Meaning
    overviews: tuple[Overview, ...]


@dataclass(frozen=True, kw_only=True)
class SurveyFigure:
    """An item of the survey in a wave: a share for each answer, or a mean."""

    survey: SurveyResults
    wave: Wave
    item: Item
    rows: tuple[Row, ...]


def of_place(shown: Shown, key: str, measure: str, *, language: str) -> OneFigure | None:
    """The figure of a measure of a municipality; None where the release has none."""
    place, results = shown.place(key, language=language), shown.results
    if place is None or results is None:
        return None
    mine = (pl.col("country") == place.country) & (pl.col("municipality") == place.code)
    rows = results.measures.filter(mine, pl.col("measure") == measure).to_dicts()
    whole = [row for row in rows if row["platform"] is None and row["channel"] is None]
    if not whole:
        return None
    return OneFigure(
        place=place,
        measure=measure,
        meaning=meaning(results, measure),
        row=whole[0],
        parts=tuple(row for row in rows if row is not whole[0]),
    )


def of_country(shown: Shown, measure: str, *, language: str) -> NationalFigure | None:
    """A measure over all municipalities; None where none of them has it."""
    national = shown.national(language)
    overviews = national.overviews.get(measure, ()) if national else ()
    if national is None or not overviews:
        return None
    return NationalFigure(
        measure=measure, meaning=meaning(national.results, measure), overviews=overviews
    )


def of_survey(shown: Shown, wave: str, item: str) -> SurveyFigure | None:
    """The figures of an item in a wave, of all; None where the release has none."""
    survey = shown.survey
    if survey is None or item not in survey.questionnaire.items:
        return None
    asked = next((each for each in survey.waves if each.id == wave), None)
    rows = survey.estimates.filter(wave=wave, item=item, group="all").to_dicts()
    if asked is None or not rows:
        return None
    best = [row for row in rows if row["weighted_by"]] or rows
    return SurveyFigure(
        survey=survey, wave=asked, item=survey.questionnaire.items[item], rows=tuple(best)
    )


# --- in words ----------------------------------------------------------------------------------


def said_of_place(shown: Shown, found: OneFigure, language: str) -> str:
    """The figure in one line, as it is cited: what, of whom, and the value with its interval."""
    words, unit = translate(language), found.meaning.unit
    title = f"{words.say(found.meaning.title)}, {found.place.name}"
    if found.row["value"] is None:
        reason = naming_of(shown.results, words)["reason"] if shown.results else str
        return f"{title}: – ({reason(found.row['missing']).rstrip('.')})"
    value = figure(found.row["value"], unit=unit, words=words)
    between = span(found.row["low"], found.row["high"], unit=unit, words=words)
    return f"{title}: {value}" + (f" ({between})" if between else "")


def said_of_country(found: NationalFigure, language: str) -> str:
    """The measure over the country in one line, of the access tier that most have."""
    words, unit = translate(language), found.meaning.unit
    most = max(found.overviews, key=lambda each: each.everybody.n)
    title = words.say(found.meaning.title)
    if most.everybody.median is None:
        return f"{title} (n = {most.everybody.n})"
    middle = figure(most.everybody.median, unit=unit, words=words)
    return f"{title}: {middle} (n = {most.everybody.n})"


def said_of_survey(found: SurveyFigure, language: str) -> str:
    """The question as it was put, and its wave."""
    phrases = Phrases(found.survey, translate(language))
    return f"{phrases.whole(found.item)} ({phrases.wave(found.wave)})"


def answers_of(found: SurveyFigure, language: str) -> list[dict[str, Any]]:
    """A row for each answer, with its words and how it is weighted."""
    words = translate(language)
    phrases = Phrases(found.survey, words)
    unit = "" if found.item.is_number else "share"
    return [
        {
            **row,
            "answer": phrases.answer(found.item, row["category"]) or phrases.short(found.item),
            "value": figure(row["estimate"], unit=unit, words=words),
            "between": span(row["low"], row["high"], unit=unit, words=words),
        }
        for row in found.rows
    ]
