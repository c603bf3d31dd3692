"""Many in the middle of their answers, and the server is killed: nothing acknowledged is lost."""

import shutil

import pytest

from bench.load import percentile
from bench.survey import under_load
from tests.lib.nightly import scale
from tests.lib.parts import lacking
from tests.lib.postgres import cluster  # noqa: F401 -- a fixture
from tests.lib.surveying import database  # noqa: F401 -- a fixture

RESPONDENTS, SECONDS = scale(100, 1000), 16.0


@pytest.mark.slow
@pytest.mark.enable_socket
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_server_that_dies_loses_no_acknowledged_answer(tmp_path, database, figure):  # noqa: F811
    if not shutil.which("taskset"):
        lacking("this machine has no taskset")
    load, gone = under_load(tmp_path, respondents=RESPONDENTS, seconds=SECONDS, is_killed=True)
    assert gone == []
    assert load.unanswered > 0  # the server died while they were answering
    assert load.refused == []
    assert len(load.acknowledged) >= RESPONDENTS  # everybody came to answer
    slow = percentile(load.saves, 0.95) * 1000
    name = "PostgreSQL" if database else "SQLite"
    figure(
        f"{RESPONDENTS} respondents on {name}, killed once: {len(load.saves)} answers kept, "
        f"none lost, 95 of 100 within {slow:.0f} ms"
    )
