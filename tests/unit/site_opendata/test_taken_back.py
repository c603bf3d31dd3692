"""A release that was taken back is nowhere: pages, figures, files, feeds, the API, what is kept."""

import datetime as dt
import re
import shutil

import pytest

from tests.lib.site import released, site_of


@pytest.fixture
def study(tmp_path):
    """Two releases, the same a day apart."""
    study = released(tmp_path)
    first = next(study.releases.glob("2*"))
    day = dt.date.fromisoformat(first.name[:10]) + dt.timedelta(days=1)
    shutil.copytree(first, study.releases / f"{day}-1")
    return study


@pytest.fixture
def names(study):
    return sorted((path.name for path in study.releases.glob("2*")), reverse=True)


IN_LANGUAGES = (
    "releases/{0}/", "releases/{0}/ranking/", "releases/{0}/municipalities/XX-0101/",
    "releases/{0}/municipalities/XX-0101/card.pdf", "releases/{0}/map/", "releases/{0}/survey/",
    "releases/{0}/compare/table.csv?with=XX-0101&with=XX-0102", "data/{0}/",
    "figures/{0}/posts_per_week/", "figures/{0}/XX-0101/posts_per_week/",
    "figures/{0}/XX-0101/posts_per_week/citation.bib",
)  # fmt: skip
PLAIN = (
    "/data/{0}/measures.csv", "/data/{0}/measures.xlsx", "/data/{0}/deposit.zip",
    "/api/v1/figures?release={0}", "/api/v1/search?q=a&release={0}",
    "/api/v1/nearest?place=XX-0101&release={0}", "/api/v1/national?release={0}",
)  # fmt: skip
LISTS = ("/en/", "/en/data/", "/feeds/en/releases.atom", "/api/v1/releases", "/api/v1/figures")


def test_the_newest_is_taken_back(study, names):
    client, (newest, before) = site_of(study), names
    from django.core.cache import cache

    from torg.site.releases.models import Publication

    cache.clear()
    addresses = [each.format(newest) for each in (*(f"/en/{one}" for one in IN_LANGUAGES), *PLAIN)]
    for address in addresses:
        assert client.get(address).status_code == 200, address
    tags = {each: client.get(each)["ETag"] for each in LISTS if each != "/en/data/"}
    Publication.objects.filter(release=newest).update(
        withdrawn=dt.datetime.now(dt.UTC), why="A file was read twice."
    )
    from torg.site.places import shelf

    shelf.look_again()
    for address in addresses:
        found = client.get(address)
        assert found.status_code == 404, address
        assert "A file was read twice." in found.content.decode(), address
    (told,) = client.get("/api/v1/releases/withdrawn").json()["items"]
    assert (told["release"], told["why"]) == (newest, "A file was read twice.")
    for address in LISTS:
        found = client.get(address, headers={"if-none-match": tags.get(address, '"none"')})
        assert found.status_code == 200, address
        assert newest not in re.sub(r"A file was.*", "", found.content.decode()), address
    assert before in client.get("/api/v1/figures").content.decode()
