"""The command line: run one command and end with the right status.

Exit status: 0 done (rejected rows included); 1 a fault of ours, with its traceback; 2 a fault of
the input or the call, said in one sentence with the remedy; 130 stopped by Ctrl-C.
"""

import sys

import typer

from torg import show
from torg.commands import app
from torg.errors import TorgError, UserError

INTERRUPTED = 130  # what the parser makes of Ctrl-C


def run_command(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status."""
    try:
        status = app(arguments, standalone_mode=False, prog_name="torg")
    except TorgError as error:
        show.fault(str(error))
        return error.exit_status
    except typer.Abort:
        show.fault("stopped.")
        return UserError.exit_status
    except Exception as error:
        if (said := show.usage_fault(error)) is None:
            raise
        if said:
            show.fault(said)
        return UserError.exit_status
    if status == INTERRUPTED:
        show.fault("stopped.")
    return status if isinstance(status, int) else 0


def run_and_exit() -> None:
    """The entry point of `torg`."""
    sys.exit(run_command())


if __name__ == "__main__":
    run_and_exit()
