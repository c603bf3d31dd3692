"""What stands beside a municipality's figures: whom it is like, and what it says of them."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field, create_model

from torg.report import Card, Place
from torg.site.opendata.api.asking import OF_RELEASE, answer, require_known, shown_asked
from torg.site.opendata.api.problems import NoSuch
from torg.site.places.beside import beside
from torg.site.places.shelf import Shown

PlaceAsked = create_model(
    "PlaceAsked",
    __base__=Schema,
    **{
        "place": (
            str,
            Field(min_length=1, max_length=80, description="The municipality, as XX-0301."),
        ),
        **OF_RELEASE,
    },
)


class Near(Schema):
    """A municipality that is like another, and in what."""

    place: str = Field(description="As addresses call it: XX-0301.")
    country: str = Field(description="The country's two letters.")
    municipality: str = Field(description="The official code.")
    name: str = Field(description="Its name.")
    distance: float = Field(description="How far it is; 0: alike in all. Of no unit.")
    is_same_county: bool = Field(description="Whether it lies in the same county.")
    is_same_population: bool = Field(description="Whether it has about as many inhabitants.")
    alike: list[str] = Field(description="The measures in which they are alike.")


class Nearest(Schema):
    """Whom a municipality is like, the nearest first. How well they answer plays no part."""

    release: str = Field(description="The release that it is of.")
    place: str = Field(description="The municipality that was asked about.")
    items: list[Near] = Field(description="Those that are like it.")


class Statement(Schema):
    """What a municipality says beside its figures."""

    text: str = Field(description="Its words, as they were accepted.")
    language: str = Field(description="The language of the words.")
    made: dt.datetime = Field(description="When they were written.")


class Statements(Schema):
    """What a municipality says beside its figures in a release, the oldest first."""

    release: str = Field(description="The release that it is of.")
    place: str = Field(description="The municipality that was asked about.")
    items: list[Statement] = Field(description="What it says.")


class SetRight(Schema):
    """A figure that was set right because the municipality said that it was wrong."""

    measure: str = Field(description="The measure's id.")
    reason: str = Field(description="What was wrong, in the municipality's words.")
    decided: dt.datetime | None = Field(description="When it was accepted.")


class AllSetRight(Schema):
    """What was set right of a municipality's figures."""

    release: str = Field(description="The release that it is of.")
    place: str = Field(description="The municipality that was asked about.")
    items: list[SetRight] = Field(description="A row for each.")


def list_nearest(request: HttpRequest, asked: Any) -> HttpResponse:  # noqa: ANN401
    """The municipalities that are most like one."""
    shown, card = _card(request, asked)
    items = [_near(place, near) for place, near in card.nearest]
    return _told(request, shown, card, items)


def list_statements(request: HttpRequest, asked: Any) -> HttpResponse:  # noqa: ANN401
    """What a municipality says beside its figures."""
    shown, card = _card(request, asked)
    said = beside(shown.name, card.place).said
    return _told(request, shown, card, [asdict(each) for each in said])


def list_set_right(request: HttpRequest, asked: Any) -> HttpResponse:  # noqa: ANN401
    """What was set right because a municipality said so."""
    shown, card = _card(request, asked)
    corrected = beside(shown.name, card.place).corrected
    return _told(request, shown, card, [asdict(each) for each in corrected])


def _card(request: HttpRequest, asked: Any) -> tuple[Shown, Card]:  # noqa: ANN401
    require_known(request, asked)
    shown = shown_asked(asked.release)
    card = shown.card("en", asked.place)
    if card is None:
        raise NoSuch("municipality", asked.place)
    return shown, card


def _near(place: Place, near: Any) -> dict[str, Any]:  # noqa: ANN401 -- as a card has it
    return {
        "place": place.key,
        "country": place.country,
        "municipality": place.code,
        "name": place.name,
        "distance": near.distance,
        "is_same_county": near.is_same_county,
        "is_same_population": near.is_same_population,
        "alike": list(near.alike),
    }


def _told(
    request: HttpRequest, shown: Shown, card: Card, items: list[dict[str, Any]]
) -> HttpResponse:
    return answer(request, {"release": shown.name, "place": card.place.key, "items": items})
