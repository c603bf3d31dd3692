"""The page about the API, made from its own description."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from torg.site.doors import door
from torg.site.opendata.api import description
from torg.site.pages import page
from torg.site.whole_addresses import at_site


@dataclass(frozen=True, kw_only=True)
class Operation:
    """What can be asked at one address."""

    id: str
    path: str
    summary: str
    about: str
    parameters: tuple[Mapping[str, Any], ...]
    fields: tuple[tuple[str, str, str], ...]  # of a row: name, type, meaning


@door("everybody")
def api_page(request: HttpRequest) -> HttpResponse:
    """Every address of the API with its parameters and what it answers."""
    schema = description()
    return page(
        request,
        "opendata/api.html.jinja",
        schema=schema,
        operations=list(_operations(schema)),
        root=at_site(request, "/api/v1/"),
    )


def _operations(schema: Mapping[str, Any]) -> Iterator[Operation]:
    for path, methods in schema["paths"].items():
        told = methods["get"]
        yield Operation(
            id=told["operationId"],
            path=path,
            summary=told["summary"],
            about=told.get("description", ""),
            parameters=tuple(told.get("parameters", ())),
            fields=tuple(_fields(schema, told)),
        )


def _fields(schema: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The fields of a row; where the answer has no rows, its own."""
    answer = _model(schema, told["responses"]["200"]["content"]["application/json"]["schema"])
    items = answer["properties"].get("items")
    row = _model(schema, items["items"]) if items else answer
    for name, each in row["properties"].items():
        yield name, _type(each), each.get("description", "")


def _model(schema: Mapping[str, Any], named: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = schema["components"]["schemas"][named["$ref"].rpartition("/")[2]]
    return found


def _type(told: Mapping[str, Any]) -> str:
    kinds = told.get("anyOf", [told])
    return " | ".join(str(kind.get("format") or kind.get("type", "object")) for kind in kinds)
