"""No room in the midst of collecting: it is said, nothing is lost, and the next run goes on."""

import errno
import multiprocessing
import resource
import signal

import pytest

from tests.integration.archive import collector
from tests.integration.archive.importer import import_file
from tests.integration.archive.test_kills import assert_agrees, assert_words_agree
from tests.lib.archives import archive_in
from tests.lib.nightly import scale
from torg.archive import rewriting
from torg.errors import ArchiveError

BEFORE = 8  # jobs that are done while there is room; in the next the first run lapses
JOBS = scale(6, 21)
# Bytes that a file may come to: none, a part of a data file, of the log, of a rewriting.
ROOMS = scale((0, 900, 2000), (0, 300, 700, 900, 1200, 1500, 2000, 2600, 3300, 4500, 6000))

CHILDREN = multiprocessing.get_context("forkserver")
CHILDREN.set_forkserver_preload(["tests.integration.archive.collector"])


def _in_little_rooms(folder, numbers, send, take):
    """Try each job in every room, the smallest first, and say how it went."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    for number in numbers:
        for room in (*ROOMS, most):
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, most))
            try:
                collector.do(folder, number)
                said = "done"
            except ArchiveError as error:
                said = str(error)
            send.send((number, said))
            take.recv()
            if said == "done":
                break


@pytest.mark.slow
def test_jobs_without_room_leave_all_as_it_was_and_are_done_once_there_is_some(tmp_path):
    folder = tmp_path / "archive"
    for number in range(BEFORE):
        collector.do(folder, number)
    hear, send = CHILDREN.Pipe(duplex=False)
    take, go_on = CHILDREN.Pipe(duplex=False)
    numbers = range(BEFORE, BEFORE + JOBS)
    child = CHILDREN.Process(target=_in_little_rooms, args=(folder, numbers, send, take))
    child.start()
    send.close()
    refused, done = set(), BEFORE
    while done < numbers.stop:
        number, said = hear.recv()
        if said == "done":
            done = number + 1
        else:
            assert "cannot be written" in said
            refused.add(number)
        assert_agrees(folder, done)
        go_on.send(None)
    child.join()
    assert_words_agree(folder, done)
    assert {collector.JOBS[number % 7] for number in refused} == set(collector.JOBS)


def test_the_next_writer_takes_away_what_one_without_room_could_not_make_live(
    tmp_path, monkeypatch
):
    archive = archive_in(tmp_path)
    for number in range(2):
        import_file(archive, number)
    with monkeypatch.context() as full:
        full.setattr(rewriting, "commit", _no_room)
        with pytest.raises(ArchiveError, match="No space left"):
            archive.compact()
    assert {finding.kind for finding in archive.check()} == {"leftover"}
    import_file(archive, 2)
    assert archive.check() == ()


def _no_room(*told, **more):
    raise OSError(errno.ENOSPC, "No space left on device")
