"""Who is let in, by what, and for how long."""

import datetime as dt

import pytest

from tests.lib.signing import (
    PASSWORD,
    SIGN_IN,
    account_of,
    code_of,
    factor_of,
    give_code,
    sign_in,
    signed_in,
)
from tests.lib.site import site_of

STAFF = "/en/staff/"


def is_in(client):
    return client.get(STAFF).status_code == 200


def test_a_password_alone_opens_nothing_to_the_staff(client, study):
    account = account_of(study)
    factor_of(account)
    assert sign_in(client, account)["Location"] == "/en/sign-in/code/"
    assert not is_in(client)


def test_password_and_code_together_open_the_staff_room(client, study):
    signed_in(client, account_of(study))
    assert is_in(client)


def test_who_of_the_staff_has_no_factor_sets_one_up_first(client, study):
    from django_otp.plugins.otp_totp.models import TOTPDevice

    account = account_of(study)
    assert sign_in(client, account)["Location"] == "/en/sign-in/set-up/"
    page = client.get("/en/sign-in/set-up/").content.decode()
    device = TOTPDevice.objects.get(user=account)
    assert "<svg" in page and not device.confirmed and not is_in(client)
    done = client.post("/en/sign-in/set-up/", {"code": code_of(device)}).content.decode()
    assert done.count("<li><code>") == 10
    assert is_in(client)
    assert 'class="tongues"' not in done  # another page would not have the codes
    footing = done.partition('<ul class="footing">')[2]
    assert "Your account" in footing and "Sign in" not in footing


def test_a_factor_that_is_there_is_not_set_up_again_by_who_has_the_password_only(client, study):
    account = account_of(study)
    factor_of(account)
    sign_in(client, account)
    assert client.get("/en/sign-in/set-up/")["Location"] == "/en/sign-in/code/"


def test_a_code_opens_once(client, study):
    account = account_of(study)
    device = factor_of(account)
    code = code_of(device)
    sign_in(client, account)
    assert give_code(client, code).status_code == 302
    other = site_of(study)
    sign_in(other, account)
    assert give_code(other, code).status_code == 422
    assert not is_in(other)


def test_a_recovery_code_opens_once_and_is_kept_only_as_its_hash(client, study):
    from django_otp.plugins.otp_static.models import StaticToken

    from torg.site.accounts.factors import new_recovery_codes

    account = account_of(study)
    factor_of(account)
    code = new_recovery_codes(account)[0]
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert len(kept) == 10 and code.replace("-", "") not in kept
    sign_in(client, account)
    assert give_code(client, code.lower())["Location"] == STAFF
    client.post("/en/sign-out/")
    sign_in(client, account)
    assert give_code(client, code).status_code == 422


def test_unknown_wrong_and_ended_get_the_same_answer(client, study):
    from torg.site.accounts.actions import end_account

    account_of(study)
    ended = account_of(study, "old@example.org", "reader")
    end_account(study, ended.pk)
    answers = {
        client.post(SIGN_IN, {"address": "x", "password": password} | {"address": address})
        .content.decode()
        .replace(address, "")
        .partition("csrfmiddlewaretoken")[0]
        for address, password in (
            ("nobody@example.org", PASSWORD),
            ("ada@example.org", "wrong password"),
            ("old@example.org", PASSWORD),
        )
    }
    assert len(answers) == 1


@pytest.mark.parametrize("address", ["nobody@example.org", "ada@example.org", "new@example.org"])
def test_every_try_costs_one_password_whether_the_address_is_known_or_not(
    client, study, monkeypatch, address
):
    from torg.site.accounts import passwords
    from torg.site.accounts.actions import add_account

    account_of(study)
    add_account(study, "new@example.org", role="reader")  # has no password yet
    passwords.fits("", None)  # the one of nobody is made once
    tried = []
    check = passwords.check_password
    monkeypatch.setattr(
        passwords, "check_password", lambda *a, **k: tried.append(a[1][:6]) or check(*a, **k)
    )
    client.post(SIGN_IN, {"address": address, "password": "not this one"})
    assert tried == ["scrypt"]


def test_the_eleventh_try_at_an_account_is_not_looked_at_known_or_not(client, study):
    account = account_of(study)
    for address in (account.address, "nobody@example.org"):
        for _ in range(10):
            answer = client.post(SIGN_IN, {"address": address, "password": "wrong"})
            assert answer.status_code == 422
        right = client.post(SIGN_IN, {"address": address.upper(), "password": PASSWORD})
        assert right.status_code == 429


def test_an_address_that_tries_many_accounts_is_told_to_wait(client, study):
    for number in range(30):
        client.post(SIGN_IN, {"address": f"{number}@example.org", "password": "wrong"})
    assert sign_in(client, account_of(study)).status_code == 429


def test_an_address_that_is_told_to_wait_shuts_nobody_else_out(client, study):
    from torg.site.accounts.models import Try

    account = account_of(study)
    for number in range(30):
        client.post(SIGN_IN, {"address": f"{number}@example.org", "password": "wrong"})
    kept, wrong = Try.objects.count(), {"address": account.address, "password": "wrong"}
    assert {client.post(SIGN_IN, wrong).status_code for _ in range(10)} == {429}
    assert Try.objects.count() == kept
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    typed = {"address": account.address, "password": PASSWORD}
    assert client.post(SIGN_IN, typed, **elsewhere).status_code == 302


def test_tries_are_kept_without_saying_whose(client, study):
    from torg.site.accounts.models import Try

    client.post(SIGN_IN, {"address": "ada@example.org", "password": "wrong"})
    kept = {one.key for one in Try.objects.all()}
    assert len(kept) == 2
    assert not any("ada@example.org" in key or "127.0.0.1" in key for key in kept)


def test_codes_cannot_be_tried_for_long(client, study):
    account = account_of(study)
    factor_of(account)
    sign_in(client, account)
    answers = [give_code(client, "000000").status_code for _ in range(9)]
    assert answers[-1] == 429


def test_the_session_has_a_new_key_after_the_password_and_after_the_code(client, study):
    account = account_of(study)
    session = client.session
    session["planted"] = 1
    session.save()
    keys = [client.session.session_key]
    device = factor_of(account)
    sign_in(client, account)
    keys.append(client.session.session_key)
    give_code(client, code_of(device))
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3


@pytest.mark.parametrize(
    "where",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)",
        "/nowhere/at/all", "http:///evil.example", "/en/../../evil", " /en/",
    ],
)  # fmt: skip
def test_nobody_is_sent_elsewhere(client, study, where):
    account = account_of(study)
    device = factor_of(account)
    sign_in(client, account, next=where)
    assert give_code(client, code_of(device))["Location"] == STAFF


def test_who_asked_for_a_page_gets_there(client, study):
    account = account_of(study)
    device = factor_of(account)
    sign_in(client, account, next="/en/staff/log/?who=x")
    assert give_code(client, code_of(device))["Location"] == "/en/staff/log/?who=x"


def test_signing_out_is_a_post_and_ends_the_session(client, study):
    signed_in(client, account_of(study))
    assert client.get("/en/sign-out/").status_code == 405
    client.post("/en/sign-out/")
    assert not is_in(client)


def test_a_form_without_its_token_is_refused(study):
    from django.test import Client

    account = account_of(study)
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    assert sign_in(strict, account).status_code == 403


@pytest.mark.parametrize(("past", "stays"), [(dt.timedelta(minutes=59), True),
                                             (dt.timedelta(minutes=61), False)])  # fmt: skip
def test_a_session_left_alone_ends(client, study, past, stays):
    from torg.site.accounts.sessions import SEEN

    signed_in(client, account_of(study))
    session = client.session
    session[SEEN] -= int(past.total_seconds())
    session.save()
    assert is_in(client) == stays


def test_no_session_lasts_longer_than_half_a_day(client, study):
    from torg.site.accounts.sessions import SINCE

    signed_in(client, account_of(study))
    session = client.session
    session[SINCE] -= 12 * 3600 + 1
    session.save()
    assert not is_in(client)


def test_between_password_and_code_lie_ten_minutes_at_most(client, study):
    from torg.site.accounts.sessions import PENDING

    account = account_of(study)
    device = factor_of(account)
    sign_in(client, account)
    session = client.session
    session[PENDING] = session[PENDING] | {"at": session[PENDING]["at"] - 601}
    session.save()
    assert give_code(client, code_of(device)).status_code == 403
    assert not is_in(client)


def test_changing_the_password_ends_the_other_sessions_and_not_this_one(client, study):
    account = account_of(study)
    device = factor_of(account)
    other = signed_in(site_of(study), account, device=device)
    sign_in(client, account)
    assert give_code(client, code_of(device, steps=1))["Location"] == STAFF
    new = {"old": PASSWORD, "password": "seven loud gulls land", "again": "seven loud gulls land"}
    assert client.post("/en/account/", new).status_code == 302
    assert (is_in(client), is_in(other)) == (True, False)


@pytest.mark.parametrize(
    ("field", "value"),
    [("old", "not the old one"), ("password", "short"), ("again", "another one altogether")],
)
def test_a_new_password_is_looked_at(client, study, field, value):
    account = account_of(study)
    signed_in(client, account)
    new = {"old": PASSWORD, "password": "seven loud gulls land", "again": "seven loud gulls land"}
    answer = client.post("/en/account/", new | {field: value})
    assert answer.status_code == 422
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_a_municipality_s_account_comes_in_by_its_password_and_by_its_factor_if_it_has_one(
    client, study
):
    account = account_of(study, "post@town.example", "municipality", country="XX", unit="0101")
    assert sign_in(client, account).status_code == 302
    assert client.get("/en/room/ask-for-account/").status_code == 200
    factor_of(account)
    other = site_of(study)
    assert sign_in(other, account)["Location"] == "/en/sign-in/code/"
    assert other.get("/en/room/ask-for-account/").status_code == 403


def test_who_takes_the_own_factor_away_has_to_set_up_another(client, study):
    account = account_of(study)
    device = factor_of(account)
    signed_in(client, account, device=device)
    assert client.post("/en/account/factor/", {"code": "000000"}).status_code == 422
    device.refresh_from_db()
    device.throttle_reset()
    client.post("/en/account/factor/", {"code": code_of(device, steps=1)})
    assert not is_in(client)
    assert sign_in(client, account)["Location"] == "/en/sign-in/set-up/"
