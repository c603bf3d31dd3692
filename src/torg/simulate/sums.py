"""What each municipality's weeks come to: by chance, and in expectation.

One definition of each measure serves both, so an estimate and its truth are ratios of the same
sums. A municipality that took in another answers for the other's page too.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from torg.simulate.clock import Floats
from torg.simulate.life import Life
from torg.simulate.places import Places
from torg.simulate.world import World

DAYS_A_MONTH = 30.4375

KINDS = ("reactions", "comments", "shares")

Sums = Mapping[str, Floats]  # tables of pages by weeks


def drawn_sums(rng: np.random.Generator, world: World, life: Life) -> Sums:
    """What happened: the posts of `life`, and answers drawn for their comments."""
    posts, levels = life.posts, life.levels
    questions = rng.binomial(posts.comments, levels.questions[posts.page])
    ever = life.weeks.answered[posts.page, posts.week]
    within = levels.within_day[posts.page]
    answers = rng.binomial(questions, ever)
    others = rng.binomial(posts.comments - questions, ever * world.other_answers)
    thanks = rng.binomial(answers + others, world.thanks_share)
    soon = rng.binomial(answers, within)
    below = posts.comments + answers + others + thanks
    counts = {
        "posts": np.ones(len(posts.page), dtype=np.int64),
        "reach": posts.followers / 1000,
        "reactions": posts.reactions,
        "below": below,
        "shares": posts.shares,
        "interactions": posts.reactions + posts.shares + below,
        "reacted": posts.reactions > 0,
        "commented": posts.comments > 0,
        "shared": posts.shares > 0,
        "comments": posts.comments,
        "questions": questions,
        "question_answers": answers,
        "answers": answers + others,
        "question_answers_24h": soon,
        "answers_24h": soon + rng.binomial(others, within),
    }
    return {name: _by_week(life, values) for name, values in counts.items()}


def _by_week(life: Life, values: NDArray[Any]) -> Floats:
    shape = life.weeks.posts.shape
    cell = life.posts.page * shape[1] + life.posts.week
    sums = np.bincount(cell, weights=values, minlength=shape[0] * shape[1])
    return sums.astype(np.float64).reshape(shape)


def expected_sums(world: World, life: Life) -> Sums:
    """What is to be expected, given the calendar and each page's levels."""
    reach = life.weeks.posts * life.weeks.followers / 1000
    response = reach * life.weeks.rates
    level = {name: values[:, None] for name, values in vars(life.levels).items()}
    comments = level["comments"] * response
    questions = level["questions"] * comments
    answers = level["answered"] * questions
    others = level["answered"] * world.other_answers * (comments - questions)
    below = comments + (answers + others) * (1 + world.thanks_share)
    some = {kind: life.weeks.posts * _any_chance(world, life, kind=kind) for kind in KINDS}
    return {
        "posts": life.weeks.posts,
        "reach": reach,
        "reactions": level["reactions"] * response,
        "below": below,
        "shares": level["shares"] * response,
        "interactions": (level["reactions"] + level["shares"]) * response + below,
        "reacted": some["reactions"],
        "commented": some["comments"],
        "shared": some["shares"],
        "comments": comments,
        "questions": questions,
        "question_answers": answers,
        "answers": answers + others,
        "question_answers_24h": answers * level["within_day"],
        "answers_24h": (answers + others) * level["within_day"],
    }


def _any_chance(world: World, life: Life, *, kind: str) -> Floats:
    """Probability that a post gets any of a kind: over what posts and weeks do to its mean.

    A negative binomial of size k and mean m is zero with probability (k / (k + m)) ** k; m is
    lognormal, so its mean is a sum over the nodes of Gauss and Hermite.
    """
    nodes, weights = np.polynomial.hermite_e.hermegauss(40)
    spread = np.hypot(world.post_spread, np.hypot(world.national_spread, world.week_spread))
    usual = getattr(life.levels, kind)[:, None] * life.weeks.followers / 1000 * life.weeks.rates
    means = usual[..., None] * np.exp(spread * nodes - spread**2 / 2)
    none = (world.dispersion / (world.dispersion + means)) ** world.dispersion
    chance: Floats = 1 - (none * (weights / weights.sum())).sum(axis=-1)
    return chance


def ratios(places: Places, sums: Sums) -> Mapping[str, tuple[Floats, Floats]]:
    """Measure to numerator and denominator: tables of municipalities at the end by weeks."""
    own = {name: with_merged(places, table) for name, table in sums.items()}
    one = np.ones_like(own["posts"])
    inhabitants = one * (places.population_after / 1000 * 7 / DAYS_A_MONTH)[:, None]
    return {
        "posts_per_week": (own["posts"], one),
        "p1": (own["reacted"], own["posts"]),
        "p2": (own["reactions"], own["posts"]),
        "c1": (own["commented"], own["posts"]),
        "c2": (own["below"], own["posts"]),
        "v1": (own["shared"], own["posts"]),
        "v2": (own["shares"], own["posts"]),
        "e": (own["interactions"], own["reach"]),
        "engagement_per_1000": (own["interactions"], inhabitants),
        "question_answered": (own["question_answers"], own["questions"]),
        "question_answered_24h": (own["question_answers_24h"], own["questions"]),
        "answered": (own["answers"], own["comments"]),
        "answered_24h": (own["answers_24h"], own["comments"]),
    }


def with_merged(places: Places, table: NDArray[Any]) -> NDArray[Any]:
    """The rows of those that are there at the end, each with the rows that merged into it."""
    together = table[: places.staying].copy()
    np.add.at(together, places.successor, table[places.staying :])
    return together
