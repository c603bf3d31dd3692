"""Every page that can be seen: those of whole municipalities, of mayors and of services.

A page is what Facebook calls a channel; the invented country has no others.
"""

import datetime as dt
from dataclasses import dataclass, fields, replace
from typing import TypeVar

import numpy as np

from torg.register import INVENTED, Channel, Scope, normalise_address
from torg.simulate.activity import Posts, Weeks, draw_posts, draw_weeks
from torg.simulate.clock import Ints
from torg.simulate.levels import Levels
from torg.simulate.life import Life
from torg.simulate.names import slug
from torg.simulate.world import COUNTRY, PLATFORM, World

_FIRST_ID = 999_000_000_000_000  # of pages: no real one is numbered so
_SERVICES = ("bibliotek", "kulturskole", "ungdomshus", "brannvesen")
_FIRST_PAGES = dt.date(2008, 1, 1)  # Facebook has had pages since the end of 2007
_SIDE_FOLLOWERS = 0.2  # as many as the municipality's own page has
_SIDE_POSTS = 0.4

Table = TypeVar("Table", Levels, Weeks)


@dataclass(frozen=True)
class Pages:
    """One entry a page; `posts` tells of all of them."""

    unit: Ints
    scope: tuple[Scope, ...]
    names: tuple[str, ...]
    ids: tuple[str, ...]
    handles: tuple[str, ...]
    levels: Levels
    weeks: Weeks
    posts: Posts


def draw_pages(rng: np.random.Generator, world: World, life: Life) -> Pages:
    """The pages of `life`, in its order, and after them those of persons and services."""
    side, scope = _side_pages(rng, world, life)
    units = np.append(np.flatnonzero(life.has_page), side)
    own = np.arange(len(units)) < life.has_page.sum()
    names = [_name(life.places.names[u], s, u) for u, s in zip(units.tolist(), scope, strict=True)]
    beside = _side_life(rng, world, life, side=side)
    return Pages(
        unit=units,
        scope=scope,
        names=tuple(names),
        ids=tuple(str(_FIRST_ID + 1 + i) for i in range(len(units))),
        handles=tuple(f"oppdiktet.{slug(name).replace(' ', '')}" for name in names),
        levels=_stacked(_chosen(life.levels, units[own]), beside[0]),
        weeks=_stacked(_chosen(life.weeks, units[own]), beside[1]),
        posts=_together(_renumbered(life), beside[2], pages=int(own.sum())),
    )


def _side_pages(
    rng: np.random.Generator, world: World, life: Life
) -> tuple[Ints, tuple[Scope, ...]]:
    """The municipalities of the side pages, and the scope of every page, the side pages last."""
    beside = life.has_page & (np.arange(len(life.has_page)) < life.places.staying)
    persons = np.flatnonzero(beside & (rng.random(len(beside)) < world.person_share))
    services = np.flatnonzero(beside & (rng.random(len(beside)) < world.service_share))
    own = _times("municipality", int(life.has_page.sum()))
    side = _times("person", len(persons)) + _times("service", len(services))
    return np.append(persons, services), own + side


def _times(scope: Scope, count: int) -> tuple[Scope, ...]:
    return (scope,) * count


def _side_life(
    rng: np.random.Generator, world: World, life: Life, *, side: Ints
) -> tuple[Levels, Weeks, Posts]:
    """A side page is like its municipality's own, with fewer followers, fewer posts, other luck."""
    own = _chosen(life.levels, side)
    levels = replace(
        own, followers=np.ceil(own.followers * _SIDE_FOLLOWERS), posts=own.posts * _SIDE_POSTS
    )
    shape = (len(side), life.weeks.posts.shape[1])
    weeks = draw_weeks(
        rng, world, levels=levels, open_weeks=np.ones(shape), in_crisis=np.zeros(shape)
    )
    return levels, weeks, draw_posts(rng, world, levels=levels, weeks=weeks)


def _chosen(table: Table, rows: Ints) -> Table:
    """Some rows of every table."""
    return type(table)(**{f.name: getattr(table, f.name)[rows] for f in fields(table)})


def _stacked(first: Table, second: Table) -> Table:
    names = [f.name for f in fields(first)]
    return type(first)(
        **{n: np.concatenate([getattr(first, n), getattr(second, n)]) for n in names}
    )


def _renumbered(life: Life) -> Posts:
    """The posts with pages numbered among those that are there."""
    place: Ints = np.cumsum(life.has_page) - 1
    return replace(life.posts, page=place[life.posts.page])


def _together(own: Posts, side: Posts, *, pages: int) -> Posts:
    moved = replace(side, page=side.page + pages)
    names = [f.name for f in fields(Posts)]
    return Posts(**{n: np.concatenate([getattr(own, n), getattr(moved, n)]) for n in names})


def _name(place: str, scope: Scope, unit: int) -> str:
    called = {
        "municipality": f"{place} kommune",
        "person": f"Ordføreren i {place}",
        "service": f"{place} {_SERVICES[unit % len(_SERVICES)]}",
    }
    return called[scope]


def channels(life: Life, pages: Pages) -> tuple[Channel, ...]:
    """The register's channels; of a municipality without one nothing is known."""
    return tuple(_channel(life, pages, i) for i in range(len(pages.ids)))


def _channel(life: Life, pages: Pages, i: int) -> Channel:
    unit = int(pages.unit[i])
    return Channel(
        country=COUNTRY,
        code=life.places.codes[unit],
        platform=PLATFORM,
        address=normalise_address(f"https://www.facebook.com/{pages.handles[i]}").address,
        platform_id=pages.ids[i],
        owner_name=pages.names[i],
        scope=pages.scope[i],
        valid_from=max(_FIRST_PAGES, life.places.start.replace(year=life.places.start.year - 10)),
        valid_to=life.places.merger if unit >= life.places.staying else None,
        evidence=INVENTED,
    )
