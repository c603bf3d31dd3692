"""Killed at any moment of months of collecting: nothing is lost, doubled or kept too long."""

import multiprocessing
import os
import random
import signal
import time

import pytest

from tests.integration.archive import collector
from tests.lib.archives import rows
from tests.lib.folders import everything_in
from tests.lib.nightly import scale
from torg.archive import Archive

KILLS = scale(40, 240)
AT_ONCE = 6  # jobs that a process is given

CHILDREN = multiprocessing.get_context("forkserver")
CHILDREN.set_forkserver_preload(["tests.integration.archive.collector"])


def _work(folder, numbers, send):
    send.send(-1)
    for number in numbers:
        collector.do(folder, number)
        send.send(number)


def killed_on_the_way(folder, numbers, moments):
    """What a process says to be done that is killed within one of its jobs."""
    receive, send = CHILDREN.Pipe(duplex=False)
    child = CHILDREN.Process(target=_work, args=(folder, numbers, send))
    child.start()
    send.close()
    said = [receive.recv()]
    began = time.monotonic()
    said += [receive.recv() for _ in range(moments.randrange(1, 4))]
    pace = (time.monotonic() - began) / (len(said) - 1)
    child.join(moments.random() * pace)  # a share of the way to the next
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    try:
        while True:
            said.append(receive.recv())
    except EOFError:
        return max(said)


@pytest.mark.slow
def test_killed_at_any_moment_the_next_run_goes_on_by_itself(tmp_path, record_property):
    folder = tmp_path / "archive"
    moments = random.Random(20110115)  # noqa: S311 -- which moments does not matter
    done, within = 0, 0
    for attempt in range(KILLS):
        last = killed_on_the_way(folder, range(done, done + AT_ONCE), moments)
        within += last < done + AT_ONCE - 1
        done = last + 1
        assert_agrees(folder, done)
        if attempt % 10 == 9:
            assert_words_agree(folder, done)
    assert within >= KILLS * 0.9
    record_property("figure", f"{KILLS} kills, {within} within a job, {done} jobs done")
    archive = collector.archive_at(folder, done)
    archive.compact()
    assert_words_agree(folder, done)
    assert archive.check() == ()


def on_the_day(folder, number):
    return Archive(folder, now=lambda: collector.day_of(number))


def twin_of(reading, number):
    committed = collector.committed(reading)
    # A job can be committed by one who was killed before he could say so.
    with_source = {n for n in range(number) if n % 7 in {0, 1, 2, 4, 5}}
    assert with_source <= committed <= {*with_source, number}
    assert reading.sources.height == len(committed)
    return collector.Twin(committed, collector.day_of(number).date())


def assert_agrees(folder, number):
    """All that was said to be done is there once, and no part of anything else."""
    archive = on_the_day(folder, number)
    reading = archive.reading()
    twin = twin_of(reading, number)
    assert [name for (name,) in rows(reading, "posts", "native_id")] == twin.posts()
    assert [name for (name,) in rows(reading, "replies", "native_id")] == twin.replies()
    assert len(rows(reading, "snapshots", "post_key")) == twin.readings()
    assert reading.sources["committed_at"].is_sorted()
    assert {finding.kind for finding in archive.check()} <= {"leftover"}


def assert_words_agree(folder, number):
    """After honouring, what is to be kept is in files, and what is to be gone is in none."""
    archive = on_the_day(folder, number)
    archive.honour()
    kept, gone = twin_of(archive.reading(), number).words()
    content = b"".join(content for _, content in everything_in(folder))
    assert {words for words in kept if words.encode() not in content} == set()
    assert {words for words in gone if words.encode() in content} == set()
    reading = archive.reading()
    read = {text for (text,) in rows(reading, "posts", "text")}
    read |= {text for (text,) in rows(reading, "citizens", "text")}
    assert read - {None} == kept
