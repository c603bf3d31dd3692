"""Whole addresses, as they are cited and as feeds need them."""

from django.http import HttpRequest

from torg.site.current import current_study


def at_site(request: HttpRequest, path: str) -> str:
    """The address with the site before it: as the study names it, else as the reader came."""
    named = current_study().site.address
    return f"{named}{path}" if named else str(request.build_absolute_uri(path))
