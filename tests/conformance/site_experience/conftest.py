"""What holds in SQLite holds in PostgreSQL."""

import pytest

from tests.lib.postgres import cluster  # noqa: F401 -- a fixture
from tests.lib.surveying import a_study, database  # noqa: F401 -- a fixture
from torg.site import open_people
from torg.site.current import serve_study


@pytest.fixture(autouse=True)
def study(tmp_path, database):  # noqa: F811 -- the fixture
    """An empty study whose database is open."""
    made = a_study(tmp_path)
    serve_study(made)
    open_people(made)
    return made
