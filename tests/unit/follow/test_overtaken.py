"""A listener that rewrites what forgets does not stop the round that is just reading it."""

from types import SimpleNamespace

import pytest

from torg.archive.engine import connect
from torg.archive.pinned import query
from torg.errors import Overtaken
from torg.follow.round import READINGS, _planned


class Planner:
    """Plans only when the archive has been read so many times."""

    def __init__(self, overtaken):
        self.left = overtaken

    def plan(self, reading, *, now):
        if self.left:
            self.left -= 1
            raise Overtaken("rewritten")
        return reading, now


def keeper():
    readings = iter(range(100))
    return SimpleNamespace(
        archive=SimpleNamespace(reading=lambda: next(readings)),
        clock=SimpleNamespace(now=lambda: "now"),
    )


@pytest.mark.parametrize("times", range(READINGS))
def test_it_reads_the_archive_again(times):
    assert _planned(Planner(times), keeper()) == (times, "now")


def test_it_does_not_read_for_ever():
    with pytest.raises(Overtaken):
        _planned(Planner(READINGS), keeper())


def test_a_file_that_is_gone_is_told_in_a_sentence(tmp_path):
    gone = tmp_path / "rewrite-1.parquet"
    with connect() as connection, pytest.raises(Overtaken, match="call again"):
        query(connection, f"SELECT * FROM read_parquet(['{gone}'])")
