"""A process is killed in the middle: no acknowledged answer is lost, and no letter goes twice."""

import os
import signal
import subprocess
import sys

import pytest

from tests.lib.mail_server import mail_server
from tests.lib.nightly import scale
from tests.lib.surveying import WAVE, Survey
from tests.repo.source import ROOT
from torg.site import answers_of, close_people, invite, open_link

KILLS = scale(2, 20)
ACKNOWLEDGED = 25  # before each kill


def started(program, *arguments):
    return subprocess.Popen(
        [sys.executable, "-m", f"tests.integration.site.{program}", *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def test_no_acknowledged_answer_is_lost(survey, box, figure):
    survey.ask(invite, wave=WAVE, post=box)
    form = survey.opened(box, "post@fjordby.example").forms[0].form
    close_people()
    acknowledged = []
    for _ in range(KILLS):
        process = started("saver", survey.study.folder, form)
        said = [process.stdout.readline().strip() for _ in range(ACKNOWLEDGED)]
        process.send_signal(signal.SIGKILL)
        said += process.communicate()[0].split()
        acknowledged.append(said)
    kept = answers_of(survey.study, wave=WAVE).get_column("value").to_list()
    for said in acknowledged:  # of each process all, and at most one more that it could not tell of
        assert kept[: len(said)] == said
        kept = kept[len(said) :]
        if kept and kept[0] != "1":
            kept = kept[1:]
    assert kept == []
    figure(f"{KILLS} processes killed while they saved: {sum(map(len, acknowledged))} answers kept")


@pytest.mark.enable_socket
@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize("killed_at", [1, 3, 4])
def test_who_is_killed_while_sending_sends_no_letter_twice(tmp_path, database, killed_at):
    with mail_server() as server:
        survey = Survey(tmp_path, server=server.address)
        close_people()
        process = started("inviter", tmp_path)

        def kill(_letter):
            if len(server.letters) == killed_at:
                os.kill(process.pid, signal.SIGKILL)

        server.on_letter = kill
        process.communicate()
        assert len(server.letters) == killed_at
        went = survey.ask(invite, wave=WAVE)
    assert (went.letters.taken, went.letters.unsure) == (4 - killed_at, 1)
    to = [line for letter in server.letters for line in letter.splitlines() if line[:4] == "To: "]
    assert len(to) == len(set(to)) == 4


@pytest.mark.enable_socket
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_the_letter_that_perhaps_arrived_opens_when_it_did(tmp_path, database):
    with mail_server(hangs_up={2: "after"}) as server:
        survey = Survey(tmp_path, server=server.address)
        assert survey.ask(invite, wave=WAVE).letters.unsure == 1
        letter = server.letters[1].replace("=\n", "").replace("=3D", "=")
        token = letter.split("/answer/")[1].split()[0]
        survey.ask(open_link, token)
        assert survey.ask(invite, wave=WAVE).letters.unsure == 0
    assert len(server.letters) == 4
