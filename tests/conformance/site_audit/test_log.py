"""The log is added to and never changed, whichever database keeps it."""

import datetime as dt

import pytest

from tests.lib.surveying import a_study
from torg.site import open_people

NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


@pytest.fixture
def study(tmp_path, database):
    made = a_study(tmp_path)
    open_people(made)
    return made


def entry(what="made an account", *, who="account 1", at=NOW, country="", unit="", **detail):
    from torg.site.audit.models import Entry

    return Entry.objects.create(
        at=at, who=who, role="analyst", what=what, country=country, unit=unit, detail=detail
    )


def test_the_database_refuses_to_change_an_entry(study):
    from django.db import IntegrityError, transaction

    from torg.site.audit.models import Entry

    one = entry()
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=one.pk).update(who="nobody")
    one.refresh_from_db()
    assert one.who == "account 1"


def test_an_entry_goes_with_the_transaction_that_it_is_of(study):
    from django.db import transaction

    from torg.site.audit.actions import COMMAND, note
    from torg.site.audit.models import Entry

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        note(COMMAND, "divided by nothing")
        _ = 1 // 0
    assert not Entry.objects.exists()


def test_the_log_is_sifted_by_who_what_whose_and_when(study):
    from torg.site.audit.queries import Sought, entries

    entry("a")
    entry("b", who="account 2", country="XX", unit="0101", at=NOW + dt.timedelta(hours=1))
    entry("a", country="XX", unit="0102", at=NOW + dt.timedelta(days=1))

    def whats(**said):
        return [(one.what, one.unit) for one in entries(Sought(**said))]

    assert whats() == [("a", "0102"), ("b", "0101"), ("a", "")]
    assert whats(who="account 2") == [("b", "0101")]
    assert whats(what="a") == [("a", "0102"), ("a", "")]
    assert whats(country="XX", unit="0101") == [("b", "0101")]
    assert whats(start=NOW + dt.timedelta(minutes=1), end=NOW + dt.timedelta(hours=2)) == [
        ("b", "0101")
    ]


def test_a_municipality_reads_what_was_done_for_it_and_nothing_else(study):
    from torg.site.audit.queries import entries_of

    entry("a", country="XX", unit="0101")
    entry("b", country="XX", unit="0102")
    entry("c")
    assert [one.what for one in entries_of("XX", "0101")] == ["a"]


def test_what_a_spreadsheet_would_calculate_is_text_in_the_csv(study):
    from torg.site.audit.queries import Sought, csv_of

    entry('=HYPERLINK("https://evil.example")', reason="æ")
    header, line = csv_of(Sought())
    assert header.startswith("at,who,role")
    assert "\"'=HYPERLINK(" in line and "æ" in line
