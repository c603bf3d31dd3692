"""The site as a real server on loopback, in a process of its own, as `torg serve` starts it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

_PATIENCE = 120  # seconds until it must answer: the machine may be busy


@contextmanager
def served(study, *, works=False):
    """Serve the study; gives the site's address, without the last stroke."""
    port = free_port()
    command = [
        sys.executable, "-m", "torg", "-C", str(study.folder), "serve", "--port", str(port),
        "--workers", "1", "--work" if works else "--no-work",
    ]  # fmt: skip
    log = study.folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True)
    try:
        _wait(process, f"http://127.0.0.1:{port}", log)
        yield f"http://127.0.0.1:{port}"
    finally:
        _end(process)


def _end(process):
    """End the server, and what it started."""
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port():
    """A port that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(process, address, log):
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended: {log.read_text(errors='replace')[-2000:]}")
        try:
            with urllib.request.urlopen(f"{address}/en/about/", timeout=5):  # noqa: S310 -- ours
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)  # a moment between two looks: nobody's answer hangs on its length
    raise RuntimeError(f"the server did not answer: {log.read_text(errors='replace')[-2000:]}")
