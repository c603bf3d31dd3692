"""What stands beside a municipality's figures: whom it is like, and what it says of them."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field, create_model

from torg.report import Card, Place
from torg.site.opendata.api.asking import OF_RELEASE, answer, require_known, shown_asked
from torg.site.opendata.api.problems import NoSuch
from torg.site.places.shelf import Shown
from torg.site.releases.queries import statements_of

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


def list_nearest(request: HttpRequest, asked: Any) -> HttpResponse:  # noqa: ANN401
    """The municipalities that are most like one."""
    shown, card = _card(request, asked)
    items = [_near(place, near) for place, near in card.nearest]
    return _told(request, shown, card, items)


def list_statements(request: HttpRequest, asked: Any) -> HttpResponse:  # noqa: ANN401
    """What a municipality says beside its figures."""
    shown, card = _card(request, asked)
    found = statements_of(shown.name, card.place.country, card.place.code)
    items = [{name: getattr(each, name) for name in Statement.model_fields} for each in found]
    return _told(request, shown, card, items)


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
