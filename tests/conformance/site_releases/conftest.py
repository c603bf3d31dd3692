"""What holds in SQLite holds in PostgreSQL; a release in preview, and one that is public."""

import datetime as dt

import pytest

from tests.lib.postgres import cluster  # noqa: F401 -- a fixture
from tests.lib.rooms import a_room
from tests.lib.surveying import database  # noqa: F401 -- a fixture

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture
def study(tmp_path, database):  # noqa: F811 -- the fixture
    from torg.site.opening import open_people

    mail = '\n[mail]\nfrom = "study@torg.example"\n'
    study = a_room(tmp_path / "study", more=mail)
    open_people(study)
    return study


@pytest.fixture
def offered(study):
    """A release that municipalities see, and everybody in two weeks."""
    from torg.site.releases.models import Publication

    return Publication.objects.create(
        release="2026-11-20-1", digest="0", offered=NOW - dt.timedelta(days=1),
        public_from=NOW + dt.timedelta(days=13),
    )  # fmt: skip


@pytest.fixture
def staff():
    from torg.site.accounts.visiting import Visitor

    return Visitor(role="editor", is_named="account 7")
