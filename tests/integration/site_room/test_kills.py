"""The worker is killed in the middle of taking a file in: it is taken in once, all the same."""

import os
import signal
import subprocess
import sys

import pytest

from tests.lib.rooms import a_room, do_work, lies_there, understood
from tests.repo.source import ROOT
from torg.archive import Archive

POINTS = ("before", "after", "noted")


def killed_worker(study, point):
    """A worker that ends itself by SIGKILL at a point of taking a file in."""
    command = [sys.executable, "-m", "tests.integration.site_room.taker", study.folder, point]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True)


@pytest.mark.parametrize("point", POINTS)
def test_who_is_killed_while_a_file_goes_in_leaves_it_to_go_in_once(tmp_path, point):
    from torg.site.accounts.visiting import Visitor
    from torg.site.audit.models import Entry
    from torg.site.opening import close_people, open_people
    from torg.site.room.actions import accept_file
    from torg.site.work.models import Job
    from torg.site.work.running import take_up_again

    study = a_room(tmp_path / "study")
    open_people(study)
    handin = understood(study)
    accept_file(study, Visitor(role="editor", is_named="account 7"), handin.pk)
    close_people()
    assert killed_worker(study, point).returncode == -signal.SIGKILL
    open_people(study)
    take_up_again()
    do_work(study)
    handin.refresh_from_db()
    assert handin.state == "taken"
    assert not Job.objects.exclude(state="done").exists()
    reading = Archive(study.archive).reading()
    assert reading.sources["rows_accepted"].to_list() == [12]
    assert Archive(study.archive).check() == ()
    assert Entry.objects.filter(what="took a file into the archive").count() == 1
    assert lies_there(study) == []


def kill_this_process():
    """End at once, as a machine that loses its power."""
    os.kill(os.getpid(), signal.SIGKILL)
