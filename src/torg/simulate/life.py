"""A country's life, drawn in one order from one generator: places, levels, weeks, posts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from torg.simulate.activity import Posts, Weeks, draw_posts, draw_weeks
from torg.simulate.clock import Floats
from torg.simulate.levels import Levels, whole_municipality
from torg.simulate.places import MOST_MUNICIPALITIES, Places, draw_places
from torg.simulate.world import World

MOST_WEEKS = 520


@dataclass(frozen=True)
class Life:
    """What happened on the pages of whole municipalities; one page a municipality, in its order."""

    places: Places
    crisis: Floats  # a row a county, a column a week: 1 where it is in a crisis
    levels: Levels
    weeks: Weeks
    posts: Posts
    has_page: NDArray[np.bool_]  # whether the page is known: without it there are no posts


def draw_life(rng: np.random.Generator, world: World, *, municipalities: int, weeks: int) -> Life:
    """The country of a seeded generator.

    Raises ValueError where there would be no municipality, no week, or no name left to invent.
    """
    if not 1 <= municipalities <= MOST_MUNICIPALITIES:
        raise ValueError(f"municipalities must be between 1 and {MOST_MUNICIPALITIES}")
    if not 1 <= weeks <= MOST_WEEKS:
        raise ValueError(f"weeks must be between 1 and {MOST_WEEKS}")
    places = draw_places(rng, world, staying=municipalities, weeks=weeks)
    crisis = _crisis(rng, world, counties=len(places.counties), weeks=weeks)
    levels = whole_municipality(rng, world, population=places.population)
    drawn = rng.random(len(places.names))
    posting = drawn < world.page_share - world.dormant_share
    drawn_weeks = draw_weeks(
        rng,
        world,
        levels=levels,
        open_weeks=_open(places, weeks=weeks) * posting[:, None],
        in_crisis=crisis[places.county],
    )
    posts = draw_posts(rng, world, levels=levels, weeks=drawn_weeks)
    return Life(places, crisis, levels, drawn_weeks, posts, drawn < world.page_share)


def _crisis(rng: np.random.Generator, world: World, *, counties: int, weeks: int) -> Floats:
    """One week, in the middle half of the period, in some counties."""
    struck = np.zeros((counties, weeks))
    week = rng.integers(weeks // 4, max(weeks // 4, 3 * weeks // 4) + 1) if weeks > 1 else 0
    struck[rng.permutation(counties)[: world.crisis_counties], min(week, weeks - 1)] = 1
    return struck


def _open(places: Places, *, weeks: int) -> Floats:
    """1 in the weeks in which a municipality exists; mergers fall between two weeks."""
    exists = np.ones((len(places.names), weeks))
    exists[places.staying :, weeks // 2 :] = 0
    return exists
