"""A question at a terminal, which Ctrl-C ends at once."""

import getpass
import signal


def asked(prompt: str) -> str:
    """What is typed after the prompt. Raises EOFError where nothing more comes."""
    _end_with_ctrl_c()
    return input(prompt)


def asked_unseen(prompt: str) -> str:
    """The same, without an echo."""
    _end_with_ctrl_c()
    return getpass.getpass(prompt)


def _end_with_ctrl_c() -> None:
    # Polars, once it has worked, lets a system call go on after Ctrl-C.
    signal.siginterrupt(signal.SIGINT, True)  # noqa: FBT003 -- as the library has it
