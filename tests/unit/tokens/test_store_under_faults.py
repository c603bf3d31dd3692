"""The store when the machine fails: killed at any moment, on a full disk, with two who write."""

import os
import random
import resource
import signal
import subprocess
import sys
import threading

import pytest
from filelock import FileLock

from tests.lib.nightly import scale
from tests.lib.tokens import held, store_in
from torg.errors import TokenError
from torg.tokens import new_key, store

WRITER = """
import sys
from pathlib import Path
from tests.lib.tokens import held
from torg.tokens import Secret, TokenStore

store = TokenStore(Path(sys.argv[1]), lambda: Secret(sys.argv[2]))
for number in range(10_000):
    store.put(held(str(number), f"token-{number}"))
    print(number, flush=True)
"""


def test_no_token_is_lost_by_who_is_killed(tmp_path):
    """What was said to be kept is kept, and the next one can go on at once."""
    draw = random.Random(20260301)  # noqa: S311 - a moment to kill at, no secret
    for times in range(scale(3, 60)):
        key = new_key()
        kept = store_in(tmp_path / str(times), key)
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(kept.path), key.value], stdout=subprocess.PIPE
        )
        for _ in range(draw.randint(1, 40)):
            last = int(writer.stdout.readline())
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        last = max([last, *map(int, writer.stdout.read().split())])
        writer.stdout.close()
        channels = {grant.channel for grant in kept.listing()}
        assert channels >= {str(number) for number in range(last + 1)}
        assert len(channels) <= last + 2
        kept.put(held("after", "the-next-one"))


def _full(size):
    """What a disk does that has room for `size` bytes of a file."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


FILLER = """
import sys
from pathlib import Path
from tests.lib.tokens import held
from torg.errors import TokenError
from torg.tokens import Secret, TokenStore

store = TokenStore(Path(sys.argv[1]), lambda: Secret(sys.argv[2]))
try:
    store.put(held("big", "x" * 5_000))
except TokenError as error:
    print(error)
"""


def test_a_full_disk_leaves_what_there_was(tmp_path):
    key = new_key()
    kept = store_in(tmp_path, key)
    kept.put(held("1001", "abc"))
    done = subprocess.run(
        [sys.executable, "-c", FILLER, str(kept.path), key.value],
        preexec_fn=lambda: _full(2_000),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "could not be written" in done.stdout
    assert "still there" in done.stdout
    assert [grant.channel for grant in kept.listing()] == ["1001"]
    assert sorted(path.suffix for path in kept.path.parent.iterdir()) == [".lock", ".sealed"]


def test_many_who_write_at_once_lose_nothing(tmp_path):
    kept = store_in(tmp_path)
    several = [
        threading.Thread(target=kept.put, args=(held(str(number), f"t{number}"),))
        for number in range(12)
    ]
    for one in several:
        one.start()
    for one in several:
        one.join()
    assert len(kept.listing()) == 12


def test_who_waits_too_long_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "_PATIENCE", 0.01)
    kept = store_in(tmp_path)
    kept.put(held())
    with (
        FileLock(kept.path.with_suffix(".lock"), is_singleton=False),
        pytest.raises(TokenError, match="Somebody else"),
    ):
        kept.put(held("1002", "b"))
    assert len(kept.listing()) == 1


def test_what_a_killed_writer_left_beside_is_swept_away(tmp_path):
    kept = store_in(tmp_path)
    kept.put(held())
    kept.path.with_suffix(".new").write_bytes(b"half")
    kept.put(held("1002", "b"))
    assert not kept.path.with_suffix(".new").exists()
