"""The site of a study, as `torg serve` starts it, with so many workers and threads."""

import os
import sys

from torg.site.application import FOLDER


def main(folder: str, port: str, workers: str, threads: str) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.environ[FOLDER] = folder
    Granian(
        os.environ.get("TORG_BENCH_APPLICATION", "torg.site.application:application"),
        factory=True,
        address="127.0.0.1",
        port=int(port),
        interface=Interfaces.WSGI,
        workers=int(workers),
        blocking_threads=int(threads),
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
