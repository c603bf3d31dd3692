"""The process that reads a hand-in: bounded in memory and time, and without the database.

`python -m torg.site.room.reader` is given a line of JSON on its standard input; it says lines of
JSON: {"rows", "bytes", "of"} as it goes on, and at the end one of {"understood"}, {"question"} and
{"refused"}. It is given nothing that it could give away.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Timer
from typing import Any

from torg.errors import FileRefused, QuestionError, TorgError
from torg.study import Study, read_study

MOST_MEMORY = 4 << 30  # bytes; a workbook at its bounds takes less than a quarter of it
LONGEST = 30 * 60.0  # seconds
TOO_MUCH = (
    "Reading the file took more memory or time than there is: hand it in again as several smaller "
    "files, or as CSV."
)
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "XDG_CONFIG_HOME", "TMPDIR", "PYTHONPATH")

Progress = Callable[[int, int, int], None]  # rows, bytes read, bytes in all


def read_apart(
    study: Study,
    path: Path,
    *,
    unit: tuple[str, str],
    answers: Mapping[str, str],
    progress: Progress,
    longest: float = LONGEST,
) -> dict[str, Any]:
    """What a process of its own made of the file: "understood", "question" or "refused"."""
    asked = {
        "folder": str(study.folder),
        "path": str(path),
        "unit": list(unit),
        "answers": dict(answers),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "torg.site.room.reader"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a traceback may hold what stands in the file
        env={name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        | {"POLARS_MAX_THREADS": "2"},
        text=True,
    )
    timer = Timer(longest, process.kill)
    timer.start()
    try:
        return _heard(process, asked, progress)
    finally:
        timer.cancel()
        process.kill()
        process.wait()


def _heard(
    process: "subprocess.Popen[str]", asked: Mapping[str, Any], progress: Progress
) -> dict[str, Any]:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the reader's pipes are open")
    process.stdin.write(json.dumps(asked) + "\n")
    process.stdin.close()
    with process.stdout as lines:
        for line in lines:
            said: dict[str, Any] = json.loads(line)
            if "rows" not in said:
                return said
            progress(said["rows"], said["bytes"], said["of"])
    return {"refused": TOO_MUCH}


def answered(asked: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """What a file that is asked about is, in this process: as the lines above say it."""
    from torg.site.room.understanding import understand

    path = Path(asked["path"])
    try:
        found = understand(
            read_study(Path(asked["folder"])), path,
            unit=tuple(asked["unit"]), answers=asked["answers"], progress=progress,
        )  # fmt: skip
    except QuestionError as question:
        return {"question": _plain(question, path)}
    except FileRefused as refusal:
        return {"refused": _plain(refusal, path)}
    except TorgError as error:
        return {"refused": str(error)}
    return {"understood": found}


def _plain(error: TorgError, path: Path) -> str:
    """The sentence without the made-up name of the file."""
    said = str(error).replace(f"{path}: ", "").removeprefix(f"{path.name}: ")
    return said[:1].upper() + said[1:] + ("" if said.endswith((".", "?")) else ".")


def _say_how_far(rows: int, done: int, of: int) -> None:
    _say({"rows": rows, "bytes": done, "of": of})


def _say(what: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _limited() -> None:
    """Take no more memory than is given, and leave no picture of it behind when it ends badly."""
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file


if __name__ == "__main__":
    _limited()
    _say(answered(json.loads(sys.stdin.readline()), _say_how_far))
