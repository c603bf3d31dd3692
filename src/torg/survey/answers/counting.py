"""Which of several answers counts: the newest of a respondent, and the study's rule between them.

Nothing here depends on the order of rows. Where two answers of one respondent have the same moment,
the one that was not taken back counts, and of two such the greater: one of them had to.
"""

from collections.abc import Callable, Mapping

import polars as pl

from torg.errors import SurveyError
from torg.survey.questionnaire import Questionnaire
from torg.survey.tables import Schema

# What respondents of one unit said differently. Who said what is not kept.
DISAGREEMENTS: Schema = {
    "country": pl.String(),
    "unit": pl.String(),
    "item": pl.String(),
    "values": pl.List(pl.String()),  # one for each respondent, sorted
}

_UNIT_AND_ITEM = ["country", "unit", "item"]
# Two respondents of merged units may bear the same number.
_RESPONDENT = ["country", "unit", "given_as", "respondent"]


def newest(placed: pl.DataFrame, questionnaire: Questionnaire) -> pl.DataFrame:
    """What each respondent says of each item by now, without what was taken back.

    Columns country, unit, given_as, respondent, item, value, at, and `first_at`, when the
    respondent first answered it.
    Numbers are in one form, so that "5" and "5.0" are one answer.
    """
    ordered = placed.sort("at", pl.col("value").is_not_null(), "value")
    last = ordered.group_by(*_RESPONDENT, "item").agg(
        pl.col("value", "at").last(), first_at=pl.col("at").first()
    )
    numbers = [name for name, item in questionnaire.items.items() if item.is_number]
    value = pl.when(pl.col("item").is_in(numbers)).then(pl.col("value"))
    as_number = value.cast(pl.Float64, strict=False).cast(pl.String)  # "dont_know" stays
    given = last.filter(pl.col("value").is_not_null()).with_columns(
        value=pl.coalesce(as_number, "value")
    )
    return given.select(*_RESPONDENT, "item", "value", "at", "first_at")


def counting(given: pl.DataFrame, *, conflict: str) -> pl.DataFrame:
    """What counts of each unit and item: country, unit, item, value; null where none agreed on it.

    Raises SurveyError for a rule that is none of CONFLICTS.
    """
    if conflict not in CONFLICTS:
        raise SurveyError(
            f"conflict '{conflict}' in study.toml is no rule: write one of {', '.join(CONFLICTS)}."
        )
    chosen = CONFLICTS[conflict](given)
    return chosen.select(*_UNIT_AND_ITEM, "value").sort(_UNIT_AND_ITEM)


def _latest(given: pl.DataFrame) -> pl.DataFrame:
    ordered = given.sort("at", "value")
    return ordered.group_by(_UNIT_AND_ITEM).agg(pl.col("value").last())


def _first(given: pl.DataFrame) -> pl.DataFrame:
    """What the respondent says who answered first; mending one's answer keeps the turn."""
    ordered = given.sort("first_at", "at", "value")
    return ordered.group_by(_UNIT_AND_ITEM).agg(pl.col("value").first())


def _agreed(given: pl.DataFrame) -> pl.DataFrame:
    value = pl.when(pl.col("value").n_unique() == 1).then(pl.col("value").min())
    return given.group_by(_UNIT_AND_ITEM).agg(value=value)


CONFLICTS: Mapping[str, Callable[[pl.DataFrame], pl.DataFrame]] = {
    "latest": _latest,
    "first": _first,
    "agreed": _agreed,
}


def disagreements(given: pl.DataFrame, questionnaire: Questionnaire) -> pl.DataFrame:
    """The units and items of which respondents say different things, sorted.

    Free texts are left out: two people never write the same, and a text may name its writer.
    """
    texts = [n for n, item in questionnaire.items.items() if item.question.kind == "text"]
    said = given.filter(~pl.col("item").is_in(texts)).group_by(_UNIT_AND_ITEM)
    rows = said.agg(values=pl.col("value").sort())
    differing = rows.filter(pl.col("values").list.n_unique() > 1)
    return differing.select(list(DISAGREEMENTS)).sort(_UNIT_AND_ITEM)
