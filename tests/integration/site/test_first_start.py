"""The first start after a run: a real server shows a release that nobody has offered yet."""

import urllib.request

import pytest

from tests.lib.served import served
from tests.lib.site import released
from torg.study import read_study


@pytest.fixture
def study(tmp_path):
    """A study with a release whose results alone say that it is made up, and no database yet."""
    folder = released(tmp_path).folder
    for each in folder.glob("torg.sqlite3*"):
        each.unlink()
    told = (folder / "study.toml").read_text(encoding="utf-8")
    without = told.replace("\ninvented = true", "\ninvented = false").partition("\n[simulated]")[0]
    (folder / "study.toml").write_text(without, encoding="utf-8")
    return read_study(folder)


@pytest.mark.slow
@pytest.mark.enable_socket
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_the_first_start_after_a_run_answers(study):
    assert not study.is_invented
    with (
        served(study) as address,
        urllib.request.urlopen(f"{address}/en/", timeout=60) as answer,  # noqa: S310 -- ours
    ):
        page = answer.read().decode()
    assert answer.status == 200
    assert "are invented" in page
