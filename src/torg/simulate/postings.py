"""The posts as records: when, what kind, which words, and how the reactions divide."""

import datetime as dt

import numpy as np
import polars as pl

from torg.collect import POSTS
from torg.simulate import sentences
from torg.simulate.activity import Posts
from torg.simulate.clock import QUARTERS, Floats, Ints, post_quarters
from torg.simulate.instants import from_local_hours
from torg.simulate.life import Life
from torg.simulate.pages import Pages
from torg.simulate.world import PLATFORM

_TYPES = ("photo", "link", "text", "video")
_TYPE_SHARES = (0.58, 0.24, 0.10, 0.08)
_KINDS = {"likes": 0.83, "loves": 0.09, "wows": 0.02, "hahas": 0.02, "sads": 0.02, "angrys": 0.01}
_CARES = 0.01
_KINDS_CAME = dt.date(2016, 2, 24)  # until then Facebook had likes only
_FIRST_POST = 1_000_000_000_000  # the platform's own numbers are about as long


def draw_postings(
    rng: np.random.Generator, life: Life, pages: Pages, *, read_at: dt.datetime
) -> pl.DataFrame:
    """The posts in the order of time, with the columns of POSTS and their `page` and `week`.

    `comments` counts citizens' comments on the top level only: replies come later.
    """
    posts = pages.posts
    words = _words(rng, life, pages)
    drawn = pl.DataFrame(
        {
            "page": posts.page,
            "week": posts.week,
            "published_at": from_local_hours(_hours(rng, posts), start=life.places.start),
            "type": np.array(_TYPES)[rng.choice(len(_TYPES), len(posts.page), p=_TYPE_SHARES)],
            "text": words,
            "followers": posts.followers,
            "reactions": posts.reactions,
            "comments": posts.comments,
            "shares": posts.shares,
            **_reaction_kinds(rng, posts.reactions, start=life.places.start),
        }
    )
    numbered = drawn.sort("published_at", "page", maintain_order=True).with_row_index("number")
    return _as_records(numbered, pages, read_at=read_at)


def _as_records(drawn: pl.DataFrame, pages: Pages, *, read_at: dt.datetime) -> pl.DataFrame:
    page = pl.DataFrame(
        {"channel": pages.ids, "channel_name": pages.names}, schema_overrides={"channel": pl.String}
    ).with_row_index("page")
    number = (pl.col("number").cast(pl.Int64) + _FIRST_POST).cast(pl.String)
    known = drawn.with_columns(pl.col("page").cast(pl.UInt32)).join(
        page, on="page", how="left", maintain_order="left"
    )
    full = known.with_columns(
        native_id=number,
        id_space=pl.lit("post"),
        platform=pl.lit(PLATFORM),
        url=pl.format("https://www.facebook.com/{}/posts/{}", "channel", number),
        read_at=pl.lit(read_at).dt.cast_time_unit("us"),
        read_at_is_bound=pl.lit(value=False),
        line=pl.col("number").cast(pl.Int64) + 2,
        views=pl.lit(None, dtype=pl.Int64),
        thankfuls=pl.lit(None, dtype=pl.Int64),
        edited_at=pl.lit(None, dtype=POSTS["edited_at"]),
    )
    return full.select(*(pl.col(name).cast(kind) for name, kind in POSTS.items()), "page", "week")


def _hours(rng: np.random.Generator, posts: Posts) -> Floats:
    """Local hours since the start: a week, a quarter of it, a moment of that."""
    quarter = rng.choice(QUARTERS, len(posts.page), p=post_quarters())
    hours: Floats = (posts.week * QUARTERS + quarter + rng.random(len(posts.page)) * 0.99) / 4
    return hours


def _words(rng: np.random.Generator, life: Life, pages: Pages) -> pl.Series:
    """The text of each post; where a crisis is, most posts of the municipality tell of it."""
    posts = pages.posts
    county = life.places.county[pages.unit[posts.page]]
    own = np.array([scope == "municipality" for scope in pages.scope], bool)[posts.page]
    urgent = (life.crisis[county, posts.week] == 1) & own & (rng.random(len(own)) < 0.7)
    quiet = rng.integers(len(sentences.QUIET), size=len(own))
    crisis = rng.integers(len(sentences.CRISIS), size=len(own)) + len(sentences.QUIET)
    places = np.array(life.places.names)[pages.unit[posts.page]]
    return _filled(np.where(urgent, crisis, quiet), places)


def _filled(template: Ints, places: np.ndarray) -> pl.Series:
    before, after = zip(
        *(text.split("{place}") for text in sentences.QUIET + sentences.CRISIS), strict=True
    )
    parts = pl.DataFrame(
        {"a": np.array(before)[template], "b": places, "c": np.array(after)[template]}
    )
    return parts.select(pl.concat_str("a", "b", "c")).to_series()


def _reaction_kinds(
    rng: np.random.Generator, reactions: Ints, *, start: dt.date
) -> dict[str, Ints]:
    """The kinds of each post's reactions: they sum to all."""
    if start < _KINDS_CAME:
        none = np.zeros_like(reactions)
        return dict.fromkeys([*_KINDS, "cares"], none) | {"likes": reactions}
    kinds = rng.multinomial(reactions, [*_KINDS.values(), _CARES])
    return dict(zip([*_KINDS, "cares"], kinds.T, strict=True))
