"""Every address is opened as every role: who may not is told so, and nothing ever breaks."""

import pytest

from tests.lib.site import as_municipality, as_staff, released, site_of
from tests.lib.site_addresses import ROLES, addresses


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return released(tmp_path_factory.mktemp("walk"))


@pytest.fixture
def client(study, request):
    role = request.param
    client = site_of(study)
    client.raise_request_exception = False
    if role == "municipality":
        as_municipality(client, "XX", "0101")
    elif role != "public":
        as_staff(client, role)
    client.role = role
    return client


@pytest.fixture
def all_addresses(client, study):
    return addresses(next(study.releases.glob("2*")).name)


def opens(door, role):
    from torg.site.doors import ROLES as OPENS

    return role in OPENS[door]


@pytest.mark.parametrize("client", ["public"], indirect=True)
def test_every_page_says_whom_it_is_for(all_addresses):
    silent = [a.pattern for a in all_addresses if a.door is None and not a.is_of_the_api]
    assert silent == []


@pytest.mark.parametrize("client", ROLES, indirect=True)
def test_who_may_not_is_told_so(client, all_addresses):
    wrong = {}
    for each in all_addresses:
        if each.door and not opens(each.door, client.role):
            for method in each.methods:
                status = client.generic(method, each.path).status_code
                if status != 403:
                    wrong[f"{method} {each.path}"] = status
    assert wrong == {}


@pytest.mark.parametrize("client", ROLES, indirect=True)
def test_no_address_breaks(client, all_addresses):
    broken = {}
    for each in all_addresses:
        for method in {*each.methods, "GET", "HEAD", "OPTIONS"}:
            status = client.generic(method, each.path).status_code
            if status >= 500:
                broken[f"{method} {each.path}"] = status
    assert broken == {}


@pytest.mark.parametrize("client", ROLES, indirect=True)
def test_what_is_one_s_own_is_never_kept_by_caches(client, all_addresses):
    kept = {}
    for each in all_addresses:
        if each.door and each.door != "everybody" and "GET" in each.methods:
            control = client.get(each.path).headers.get("Cache-Control", "")
            if "no-store" not in control:
                kept[each.path] = control
    assert kept == {}


@pytest.mark.parametrize("client", ["public"], indirect=True)
def test_a_form_without_its_token_does_nothing(client, all_addresses):
    client.handler.enforce_csrf_checks = True
    taken = {}
    for each in all_addresses:
        if "POST" in each.methods and not each.is_of_the_api:
            status = client.post(each.path).status_code
            if status not in {403, 404, 405}:
                taken[each.path] = status
    assert taken == {}
