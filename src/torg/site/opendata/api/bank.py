"""What stands around experience: what changed, what was asked, requests, campaigns."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field, create_model

from torg.site.experience import queries
from torg.site.experience.permissions import NotThere
from torg.site.opendata.api.asking import answer, of_page, paged, require_known, shown_asked
from torg.site.opendata.api.others import Page
from torg.site.opendata.api.problems import NoSuch

Found = TypeVar("Found")

_MANY = 10**15  # numbers that there may be of anything

NumberAsked = create_model(
    "NumberAsked",
    __base__=Schema,
    number=(int, Field(ge=1, le=_MANY, description="Whose, by its number.")),
)


class Change(Schema):
    """A measure per week before and after, and the same change of the peers. Never an effect."""

    measure: str = Field(description="What is counted week by week.")
    before: float | None = Field(description="The mean per week before it began.")
    weeks_before: int = Field(description="How many weeks before were observed.", ge=0)
    after: float | None = Field(description="The mean per week after.")
    weeks_after: int = Field(description="How many weeks after were observed.", ge=0)
    change: float | None = Field(description="After minus before.")
    low: float | None = Field(description="The lower end of its interval.")
    high: float | None = Field(description="The upper end of its interval.")
    missing: str | None = Field(description="Why there is no change, as a code. Never zero.")
    peers: int = Field(description="How many of its size class the same is known of.", ge=0)
    peers_first: float | None = Field(description="Of the peers' changes, the first quartile.")
    peers_median: float | None = Field(description="Their median; null with too few.")
    peers_third: float | None = Field(description="Their third quartile.")


class Changes(Schema):
    """What changed around an experience in the latest release. A change in time is no effect."""

    release: str = Field(description="The release that it is of.")
    number: int = Field(description="The experience's number.")
    items: list[Change] = Field(description="A row for each measure.")


class Remark(Schema):
    """A question with its answer, or thanks."""

    number: int = Field(description="Its number.")
    kind: str = Field(description="question or thanks.")
    country: str = Field(description="Whose it is: the country's two letters.")
    municipality: str = Field(description="Whose it is: the official code.")
    text: str = Field(description="Its words.")
    at: dt.datetime = Field(description="When it was written.")
    answer: str = Field(description="The answer's words; empty: there is none yet.")
    answered: dt.datetime | None = Field(description="When it was answered.")


class Remarks(Schema):
    """Questions to an experience with their answers, and thanks, the oldest first."""

    number: int = Field(description="The experience's number.")
    items: list[Remark] = Field(description="A row for each.")


class Request(Schema):
    """What a municipality wants to know."""

    number: int = Field(description="Its number.")
    country: str = Field(description="The country's two letters.")
    municipality: str = Field(description="The official code.")
    title: str = Field(description="Its title.")
    text: str = Field(description="Its words.")
    area: str = Field(description="The area of use.")
    group: str = Field(description="The target group.")
    language: str = Field(description="The language that it is written in.")
    state: str = Field(description="open or answered.")
    made: dt.datetime = Field(description="When it was written.")
    agencies: list[str] = Field(description="The agencies and ministries that are asked.")
    linked: list[int] = Field(description="The numbers of experience that answers it.")
    answers: int = Field(description="How many answers there are.", ge=0)


class Requests(Page):
    """One page of requests for knowledge, the newest first."""

    items: list[Request] = Field(description="The rows of this page.")


class Answer(Schema):
    """An answer, of a municipality or of an agency."""

    number: int = Field(description="Its number.")
    country: str = Field(description="Of a municipality: the country's two letters.")
    municipality: str = Field(description="Of a municipality: its official code.")
    agency: str = Field(description="Of an agency: its name.")
    text: str = Field(description="Its words.")
    at: dt.datetime = Field(description="When it was written.")


class Answers(Schema):
    """The answers to a request, the oldest first."""

    number: int = Field(description="The request's number.")
    items: list[Answer] = Field(description="A row for each.")


class Campaign(Schema):
    """What several municipalities do together under a common tag."""

    number: int = Field(description="Its number.")
    country: str = Field(description="Who began it: the country's two letters.")
    municipality: str = Field(description="Who began it: the official code.")
    title: str = Field(description="Its title.")
    text: str = Field(description="Its words.")
    tag: str = Field(description="The common tag.")
    begins: dt.date = Field(description="The first day.")
    ends: dt.date = Field(description="The last day.")
    language: str = Field(description="The language that it is written in.")
    places: list[str] = Field(description="Who takes part, as addresses call them: XX-0301.")


class Campaigns(Page):
    """One page of campaigns, the one that begins last first."""

    items: list[Campaign] = Field(description="The rows of this page.")


class CampaignWeek(Schema):
    """Posts of one week: of those that take part, and of others of their sizes."""

    week: dt.date = Field(description="The week's Monday.")
    mean: float | None = Field(description="Posts for each of those that take part.")
    n: int = Field(description="Of how many that is the mean.", ge=0)
    others: float | None = Field(description="Posts for each of the others.")
    n_others: int = Field(description="Of how many that is the mean.", ge=0)
    is_within: bool = Field(description="Whether the campaign goes on in that week.")


class CampaignWeeks(Schema):
    """The joint curve of a campaign in the latest release. A change in time is no effect."""

    release: str = Field(description="The release that it is of.")
    number: int = Field(description="The campaign's number.")
    items: list[CampaignWeek] = Field(description="A row for each week.")


def list_changes(request: HttpRequest, asked: Any) -> HttpResponse:  # noqa: ANN401
    """What changed around an experience."""
    require_known(request, asked)
    shown = shown_asked(None)
    found = _known("experience", asked.number, queries.public_experience)
    told = queries.surroundings(found, language="en").measures
    return _told(request, asked, [_change(each) for each in told], release=shown.name)


def list_remarks(request: HttpRequest, asked: Any) -> HttpResponse:  # noqa: ANN401
    """Questions to an experience, and thanks."""
    require_known(request, asked)
    _known("experience", asked.number, queries.public_experience)
    return _told(request, asked, _rows(queries.remarks_on(asked.number)))


def list_requests(request: HttpRequest, asked: Any) -> HttpResponse:  # noqa: ANN401
    """Requests for knowledge."""
    require_known(request, asked)
    found = queries.public_requests(
        state=asked.state or "",
        area=asked.area or "",
        country=asked.country or "",
        unit=asked.municipality or "",
    )
    return paged(request, _rows(of_page(found, asked)), asked, count=len(found))


def list_answers(request: HttpRequest, asked: Any) -> HttpResponse:  # noqa: ANN401
    """The answers to a request."""
    require_known(request, asked)
    _known("request", asked.number, queries.public_request)
    return _told(request, asked, _rows(queries.answers_to(asked.number)))


def list_campaigns(request: HttpRequest, asked: Any) -> HttpResponse:  # noqa: ANN401
    """What several municipalities do together."""
    require_known(request, asked)
    found = queries.public_campaigns()
    return paged(request, _rows(of_page(found, asked)), asked, count=len(found))


def list_campaign_weeks(request: HttpRequest, asked: Any) -> HttpResponse:  # noqa: ANN401
    """The joint curve of a campaign."""
    require_known(request, asked)
    shown = shown_asked(None)
    found = _known("campaign", asked.number, queries.public_campaign)
    weeks = queries.curve_of(found, language="en")
    return _told(request, asked, _rows(weeks), release=shown.name)


def _known(what: str, number: int, find: Callable[[int], Found]) -> Found:
    try:
        return find(number)
    except NotThere:
        raise NoSuch(what, str(number)) from None


def _told(
    request: HttpRequest,
    asked: Any,  # noqa: ANN401
    items: list[dict[str, Any]],
    **beside: str,
) -> HttpResponse:
    return answer(request, {**beside, "number": asked.number, "items": items})


def _rows(found: Sequence[Any]) -> list[dict[str, Any]]:
    """The values as they are, but for the one name that the API has for a municipality's code."""
    return [
        {_CALLED.get(name, name): value for name, value in asdict(each).items()} for each in found
    ]


_CALLED = {"unit": "municipality"}


def _change(around: Any) -> dict[str, Any]:  # noqa: ANN401 -- as the queries have it
    change, peers = around.change, around.peers
    return {
        "measure": around.measure,
        "before": change.before.mean,
        "weeks_before": change.before.n,
        "after": change.after.mean,
        "weeks_after": change.after.n,
        "change": change.change,
        "low": change.low,
        "high": change.high,
        "missing": change.missing,
        "peers": peers.n,
        "peers_first": peers.first,
        "peers_median": peers.median,
        "peers_third": peers.third,
    }
