"""The queue: each job is done once, and what became of it is said, in both databases."""

import datetime as dt
import threading

import pytest

from tests.lib.surveying import a_study
from torg.errors import StudyError
from torg.site import open_people

KINDS = {name: f"{__name__}.{name}" for name in ("count", "fails", "breaks", "says_odd", "asks")}


def count(study, progress, *, to):
    progress.at(0, to)
    progress.say("begun")
    progress.at(to)
    return {"counted": to}


def fails(study, progress):
    raise StudyError("it cannot be done: mend the study.")


def breaks(study, progress):
    raise ZeroDivisionError("a secret word")


def says_odd(study, progress):
    return {1, 2}


def asks(study, progress):
    from torg.site.work.actions import ask_for

    return ask_for("count", by="a job", to=1).pk


@pytest.fixture
def study(tmp_path, database, monkeypatch):
    from torg.site.configured import configure

    configure()
    from torg.site.current import serve_study
    from torg.site.work import actions, upkeep

    monkeypatch.setattr(actions, "KINDS", KINDS)
    monkeypatch.setattr(upkeep, "DUTIES", {})
    made = a_study(tmp_path)
    open_people(made)
    serve_study(made)
    return made


def asked(kind, **about):
    from torg.site.work.actions import ask_for

    return ask_for(kind, by="account 1", **about)


def worked(study):
    from torg.site.work.running import run_queue

    run_queue(study, until_empty=True)


def test_a_job_is_done_once_and_says_how_it_went(study):
    job = asked("count", to=3)
    worked(study)
    worked(study)
    job.refresh_from_db()
    assert (job.state, job.part, job.whole, job.times) == ("done", 3, 3, 1)
    assert (job.said, job.outcome) == ("begun\n", {"counted": 3})


def test_a_job_that_fails_says_why_in_one_sentence_and_the_next_is_done(study):
    first, second = asked("fails"), asked("count", to=1)
    worked(study)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.outcome) == ("failed", "it cannot be done: mend the study.")
    assert second.state == "done"


@pytest.mark.parametrize("kind", ["breaks", "says_odd"])
def test_a_fault_of_ours_tells_nothing_of_itself(study, kind):
    from torg.site.work.actions import FAULT

    job = asked(kind)
    worked(study)
    job.refresh_from_db()
    assert (job.state, job.outcome) == ("failed", FAULT)


def test_a_job_may_ask_for_another(study):
    from torg.site.work.models import Job

    asked("asks")
    worked(study)
    assert [job.state for job in Job.objects.order_by("pk")] == ["done", "done"]


def test_who_asks_in_a_transaction_that_fails_has_asked_for_nothing(study):
    from django.db import transaction
    from django_tasks_db.models import DBTaskResult

    from torg.site.work.models import Job

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        asked("count", to=1)
        _ = 1 // 0
    assert not Job.objects.exists() and not DBTaskResult.objects.exists()


def left_running(**more):
    """A job as a process leaves it that was killed in the middle."""
    from django_tasks_db.models import DBTaskResult

    from torg.site.work.models import Job

    job = asked("count", to=2)
    Job.objects.filter(pk=job.pk).update(
        state="running", begun=dt.datetime.now(dt.UTC), times=1, part=1, **more
    )
    DBTaskResult.objects.update(status="RUNNING", started_at=dt.datetime.now(dt.UTC))
    return job


def test_what_was_left_in_the_middle_is_begun_again_and_says_so(study):
    from torg.site.work.running import AGAIN

    job = left_running()
    worked(study)
    job.refresh_from_db()
    assert (job.state, job.times) == ("done", 2)
    assert job.said.splitlines() == [AGAIN, "begun"]


def test_what_kills_its_worker_twice_is_not_begun_a_third_time(study):
    from torg.site.work.models import Job
    from torg.site.work.running import DIED_AGAIN

    job = left_running()
    Job.objects.update(times=2)
    worked(study)
    job.refresh_from_db()
    assert (job.state, job.outcome, job.said) == ("failed", DIED_AGAIN, "")


def test_a_worker_that_was_given_up_cannot_overwrite_what_the_next_one_did(study):
    from torg.site.work.actions import _finish
    from torg.site.work.models import Job

    job = left_running()
    old = Job.objects.get(pk=job.pk)
    worked(study)
    _finish(old, "failed", "too late")
    job.refresh_from_db()
    assert (job.state, job.outcome) == ("done", {"counted": 2})


def test_a_second_worker_that_should_not_wait_is_told_of_the_first(study, monkeypatch):
    from torg.site.alone import Busy, alone
    from torg.site.work import running

    monkeypatch.setattr(running, "_PATIENCE", 0.1)
    job = asked("count", to=1)
    with alone("work"), pytest.raises(Busy, match="another torg is at it"):
        worked(study)
    worked(study)
    job.refresh_from_db()
    assert job.state == "done"


def test_a_second_worker_waits_and_goes_on_when_the_first_ends(study, monkeypatch):
    from django.db import connections

    from torg.site.alone import alone
    from torg.site.work import running

    monkeypatch.setattr(running, "_PATIENCE", 0.05)
    stop, tries, did = running.Stop(), threading.Event(), threading.Event()
    real = running.alone

    def watched(what, *, patience):
        tries.set()
        return real(what, patience=patience)

    monkeypatch.setattr(running, "alone", watched)
    monkeypatch.setattr(running, "_did_one", lambda worker: did.set() or stop.told.set() or True)

    def second():
        from contextlib import contextmanager

        @contextmanager
        def ours():
            yield stop

        monkeypatch.setattr(running, "_listening", ours)
        try:
            running.run_queue(study)
        finally:
            connections.close_all()

    with alone("work"):
        thread = threading.Thread(target=second)
        thread.start()
        assert tries.wait(20)
        assert not did.wait(0.3)
    thread.join(20)
    assert did.is_set() and not thread.is_alive()


def test_the_lock_outlives_the_line_that_queries_go_over(study):
    from django.db import connection

    from torg.site.alone import Busy, alone

    with alone("work") as still_alone:
        connection.close()  # as is done with one that is old
        still_alone()
        with pytest.raises(Busy), alone("work"):
            raise AssertionError
    with alone("work"):
        pass


def break_lines():
    """Cut every line to the database but this one; a lock on a file has none."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )


def test_a_lock_whose_line_broke_is_taken_anew(study):
    from torg.site.alone import Busy, alone

    with alone("work") as still_alone:
        break_lines()
        still_alone()
        with pytest.raises(Busy), alone("work"):
            raise AssertionError


def test_a_lock_that_another_took_meanwhile_is_given_up(study, database):
    from torg.site.alone import Busy, alone

    with alone("work") as still_alone:
        break_lines()
        if database:
            with alone("work"), pytest.raises(Busy):
                still_alone()
        else:
            still_alone()
            with pytest.raises(Busy), alone("work"):
                raise AssertionError


def test_upkeep_is_done_when_it_is_due_and_a_fault_stops_nothing(study, monkeypatch):
    from torg.site.work import upkeep

    done = []
    monkeypatch.setitem(globals(), "often", lambda study: done.append("often"))
    monkeypatch.setitem(globals(), "broken", lambda study: done.append("broken") or 1 // 0)
    monkeypatch.setattr(upkeep, "DUTIES", {f"{__name__}.broken": 100.0, f"{__name__}.often": 10.0})
    now = [0.0]
    duties = upkeep.Upkeep(study, clock=lambda: now[0])
    for at in (0.0, 5.0, 10.0, 100.0):
        now[0] = at
        duties.when_due()
    assert done == ["broken", "often", "often", "broken", "often"]


def test_a_database_that_is_away_for_a_moment_ends_no_worker(study, monkeypatch):
    """Beside `torg serve` nobody would begin another: files and letters would wait for good."""
    from django.db import OperationalError

    from torg.site.work import running

    looks = []

    def looked(*_, **__):
        looks.append("away" if not looks else "there")
        if looks == ["away"]:
            raise OperationalError("the connection is lost")

    monkeypatch.setattr(running, "_do_all", looked)
    monkeypatch.setattr(running, "_PATIENCE", 0.1)
    running.run_queue(study)
    assert looks == ["away", "there"]
