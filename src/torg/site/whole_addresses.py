"""Whole addresses, for letters and citations, for feeds, and for what other sites name."""

from django.http import HttpRequest

from torg.site.current import current_study
from torg.study import Study


def address_on_site(study: Study, path: str, *, served: str = "") -> str:
    """The path behind the site's own address: as study.toml says, else as it is `served`.

    Without either it stays a path: a page that is kept for all says none but the site's own.
    """
    return f"{study.site.address or served}{path}"


def at_site(request: HttpRequest, path: str) -> str:
    """The same for who asks: as study.toml says, else as the reader has reached the site."""
    served = str(request.build_absolute_uri("/")).removesuffix("/")
    return address_on_site(current_study(), path, served=served)
