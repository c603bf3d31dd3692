"""A worker in a process of its own, with a kind of work that waits until it is let go.

python -m tests.integration.site_work.worker_kinds STUDY
"""

import sys
import threading
from pathlib import Path

KIND = "wait"


def wait(study, progress):
    """Say that it was begun, and go on once the study's folder has a file `go`."""
    progress.at(1, 2)
    progress.say("begun")
    while not (study.folder / "go").exists():
        threading.Event().wait(0.02)
    return {"went": "on"}


def main(folder):
    from torg.site.configured import configure
    from torg.study import read_study

    configure()
    from torg.site.serving import do_work
    from torg.site.work import actions, upkeep

    actions.KINDS = {KIND: "tests.integration.site_work.worker_kinds.wait"}
    upkeep.DUTIES = {}
    do_work(read_study(folder))


if __name__ == "__main__":
    sys.modules["tests.integration.site_work.worker_kinds"] = sys.modules[__name__]
    main(Path(sys.argv[1]))
