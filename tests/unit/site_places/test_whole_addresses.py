"""Whole addresses: the site's own where the study names it, else as the reader came."""

import pytest

from tests.lib.site import released, site_of


@pytest.fixture
def study(tmp_path):
    return released(tmp_path)


def named(study):
    site = study.site.model_copy(update={"address": "https://torg.example.no"})
    return study.model_copy(update={"site": site})


PLACE = "municipalities/XX-0101/"


@pytest.mark.parametrize(
    ("address", "cited"),
    [("/en/data/", "/en/data/2"), ("/feeds/en/releases.atom", "/en/data/2"),
     (f"/en/{PLACE}", f"/en/{PLACE}")],
)  # fmt: skip
def test_where_the_study_names_the_site_pages_and_feeds_say_that(study, address, cited):
    html = site_of(named(study)).get(address).content.decode()
    assert f"https://torg.example.no{cited}" in html
    assert "://localhost" not in html


def test_else_citations_are_as_the_reader_came_and_kept_pages_say_no_host(study):
    client = site_of(study)
    assert "http://localhost/en/data/2" in client.get("/en/data/").content.decode()
    html = client.get(f"/en/{PLACE}").content.decode()
    assert f'<link rel="canonical" href="/en/{PLACE}">' in html
    assert "://localhost" not in html
