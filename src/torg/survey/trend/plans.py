"""Adoption now, and by plan: those that have, and those that plan to within the time asked about.

Norway 2011: 58 % used social media, and 71 % would by the end of the year if all that planned to
did. What comes of plans the survey cannot say; so the share of plans that come true is an
assumption, stated in the row, and the row for all of them is a ceiling and no forecast.
"""

import polars as pl

from torg.errors import SurveyError
from torg.survey.estimating import estimate
from torg.survey.questionnaire import PLANNED, YES, Item, Questionnaire
from torg.survey.surveyed import Surveyed
from torg.survey.tables import ESTIMATES

BY_PLAN = "by_plan"  # the category of those that have or plan to
ALL = "all"


def by_plan(
    surveyed: Surveyed,
    questionnaire: Questionnaire,
    *,
    item: str,
    coming_true: float = 0.5,
    groups: tuple[str, ...] = (ALL,),
    confidence: float = 0.95,
) -> pl.DataFrame:
    """ESTIMATES rows of an item that can be planned: "yes", "planned", "by_plan", and a lower one.

    "by_plan" is one share, of the units that have or plan to, with its own interval. "by_plan:0.5"
    is what comes of it if only that part of the plans come true: `coming_true`, an assumption.
    Its ends lie that part of the way from the ends of "yes" to those of "by_plan": at least as wide
    as it needs to be. Base and n are the item's own in every row.
    Raises SurveyError for an item that has no plans.
    """
    asked = questionnaire.items.get(item)
    if asked is None or not {YES, PLANNED} <= set(asked.codes):
        raise SurveyError(
            f"item '{item}' has no answers 'yes' and 'planned': name an item of the kind 'planned'."
        )
    if not 0 <= coming_true <= 1:
        raise SurveyError(f"coming_true is {coming_true}: it is a share of plans, from 0 to 1.")
    now = _shares(surveyed, questionnaire, asked, groups, confidence)
    kept = now.filter(pl.col("category").is_in([YES, PLANNED]))
    total = _together(surveyed, questionnaire, asked, groups, confidence)
    rows = pl.concat([kept, total, _partly(now, total, coming_true)])
    return rows.sort("group", maintain_order=True)


def _shares(
    surveyed: Surveyed,
    questionnaire: Questionnaire,
    item: Item,
    groups: tuple[str, ...],
    confidence: float,
) -> pl.DataFrame:
    return estimate(
        surveyed, questionnaire, items=[item.id], groups=groups, confidence=confidence
    ).select(list(ESTIMATES))


def _together(
    surveyed: Surveyed,
    questionnaire: Questionnaire,
    item: Item,
    groups: tuple[str, ...],
    confidence: float,
) -> pl.DataFrame:
    """The share that has or plans to: those that plan counted as if they had."""
    planned = (pl.col("item") == item.id) & (pl.col("code") == PLANNED)
    sheet = surveyed.sheet.with_columns(
        code=pl.when(planned).then(pl.lit(YES)).otherwise(pl.col("code"))
    )
    done = Surveyed(surveyed.wave, surveyed.frame, sheet, surveyed.weighting)
    found = _shares(done, questionnaire, item, groups, confidence)
    return found.filter(pl.col("category") == YES).with_columns(category=pl.lit(BY_PLAN))


def _partly(now: pl.DataFrame, total: pl.DataFrame, part: float) -> pl.DataFrame:
    """Each figure that part of the way from that of now to that of all plans come true."""
    figures = ("estimate", "low", "high")
    own = now.filter(pl.col("category") == YES).select("group", *figures)
    beside = total.join(own, on="group", suffix="_now", maintain_order="left")
    return beside.with_columns(
        (pl.col(f"{name}_now") + part * (pl.col(name) - pl.col(f"{name}_now"))).alias(name)
        for name in figures
    ).select(pl.lit(f"{BY_PLAN}:{part:g}").alias(c) if c == "category" else c for c in ESTIMATES)
