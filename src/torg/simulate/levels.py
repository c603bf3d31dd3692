"""The truth: what each page would show in the long run, drawn once and never seen by a measure."""

from dataclasses import dataclass

import numpy as np

from torg.simulate.clock import Floats, Ints, answered_within_a_day
from torg.simulate.world import World


@dataclass(frozen=True)
class Levels:
    """One entry a page; rates are expectations over posts and weeks."""

    unit: Ints  # which municipality
    followers: Floats  # at the start
    growth: Floats  # of followers, per week
    posts: Floats  # per week
    reactions: Floats  # per post and 1,000 followers
    comments: Floats  # the same, by citizens on the top level
    shares: Floats  # the same
    questions: Floats  # share of citizens' comments
    answered: Floats  # share of questions that are ever answered
    answer_hours: Floats  # median delay of an answer, office hours
    within_day: Floats  # share of answers that come within 24 hours

    def page(self, chosen: Ints) -> "Levels":
        """The levels of some pages only."""
        return Levels(**{name: values[chosen] for name, values in vars(self).items()})


def whole_municipality(rng: np.random.Generator, world: World, *, population: Ints) -> Levels:
    """The levels of each municipality's own page, whether or not it is known to have one."""
    count = len(population)
    size = np.log(population / world.median_population)
    own = world.level_slope * size + rng.normal(0, world.level_spread, count)
    coverage = world.coverage_slope * size + rng.normal(0, world.coverage_spread, count)
    posts = world.posts_slope * size + rng.normal(0, world.posts_spread, count)
    hours = world.answer_hours_median * rng.lognormal(0, world.answer_hours_spread, count)
    return Levels(
        unit=np.arange(count),
        followers=np.maximum(20, np.round(population * world.coverage_median * np.exp(coverage))),
        growth=rng.normal(world.growth_mean, world.growth_spread, count),
        posts=world.posts_median * np.exp(posts),
        **{
            kind: _rate(rng, world, kind=kind, own=own)
            for kind in ("reactions", "comments", "shares")
        },
        questions=_share(rng, world.question_share, world.question_evenness, count=count),
        answered=_share(rng, world.answer_share, world.answer_evenness, count=count),
        answer_hours=hours,
        within_day=answered_within_a_day(world, hours),
    )


def _rate(rng: np.random.Generator, world: World, *, kind: str, own: Floats) -> Floats:
    middle: float = getattr(world, f"{kind}_rate")
    return middle * np.exp(own + rng.normal(0, world.kind_spread, len(own)))


def _share(rng: np.random.Generator, mean: float, evenness: float, *, count: int) -> Floats:
    """Shares between municipalities, kept off the ends so that none is certain."""
    return np.clip(rng.beta(mean * evenness, (1 - mean) * evenness, count), 0.02, 0.98)
