"""The site of a study, served for tests in a process of its own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

from tests.repo.source import ROOT

PATIENCE = 60  # seconds


@contextlib.contextmanager
def served(study):
    """Serve the study's site; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "bench.survey_server", str(study.folder), str(port), "1", "4"]
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True, env=dict(os.environ))
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{address}/en/answer/nothing/", process)
        yield address
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(address, process):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=PATIENCE)  # noqa: S310 -- this machine
        except urllib.error.HTTPError:
            return  # it answers: there is nothing at that address, and so it says
        except OSError:
            threading.Event().wait(0.1)
    raise AssertionError("the server does not answer")
