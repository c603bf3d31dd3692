"""The API itself: every resource with its parameters and answers, and the rules for all of them."""

from collections.abc import Callable, Mapping
from functools import cache
from threading import local
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Query, Schema
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.throttling import SimpleRateThrottle
from pydantic import Field, create_model

from torg.locale import LANGUAGES
from torg.site.limits import came_from
from torg.site.opendata.api import bank, beside, national, others
from torg.site.opendata.api.asking import OF_RELEASE, asked_of, asked_paged, rows_of
from torg.site.opendata.api.problems import MEDIA, Problem, on_http_error, on_invalid
from torg.site.opendata.api.resources import MEASURE, RESOURCES, Resource
from torg.site.opendata.api.rows import page_of, row_of

ROOT = "/api/v1/"
RATE = "300/m"  # calls of one address

_ABOUT = (
    "All that the pages show, for programs: only what everybody may see. Every figure comes with "
    "base, n, interval and how it was got; missing is not zero, and says why. A place must not be "
    "quoted without rank_low and rank_high. Answers may be kept for a minute; send If-None-Match "
    "with the ETag to ask whether anything has changed. At most 300 calls a minute: whole tables "
    "are quicker had as files."
)


class _ByAddress(local, SimpleRateThrottle):
    """Calls are counted by the address that they come from.

    It keeps whom it counts on itself, and threads answer at once: each has one of its own.
    """

    def get_cache_key(self, request: HttpRequest) -> str:
        """Whose calls are counted together."""
        return f"api-{came_from(request)}".replace(" ", "-")


throttle = _ByAddress(RATE)


class OpenData(NinjaAPI):
    """The API, whose errors are all of one form."""

    def get_openapi_schema(
        self,
        *,
        path_prefix: str | None = None,
        path_params: Mapping[str, Any] | None = None,
    ) -> OpenAPISchema:
        """The description, in which errors have their own media type."""
        schema = super().get_openapi_schema(path_prefix=ROOT, path_params=path_params)
        for operation in _operations(schema):
            for status, response in operation["responses"].items():
                if int(status) >= _WRONG:
                    response["content"] = {MEDIA: response["content"].pop("application/json")}
            operation["responses"] = {str(k): v for k, v in operation["responses"].items()}
        return schema


_WRONG = 400  # from this status on it is an error

api = OpenData(
    title="Torg",
    version="1",
    description=_ABOUT,
    docs_url=None,  # the page that comes with ninja loads its script from elsewhere
    urls_namespace="api",
    throttle=throttle,
)
api.add_exception_handler(HttpError, on_http_error)
api.add_exception_handler(ValidationError, on_invalid)


@cache
def description() -> OpenAPISchema:
    """What the API says of itself: made once, for it does not change while a process lives."""
    return api.get_openapi_schema()


def _operations(schema: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [each for path in schema["paths"].values() for each in path.values()]


def _answers(model: type[Schema]) -> dict[int, type[Schema]]:
    return {200: model, 404: Problem, 422: Problem, 429: Problem, 503: Problem}


def _offer(resource: Resource) -> None:
    asked_for = asked_of(resource)
    row = row_of(resource.table, resource.name)

    def rows(request: HttpRequest, asked: Any) -> HttpResponse:  # noqa: ANN401
        return rows_of(request, resource, asked)

    _add(
        resource.path,
        rows,
        asked=asked_for,
        answers=page_of(row, f"{resource.name}Page"),
        summary=resource.summary,
        about=resource.about,
    )


def _add(
    path: str,
    function: Callable[[HttpRequest, Any], HttpResponse],
    *,
    asked: type[Schema],
    answers: type[Schema],
    summary: str,
    about: str,
) -> None:
    """Let the function answer at the path; its parameters are those of `asked`."""
    name = path.replace("/", "_").replace("-", "_")

    def called(request: HttpRequest, asked: asked = Query(...)) -> HttpResponse:  # type: ignore[valid-type]  # noqa: B008
        return function(request, asked)

    called.__name__ = name
    api.get(
        f"/{path}",
        response=_answers(answers),
        operation_id=name,
        summary=summary,
        description=about,
        url_name=name,
    )(called)


_Search = create_model(
    "SearchAsked",
    __base__=Schema,
    **{
        "q": (str, Field(min_length=1, max_length=80, description="A name, or an official code.")),
        "language": (
            Literal[*LANGUAGES] | None,
            Field(None, description="The language of names."),
        ),
        **OF_RELEASE,
    },
)

_Experience = asked_paged(
    "ExperienceAsked",
    country="Only of this country, by its two letters.",
    municipality="Only of this municipality, by its official code.",
    area="Only of this area of use.",
    group="Only for this target group.",
    channel="Only in this channel.",
    service="Only of this service.",
)


_National = asked_paged(
    "NationalAsked",
    release="The release, as 2026-11-21-1; without it the latest.",
    measure=MEASURE,
    access="Only figures that were got so.",
    size_class="Only of municipalities of this size class, as 2-5k.",
)

_Requests = asked_paged(
    "RequestsAsked",
    country="Only of this country, by its two letters.",
    municipality="Only of this municipality, by its official code.",
    area="Only of this area of use.",
    state="Only those that are open or answered.",
)

_add(
    "releases",
    others.list_releases,
    asked=asked_paged("ReleasesAsked"),
    answers=others.Releases,
    summary="Releases",
    about="All public releases, the newest first. Every other call takes one of their names.",
)
_add(
    "releases/withdrawn",
    others.list_withdrawn,
    asked=asked_paged("WithdrawnAsked"),
    answers=others.WithdrawnReleases,
    summary="Releases that were withdrawn",
    about="Those that everybody could see and that were taken back, and why.",
)
for _resource in RESOURCES:
    _offer(_resource)
_add(
    "national",
    national.list_national,
    asked=_National,
    answers=national.NationalPage,
    summary="The country in figures",
    about="Quartiles of each measure over the municipalities, of all and by size class, within one "
    "way of access.",
)
_add(
    "search",
    others.search,
    asked=_Search,
    answers=others.Search,
    summary="Search for a municipality",
    about="Municipalities and counties by any of their names, forgiving of spelling.",
)
_add(
    "nearest",
    beside.list_nearest,
    asked=beside.PlaceAsked,
    answers=beside.Nearest,
    summary="Whom a municipality is like",
    about="Those of its size class that are nearest in inhabitants, county and what they post. How "
    "well they answer plays no part.",
)
_add(
    "statements",
    beside.list_statements,
    asked=beside.PlaceAsked,
    answers=beside.Statements,
    summary="What a municipality says beside its figures",
    about="Its own words, printed beside its figures in a release.",
)
_add(
    "set-right",
    beside.list_set_right,
    asked=beside.PlaceAsked,
    answers=beside.AllSetRight,
    summary="What was set right of a municipality's figures",
    about="Corrections that the municipality asked for and that were made, by its words.",
)
_add(
    "experience",
    others.list_experience,
    asked=_Experience,
    answers=others.Experiences,
    summary="Experience of municipalities",
    about="What municipalities tried, in their own words. What changed is never called an effect.",
)
_add(
    "experience/changes",
    bank.list_changes,
    asked=bank.NumberAsked,
    answers=bank.Changes,
    summary="What changed around an experience",
    about="Week by week before and after, in the latest release, with the peers' change beside it. "
    "Never an effect.",
)
_add(
    "experience/remarks",
    bank.list_remarks,
    asked=bank.NumberAsked,
    answers=bank.Remarks,
    summary="Questions to an experience",
    about="Questions of municipalities with their answers, and thanks.",
)
_add(
    "requests",
    bank.list_requests,
    asked=_Requests,
    answers=bank.Requests,
    summary="Requests for knowledge",
    about="What municipalities want to know, of each other and of agencies.",
)
_add(
    "requests/answers",
    bank.list_answers,
    asked=bank.NumberAsked,
    answers=bank.Answers,
    summary="Answers to a request",
    about="What municipalities and agencies answered to one request.",
)
_add(
    "campaigns",
    bank.list_campaigns,
    asked=asked_paged("CampaignsAsked"),
    answers=bank.Campaigns,
    summary="Campaigns",
    about="What several municipalities do together under a common tag.",
)
_add(
    "campaigns/weeks",
    bank.list_campaign_weeks,
    asked=bank.NumberAsked,
    answers=bank.CampaignWeeks,
    summary="The joint curve of a campaign",
    about="Posts week by week of those that take part, and of others, in the latest release.",
)
