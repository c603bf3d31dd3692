"""Accounts, links and tries hold in both databases."""

import datetime as dt

import pytest

from tests.lib.surveying import Survey
from torg.errors import UserError

NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


@pytest.fixture
def study(tmp_path, database):
    study = Survey(tmp_path).study
    from django.conf import settings

    settings.SECRET_KEY = "x" * 50  # as whoever serves the study sets it
    return study


def test_an_account_its_link_and_its_end(study):
    from torg.site.accounts.actions import add_account, end_account, set_password
    from torg.site.accounts.models import AccountLink
    from torg.site.accounts.queries import accounts_known

    made = add_account(study, "ada@example.org", role="reader", at=NOW)
    (link,) = AccountLink.objects.all()
    account = set_password(study, link.pk, "four quiet herons wade", at=NOW)
    assert account.password.startswith("scrypt$")
    assert account.check_password("four quiet herons wade")
    assert set_password(study, link.pk, "another one entirely", at=NOW) is None
    end_account(study, made.account, at=NOW)
    assert accounts_known(study).select("address", "ended").rows() == [("ada@example.org", NOW)]


def test_one_address_has_one_account_however_it_is_capitalised(study):
    from django.db import IntegrityError, transaction

    from torg.site.accounts.actions import add_account
    from torg.site.accounts.models import Account

    add_account(study, "ada@example.org", role="reader")
    with pytest.raises(UserError):
        add_account(study, "Ada@Example.org", role="reader")
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(address="ADA@example.org", role="reader", made=NOW)


@pytest.mark.parametrize(
    "fields",
    [
        {"role": "king"},
        {"role": "municipality"},
        {"role": "analyst", "country": "XX", "unit": "0101"},
    ],
)
def test_the_database_itself_refuses_what_no_account_can_be(study, fields):
    from django.db import IntegrityError, transaction

    from torg.site.accounts.models import Account

    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(address="a@example.org", made=NOW, **fields)


def test_room_links_are_made_opened_and_taken_back(study):
    from torg.site.accounts.actions import make_room_link, opened_room, revoke_room_link
    from torg.site.accounts.queries import room_links

    token = make_room_link(study, "XX", "0101", days=30, at=NOW)
    link = opened_room(token, at=NOW + dt.timedelta(days=29))
    assert (link.country, link.unit) == ("XX", "0101")
    assert opened_room(token, at=NOW + dt.timedelta(days=31)) is None
    assert opened_room(token + "x", at=NOW) is None
    revoke_room_link(study, link.pk, at=NOW)
    assert opened_room(token, at=NOW) is None
    assert room_links(study)["revoked"].to_list() == [NOW]
    for days in (0, 367):
        with pytest.raises(UserError, match="1 to 366"):
            make_room_link(study, "XX", "0101", days=days)
    with pytest.raises(UserError, match="in no register and no frame"):
        make_room_link(study, "XX", "9999")


def test_tries_are_counted_for_a_quarter_of_an_hour_and_by_whom(study):
    from torg.site.accounts.trying import drop_old_tries, forget_tries, noted_try

    tries = [noted_try("code", "1", at=NOW) for _ in range(9)]
    assert [one is not None for one in tries] == [True] * 8 + [False]
    assert noted_try("code", "2", at=NOW) is not None
    assert noted_try("account", "1", at=NOW) is not None
    later = NOW + dt.timedelta(minutes=15)
    again = noted_try("code", "1", at=later)
    assert again is not None
    forget_tries(again)
    assert drop_old_tries(at=later) == 2


def test_a_wish_is_granted_or_turned_down_once(study):
    from torg.site.accounts.actions import grant_wish, turn_down_wish, wish_for_account
    from torg.site.accounts.visiting import Visitor
    from torg.site.audit.actions import COMMAND

    town = Visitor(role="municipality", is_named="room link 1", country="XX", unit="0101")
    first = wish_for_account(study, town, "ida@town.example")
    assert wish_for_account(study, town, "IDA@town.example") == first
    second = wish_for_account(study, town, "bo@town.example", name="Bo")
    made = grant_wish(study, COMMAND, first.pk)
    turn_down_wish(study, COMMAND, second.pk)
    assert made.address == "ida@town.example"
    second.refresh_from_db()
    assert (second.address, second.name, second.granted) == ("", "", False)
    for number in (first.pk, second.pk, 999):
        with pytest.raises(UserError, match="Nobody waits"):
            grant_wish(study, COMMAND, number)


def test_two_analysts_who_end_each_other_at_once_leave_one(study, monkeypatch):
    """Each is another that is left, as long as the other's end is not known."""
    from concurrent.futures import ThreadPoolExecutor
    from contextlib import suppress
    from threading import Barrier, BrokenBarrierError

    from torg.site import close_people
    from torg.site.accounts.actions import add_account, end_account, holding
    from torg.site.accounts.models import Account

    both = Barrier(2)

    def noted(*_, **__):
        with suppress(BrokenBarrierError):
            both.wait(1)  # the other is as far, or waits until this one has ended

    numbers = [add_account(study, f"{n}@example.org", role="analyst").account for n in "ab"]
    monkeypatch.setattr(holding, "note", noted)

    def ends(number):
        try:
            end_account(study, number)
        except UserError:
            return "refused"
        finally:
            close_people()  # a thread has a connection of its own
        return "ended"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(ends, numbers)) == ["ended", "refused"]
    assert Account.objects.filter(role="analyst", ended__isnull=True).count() == 1
