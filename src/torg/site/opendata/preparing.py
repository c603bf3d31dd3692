"""Make what is made from the newest release before somebody asks for it."""

from torg.site.opendata.held import latest_held, terms
from torg.site.opendata.offering import offered


def prepare() -> None:
    """Workbooks, tables for statistical databases, and the deposit of the newest release."""
    latest = latest_held()
    if latest is not None:
        offered(latest, terms())
