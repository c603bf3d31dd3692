"""The API: all that the pages show, for programs. /api/v1/, described in /api/v1/openapi.json."""

from torg.site.opendata.api.addresses import patterns
from torg.site.opendata.api.api import api, description

__all__ = ["api", "description", "patterns"]
