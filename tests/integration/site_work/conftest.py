"""Both databases in turn."""

from tests.lib.postgres import cluster  # noqa: F401 -- a fixture
from tests.lib.surveying import database  # noqa: F401 -- a fixture
