"""The bench of the stream hears every frame, keeps what is ours, and commits it."""

import pytest

from bench.stream import listened, write

FRAMES = 3000


@pytest.mark.parametrize("wire", ["jetstream", "repos"])
def test_the_whole_stream_is_heard_and_what_is_ours_is_kept(wire, tmp_path, monkeypatch):
    monkeypatch.setattr("os.sched_setaffinity", lambda *_: None)  # only in a process of its own
    path = tmp_path / wire
    write(wire, str(path), str(FRAMES))
    done = listened(wire, "file", str(path), str(FRAMES), str(tmp_path / "archive"))
    assert done["frames"] == FRAMES
    assert 0 < done["kept"] < FRAMES / 10
    assert done["commits"] > 1
    assert len(done["memory_mb"]) == 10
