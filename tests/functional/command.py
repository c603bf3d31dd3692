"""The command as a user runs it: its own process, its status, what it printed where."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Done:
    status: int
    out: str
    err: str

    def json(self):
        return json.loads(self.out, parse_constant=_no_constant)


def _no_constant(name):
    raise AssertionError(f"{name} is not JSON")


def torg(*arguments, cwd=None, given="", **environment):
    done = subprocess.run(
        [sys.executable, "-m", "torg", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        input=given,
    )
    return Done(done.returncode, done.stdout, done.stderr)
