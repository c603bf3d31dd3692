"""A file's way: handed in, read, answered, accepted or refused; nothing of it goes astray."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests.lib.rooms import (
    FJORDBY,
    SUNDBY,
    SUNDBY_PAGE,
    arrived,
    do_work,
    export,
    handed_in,
    lies_there,
    understood,
    visitor_of,
)
from torg.archive import Archive
from torg.errors import SurveyError


@pytest.fixture
def staff():
    from torg.site.accounts.visiting import Visitor

    return Visitor(role="editor", is_named="account 7")


def log(study):
    from torg.site.audit.models import Entry

    return list(Entry.objects.order_by("id").values_list("what", flat=True))


def test_a_file_asks_is_answered_is_accepted_and_is_in_the_archive(study, staff):
    from torg.site.room.actions import accept_file, answer_question
    from torg.site.room.queries import waiting_files

    handin = handed_in(study, export(posts=12))
    do_work(study)
    handin.refresh_from_db()
    assert handin.state == "asked"
    assert "--timezone" in handin.question

    answer_question(study, visitor_of(FJORDBY), handin.pk, {"timezone": "Europe/Oslo"})
    do_work(study)
    handin.refresh_from_db()
    assert handin.state == "waiting"
    assert handin.understood["rows"] == {"read": 12, "accepted": 12, "rejected": 0}
    assert [each.pk for each in waiting_files()] == [handin.pk]
    assert Archive(study.archive).reading().sources.is_empty()

    accept_file(study, staff, handin.pk)
    do_work(study)
    handin.refresh_from_db()
    assert (handin.state, handin.place) == ("taken", "")
    assert lies_there(study) == []
    sources = Archive(study.archive).reading().sources
    assert sources.select("rows_accepted", "access", "may_publish").rows() == [(12, "owner", False)]
    assert log(study) == [
        "handed in a file",
        "read a file",
        "answered what a file asks",
        "read a file",
        "accepted a file",
        "took a file into the archive",
    ]


def test_what_was_understood_says_what_is_missing(study):
    handin = understood(study)
    found = handin.understood
    assert [(c["channel"], c["whose"], c["rows"]) for c in found["channels"]] == [
        ("770001", "own", 12)
    ]
    assert found["window"] == ["2024-07-01", "2024-07-31"]
    assert found["empty_weeks"] == ["2024-07-01", "2024-07-08", "2024-07-22", "2024-07-29"]
    assert {each["kind"] for each in found["lacking"]} == {"replies", "audience"}
    assert "posts" in found["measures"]
    assert "answered" not in found["measures"]


def test_rows_that_cannot_be_read_are_told_with_line_and_reason_and_no_words(study):
    content = export(posts=3) + b'4,770001,Kari Nordmann,"Call me, Kari",,,no time,,,Photos,,,,,,\n'
    found = understood(study, content).understood
    assert found["rows"]["rejected"] == 1
    (reject,) = found["rejects"]
    assert reject["line"] == 5
    assert "no time" in reject["reason"]
    assert "Kari" not in str(found)


def test_a_file_about_another_municipality_s_channel_is_not_taken(study):
    handin = understood(study, export(page=SUNDBY_PAGE))
    assert handin.state == "unfit"
    assert "another municipality" in handin.why
    assert lies_there(study) == []
    assert handin.understood.keys() == {"channels"}  # whose the rows are, and nothing else of it
    (channel,) = handin.understood["channels"]
    assert (channel["channel"], channel["whose"], channel["name"]) == (SUNDBY_PAGE, "other", "")


def test_the_same_file_twice_is_said_so_and_kept_once(study, staff):
    from torg.site.room.actions import accept_file
    from torg.site.room.queries import earlier_of

    first = understood(study)
    with pytest.raises(SurveyError, match="same file"):
        handed_in(study, export())
    accept_file(study, staff, first.pk)
    do_work(study)
    again = handed_in(study, export())
    assert earlier_of(again).pk == first.pk


def test_another_municipality_may_hand_in_the_same_bytes(study):
    handed_in(study, export())
    assert handed_in(study, export(), unit=SUNDBY).country == "XX"


def test_who_refuses_says_why_and_the_upload_goes_after_a_month(study, staff):
    from torg.site.room.actions import refuse_file, tidy_files

    handin = understood(study)
    with pytest.raises(SurveyError, match="Say why"):
        refuse_file(study, staff, handin.pk, reason=" ")
    refuse_file(study, staff, handin.pk, reason="These are last year's figures.")
    handin.refresh_from_db()
    assert (handin.state, handin.why) == ("refused", "These are last year's figures.")
    assert len(lies_there(study)) == 1
    now = dt.datetime.now(dt.UTC)
    assert tidy_files(study, at=now + dt.timedelta(days=29))["uploads"] == 0
    assert tidy_files(study, at=now + dt.timedelta(days=31))["uploads"] == 1
    assert lies_there(study) == []


def test_what_is_taken_back_is_deleted_at_once_and_is_not_accepted(study, staff):
    from torg.site.room.actions import accept_file, withdraw_file

    handin = understood(study)
    withdraw_file(study, visitor_of(FJORDBY), handin.pk)
    assert lies_there(study) == []
    with pytest.raises(SurveyError, match="decided meanwhile"):
        accept_file(study, staff, handin.pk)


def test_what_is_taken_back_while_it_is_read_stays_taken_back(study, monkeypatch):
    from torg.site.room.actions import reading, withdraw_file

    handin = handed_in(study, export())

    def read_meanwhile(*_args, **_named):
        withdraw_file(study, visitor_of(FJORDBY), handin.pk)
        return {"refused": "It was gone."}

    monkeypatch.setattr(reading, "read_apart", read_meanwhile)
    do_work(study)
    handin.refresh_from_db()
    assert (handin.state, handin.why) == ("withdrawn", "")


def test_a_question_that_nobody_answers_is_let_go(study):
    from torg.site.room.actions import tidy_files

    handin = handed_in(study, export())
    do_work(study)
    tidy_files(study, at=dt.datetime.now(dt.UTC) + dt.timedelta(days=31))
    handin.refresh_from_db()
    assert handin.state == "unfit"
    assert lies_there(study) == []


def test_a_question_that_is_answered_at_the_last_moment_is_not_let_go(study, monkeypatch):
    from torg.site.room.actions import answer_question, tidy_files, tidying

    handin = handed_in(study, export())
    do_work(study)
    forget = tidying._forget

    def answered_before(study, number):
        answer_question(study, visitor_of(FJORDBY), number, {"timezone": "Europe/Oslo"})
        return forget(study, number)

    monkeypatch.setattr(tidying, "_forget", answered_before)
    assert tidy_files(study, at=dt.datetime.now(dt.UTC) + dt.timedelta(days=31))["uploads"] == 0
    handin.refresh_from_db()
    assert handin.state == "reading"
    assert len(lies_there(study)) == 1


def test_uploads_that_nobody_noted_are_let_go_after_a_day(study):
    from torg.site.room.actions import tidy_files

    arrived(study, b"half a file")
    now = dt.datetime.now(dt.UTC)
    assert tidy_files(study, at=now)["strays"] == 0
    assert tidy_files(study, at=now + dt.timedelta(days=2))["strays"] == 1
    assert lies_there(study) == []


@pytest.mark.parametrize(
    "fault",
    [
        {"state": "lost"},
        {"size": 0},
        {"state": "refused"},
        {"state": "asked"},
        {"place": ""},
    ],
)
def test_the_database_itself_refuses_what_cannot_be(study, fault):
    from torg.site.room.models import HandIn

    whole = {
        "country": "XX", "unit": "0101", "name": "a", "place": "0" * 32, "size": 1,
        "sha256": "f" * 64, "by": "room link 1", "made": dt.datetime.now(dt.UTC),
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        HandIn.objects.create(**{**whole, **fault})
