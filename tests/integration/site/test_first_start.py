"""How a real server begins: it shows a release that nobody has offered yet, and can be ended."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.lib.served import free_port, served
from tests.lib.site import released
from torg.study import read_study

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1"]),
]


@pytest.fixture
def study(tmp_path):
    """A study with a release whose results alone say that it is made up, and no database yet."""
    folder = released(tmp_path).folder
    for each in folder.glob("torg.sqlite3*"):
        each.unlink()
    told = (folder / "study.toml").read_text(encoding="utf-8")
    without = told.replace("\ninvented = true", "\ninvented = false").partition("\n[simulated]")[0]
    (folder / "study.toml").write_text(without, encoding="utf-8")
    return read_study(folder)


def test_the_first_start_after_a_run_answers(study):
    assert not study.is_invented
    with (
        served(study) as address,
        urllib.request.urlopen(f"{address}/en/", timeout=60) as answer,  # noqa: S310 -- ours
    ):
        page = answer.read().decode()
    assert answer.status == 200
    assert "are invented" in page


@pytest.mark.skipif(sys.platform != "linux", reason="looks for its children where Linux has them")
def test_a_server_that_is_told_to_end_while_it_begins_ends(study):
    command = [
        sys.executable, "-m", "torg", "-C", str(study.folder), "serve", "--no-work", "--port",
        str(free_port()),
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
    try:
        assert b"is at http" in process.stdout.readline()
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        until = time.monotonic() + 30
        while len(children.read_text().split()) < 2 and time.monotonic() < until:
            pass
        os.killpg(process.pid, signal.SIGTERM)  # as a terminal, or systemd, does
        assert process.wait(60) == 0
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.stdout.close()
        process.wait()
