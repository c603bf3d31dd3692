"""The bench of formats reads what it writes: every row, by the format it is of."""

import pytest

from bench import formats
from tests.lib.fixtures import FIXTURES


@pytest.mark.parametrize("name", ["crowdtangle_facebook", "zeeschuimer_tiktok", "crowdtangle_api"])
def test_a_file_is_drawn_out_to_its_size_and_read_whole(tmp_path, monkeypatch, name):
    monkeypatch.setattr(formats, "_ROWS", 20)

    written = formats.write_file(name, str(tmp_path), str(200_000))
    done = formats.read_file(name, written["path"])

    assert done["bytes"] == pytest.approx(200_000, rel=0.3)
    assert done["rows"] % 20 == 0
    assert done["rows"] > 20


def test_every_format_is_measured_save_those_that_are_short():
    assert FIXTURES.keys() >= formats._SHORT
