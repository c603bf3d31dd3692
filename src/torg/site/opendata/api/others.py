"""What the API gives that is no table of a release: releases, search, experience."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field

from torg.deposit import Held
from torg.site.experience.queries.published import PublicExperience, public_experiences
from torg.site.opendata.api.asking import answer, of_page, paged, require_known, shown_asked
from torg.site.opendata.held import held_releases, releases, terms
from torg.site.places import shelf
from torg.site.places.finding import Found, Hit
from torg.site.places.views.finding import finder_of


class Release(Schema):
    """A release: a dated set of results that never changes."""

    release: str = Field(description="Its name: the day and a number.")
    day: dt.date = Field(description="The day that it was made.")
    public_from: dt.datetime = Field(description="Since when everybody may see it.")
    title: str = Field(description="The study's title.")
    digest: str = Field(description="SHA-256 over all of its results.")
    code_version: str = Field(description="The version of Torg that made it.")
    invented: bool = Field(description="Whether all names and figures are invented.")
    licence: str = Field(description="On which terms the data may be used.")
    tables: list[str] = Field(description="The names of its tables.")
    datapackage: str = Field(description="The address of its description for programs.")
    deposit: str = Field(description="The address of all of it in one archive.")


class Page(Schema):
    """One page of what was asked for."""

    count: int = Field(description="How many there are on all pages.", ge=0)
    page: int = Field(description="Which page this is, from 1.", ge=1)
    pages: int = Field(description="How many pages there are.", ge=0)
    next: str | None = Field(description="The address of the next page; null on the last.")


class Releases(Page):
    """One page of the public releases, the newest first."""

    items: list[Release] = Field(description="The releases of this page.")


class Withdrawn(Schema):
    """A release that was taken back after everybody could see it."""

    release: str = Field(description="Its name: the day and a number.")
    withdrawn: dt.datetime = Field(description="When it was taken back.")
    why: str = Field(description="The reason that its makers gave.")


class WithdrawnReleases(Page):
    """One page of the releases that were taken back, the newest first."""

    items: list[Withdrawn] = Field(description="The releases of this page.")


class Place(Schema):
    """Somebody who was found."""

    kind: str = Field(description="municipality or county.")
    called: str = Field(description="The name by which it was found.")
    name: str = Field(description="The name in the language that was asked for.")
    place: str | None = Field(description="As addresses call a municipality: XX-0301.")
    municipality: str | None = Field(description="The official code.")
    country: str | None = Field(description="The country's two letters.")
    county: str | None = Field(description="Its county.")


class Search(Schema):
    """Who is called so, the best first; where nobody is, whose names are nearest."""

    release: str = Field(description="The release that was searched.")
    items: list[Place] = Field(description="Who was found.")
    nearest: list[Place] = Field(description="Whose names are nearest, where nobody was found.")


class Experience(Schema):
    """What a municipality tells of something that it tried."""

    number: int = Field(description="Its number.")
    country: str = Field(description="The country's two letters.")
    municipality: str = Field(description="The official code.")
    language: str = Field(description="The language that it is written in.")
    title: str = Field(description="Its title.")
    area: str = Field(description="The area of use.")
    group: str = Field(description="The target group.")
    channel: str = Field(description="Where.")
    service: str = Field(description="The service.")
    hours: int | None = Field(description="What it cost, in hours of work.")
    begins: dt.date | None = Field(description="The first day.")
    ends: dt.date | None = Field(description="The last day; null: it goes on.")
    went: str = Field(description="How it went, in the author's judgement: good, mixed or bad.")
    tried: str = Field(description="What was tried, in the author's words.")
    happened: str = Field(description="What happened, in the author's words. Not called an effect.")
    measures: list[str] = Field(description="The measures that it is held against.")
    links: list[str] = Field(description="Links.")
    published: dt.datetime = Field(description="When it was published first.")
    changed: dt.datetime = Field(description="When what is shown was written.")


class Experiences(Page):
    """One page of published experience, the newest first."""

    items: list[Experience] = Field(description="The rows of this page.")


def list_releases(request: HttpRequest, asked: Any) -> HttpResponse:  # noqa: ANN401
    """All public releases, the newest first."""
    require_known(request, asked)
    since = {shown.name: shown.public_from for shown in releases()}
    found = [of for of in held_releases() if of.name in since]
    items = [_release(of, since[of.name]) for of in of_page(found, asked)]
    return paged(request, items, asked, count=len(found))


def list_withdrawn(request: HttpRequest, asked: Any) -> HttpResponse:  # noqa: ANN401
    """The releases that were taken back, the newest first."""
    require_known(request, asked)
    found = shelf.withdrawn()
    names = Withdrawn.model_fields
    items = [{name: getattr(row, name) for name in names} for row in of_page(found, asked)]
    return paged(request, items, asked, count=len(found))


def search(request: HttpRequest, asked: Any) -> HttpResponse:  # noqa: ANN401
    """Municipalities and counties by any of their names, forgiving of spelling."""
    require_known(request, asked)
    shown = shown_asked(asked.release)
    national = shown.national(asked.language or "en")
    found = finder_of(shown, national).find(asked.q) if national else Found()
    told = {
        "release": shown.name,
        "items": [_hit(hit) for hit in found.hits],
        "nearest": [_hit(hit) for hit in found.nearest],
    }
    return answer(request, told)


def list_experience(request: HttpRequest, asked: Any) -> HttpResponse:  # noqa: ANN401
    """Published experience of municipalities, the newest first."""
    require_known(request, asked)
    found = public_experiences(
        country=asked.country or "",
        unit=asked.municipality or "",
        area=asked.area or "",
        group=asked.group or "",
        channel=asked.channel or "",
        service=asked.service or "",
    )
    items = [_experience(each) for each in of_page(found, asked)]
    return paged(request, items, asked, count=len(found))


def _release(of: Held, since: dt.datetime) -> dict[str, Any]:
    return {
        "release": of.name,
        "day": of.day,
        "public_from": since,
        "title": of.title,
        "digest": of.digest,
        "code_version": str(of.provenance.get("code_version", "")),
        "invented": of.is_invented,
        "licence": terms().licence.name,
        "tables": list(of.tables),
        "datapackage": f"/data/{of.name}/datapackage.json",
        "deposit": f"/data/{of.name}/deposit.zip",
    }


def _hit(hit: Hit) -> dict[str, Any]:
    place = hit.place
    return {
        "kind": "municipality" if place else "county",
        "called": hit.called,
        "name": place.name if place else hit.county or "",
        "place": place.key if place else None,
        "municipality": place.code if place else None,
        "country": place.country if place else None,
        "county": place.county if place else hit.county,
    }


# Whom to write to is on the page for those who may see it, and in no list for programs.
_OF_CONTENT = (
    "language", "title", "area", "group", "channel", "service", "hours", "begins", "ends", "went",
    "tried", "happened",
)  # fmt: skip


def _experience(each: PublicExperience) -> dict[str, Any]:
    return {
        "number": each.number,
        "country": each.country,
        "municipality": each.unit,
        **{name: getattr(each.content, name) for name in _OF_CONTENT},
        "measures": list(each.content.measures),
        "links": list(each.content.links),
        "published": each.published,
        "changed": each.changed,
    }
