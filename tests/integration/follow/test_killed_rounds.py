"""Rounds killed at any moment, against a real server on loopback that fails in every way."""

import multiprocessing
import os
import random
import signal

import pytest

from tests.integration.follow import collector
from tests.lib.archives import rows
from tests.lib.following import following
from tests.lib.loopback import cut_at_once, cut_in_the_body, garbage, serving, storm
from tests.lib.nightly import scale
from tests.lib.platforms import Board
from torg.archive import Archive

KILLS = scale(12, 250)
CHANNELS = [f"did:{n}" for n in range(6)]
STEP = 7  # hours from one round to the next: posts are due again
FAULTS = [None] * 40 + [storm(500), storm(503), storm(429), cut_at_once, cut_in_the_body, garbage]

CHILDREN = multiprocessing.get_context("forkserver")
CHILDREN.set_forkserver_preload(["tests.integration.follow.collector"])


@pytest.mark.slow
@pytest.mark.enable_socket
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_killed_at_any_moment_nothing_accepted_is_lost_and_nothing_doubled(tmp_path, figure):
    drawn = random.Random(20110115)  # noqa: S311 -- which moments does not matter
    time = Time()
    board = Board(now=time.now)
    for channel in CHANNELS:
        board.channel(channel, handle=f"{channel[4:]}.example")
    study = following(tmp_path / "study", {f"{c[4:]}.example": c for c in CHANNELS})
    archive = Archive(study.archive, now=time.now)
    killed, accepted = 0, (set(), set())
    with serving(board, fault=lambda _number: drawn.choice(FAULTS)) as server:
        while killed < KILLS:
            publish(board, drawn, number=time.rounds)
            # Now and then a round comes through, or what it has to do would only ever grow.
            patience = None if time.rounds % 5 == 4 else drawn.random() * 4
            killed += killed_at(patience, study.folder, server.url, time.hours)
            accepted = still_whole(archive, board, accepted)
            time.rounds += 1
        server.fault = lambda _number: None
        time.rounds += 25 // STEP + 1  # what failed last has rested
        collector.collect(study.folder, server.url, time.hours)
    posts, replies = still_whole(archive, board, accepted)
    assert posts == {post["id"] for posts in board.posts.values() for post in posts}
    assert replies == {reply["id"] for found in board.replies.values() for reply in found}
    archive.compact()
    assert archive.check() == ()
    figure(
        f"{killed} rounds killed, {time.rounds} begun: {len(posts)} posts and {len(replies)} "
        "replies, none lost, none doubled"
    )


class Time:
    """So many rounds have begun, each some hours after the one before."""

    rounds = 0

    @property
    def hours(self):
        return self.rounds * STEP

    def now(self):
        return collector.clock(self.hours).now()


def publish(board, drawn, *, number):
    """Two new posts somewhere, and two replies under any of the last."""
    for n in range(2):
        board.post(drawn.choice(CHANNELS), f"p{number}-{n}")
    recent = list(board.replies)[-10:]
    for n in range(2):
        board.reply(drawn.choice(recent), f"r{number}-{n}")


def killed_at(seconds, folder, url, hours):
    """Whether a round had to be killed after so many seconds; None: it has all the time."""
    child = CHILDREN.Process(target=collector.collect, args=(folder, url, hours))
    child.start()
    child.join(seconds)
    is_killed = child.is_alive()
    if is_killed:
        os.kill(child.pid, signal.SIGKILL)
    child.join()
    assert is_killed or child.exitcode == 0
    return is_killed


def still_whole(archive, board, before):
    """Each record is there once, as the server has it; what was there before is there still."""
    reading = archive.reading()
    posts = [name for (name,) in rows(reading, "posts", "native_id")]
    replies = rows(reading, "replies", "native_id", "reply_key")
    texts = [key for (key,) in rows(reading, "citizens", "reply_key")]
    readings = rows(reading, "snapshots", "post_key", "read_at")
    for found in (posts, replies, texts, readings):
        assert len(found) == len(set(found))
    assert sorted(texts) == sorted(key for _, key in replies)
    assert set(posts) <= {post["id"] for held in board.posts.values() for post in held}
    now = set(posts), {name for name, _ in replies}
    assert before[0] <= now[0]
    assert before[1] <= now[1]
    assert {finding.kind for finding in archive.check()} <= {"leftover"}
    return now
