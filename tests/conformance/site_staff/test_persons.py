"""What is kept of a person is given out and forgotten; what is too old is let go."""

import datetime as dt
import json

import pytest

from tests.lib.surveying import Box, Survey
from torg.errors import UserError
from torg.site import invite

ADDRESS = "ida@elvebyen.example"
NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
YEARS = dt.timedelta(days=5 * 366)


@pytest.fixture
def study(tmp_path, database):
    survey = Survey(tmp_path)
    survey.ask(invite, wave="2026", post=Box())
    return survey.study


def account(study, address=ADDRESS, role="reader", *, at=NOW):
    from torg.site.accounts.actions import add_account

    return add_account(study, address, role=role, name="Ida", at=at).account


def test_all_that_is_kept_of_an_address_is_given_out(study):
    from torg.site.staff.persons import export_person

    number = account(study)
    found = json.loads(json.dumps(export_person(study, ADDRESS.upper())))
    (contact,) = found["contacts"]
    assert (contact["role"], contact["invitations"][0]["state"]) == (
        "head of communication", "sent",
    )  # fmt: skip
    assert [event["kind"] for event in contact["invitations"][0]["events"]] == ["sent"]
    assert [each["number"] for each in found["accounts"]] == [number]


def test_whoever_is_forgotten_stands_nowhere_any_more(study):
    from django.db import connection

    from torg.site.accounts.actions import wish_for_account
    from torg.site.accounts.visiting import Visitor
    from torg.site.staff.persons import export_person, forget_person

    account(study)
    town = Visitor(role="municipality", is_named="room link 1", country="XX", unit="0103")
    wish_for_account(study, town, ADDRESS, name="Ida")
    gone = forget_person(study, ADDRESS)
    assert gone == {"contacts": 1, "accounts": 1, "wishes": 1, "experiences": 0}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert not any(ADDRESS in str(cell) or cell == "Ida" for row in cursor for cell in row)
    assert export_person(study, ADDRESS)["accounts"] == []


def test_what_held_an_address_is_free_in_every_table(study):
    from django.db import connection

    from torg.site.accounts.actions import wish_for_account
    from torg.site.accounts.visiting import Visitor
    from torg.site.staff.persons import forget_person

    account(study)
    town = Visitor(role="municipality", is_named="room link 1", country="XX", unit="0103")
    wish_for_account(study, town, ADDRESS, name="Ida")
    forget_person(study, ADDRESS)
    if connection.vendor == "sqlite":
        files = study.folder.glob("torg.sqlite3*")
        assert not any(ADDRESS.encode() in path.read_bytes() for path in files)
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_stat_user_tables WHERE last_vacuum IS NOT NULL")
        freed = {name for (name,) in cursor}
    assert freed >= {"answers_contact", "accounts_account", "accounts_accountwish",
                     "experience_version"}  # fmt: skip


def test_a_person_is_known_however_the_domain_is_written(study):
    from torg.site.accounts.actions import wish_for_account
    from torg.site.accounts.models import Account
    from torg.site.accounts.visiting import Visitor
    from torg.site.staff.persons import export_person, forget_person

    written, kept = "bo@\xd8sttun.example", "bo@xn--sttun-uua.example"
    account(study, written)
    assert Account.objects.get().address == kept
    town = Visitor(role="municipality", is_named="room link 1", country="XX", unit="0103")
    wish_for_account(study, town, written)
    for each in (written, kept, written.lower()):
        found = export_person(study, each)
        assert (len(found["accounts"]), len(found["wishes_for_accounts"])) == (1, 1)
    assert forget_person(study, written) == {
        "contacts": 0, "accounts": 1, "wishes": 1, "experiences": 0
    }  # fmt: skip


def test_the_last_analyst_is_not_forgotten_before_there_is_another(study):
    from torg.site.staff.persons import forget_person

    account(study, role="analyst")
    with pytest.raises(UserError, match="last analyst"):
        forget_person(study, ADDRESS)
    account(study, "bo@example.org", "analyst")
    assert forget_person(study, ADDRESS)["accounts"] == 1


def test_what_is_too_old_is_let_go_and_counted_and_the_rest_stays(study):
    from torg.site.accounts.actions import make_room_link
    from torg.site.accounts.models import Account, RoomLink
    from torg.site.answers.models import Contact, Event
    from torg.site.audit.models import Entry
    from torg.site.work.keeping import keep

    account(study)
    make_room_link(study, "XX", "0101", at=NOW)
    before = {kind.gone for kind in keep(study, at=NOW + YEARS / 2)}
    assert before == {0}
    later = dt.datetime.now(dt.UTC) + YEARS  # the log says when it was written
    gone = {kind.what: kind.gone for kind in keep(study, at=later)}
    assert (gone["accounts"], gone["links to rooms"]) == (1, 1)
    assert gone["addresses to write to"] == 4
    assert gone["log"] >= 2
    assert Account.objects.get().address.startswith("account without a name")
    assert not Contact.objects.exists() and not RoomLink.objects.exists()
    assert Event.objects.filter(kind="sent").count() == 4
    assert [entry.what for entry in Entry.objects.all()] == ["let go what was too old"]
    assert {kind.gone for kind in keep(study, at=later) if kind.what != "log"} == {0}


def test_an_account_that_is_used_stays(study):
    from torg.site.accounts.models import Account
    from torg.site.work.keeping import keep

    number = account(study)
    Account.objects.filter(pk=number).update(last_login=NOW + YEARS)
    keep(study, at=NOW + YEARS)
    assert Account.objects.get(pk=number).address == ADDRESS
