"""What holds in SQLite holds in PostgreSQL."""

import pytest

from tests.lib.postgres import cluster  # noqa: F401 -- a fixture
from tests.lib.surveying import Box, Survey, database  # noqa: F401 -- a fixture


@pytest.fixture
def survey(tmp_path, database):  # noqa: F811 -- the fixture
    return Survey(tmp_path / "study")


@pytest.fixture
def box():
    return Box()
