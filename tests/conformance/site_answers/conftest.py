"""The survey's pages, on SQLite and on PostgreSQL."""

import pytest

from tests.lib.answer_pages import Pages
from tests.lib.postgres import cluster  # noqa: F401 -- a fixture
from tests.lib.surveying import database  # noqa: F401 -- a fixture


@pytest.fixture
def pages(tmp_path, database):  # noqa: F811 -- the fixture
    return Pages(tmp_path / "study")
