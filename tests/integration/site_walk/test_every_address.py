"""Every address is opened as every role: who may not is told so, and nothing ever breaks."""

import re

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


# Rooms that not everybody enters, by how their addresses begin. (By /room/change/ one comes in.)
INSIDE = {
    "<language:language>/staff/": {"reader", "editor", "analyst"},
    "<language:language>/room/": {"municipality"},
    "<language:language>/experience/own/": {"municipality"},
}


@pytest.mark.parametrize("client", ["public"], indirect=True)
def test_what_is_inside_is_not_for_everybody(all_addresses):
    wrong = {
        each.pattern: each.door
        for each in all_addresses
        for begins, doors in INSIDE.items()
        if each.pattern.startswith(begins) and each.door not in doors
    }
    assert wrong == {"<language:language>/room/change/": "everybody"}


# What is for everybody, and not there for who brings nothing: no link, choice or number.
NEEDS_MORE = {
    "<language:language>/compare/table.csv",
    "<language:language>/releases/<release>/compare/table.csv",
    "room/<str:token>",
    "account-link/<str:token>",
    "<language:language>/answer/nothing/",
    "<language:language>/experience/files/<int:number>/",
    "<language:language>/experience/requests/by-link/<str:word>/",
}


@pytest.mark.parametrize("client", ["public"], indirect=True)
def test_what_is_for_everybody_is_there(client, all_addresses):
    """A gap that is filled with nothing that is there would let the walk see refusals only."""
    lacking = {
        each.pattern
        for each in all_addresses
        if each.door == "everybody" and "GET" in each.methods
        if client.get(each.path).status_code == 404
    }
    assert lacking == NEEDS_MORE


_NOT_OURS = re.compile(
    r"<style| style=\"|<script(?![^>]*\bsrc=)| on[a-z]+=\"|\b(?:src|srcset)=\"http"
)


@pytest.mark.parametrize("client", ROLES, indirect=True)
def test_every_page_forbids_what_is_not_a_file_of_the_site_s_own(client, all_addresses):
    wrong, pages = {}, 0
    for each in all_addresses:
        answer = client.get(each.path)
        if not answer.streaming and "text/html" in answer.headers.get("Content-Type", ""):
            pages += 1
            policy = answer.headers.get("Content-Security-Policy", "")
            if "default-src 'none'" not in policy or "unsafe" in policy:
                wrong[each.path] = policy
            if found := _NOT_OURS.search(answer.content.decode()):
                wrong[each.path] = found.group()
        answer.close()
    assert wrong == {}
    assert pages > 100


@pytest.mark.parametrize("client", ["public"], indirect=True)
def test_reading_sets_no_cookie(client, all_addresses):
    """As the privacy notice says: only a form that is sent has one, for its token."""
    left = {}
    for each in all_addresses:
        if each.door == "everybody" and "GET" in each.methods:
            client.cookies.clear()
            answer = client.get(each.path)
            has_form = not answer.streaming and b"csrfmiddlewaretoken" in answer.content
            if set(answer.cookies) - ({"csrftoken"} if has_form else set()):
                left[each.path] = set(answer.cookies)
            answer.close()
    assert left == {}


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
        for method in {*each.methods, "GET", "HEAD", "OPTIONS", "PUT", "DELETE", "BREW"}:
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
