"""Who is let in where, and how who is not is told."""

import pytest

from tests.lib.site import as_municipality, as_staff, released, site_of


@pytest.fixture
def client(tmp_path):
    return site_of(released(tmp_path))


def view_behind(name):
    from django.http import HttpResponse

    from torg.site.doors import door

    return door(name)(lambda request: HttpResponse("in"))


def asked(client, name):
    """What a page behind the door says to the client."""
    from django.test import RequestFactory

    from torg.site.accounts.visiting import visitor_of

    request = RequestFactory().get("/en/somewhere/")
    request.language = "en"
    answered = client.get("/en/")
    request.session, request.user = client.session, user_of(client)
    request.visitor = visitor_of(request)
    assert answered.status_code == 200
    return view_behind(name)(request, language="en")


def user_of(client):
    from django.contrib.auth.models import AnonymousUser

    from torg.site.accounts.models import Account

    number = client.session.get("_auth_user_id")
    if number is None:
        return AnonymousUser()
    user = Account.objects.get(id=number)
    user.is_verified = lambda: True
    return user


OPENS = {
    "public": {"everybody"},
    "municipality": {"everybody", "municipality"},
    "reader": {"everybody", "reader"},
    "editor": {"everybody", "reader", "editor"},
    "analyst": {"everybody", "reader", "editor", "analyst"},
}


@pytest.mark.parametrize("role", OPENS)
@pytest.mark.parametrize("name", ["everybody", "municipality", "reader", "editor", "analyst"])
def test_a_door_opens_to_its_roles_only(client, role, name):
    if role == "municipality":
        as_municipality(client, "XX", "0101")
    elif role != "public":
        as_staff(client, role)
    assert (asked(client, name).status_code == 200) == (name in OPENS[role])


def test_who_asks_by_a_method_that_a_page_has_not_is_told_so(client):
    assert client.delete("/en/").status_code == 405


def test_the_front_page_is_the_reader_s_language(client):
    assert client.get("/", headers={"accept-language": "fi"})["Location"] == "/fi/"
    assert client.get("/", headers={"accept-language": "no"})["Location"] == "/nb/"
    assert client.get("/", headers={"accept-language": "ja"})["Location"] == "/en/"
