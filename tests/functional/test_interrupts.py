"""Ctrl-C at a question ends it at once, and nothing is kept."""

import os
import pty
import select
import signal
import sys

import pytest

from tests.functional.command import torg

PATIENCE = 60  # seconds
AGAIN = 5  # seconds until it is pressed again: pressed before the question listens, it is not heard
OTHERWISE = """
import signal
from torg.show.asking import asked
signal.siginterrupt(signal.SIGINT, False)
asked("Which? ")
"""
HEADERS = "Innleggs-ID,Side-ID,Publisert\n10,77,06/03/2025 12:00\n"


@pytest.mark.parametrize(
    ("call", "prompt"),
    [
        (("import", "--teach", "file.csv"), b"Which kind of file"),
        (("connect", "youtube", "--by", "head of communication"), b"Token"),
    ],
)
def test_a_question_ends_with_ctrl_c(tmp_path, call, prompt):
    assert torg("init", tmp_path / "s").status == 0
    (tmp_path / "file.csv").write_text(HEADERS)
    said, status = _interrupted(tmp_path, ("-C", "s", *call), prompt=prompt)
    assert os.waitstatus_to_exitcode(status) == 130
    assert b"stopped." in said
    assert b"Traceback" not in said
    assert not (tmp_path / "s" / "headers.toml").exists()


def test_a_question_ends_also_where_a_library_lets_system_calls_go_on(tmp_path):
    said, status = _interrupted(tmp_path, ("-c", OTHERWISE), prompt=b"Which?", program=())
    assert os.waitstatus_to_exitcode(status) == -signal.SIGINT
    assert b"KeyboardInterrupt" in said


def _interrupted(folder, arguments, *, prompt, program=("-m", "torg")):
    """What the command says at a terminal on which Ctrl-C is pressed after its prompt."""
    child, terminal = pty.fork()
    if child == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # who runs us in the background ignores it
        os.chdir(folder)
        os.environ["TORG_TOKENS_KEY"] = "0" * 64
        os.execv(sys.executable, [sys.executable, *program, *arguments])  # noqa: S606
    said, is_pressed = b"", False
    while chunk := _read(terminal, child, is_pressed=is_pressed):
        said += chunk
        if prompt in said and not is_pressed:
            os.kill(child, signal.SIGINT)
            is_pressed = True
    return said, os.waitpid(child, 0)[1]


def _read(terminal, child, *, is_pressed):
    """The next that is said; who says nothing for too long is ended."""
    for _ in range(PATIENCE // AGAIN):
        if select.select([terminal], [], [], AGAIN)[0]:
            break
        if is_pressed:
            os.kill(child, signal.SIGINT)
    else:
        os.kill(child, signal.SIGKILL)
    try:
        return os.read(terminal, 4096)
    except OSError:  # the other end is closed
        return b""
