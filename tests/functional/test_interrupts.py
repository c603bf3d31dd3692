"""Ctrl-C at a question ends it at once, and nothing is kept."""

import os
import pty
import signal
import sys

import pytest

from tests.functional.command import torg

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


def _interrupted(folder, arguments, *, prompt):
    """What the command says at a terminal on which Ctrl-C is pressed after its prompt."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.environ["TORG_TOKENS_KEY"] = "0" * 64
        os.execv(sys.executable, [sys.executable, "-m", "torg", *arguments])  # noqa: S606
    said = b""
    while chunk := _read(terminal):
        said += chunk
        if prompt in said:
            os.kill(child, signal.SIGINT)
            prompt = b"\0"
    return said, os.waitpid(child, 0)[1]


def _read(terminal):
    try:
        return os.read(terminal, 4096)
    except OSError:  # the other end is closed
        return b""
