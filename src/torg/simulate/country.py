"""A whole country: register, posts, replies, audience and truth, from one seed."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from torg.collect import AUDIENCE, POSTS
from torg.register import Register
from torg.simulate.dialogue import draw_replies
from torg.simulate.instants import exported_at
from torg.simulate.life import Life, draw_life
from torg.simulate.pages import Pages, channels, draw_pages
from torg.simulate.places import changes
from torg.simulate.places import municipalities as register_municipalities
from torg.simulate.postings import draw_postings
from torg.simulate.truth import truth_frame
from torg.simulate.world import PLATFORM, World


@dataclass(frozen=True)
class Country:
    """An invented country as its exports show it, and what is really so.

    `posts`, `replies` and `audience` have the columns of torg.collect; `truth` has
    country, municipality, measure and value: the true level over the window of each additive
    measure, null where a municipality has no page or never posts. One that took in another during
    the period answers for the other's page too.
    """

    seed: int
    start: dt.date  # a Monday
    end: dt.date  # the last day
    read_at: dt.datetime  # when the exports were made
    register: Register
    posts: pl.DataFrame
    replies: pl.DataFrame
    audience: pl.DataFrame
    truth: pl.DataFrame
    handles: dict[str, str]  # channel -> the page's name in addresses
    invented: bool = True


def simulate(
    seed: int, *, municipalities: int = 357, weeks: int = 17, world: World | None = None
) -> Country:
    """The country of `seed`: the same one each time, for the same version of NumPy.

    `municipalities` counts those that are there at the end. Raises ValueError where there would be
    none, or more than there are names for.
    """
    world = world or World()
    rng = np.random.Generator(np.random.PCG64(seed))
    life = draw_life(rng, world, municipalities=municipalities, weeks=weeks)
    pages = draw_pages(rng, world, life)
    read_at = exported_at(world.start, weeks=weeks)
    postings = draw_postings(rng, life, pages, read_at=read_at)
    replies = draw_replies(rng, world, pages, postings, read_at=read_at)
    return Country(
        seed=seed,
        start=world.start,
        end=world.start + dt.timedelta(weeks=weeks, days=-1),
        read_at=read_at,
        register=Register(
            register_municipalities(life.places), channels(life, pages), changes(life.places)
        ),
        posts=_with_all_comments(postings, replies),
        replies=replies,
        audience=_audience(world, life, pages, read_at=read_at),
        truth=truth_frame(world, life),
        handles=dict(zip(pages.ids, pages.handles, strict=True)),
    )


def _with_all_comments(postings: pl.DataFrame, replies: pl.DataFrame) -> pl.DataFrame:
    """The posts with every reply counted, as the platform counts them."""
    counted = replies.group_by(native_id="post_native_id").agg(comments=pl.len().cast(pl.Int64))
    joined = postings.drop("comments").join(
        counted, on="native_id", how="left", maintain_order="left"
    )
    return joined.with_columns(pl.col("comments").fill_null(0)).select(*POSTS)


def _audience(world: World, life: Life, pages: Pages, *, read_at: dt.datetime) -> pl.DataFrame:
    """Followers of every page, read at noon on the first day of each week and with the exports.

    The page of a municipality that became part of another is read no more after that.
    """
    weekly = pages.weeks.followers
    first = dt.datetime.combine(world.start, dt.time(12), tzinfo=dt.UTC)
    moments = [first + dt.timedelta(weeks=week) for week in range(weekly.shape[1])]
    followers = np.column_stack([weekly, weekly[:, -1]])
    merger = np.array([moment.date() >= life.places.merger for moment in [*moments, read_at]])
    page, reading = np.nonzero(~np.outer(pages.unit >= life.places.staying, merger))
    readings = {
        "line": np.arange(len(page)) + 2,
        "platform": [PLATFORM] * len(page),
        "channel": np.array(pages.ids, object)[page],
        "channel_name": np.array(pages.names, object)[page],
        "read_at": pl.Series([*moments, read_at], dtype=AUDIENCE["read_at"])[reading],
        "followers": followers.astype(np.int64)[page, reading],
        "kind": ["followers"] * len(page),
    }
    return pl.DataFrame(readings, schema_overrides=AUDIENCE)
