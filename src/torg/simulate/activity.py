"""What the pages did: which week brought how many posts, and what each post brought."""

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv, ndtr

from torg.simulate.clock import Floats, Ints
from torg.simulate.levels import Levels
from torg.simulate.world import World


@dataclass(frozen=True)
class Weeks:
    """Tables of one row a page and one column a week."""

    posts: Floats  # expected posts, given that nothing but the calendar is known
    rates: Floats  # expected factor on what a post brings; 2 in a crisis
    followers: Floats  # of the page
    posts_factor: Floats  # what chance made of the posts: mean 1
    rates_factor: Floats  # what chance made of the rates: mean 1
    answered: Floats  # probability that a question is ever answered


@dataclass(frozen=True)
class Posts:
    """One entry a post, by page and week."""

    page: Ints
    week: Ints
    followers: Ints  # of the page when it was posted
    reactions: Ints
    comments: Ints  # by citizens on the top level
    shares: Ints


def draw_weeks(
    rng: np.random.Generator, world: World, *, levels: Levels, open_weeks: Floats, in_crisis: Floats
) -> Weeks:
    """The weeks of every page.

    `open_weeks` is 1 where the page posts at all, `in_crisis` 1 where its county has a crisis.
    """
    shape = open_weeks.shape
    national = [rng.normal(0, world.national_spread, shape[1]) for _ in range(2)]
    own = [world.week_spread * _remembering(rng, world, shape=shape) for _ in range(2)]
    answering = ndtr(_remembering(rng, world, shape=shape))
    spread = np.hypot(world.national_spread, world.week_spread)
    factors = [np.exp(n + o - spread**2 / 2) for n, o in zip(national, own, strict=True)]
    share, evenness = levels.answered[:, None], world.answer_weeks
    growth = 1 + levels.growth[:, None] * np.arange(shape[1])
    return Weeks(
        posts=levels.posts[:, None] * open_weeks * (1 + (world.crisis_posts - 1) * in_crisis),
        rates=1 + (world.crisis_rates - 1) * in_crisis,
        followers=np.maximum(1, np.round(levels.followers[:, None] * growth)),
        posts_factor=factors[0],
        rates_factor=factors[1],
        answered=betaincinv(share * evenness, (1 - share) * evenness, answering),
    )


def _remembering(rng: np.random.Generator, world: World, *, shape: tuple[int, ...]) -> Floats:
    """Standard normal weeks, each correlated with the one before it: AR(1), stationary."""
    drawn = rng.standard_normal(shape)
    fresh = np.sqrt(1 - world.week_memory**2)
    for week in range(1, shape[1]):
        drawn[:, week] = world.week_memory * drawn[:, week - 1] + fresh * drawn[:, week]
    return drawn


def draw_posts(rng: np.random.Generator, world: World, *, levels: Levels, weeks: Weeks) -> Posts:
    """Every post with its counts: lognormal posts in lognormal weeks, negative binomial counts."""
    count = rng.poisson(weeks.posts * weeks.posts_factor)
    page, week = (np.repeat(index.ravel(), count.ravel()) for index in np.indices(count.shape))
    effect = rng.lognormal(-(world.post_spread**2) / 2, world.post_spread, len(page))
    followers = weeks.followers[page, week]
    reach = followers / 1000 * (weeks.rates * weeks.rates_factor)[page, week] * effect
    return Posts(
        page=page,
        week=week,
        followers=followers.astype(np.int64),
        reactions=_counts(rng, world, mean=levels.reactions[page] * reach),
        comments=_counts(rng, world, mean=levels.comments[page] * reach),
        shares=_counts(rng, world, mean=levels.shares[page] * reach),
    )


def _counts(rng: np.random.Generator, world: World, *, mean: Floats) -> Ints:
    """Negative binomial counts: a Poisson whose mean is drawn from a gamma distribution."""
    return rng.poisson(mean * rng.gamma(world.dispersion, 1 / world.dispersion, len(mean)))
