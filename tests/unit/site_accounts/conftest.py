"""A study whose site is visited."""

import pytest

from tests.lib.site import released, site_of


@pytest.fixture
def study(tmp_path):
    return released(tmp_path)


@pytest.fixture
def client(study):
    return site_of(study)
