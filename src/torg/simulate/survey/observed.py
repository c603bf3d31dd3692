"""What observers found of every unit, asked or not: whether it has a page, how much it posts."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from torg.simulate.clock import Floats
from torg.simulate.survey.recipe import Recipe
from torg.simulate.survey.truth import NOT_ASKED, State, Units, generator
from torg.simulate.world import COUNTRY
from torg.survey import OBSERVED
from torg.survey.questionnaire import YES, Questionnaire

_BY_HAND = "manual"  # the access tier
_PAGE = "has_page:"
_POSTS = "posts_per_week"
_WEEKS = 4  # that observers count posts over


def draw_observed(
    recipe: Recipe,
    questionnaire: Questionnaire,
    units: Units,
    found: Mapping[str, State],
    *,
    seed: int,
) -> pl.DataFrame:
    """OBSERVED rows of every unit that some wave asks, as of the last wave that has the item.

    Empty where the study has posts of its own. A unit without a page on any platform posts nothing.
    """
    if recipe.months:
        return pl.DataFrame(schema=dict(OBSERVED))
    waves = [wave.id for wave in sorted(questionnaire.waves, key=lambda wave: wave.opens)]
    pages = {
        platform: _has(questionnaire, found, waves, item)
        for platform, item in sorted(recipe.channels.items())
    }
    parts = [_rows(units, _PAGE + platform, has) for platform, has in pages.items()]
    if recipe.posts_a_week and pages:
        anywhere = np.max(list(pages.values()), axis=0)
        parts.append(_rows(units, _POSTS, _posts(recipe, units, anywhere, seed=seed)))
    rows = pl.concat(parts) if parts else pl.DataFrame(schema=dict(OBSERVED))
    return rows.drop_nulls("value").sort("unit", "measure")


def _has(
    questionnaire: Questionnaire, found: Mapping[str, State], waves: list[str], item: str
) -> Floats:
    """1 where the unit really uses it, 0 where it does not; nan where it is in no frame then."""
    asking = [wave for wave in waves if item in found[wave].codes]
    codes, question = found[asking[-1]].codes[item], questionnaire.items[item].question
    yes = questionnaire.items[item].codes.index(YES)
    # A unit that a condition keeps from the question does not use it: nobody observes a reason.
    absent = 0.0 if question.shown_if else np.nan
    has: Floats = np.where(codes == NOT_ASKED, absent, (codes == yes).astype(np.float64))
    return has


def _posts(recipe: Recipe, units: Units, has_page: Floats, *, seed: int) -> Floats:
    """Posts a week, counted over some weeks: a Poisson number around the unit's own level."""
    level = recipe.posts_a_week * np.exp(recipe.posts_spread * units.activity)
    counted = generator(seed, "observed posts").poisson(level * _WEEKS) / _WEEKS
    posts: Floats = np.where(np.isnan(has_page), np.nan, counted * (has_page == 1))
    return posts


def _rows(units: Units, measure: str, values: Floats) -> pl.DataFrame:
    rows = pl.DataFrame({"unit": units.ids, "value": pl.Series(values).fill_nan(None)})
    named = rows.with_columns(
        country=pl.lit(COUNTRY),
        measure=pl.lit(measure),
        access=pl.lit(_BY_HAND),
        missing=pl.lit(None, dtype=pl.String),
    )
    return named.select(pl.col(name).cast(kind) for name, kind in OBSERVED.items())
