"""Citizens' comments, the owners' answers, and thanks for some of them."""

import datetime as dt

import numpy as np
import polars as pl

from torg.collect import REPLIES
from torg.simulate import sentences
from torg.simulate.clock import Floats, Ints, at_office_hour, lag_hours, office_hours_passed
from torg.simulate.instants import from_local_hours, later, to_local_hours
from torg.simulate.names import person_names
from torg.simulate.pages import Pages
from torg.simulate.world import World

_SHORTEST_DELAY = 1 / 60  # office hours: nobody answers within the minute
_LONGEST_DELAY = 4_000.0  # office hours, two years: after every export
_THANKS_AFTER = 1.0  # hours, the median
_CIRCLE = 40  # persons that a municipality's commenters are drawn from, per ten comments
_POST = ("platform", "channel", "post_native_id", "post_id_space")


def draw_replies(
    rng: np.random.Generator,
    world: World,
    pages: Pages,
    posts: pl.DataFrame,
    *,
    read_at: dt.datetime,
) -> pl.DataFrame:
    """All that stands below the posts when they are read, with the columns of REPLIES.

    In the order of time; `posts` as `draw_postings` gives them.
    """
    comments = _comments(rng, world, pages, posts)
    answers = _answers(rng, world, pages, comments)
    thanks = _thanks(rng, world, answers)
    every = pl.concat([comments, answers, thanks], how="diagonal_relaxed")
    seen = every.filter(pl.col("published_at") <= read_at)
    ordered = seen.sort("published_at", "native_id").with_row_index("number")
    placed = ordered.with_columns(
        line=pl.col("number").cast(pl.Int64) + 2,
        edited_at=pl.lit(None, dtype=REPLIES["edited_at"]),
    )
    return placed.select(pl.col(name).cast(kind) for name, kind in REPLIES.items())


def _comments(
    rng: np.random.Generator, world: World, pages: Pages, posts: pl.DataFrame
) -> pl.DataFrame:
    """Comments on the top level, by citizens, with their `page`, `week` and whether they ask."""
    post = np.repeat(np.arange(posts.height), posts["comments"].to_numpy())
    below = posts[post].select(
        "platform",
        "channel",
        "page",
        "week",
        post_native_id="native_id",
        post_id_space="id_space",
        posted_at="published_at",
    )
    asks = rng.random(len(post)) < pages.levels.questions[below["page"].to_numpy()]
    return below.with_columns(
        native_id=_numbered(below["post_native_id"], "c"),
        id_space=pl.lit("comment"),
        published_at=later(below["posted_at"], lag_hours(rng, world, count=len(post))),
        author=_authors(rng, pages, below["page"].to_numpy()),
        is_owner=pl.lit(value=False),
        asks=pl.Series(asks),
        text=_words(rng, asks),
        reactions=pl.Series(rng.poisson(0.8, len(post))),
    )


def _numbered(parents: pl.Series, mark: str) -> pl.Series:
    """Ids made of the parent's and a number that no other child of it has."""
    numbers = pl.int_range(pl.len()).over("parent") + 1
    frame = parents.rename("parent").to_frame()
    return frame.select(pl.format("{}_" + mark + "{}", "parent", numbers)).to_series()


def _authors(rng: np.random.Generator, pages: Pages, page: Ints) -> pl.Series:
    """Commenters of a municipality come from a circle of its own, and some write much."""
    circle = _CIRCLE + np.bincount(page, minlength=len(pages.ids)) // 4
    names = np.array(person_names())
    chosen = (circle[page] * rng.random(len(page)) ** 2).astype(np.int64)
    return pl.Series(names[(pages.unit[page] * 61 + chosen) % len(names)])


def _words(rng: np.random.Generator, asks: np.ndarray) -> pl.Series:
    question = np.array(sentences.QUESTIONS)[rng.integers(len(sentences.QUESTIONS), size=len(asks))]
    other = np.array(sentences.STATEMENTS)[rng.integers(len(sentences.STATEMENTS), size=len(asks))]
    return pl.Series(np.where(asks, question, other))


def _answers(
    rng: np.random.Generator, world: World, pages: Pages, comments: pl.DataFrame
) -> pl.DataFrame:
    """The owner's answers: to questions mostly, within office hours, some after very long."""
    page, week = comments["page"].to_numpy(), comments["week"].to_numpy()
    chance = pages.weeks.answered[page, week]
    chance = np.where(comments["asks"].to_numpy(), chance, chance * world.other_answers)
    answered = comments.filter(pl.Series(rng.random(len(page)) < chance))
    page = answered["page"].to_numpy()
    delay = pages.levels.answer_hours[page] * rng.lognormal(0, world.delay_spread, len(page))
    return answered.select(
        *_POST,
        native_id=pl.col("native_id") + "_a",
        id_space=pl.lit("comment"),
        parent_native_id="native_id",
        published_at=_in_office_hours(answered["published_at"], delay, start=world.start),
        author=pl.Series(np.array(pages.names)[page]),
        is_owner=pl.lit(value=True),
        text=pl.Series(_any(rng, sentences.ANSWERS, count=len(page))),
        reactions=pl.Series(rng.poisson(0.5, len(page))),
        asked_by="author",
    )


def _in_office_hours(asked: pl.Series, delay: Floats, *, start: dt.date) -> pl.Series:
    passed = office_hours_passed(to_local_hours(asked, start=start))
    hours = at_office_hour(passed + np.clip(delay, _SHORTEST_DELAY, _LONGEST_DELAY))
    return from_local_hours(hours, start=start)


def _thanks(rng: np.random.Generator, world: World, answers: pl.DataFrame) -> pl.DataFrame:
    """Thanks from who was answered, on the level of the answer: the platform has only two."""
    thanked = answers.filter(pl.Series(rng.random(answers.height) < world.thanks_share))
    lag = _THANKS_AFTER * rng.lognormal(0, 1.0, thanked.height)
    return thanked.select(
        *_POST,
        native_id=pl.col("native_id") + "t",
        id_space=pl.lit("comment"),
        parent_native_id="parent_native_id",
        published_at=later(thanked["published_at"], lag),
        author="asked_by",
        is_owner=pl.lit(value=False),
        text=pl.Series(_any(rng, sentences.THANKS, count=thanked.height)),
        reactions=pl.lit(0),
    )


def _any(rng: np.random.Generator, texts: tuple[str, ...], *, count: int) -> np.ndarray:
    return np.array(texts)[rng.integers(len(texts), size=count)]
