"""Killed, crowded, read meanwhile, out of room: the archive is in the old state or in the new."""

import multiprocessing
import os
import random
import resource
import signal
import threading
import time

import pytest

from tests.integration.archive import importer
from tests.lib.archives import rows
from tests.lib.sources import DrawnSource
from torg.archive import Archive
from torg.errors import ArchiveError

KILLS = 60
READY = -1

# A server that has everything imported gives birth to processes in no time.
CHILDREN = multiprocessing.get_context("forkserver")
CHILDREN.set_forkserver_preload(["tests.integration.archive.importer", "tests.lib.archives"])


def importing(folder, numbers):
    """A process at work, and the pipe on which it says what was accepted."""
    receive, send = CHILDREN.Pipe(duplex=False)
    child = CHILDREN.Process(target=_report, args=(folder, list(numbers), send))
    child.start()
    send.close()
    return child, receive


def _report(folder, numbers, send):
    archive = Archive(folder)
    send.send(READY)
    for number in numbers:
        importer.import_file(archive, number)
        send.send(number)


def heard(receive):
    """All that was accepted until the process ended."""
    said = []
    try:
        while True:
            said.append(receive.recv())
    except EOFError:
        return [number for number in said if number != READY]


@pytest.mark.slow
def test_killed_at_any_moment_nothing_is_lost_and_nothing_doubled(tmp_path):
    archive = Archive(tmp_path / "archive")
    moments = random.Random(20110115)  # noqa: S311 -- which moments does not matter
    accepted: set[int] = set()
    unsaid = 0
    for attempt in range(KILLS):
        # The file that was under way is tried again, as a user would.
        pending = [n for n in range(1000) if n not in accepted][:5]
        child, receive = importing(archive.folder, pending)
        said = killed_at(child, receive, after=moments.randrange(3), share=moments.random())
        unsaid += len(said) < len(pending)
        accepted |= set(said)
        if attempt % 10 == 9:
            archive.compact()
        assert_whole(archive, accepted)
    assert unsaid >= 50
    assert len(accepted) >= KILLS / 2
    archive.compact()
    assert archive.check() == ()
    assert_whole(archive, accepted)


def killed_at(child, receive, *, after, share):
    """Kill it when it has said `after` things and is a share of its way to the next."""
    began = time.monotonic()
    said = [receive.recv() for _ in range(after + 1)]
    pace = (time.monotonic() - began) / len(said)
    child.join(share * pace)
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    return [number for number in said if number != READY] + heard(receive)


def assert_whole(archive, accepted):
    """Each accepted file is there once, no other in part, and what is wrong is only left over."""
    assert {finding.kind for finding in archive.check()} <= {"leftover"}
    reading = archive.reading()
    present = [FILES[sha] for sha in reading.sources["sha256"]]
    assert len(present) == len(set(present))
    # A file can be committed by one who was killed before he could say so.
    assert accepted <= set(present)
    expected = {f"{n}-{k}" for n in present for k in range(importer.POSTS - 1)}
    expected |= {"shared"} if present else set()
    assert [name for (name,) in rows(reading, "posts", "native_id")] == sorted(
        expected, key=lambda n: repr((n,))
    )
    assert {name for (name,) in rows(reading, "replies", "native_id")} == {f"r{n}" for n in present}
    assert len(rows(reading, "citizens", "reply_key")) == len(present)


FILES = {DrawnSource(content=f"file {number}").sha256: number for number in range(1000)}


def test_two_imports_at_once_end_as_if_one_came_after_the_other(tmp_path):
    archive = Archive(tmp_path / "archive")
    both = [importing(archive.folder, range(start, start + 5)) for start in (0, 5)]
    said = [heard(receive) for _, receive in both]
    for child, _ in both:
        child.join()
        assert child.exitcode == 0
    assert [sorted(part) for part in said] == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]
    assert archive.check() == ()
    assert_whole(archive, set(range(10)))
    assert archive.reading().sources["sources_seen"].to_list() == list(range(10))


def test_the_same_file_by_two_at_once_goes_in_once(tmp_path):
    archive = Archive(tmp_path / "archive")
    both = [importing(archive.folder, [7]) for _ in range(2)]
    assert [heard(receive) for _, receive in both] == [[7], [7]]
    assert archive.reading().sources.height == 1
    assert_whole(archive, {7})


def test_readers_meanwhile_see_the_old_state_or_the_new(tmp_path):
    archive = Archive(tmp_path / "archive")
    importer.import_file(archive, 0)
    child, receive = importing(archive.folder, range(1, 9))
    states = set()
    while child.exitcode is None:
        reading = archive.reading()
        seen = len(rows(reading, "posts", "post_key"))
        assert seen == 1 + reading.sources.height * (importer.POSTS - 1)
        assert len(rows(reading, "replies", "reply_key")) == reading.sources.height
        states.add(reading.sources.height)
    assert heard(receive) == list(range(1, 9))
    assert states <= set(range(1, 10))
    assert archive.reading().sources.height == 9


def test_a_reader_is_not_disturbed_by_compacting(tmp_path):
    archive = Archive(tmp_path / "archive")
    for number in range(4):
        importer.import_file(archive, number)
    before = archive.reading()
    found = rows(before, "posts", "native_id")
    done = archive.compact()
    assert done.files_after < done.files_before
    assert rows(before, "posts", "native_id") == found
    assert rows(archive.reading(), "posts", "native_id") == found
    assert archive.reading().digest == before.digest
    assert archive.check() == ()


def _import_with_little_room(folder, size, send):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    try:
        importer.import_file(Archive(folder), 1)
    except ArchiveError as error:
        send.send(str(error))
    else:
        send.send("accepted")


# Full at the first byte, within a data file, within an entry of the log.
@pytest.mark.parametrize("size", [0, 700, 1500, 2600])
def test_a_full_disk_leaves_the_old_state(tmp_path, size):
    archive = Archive(tmp_path / "archive")
    importer.import_file(archive, 0)
    before = archive.reading()
    receive, send = CHILDREN.Pipe(duplex=False)
    child = CHILDREN.Process(target=_import_with_little_room, args=(archive.folder, size, send))
    child.start()
    send.close()
    [said] = heard(receive)
    child.join()
    assert "cannot be written" in said
    assert "nothing of this was kept" in said
    assert archive.reading().digest == before.digest
    assert_whole(archive, {0})
    importer.import_file(archive, 1)
    archive.compact()
    assert archive.check() == ()
    assert_whole(archive, {0, 1})


def test_who_waits_too_long_is_told_so(tmp_path):
    archive = Archive(tmp_path / "archive", patience=0.05)
    importer.import_file(archive, 0)
    with archive._writing(), pytest.raises(ArchiveError, match="Another Torg has been writing"):
        in_a_thread(lambda: importer.import_file(archive, 1))


def in_a_thread(call):
    """Run it as somebody else would, and raise what it raised."""
    raised = []

    def run():
        try:
            call()
        except ArchiveError as error:
            raised.append(error)

    other = threading.Thread(target=run)
    other.start()
    other.join()
    for error in raised:
        raise error
