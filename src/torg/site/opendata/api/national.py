"""The country in figures: quartiles of each measure over its municipalities, as pages show them."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field

from torg.report import National, Overview, Spread
from torg.site.opendata.api.asking import of_page, paged, require_known, shown_asked
from torg.site.opendata.api.others import Page

TOO_FEW = "too_few_municipalities"


class Quartiles(Schema):
    """Quartiles of a measure over municipalities, of all or of a size class."""

    measure: str = Field(description="The measure's id; the table definitions says what it is.")
    access: str | None = Field(
        description="How the figures were got. Those of different access must not be compared."
    )
    size_class: str | None = Field(description="The size class; null: all municipalities.")
    n: int = Field(description="How many municipalities have the figure.", ge=0)
    first: float | None = Field(description="The first quartile.")
    median: float | None = Field(description="The median.")
    third: float | None = Field(description="The third quartile.")
    missing: str | None = Field(description=f"Why there are no quartiles: {TOO_FEW}.")


class NationalPage(Page):
    """One page of the figures of the country."""

    release: str = Field(description="The release that they are of.")
    items: list[Quartiles] = Field(description="The rows of this page.")


def list_national(request: HttpRequest, asked: Any) -> HttpResponse:  # noqa: ANN401
    """The measures over the country, each within its access tier, of all and by size class."""
    require_known(request, asked)
    shown = shown_asked(asked.release)
    national = shown.national("en")
    wishes = {name: getattr(asked, name) for name in ("measure", "access", "size_class")}
    wished = {name: wish for name, wish in wishes.items() if wish is not None}
    rows = [row for row in _rows(national) if wished.items() <= row.items()] if national else []
    return paged(request, of_page(rows, asked), asked, count=len(rows), release=shown.name)


def _rows(national: National) -> Iterator[dict[str, Any]]:
    for overviews in national.overviews.values():
        for overview in overviews:
            yield _row(overview, None, overview.everybody)
            for size_class, spread in overview.by_size:
                yield _row(overview, size_class, spread)


def _row(overview: Overview, size_class: str | None, spread: Spread) -> dict[str, Any]:
    return {
        "measure": overview.measure,
        "access": overview.access,
        "size_class": size_class,
        "n": spread.n,
        "first": spread.first,
        "median": spread.median,
        "third": spread.third,
        "missing": TOO_FEW if spread.is_small else None,
    }
