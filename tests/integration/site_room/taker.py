"""A worker that is killed at a point of taking a file in: python -m ...taker FOLDER POINT."""

import sys
from pathlib import Path

from tests.integration.site_room.test_kills import kill_this_process
from tests.lib.rooms import do_work
from torg.study import read_study


def main(folder, point):
    """Do the work that waits, and die where it says."""
    from torg.site.opening import open_people

    study = read_study(Path(folder))
    open_people(study)
    from torg.site.room.actions import taking_in

    real = taking_in.import_files, taking_in.delete_upload

    def import_files(*arguments, **named):
        if point == "before":
            kill_this_process()
        done = real[0](*arguments, **named)
        if point == "after":
            kill_this_process()
        return done

    taking_in.import_files = import_files
    if point == "noted":
        taking_in.delete_upload = lambda *_: kill_this_process()
    do_work(study)


if __name__ == "__main__":
    main(*sys.argv[1:])
