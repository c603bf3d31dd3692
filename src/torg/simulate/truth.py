"""The true long-run level of each measure, for holding an estimate against.

A truth is the ratio of two expectations over the window, given its calendar (growth, crisis,
opening hours) and not what chance made of it: what the ratio of sums would come to if the
same months were lived through again and again.
"""

import numpy as np
import polars as pl

from torg.simulate.activity import Weeks
from torg.simulate.clock import Floats, Ints
from torg.simulate.levels import Levels
from torg.simulate.world import World

DAYS_A_MONTH = 30.4375
TRUTH = pl.Schema(
    {
        "country": pl.String(),
        "municipality": pl.String(),
        "measure": pl.String(),
        "value": pl.Float64(),  # null without a page, or without a post
    }
)


def true_levels(
    world: World, *, levels: Levels, weeks: Weeks, population: Ints
) -> dict[str, Floats]:
    """Measure to its true value for each page; not a number where it is undefined."""
    posts = weeks.posts.sum(axis=1)
    reach = (weeks.posts * weeks.followers / 1000).sum(axis=1)
    raised = (weeks.posts * weeks.followers / 1000 * weeks.rates).sum(axis=1)
    replies = replies_per_comment(world, levels)
    each = levels.reactions + levels.shares + levels.comments * (1 + replies)
    months = weeks.posts.shape[1] * 7 / DAYS_A_MONTH
    answers = answers_per_comment(world, levels)
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "posts_per_week": posts / weeks.posts.shape[1],
            "e": each * raised / reach,
            "engagement_per_1000": each * raised / (population / 1000 * months),
            "question_answered": np.where(posts > 0, levels.answered, np.nan),
            "question_answered_24h": np.where(
                posts > 0, levels.answered * levels.within_day, np.nan
            ),
            "answered": np.where(posts > 0, answers, np.nan),
            "answered_24h": np.where(posts > 0, answers * levels.within_day, np.nan),
        }


def answers_per_comment(world: World, levels: Levels) -> Floats:
    """Share of citizens' comments that the owner answers, questions and others together."""
    return levels.answered * (levels.questions + world.other_answers * (1 - levels.questions))


def replies_per_comment(world: World, levels: Levels) -> Floats:
    """Replies of the second level to each citizen's comment: answers, and some thanks."""
    return answers_per_comment(world, levels) * (1 + world.thanks_share)
