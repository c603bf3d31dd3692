"""What a call asks for, and the rows that answer it."""

import datetime as dt
import json
import math
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any, TypeVar
from urllib.parse import urlencode

import polars as pl
from django.http import HttpRequest, HttpResponse
from ninja import Schema
from ninja.errors import HttpError
from pydantic import Field, create_model

from torg.deposit import Held
from torg.site.opendata.api.problems import NoSuch
from torg.site.opendata.api.resources import COUNTY, SIZE_CLASS, Resource
from torg.site.opendata.headers import public_data
from torg.site.opendata.held import frame, held, latest_held
from torg.site.places import shelf
from torg.site.places.shelf import Shown

Row = TypeVar("Row")

MOST = 1000  # rows of a page
MANY = 1_000_000  # pages

ANY = "any"
_LONGEST = 200  # characters of a value
_TEXT = r"^[^\x00]*$"  # what a database can be asked for
_PLACE = ["country", "municipality"]

_PAGED: Mapping[str, Any] = {
    "page": (int, Field(1, ge=1, le=MANY, description="Which page, from 1.")),
    "per_page": (int, Field(100, ge=1, le=MOST, description="How many rows to a page.")),
}


def _text(about: str) -> Any:  # noqa: ANN401 -- as pydantic takes a field
    limits: Any = {"min_length": 1, "max_length": _LONGEST, "pattern": _TEXT}
    return (str | None, Field(None, **limits, description=about))


OF_RELEASE: Mapping[str, Any] = {
    "release": _text("The release, as 2026-11-21-1; without it the latest."),
}


def asked_of(resource: Resource) -> type[Schema]:
    """The parameters of a resource."""
    places = {"county": COUNTY, "size_class": SIZE_CLASS} if resource.of_places else {}
    filters = {name: _text(about) for name, about in {**resource.filters, **places}.items()}
    return create_model(
        f"{resource.name}Asked", __base__=Schema, **{**OF_RELEASE, **filters, **_PAGED}
    )


def asked_paged(name: str, **fields: str) -> type[Schema]:
    """The parameters of pages that are of no release."""
    texts = {field: _text(about) for field, about in fields.items()}
    return create_model(name, __base__=Schema, **{**texts, **_PAGED})


def require_known(request: HttpRequest, asked: Schema) -> None:
    """A parameter that is not known is no wish: who misspells one must not get everything."""
    strange = sorted(set(request.GET) - set(type(asked).model_fields))
    if strange:
        known = ", ".join(type(asked).model_fields)
        raise HttpError(422, f"There is no parameter '{strange[0][:80]}' here: there are {known}.")


def release_asked(release: str | None) -> Held:
    """The release that is asked for. Raises HttpError where there is none, or no more."""
    found = held(release) if release else latest_held()
    if found is None:
        gone = shelf.taken_back(release) if release else None
        if gone is not None:
            raise HttpError(404, f"The release '{gone.release}' was withdrawn: {gone.why}")
        raise NoSuch("public release", (release or "latest")[:80])
    return found


def shown_asked(release: str | None) -> Shown:
    """The same as pages show it. Raises HttpError where this Torg does not understand it."""
    shown = shelf.named(release_asked(release).name)
    if shown is None or not shown.is_readable:
        raise HttpError(503, "That release was made by another version of Torg: take its tables.")
    return shown


def rows_of(request: HttpRequest, resource: Resource, asked: Any) -> HttpResponse:  # noqa: ANN401
    """A page of the rows that a resource has of what is asked."""
    require_known(request, asked)
    release = release_asked(asked.release)
    rows = _filtered(release, resource, asked)
    page = rows.slice((asked.page - 1) * asked.per_page, asked.per_page)
    items = [_plain(row) for row in page.iter_rows(named=True)]
    return paged(request, items, asked, count=rows.height, release=release.name)


def of_page(rows: Sequence[Row], asked: Any) -> Sequence[Row]:  # noqa: ANN401
    """The rows of the page that is asked for."""
    start = (asked.page - 1) * asked.per_page
    return rows[start : start + asked.per_page]


def paged(
    request: HttpRequest,
    items: Sequence[dict[str, Any]],
    asked: Any,  # noqa: ANN401
    *,
    count: int,
    release: str | None = None,
) -> HttpResponse:
    """The answer with a page of rows."""
    pages = math.ceil(count / asked.per_page)
    return answer(
        request,
        {
            **({"release": release} if release else {}),
            "count": count,
            "page": asked.page,
            "pages": pages,
            "next": _next(request, asked.page) if asked.page < pages else None,
            "items": items,
        },
    )


def answer(request: HttpRequest, told: Mapping[str, Any]) -> HttpResponse:
    """The answer as JSON, with what caches need."""
    content = json.dumps(told, ensure_ascii=False, allow_nan=False, default=_written).encode()
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    return public_data(request, response, etag=sha256(content).hexdigest())


def _filtered(release: Held, resource: Resource, asked: Any) -> pl.DataFrame:  # noqa: ANN401
    rows = frame(release, resource.table)
    if not rows.width:
        return rows
    if resource.of_places and (asked.county or asked.size_class):
        rows = rows.join(_places(release, asked), on=_PLACE, how="semi")
    for name in resource.filters:
        wish = getattr(asked, name)
        if name not in rows.columns or wish == ANY:
            continue
        if wish is not None:
            rows = rows.filter(pl.col(name) == wish)
        elif name in resource.whole_only:
            rows = rows.filter(pl.col(name).is_null())
    return rows


def _places(release: Held, asked: Any) -> pl.DataFrame:  # noqa: ANN401
    found = frame(release, "municipalities")
    for name in ("county", "size_class"):
        wish = getattr(asked, name)
        if wish is not None:
            found = found.filter(pl.col(name) == wish)
    return found.select(_PLACE)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Areas are nested, as they are where they come from; no number is endless or none."""
    if isinstance(row.get("areas"), str):
        row["areas"] = json.loads(row["areas"])
    return {
        name: None if isinstance(value, float) and not math.isfinite(value) else value
        for name, value in row.items()
    }


def _next(request: HttpRequest, page: int) -> str:
    asked = {name: request.GET[name] for name in sorted(request.GET) if name != "page"}
    return f"{request.path}?{urlencode({**asked, 'page': page + 1})}"


_WRITTEN: Mapping[type, Callable[[Any], str]] = {
    dt.date: dt.date.isoformat,
    dt.datetime: dt.datetime.isoformat,
}


def _written(value: Any) -> str:  # noqa: ANN401
    return _WRITTEN[type(value)](value)
