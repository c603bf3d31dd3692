"""Links of letters: what they open, how long, and what is left of them."""

import datetime as dt
import html
import re

import pytest

from tests.lib.signing import PASSWORD, account_of, sign_in
from tests.lib.site import as_municipality, as_staff, site_of


@pytest.fixture
def made(study, client):
    from torg.site.accounts.actions import add_account

    return add_account(study, "ada@example.org", role="analyst")


def chosen(client, password=PASSWORD, again=None):
    return client.post("/en/account/password/", {"password": password, "again": again or password})


def test_a_link_leads_to_where_the_password_is_set_without_itself(client, made):
    came = client.get(f"/account-link/{made.token}")
    assert came["Location"] == "/en/account/password/"
    assert came["Referrer-Policy"] == "no-referrer"
    assert "ada@example.org" in client.get(came["Location"]).content.decode()


def test_a_link_sets_one_password_and_then_opens_nothing(client, study, made):
    client.get(f"/account-link/{made.token}")
    other = site_of(study)
    other.get(f"/account-link/{made.token}")  # a mail scanner that looked uses nothing up
    assert chosen(client)["Location"] == "/en/sign-in/"
    assert chosen(other, "another one entirely").status_code == 403
    assert site_of(study).get(f"/account-link/{made.token}").status_code == 404


def test_who_has_set_a_password_reads_that_it_is_saved_and_types_no_address_again(client, made):
    client.get(f"/account-link/{made.token}")
    page = client.get(chosen(client)["Location"]).content.decode()
    assert "The password is saved." in page
    assert 'value="ada@example.org"' in page
    assert "ada@example.org" not in str(dict(client.session))  # nobody would forget it there
    assert "Passordet er lagret." in client.get("/nb/sign-in/").content.decode()
    client.post("/en/sign-in/", {"address": "ada@example.org", "password": PASSWORD})
    assert "ada@example.org" not in client.get("/en/sign-in/").content.decode()


@pytest.mark.parametrize(
    "password", ["short", "123456789012345", "password1234", "ada@example.org"]
)
def test_a_password_that_is_easily_guessed_is_refused_and_the_link_stays(client, made, password):
    client.get(f"/account-link/{made.token}")
    assert chosen(client, password).status_code == 422
    assert chosen(client).status_code == 302


def test_the_token_is_kept_nowhere(client, study, made):
    from django.db import connection

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert not any(made.token in str(cell) for row in cursor for cell in row), table


def test_a_link_is_over_after_seven_days(client, study):
    from torg.site.accounts.actions import add_account

    then = dt.datetime.now(dt.UTC) - dt.timedelta(days=7, seconds=1)
    made = add_account(study, "ada@example.org", role="reader", at=then)
    assert client.get(f"/account-link/{made.token}").status_code == 404


def test_a_new_link_makes_the_one_before_worthless(client, study, made):
    from torg.site.accounts.actions import link_account

    fresh = link_account(study, made.account)
    assert client.get(f"/account-link/{made.token}").status_code == 404
    assert client.get(f"/account-link/{fresh.token}").status_code == 302


def opened(client, token):
    client.get(f"/room/{token}")
    return client.get("/en/room/ask-for-account/").status_code


def test_a_room_link_opens_one_room_and_leaves_the_address_bar(client, study):
    from torg.site.accounts.actions import make_room_link

    token = make_room_link(study, "XX", "0101")
    came = client.get(f"/room/{token}", headers={"accept-language": "fi"})
    assert came.status_code == 302 and token not in came["Location"]
    assert came["Location"].startswith("/fi/")
    assert opened(client, token) == 200


@pytest.mark.parametrize("how", ["revoked", "expired", "never"])
def test_a_room_link_that_is_over_opens_nothing_and_lets_out_who_is_in(client, study, how):
    from torg.site.accounts.actions import make_room_link, revoke_room_link
    from torg.site.accounts.models import RoomLink

    token = make_room_link(study, "XX", "0101", days=1)
    assert opened(client, token) == 200
    end = {
        "revoked": lambda: revoke_room_link(study, RoomLink.objects.latest("pk").pk),
        "expired": lambda: RoomLink.objects.update(expires=dt.datetime.now(dt.UTC)),
        "never": lambda: RoomLink.objects.all().delete(),
    }
    end[how]()
    assert client.get("/en/room/ask-for-account/").status_code == 403
    assert site_of(study).get(f"/room/{token}").status_code == 404


def asked_and_said_yes(client):
    from torg.site.accounts.views.opening import ASKED

    return client.post("/en/room/change/", {"link": client.session[ASKED]})


def test_who_opens_a_room_is_no_longer_signed_in_as_somebody_else(client, study):
    from torg.site.accounts.actions import make_room_link

    as_staff(client, "analyst")
    client.get(f"/room/{make_room_link(study, 'XX', '0101')}")
    assert asked_and_said_yes(client)["Location"] == "/en/room/"
    assert client.get("/en/room/").status_code == 200
    assert client.get("/en/staff/").status_code == 403


@pytest.mark.parametrize("who", ["a municipality", "the staff"])
def test_nobody_is_lured_into_another_room_by_a_link_alone(client, study, who):
    from torg.site.accounts.actions import make_room_link

    if who == "a municipality":
        as_municipality(client, "XX", "0102")
    else:
        as_staff(client, "editor")
    own = "/en/room/" if who == "a municipality" else "/en/staff/"

    def is_where():
        came = client.get(own)
        return came.status_code, re.findall("<h1.*</h1>", came.content.decode())

    before = is_where()
    came = client.get(f"/room/{make_room_link(study, 'XX', '0101')}")
    assert came["Location"] == "/en/room/change/"
    assert "Open the room of" in client.get("/en/room/change/").content.decode()
    assert client.post("/en/room/change/", {"link": "0"}).status_code == 200
    assert is_where() == before  # nothing has changed until it was said
    asked_and_said_yes(client)
    assert is_where() != before


def test_a_form_of_another_site_opens_no_room(client, study):
    from django.test import Client

    from torg.site.accounts.actions import make_room_link
    from torg.site.accounts.views.opening import ASKED

    as_municipality(client, "XX", "0102")
    client.get(f"/room/{make_room_link(study, 'XX', '0101')}")
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    strict.cookies = client.cookies
    sent = strict.post("/en/room/change/", {"link": client.session[ASKED]})
    assert sent.status_code == 403


def test_nothing_is_asked_of_who_has_no_link(client):
    assert client.get("/en/room/change/").status_code == 403


def test_a_new_link_to_the_own_room_opens_it_and_leaves_who_has_signed_in_there(client, study):
    from torg.site.accounts.actions import make_room_link

    made = account_of(study, "ida@town.example", role="municipality", country="XX", unit="0101")
    sign_in(client, made)
    assert opened(client, make_room_link(study, "XX", "0101")) == 200
    assert client.get("/en/account/").status_code == 200


def test_links_are_not_guessed_for_long(client):
    answers = [client.get(f"/room/guess-{number}").status_code for number in range(31)]
    assert answers[0] == 404 and answers[-1] == 429


def test_a_colleague_s_account_is_asked_for_granted_and_speaks_for_that_municipality_only(
    client, study
):
    from torg.site.accounts.actions import grant_wish
    from torg.site.accounts.models import Account, AccountWish
    from torg.site.audit.actions import COMMAND

    as_municipality(client, "XX", "0101")
    asked = client.post("/en/room/ask-for-account/", {"address": "ida@town.example", "name": "Ida"})
    assert asked.status_code == 302
    other = as_municipality(site_of(study), "XX", "0102")
    assert "ida@town.example" not in other.get("/en/room/ask-for-account/").content.decode()
    grant_wish(study, COMMAND, AccountWish.objects.get().pk)
    made = Account.objects.get(address="ida@town.example")
    assert (made.role, made.country, made.unit) == ("municipality", "XX", "0101")


@pytest.mark.parametrize(
    "address", ["", "no address", "a@b", "x" * 400 + "@town.example", "\x00@b.no"]
)
def test_a_wish_without_an_address_is_told_what_is_wrong(client, address):
    as_municipality(client, "XX", "0101")
    answer = client.post("/en/room/ask-for-account/", {"address": address})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()


def test_a_municipality_asks_for_ten_accounts_at_most(client, study):
    as_municipality(client, "XX", "0101")
    answers = [
        client.post("/en/room/ask-for-account/", {"address": f"{n}@town.example"}).status_code
        for n in range(11)
    ]
    assert answers == [302] * 10 + [422]


def test_an_account_that_is_made_says_what_is_wrong(study, client):
    from torg.errors import UserError
    from torg.site.accounts.actions import add_account

    wrong = [
        ({"address": "no address"}, "no mail address"),
        ({"role": "king"}, "no role is called 'king'"),
        ({"role": "municipality"}, "in no register"),
        ({"role": "municipality", "country": "XX", "unit": "9999"}, "in no register"),
        ({"country": "XX", "unit": "0101"}, "only an account of the role"),
    ]
    for said, sentence in wrong:
        with pytest.raises(UserError, match=sentence):
            add_account(study, **({"address": "a@example.org", "role": "reader"} | said))
    account_of(study)
    with pytest.raises(UserError, match="has an account already"):
        add_account(study, "ADA@example.org", role="reader")


def test_the_last_analyst_is_not_ended(study, client):
    from torg.errors import UserError
    from torg.site.accounts.actions import end_account
    from torg.site.accounts.models import Account

    first = account_of(study)
    for other in Account.objects.filter(role="analyst").exclude(pk=first.pk):
        end_account(study, other.pk)
    with pytest.raises(UserError, match="last analyst"):
        end_account(study, first.pk)
    account_of(study, "bo@example.org")
    end_account(study, first.pk)
    assert sign_in(client, first).status_code == 422


def test_a_password_changed_makes_links_and_a_factor_that_was_begun_worthless(study, client):
    from torg.site.accounts.actions import change_password, link_account
    from torg.site.accounts.factors import begun_factor

    account = account_of(study)
    made, seen = link_account(study, account.pk), begun_factor(account).key
    change_password(account, "another one entirely")
    assert client.get(f"/account-link/{made.token}").status_code == 404
    assert begun_factor(account).key != seen


def test_who_is_asked_to_sign_in_comes_back_to_all_of_the_address(study, client):
    from urllib.parse import parse_qs, urlsplit

    wanted = "/en/staff/log/?who=a%26b&page=2"
    page = client.get(wanted).content.decode()
    way = html.unescape(re.search(r'href="(/en/sign-in/[^"]*)"', page.split("<main")[1])[1])
    assert parse_qs(urlsplit(way).query)["next"] == [wanted]
