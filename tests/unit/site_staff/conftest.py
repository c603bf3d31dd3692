"""A study that asks, whose site is visited."""

import pytest

from tests.lib.site import site_of
from tests.lib.staff import asking


@pytest.fixture
def study(tmp_path):
    return asking(tmp_path)


@pytest.fixture
def client(study):
    return site_of(study)
