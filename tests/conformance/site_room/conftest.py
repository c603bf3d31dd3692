"""What holds in SQLite holds in PostgreSQL."""

import pytest

from tests.lib.postgres import cluster  # noqa: F401 -- a fixture
from tests.lib.rooms import a_room, read_here
from tests.lib.surveying import database  # noqa: F401 -- a fixture


@pytest.fixture
def study(tmp_path, database):  # noqa: F811 -- the fixture
    from torg.site.opening import open_people

    study = a_room(tmp_path / "study")
    open_people(study)
    return study


@pytest.fixture(autouse=True)
def read_in_this_process(monkeypatch):
    """A process of its own for each file takes seconds: tests/integration has them."""
    from torg.site.configured import configure

    configure()
    monkeypatch.setattr("torg.site.room.actions.reading.read_apart", read_here)
