"""The pages of the open data: which tables there are, what is in them, and how to ask for more."""

from django.http import Http404, HttpRequest, HttpResponse

from torg.deposit import FORMS, Held, citation_of
from torg.site.doors import door
from torg.site.opendata.held import held, held_releases, latest_held, terms
from torg.site.opendata.offering import (
    CODEBOOK,
    DEPOSIT,
    PACKAGE,
    Offered,
    of_release,
    of_table,
    offered,
)
from torg.site.opendata.views.taking_back import says_if_taken_back
from torg.site.pages import page, url_in
from torg.site.whole_addresses import at_site

_STEPS = ((10**6, "MB"), (10**3, "kB"))


@door("everybody")
def data(request: HttpRequest) -> HttpResponse:
    """The tables of the newest release; before there is one, that there is none."""
    latest = latest_held()
    if latest is None:
        return page(request, "opendata/nothing.html.jinja")
    return _page_of(request, latest, is_latest=True)


@door("everybody")
@says_if_taken_back
def data_of(request: HttpRequest, release: str) -> HttpResponse:
    """The tables of a release."""
    found = held(release)
    if found is None:
        raise Http404
    latest = latest_held()
    return _page_of(request, found, is_latest=latest is not None and latest.name == release)


def _page_of(request: HttpRequest, found: Held, *, is_latest: bool) -> HttpResponse:
    given = terms()
    files = offered(found, given)
    here = at_site(request, url_in(request.language, "data_of", release=found.name))
    return page(
        request,
        "opendata/data.html.jinja",
        held=found,
        is_latest=is_latest,
        terms=given,
        files=files,
        apart={"deposit": files[DEPOSIT], "package": files[PACKAGE], "codebook": files[CODEBOOK]},
        tables=[(table, of_table(files, table.name)) for table in found.tables.values()],
        others=of_release(files),
        releases=list(held_releases()),
        citation=citation_of(found, given, address=here),
        forms=[
            (
                ending,
                url_in(request.language, "data_of_cited", release=found.name, ending=ending),
            )
            for ending in FORMS
        ],
        here=here,
        written=_written,
    )


def _written(file: Offered) -> tuple[float, int, str]:
    """A file's size: number, decimals and unit."""
    for step, unit in _STEPS:
        if file.size >= step:
            return file.size / step, 1 if file.size < 10 * step else 0, unit
    return float(file.size), 0, "B"
