"""The worker as a process: killed, told to end, and told twice."""

import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest

from tests.integration.site_work.worker_kinds import KIND
from tests.lib.surveying import a_study
from tests.repo.source import ROOT
from torg.site import open_people

pytestmark = pytest.mark.slow

PATIENCE = 300  # seconds: the machine may be busy


@pytest.fixture
def study(tmp_path, database, monkeypatch):
    from torg.site.configured import configure

    configure()
    from torg.site.work import actions

    monkeypatch.setattr(actions, "KINDS", {KIND: ""})
    made = a_study(tmp_path)
    open_people(made)
    return made


@pytest.fixture
def job(study):
    from torg.site.work.actions import ask_for

    return ask_for(KIND, by="account 1")


@contextmanager
def worker(study):
    command = [sys.executable, "-m", "tests.integration.site_work.worker_kinds", study.folder]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        yield process
    finally:
        process.kill()
        process.wait(PATIENCE)


def until(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        threading.Event().wait(0.1)


def is_(job, state, *, times=1):
    job.refresh_from_db()
    return (job.state, job.times) == (state, times) and (state != "running" or job.part == 1)


def test_a_worker_that_is_killed_in_the_middle_is_followed_by_one_that_begins_again(study, job):
    from torg.site.work.running import AGAIN

    with worker(study) as first:
        until(lambda: is_(job, "running"))
        first.kill()
        first.wait(PATIENCE)
    (study.folder / "go").touch()
    with worker(study):
        until(lambda: is_(job, "done", times=2))
    assert job.said.splitlines() == ["begun", AGAIN, "begun"]
    assert job.outcome == {"went": "on"}


def test_a_worker_that_is_told_to_end_ends_the_job_at_hand_and_then_itself(study, job):
    with worker(study) as process:
        until(lambda: is_(job, "running"))
        process.send_signal(signal.SIGTERM)
        (study.folder / "go").touch()
        assert process.wait(PATIENCE) == 0
    assert is_(job, "done")


def test_an_idle_worker_that_is_told_to_end_ends(study, job):
    (study.folder / "go").touch()
    with worker(study) as process:
        until(lambda: is_(job, "done"))
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0


def test_a_worker_that_is_told_twice_leaves_the_job_to_the_next(study, job):
    with worker(study) as process:
        until(lambda: is_(job, "running"))
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
    assert is_(job, "running")
    (study.folder / "go").touch()
    with worker(study):
        until(lambda: is_(job, "done", times=2))
    assert job.outcome == {"went": "on"}
