"""One study on show for all tests of a module."""

from tests.lib.opendata import client, release, study  # noqa: F401 -- fixtures
