"""A release that waits its two weeks: each municipality sees its own page, and nobody more."""

import datetime as dt

import pytest

from tests.lib.site import as_municipality, as_staff, released, site_of
from tests.lib.site_addresses import addresses

PAGE = "/en/room/preview/"
LATER = dt.timedelta(days=14)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return released(tmp_path_factory.mktemp("preview"))


@pytest.fixture(scope="module")
def waiting(study):
    """The one release of the study, in preview."""
    site_of(study)
    from torg.site.releases.models import Publication

    now = dt.datetime.now(dt.UTC)
    Publication.objects.update(offered=now, public_from=now + LATER)
    return Publication.objects.get().release


def visitor(study, role):
    client = site_of(study)
    if role == "another municipality":
        return as_municipality(client, "XX", "0102")
    return client if role == "public" else as_staff(client, role)


def words_of(answer):
    streamed = getattr(answer, "streaming_content", None)
    return b"".join(streamed) if streamed else answer.content


def test_a_municipality_sees_its_own_page_which_nobody_keeps(study, waiting):
    came = as_municipality(site_of(study), "XX", "0101").get(PAGE)
    assert came.status_code == 200
    assert "seen by nobody else yet" in came.content.decode()
    assert came["Cache-Control"] == "private, no-store"
    assert 'id="correct"' in came.content.decode()


@pytest.mark.parametrize("role", ["public", "another municipality"])
def test_nobody_else_finds_anything_of_it_at_any_address(study, waiting, role):
    client = visitor(study, role)
    client.raise_request_exception = False
    asked = 0
    for each in addresses(waiting):
        if "GET" not in each.methods or "sign-out" in each.path:
            continue
        path = f"{each.path}?release={waiting}" if each.is_of_the_api else each.path
        came = client.get(path)
        asked += 1
        if waiting in each.path:
            assert came.status_code in {403, 404}, path
        elif came.status_code == 200 and each.path != PAGE:
            assert waiting.encode() not in words_of(came), path
    assert asked > 100


def test_another_municipality_sees_its_own_page_and_not_this_one(study, waiting):
    own, other = (
        as_municipality(site_of(study), "XX", code).get(PAGE).content.decode()
        for code in ("0101", "0102")
    )
    assert "<dd>0101</dd>" in own and "<dd>0101</dd>" not in other
    assert "<dd>0102</dd>" in other


def test_staff_see_that_it_waits_and_a_municipality_may_answer_to_it(study, waiting):
    own = as_municipality(site_of(study), "XX", "0101")
    sent = own.post(
        "/en/room/preview/correction/",
        {"measure": "posts_per_week", "should_be": "12", "reason": "One week is lacking."},
    )
    assert sent["Location"].endswith("?done=correction")
    sent = own.post(
        "/en/room/preview/statement/", {"text": "We answer by telephone.", "language": "en"}
    )
    assert sent["Location"].endswith("?done=statement")
    from torg.site.releases.models import Objection, Statement

    staff = as_staff(site_of(study), "editor")
    for kind, thing, words in (
        ("corrections", Objection, "One week is lacking."),
        ("replies", Statement, "We answer by telephone."),
    ):
        page = staff.get(f"/en/staff/review/{kind}/{thing.objects.get().pk}/")
        assert words in page.content.decode()
