"""A study whose site is visited."""

import pytest

from tests.lib.site import released, site_of


@pytest.fixture
def study(tmp_path):
    return released(tmp_path)


@pytest.fixture
def client(study):
    from django.core.cache import cache

    cache.clear()  # what counts calls from one address
    return site_of(study)
