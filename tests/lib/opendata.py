"""One study on show for all tests of a module, for the tests of the open data."""

import pytest

from tests.lib.site import released, site_of


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return released(tmp_path_factory.mktemp("opendata"))


@pytest.fixture
def client(study):
    return site_of(study)


@pytest.fixture
def release(study):
    (folder,) = [path for path in study.releases.iterdir() if path.is_dir()]
    return folder
